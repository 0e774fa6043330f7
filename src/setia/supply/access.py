"""Doors to materials, suppliers, lots, batches and price reviews: another shop's do not exist."""

from django.shortcuts import get_object_or_404

from setia.shops.access import ShopRequest
from setia.supply import queries
from setia.supply.models import Batch, Lot, Material, PriceReview, Supplier


def get_supplier(request: ShopRequest, pk: int) -> Supplier:
    """A supplier, or 404."""
    supplier: Supplier = get_object_or_404(queries.all_suppliers(), pk=pk)
    return supplier


def get_material(request: ShopRequest, pk: int) -> Material:
    """A material, or 404."""
    material: Material = get_object_or_404(queries.all_materials(), pk=pk)
    return material


def get_lot(request: ShopRequest, pk: int) -> Lot:
    """A delivery, or 404."""
    lot: Lot = get_object_or_404(queries.lots(), pk=pk)
    return lot


def get_batch(request: ShopRequest, pk: int) -> Batch:
    """A batch, or 404."""
    batch: Batch = get_object_or_404(queries.batches(), pk=pk)
    return batch


def get_review(request: ShopRequest, pk: int) -> PriceReview:
    """A price review, or 404."""
    review: PriceReview = get_object_or_404(queries.reviews(), pk=pk)
    return review
