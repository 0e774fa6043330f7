"""The only writer of products, variants and prices."""

from setia.catalog.actions.prices import set_price, withdraw_price
from setia.catalog.actions.products import add_product, change_product
from setia.catalog.actions.shelf import bring_back, move_up, retire
from setia.catalog.actions.storefront import FEED, PAGE, change_page, close_page, open_feed, open_page, renew_feed
from setia.catalog.actions.variants import add_variant, change_variant

__all__ = [
    "FEED",
    "PAGE",
    "add_product",
    "add_variant",
    "bring_back",
    "change_page",
    "change_product",
    "change_variant",
    "close_page",
    "move_up",
    "open_feed",
    "open_page",
    "renew_feed",
    "retire",
    "set_price",
    "withdraw_price",
]
