"""Doors to products: another shop's do not exist."""

from django.http import Http404, HttpRequest

from setia.catalog import queries
from setia.catalog.models import Product, Variant


def get_product(request: HttpRequest, pk: int) -> Product:
    """The product, or 404."""
    product = queries.products().filter(pk=pk).first()
    if product is None:
        raise Http404
    return product


def get_variant(request: HttpRequest, pk: int) -> Variant:
    """The variant with its product, or 404."""
    variant = queries.variants().filter(pk=pk).first()
    if variant is None:
        raise Http404
    return variant
