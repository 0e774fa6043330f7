"""Doors to orders: another shop's do not exist."""

from django.http import Http404, HttpRequest

from setia.orders import queries
from setia.orders.models import Order


def get_order(request: HttpRequest, pk: int) -> Order:
    """The order with its customer, or 404."""
    order = queries.orders().filter(pk=pk).first()
    if order is None:
        raise Http404
    return order
