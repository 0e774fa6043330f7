"""Reads of supply, for its pages and for other areas."""

from setia.supply.queries.batches import (
    Reached,
    batch_by_code,
    batches,
    batches_for_order,
    lots_of,
    reached_by,
    traced_to,
)
from setia.supply.queries.costs import Costing, costings, current_prices, recipe_lines, target_margin
from setia.supply.queries.materials import (
    all_materials,
    all_suppliers,
    diary,
    lots,
    materials,
    standards,
    suppliers,
    usable_lots,
)
from setia.supply.queries.reviews import Affected, affected, demand_kept, options, regulars, reviews
from setia.supply.queries.scores import score_of, scores

__all__ = [
    "Affected",
    "Costing",
    "Reached",
    "affected",
    "all_materials",
    "all_suppliers",
    "batch_by_code",
    "batches",
    "batches_for_order",
    "costings",
    "current_prices",
    "demand_kept",
    "diary",
    "lots",
    "lots_of",
    "materials",
    "options",
    "reached_by",
    "recipe_lines",
    "regulars",
    "reviews",
    "score_of",
    "scores",
    "standards",
    "suppliers",
    "target_margin",
    "traced_to",
    "usable_lots",
]
