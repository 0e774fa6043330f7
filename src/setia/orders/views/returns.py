"""Boxes that come back after an order was handed over."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setia.orders import actions, queries
from setia.orders.access import get_order
from setia.orders.forms import ReturnForm
from setia.orders.views.steps import page
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web.forms import refusals


@require_POST
@door(Right.SELL, section="orders")
def returned(request: ShopRequest, pk: int) -> HttpResponse:
    """Write down what came back, and whether its money goes back or stays as credit."""
    order = get_order(request, pk)
    form = ReturnForm(request.POST, lines=queries.returnable(order))
    if form.is_valid():
        with refusals(form):
            actions.take_back(order=order, **form.back(), by=request.member)
            messages.success(request, _("What came back is written down."))
            return redirect("orders:detail", pk)
    return page(request, order, status=422, return_form=form)
