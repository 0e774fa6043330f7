"""The only writer of products, variants and prices."""

from setia.catalog.actions.prices import set_price
from setia.catalog.actions.products import add_product, change_product
from setia.catalog.actions.shelf import bring_back, move_up, retire
from setia.catalog.actions.variants import add_variant, change_variant

__all__ = [
    "add_product",
    "add_variant",
    "bring_back",
    "change_product",
    "change_variant",
    "move_up",
    "retire",
    "set_price",
]
