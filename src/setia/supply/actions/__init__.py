"""The only writer of supply's tables."""

from setia.supply.actions.baking import bake, change_batch, recall, set_sold_until, take_back_recall, trace_complaint
from setia.supply.actions.buying import (
    add_material,
    add_supplier,
    archive,
    change_material,
    change_supplier,
    note_price,
    receive,
    restore,
    use_up,
)
from setia.supply.actions.checking import add_standard, inspect, retire_standard
from setia.supply.actions.recipes import change_settings, set_recipe
from setia.supply.actions.reviews import announce, decide, open_reviews

__all__ = [
    "add_material",
    "add_standard",
    "add_supplier",
    "announce",
    "archive",
    "bake",
    "change_batch",
    "change_material",
    "change_settings",
    "change_supplier",
    "decide",
    "inspect",
    "note_price",
    "open_reviews",
    "recall",
    "receive",
    "restore",
    "retire_standard",
    "set_recipe",
    "set_sold_until",
    "take_back_recall",
    "trace_complaint",
    "use_up",
]
