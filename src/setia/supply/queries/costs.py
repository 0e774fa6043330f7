"""What a box costs, and what is kept of its price."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from setia.catalog import queries as catalog
from setia.catalog.models import Variant
from setia.core.scope import current_shop
from setia.supply import rules
from setia.supply.models import Material, MaterialPrice, Recipe, RecipeLine, SupplySettings


def target_margin() -> float:
    """What the owner wants to keep of a price, as a share."""
    row = SupplySettings.objects.first() or SupplySettings()
    return float(row.target_margin) / 100


def current_prices(day: date | None = None) -> dict[int, int]:
    """Rupiah per unit by material id on a day: the latest of the material's supplier, else the latest of anybody."""
    today = day or current_shop().today()
    chosen = dict(Material.objects.values_list("pk", "supplier_id"))
    latest: dict[int, int] = {}
    own: dict[int, int] = {}
    rows = MaterialPrice.objects.filter(on__lte=today).order_by("on", "pk")
    for material, supplier, amount in rows.values_list("material_id", "supplier_id", "amount"):
        latest[material] = amount
        if chosen.get(material) == supplier:
            own[material] = amount
    return latest | own


def recipe_lines(variant_ids: list[int] | None = None) -> dict[int, dict[int, Decimal]]:
    """Quantities by material id for each variant with a recipe."""
    rows = RecipeLine.objects.all() if variant_ids is None else RecipeLine.objects.filter(variant_id__in=variant_ids)
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for variant, material, quantity in rows.values_list("variant_id", "material_id", "quantity"):
        found[variant][material] = quantity
    return dict(found)


@dataclass(frozen=True)
class Costing:
    """A variant on the cost sheet. `cost` is None without a recipe or while a material has no price."""

    variant: Variant
    recipe: Recipe | None
    cost: int | None
    price: int | None
    reseller_price: int | None
    target: float

    @property
    def margin(self) -> float | None:
        """What is kept of the price for everyone."""
        return rules.margin(self.price, self.cost) if self.price and self.cost is not None else None

    @property
    def reseller_margin(self) -> float | None:
        """What is kept of the resellers' price."""
        return rules.margin(self.reseller_price, self.cost) if self.reseller_price and self.cost is not None else None

    @property
    def below(self) -> bool:
        """Whether less is kept than wanted."""
        return self.margin is not None and self.margin < self.target


def costings(*, day: date | None = None, prices: Mapping[int, int] | None = None) -> list[Costing]:
    """The cost sheet: every variant that is sold, in the order of the shelf; a fixed number of queries.

    `prices`: rupiah per unit by material id to reckon with instead of the current ones.
    """
    today = day or current_shop().today()
    unit_prices = current_prices(today) if prices is None else prices
    lines = recipe_lines()
    recipes = {recipe.variant_id: recipe for recipe in Recipe.objects.all()}
    selling, reselling = (catalog.prices(None, kind=kind, day=today) for kind in ("end", "reseller"))
    target = target_margin()
    rows = catalog.sold(today).order_by("product__position", "product_id", "position", "pk")
    return [
        Costing(
            variant=variant,
            recipe=recipes.get(variant.pk),
            cost=_cost(recipes.get(variant.pk), lines.get(variant.pk, {}), unit_prices),
            price=selling.get(variant.pk),
            reseller_price=reselling.get(variant.pk),
            target=target,
        )
        for variant in rows
    ]


def _cost(recipe: Recipe | None, lines: Mapping[int, Decimal], prices: Mapping[int, int]) -> int | None:
    if recipe is None or not lines:
        return None
    batch = rules.batch_cost(lines, prices, labour=recipe.labour, energy=recipe.energy)
    return None if batch is None else rules.box_cost(batch, recipe.boxes)
