"""Reads of products and prices, for pages and for other areas."""

from setia.catalog.queries.offers import Offer, price_list_text, prices, sellable
from setia.catalog.queries.shelf import PHOTOS, Shelf, ShelfVariant, photo_is_ours, products, shelf, variants

__all__ = [
    "PHOTOS",
    "Offer",
    "Shelf",
    "ShelfVariant",
    "photo_is_ours",
    "price_list_text",
    "prices",
    "products",
    "sellable",
    "shelf",
    "variants",
]
