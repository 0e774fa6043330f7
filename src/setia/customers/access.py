"""Doors of customers."""

from django.shortcuts import get_object_or_404

from setia.customers.models import Customer
from setia.shops.access import ShopRequest, require
from setia.shops.rules import Right


def get_customer(request: ShopRequest, pk: int, *, write: bool = False) -> Customer:
    """The customer of this shop, or 404; with `write` only for members who may sell."""
    if write:
        require(request, Right.SELL)
    return get_object_or_404(Customer.objects.select_related("referred_by"), pk=pk)
