"""Doors of customers: what belongs to another shop does not exist."""

from django.shortcuts import get_object_or_404

from setia.customers.models import Customer, Identity, ImportRun, Occasion
from setia.shops.access import ShopRequest, require
from setia.shops.rules import Right


def get_customer(request: ShopRequest, pk: int, *, write: bool = False) -> Customer:
    """The customer of this shop, or 404; with `write` only for members who may sell."""
    if write:
        require(request, Right.SELL)
    return get_object_or_404(Customer.objects.select_related("referred_by"), pk=pk)


def get_identity(request: ShopRequest, pk: int) -> Identity:
    """A current identity with its customer, or 404."""
    return get_object_or_404(Identity.objects.select_related("customer"), pk=pk, superseded_at=None)


def get_occasion(request: ShopRequest, pk: int) -> Occasion:
    """A yearly day with its customer, or 404."""
    return get_object_or_404(Occasion.objects.select_related("customer"), pk=pk)


def get_run(request: ShopRequest, pk: int) -> ImportRun:
    """A file that was brought in, or 404."""
    return get_object_or_404(ImportRun.objects.select_related("by"), pk=pk)
