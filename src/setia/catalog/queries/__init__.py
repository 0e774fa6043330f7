"""Reads of products and prices, for pages and for other areas."""

from setia.catalog.queries.offers import Offer, price_list_text, priced, prices, product_sections, sellable, sold
from setia.catalog.queries.public import PublicProduct, chosen, public_products
from setia.catalog.queries.shelf import (
    PHOTOS,
    Shelf,
    ShelfVariant,
    photo_is_ours,
    price_changes,
    products,
    shelf,
    variants,
)
from setia.catalog.queries.storefront import feed_token, page_link, page_token, storefront

__all__ = [
    "PHOTOS",
    "Offer",
    "PublicProduct",
    "Shelf",
    "ShelfVariant",
    "chosen",
    "feed_token",
    "page_link",
    "page_token",
    "photo_is_ours",
    "price_changes",
    "price_list_text",
    "priced",
    "prices",
    "product_sections",
    "products",
    "public_products",
    "sellable",
    "shelf",
    "sold",
    "storefront",
    "variants",
]
