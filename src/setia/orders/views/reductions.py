"""Take something off an order that is written down already, or put it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setia.core.errors import DomainError
from setia.orders import actions
from setia.orders.access import get_order
from setia.orders.forms import DeductionForm
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right


@require_POST
@door(Right.SELL, section="orders")
def reduction(request: ShopRequest, pk: int) -> HttpResponse:
    """A code the customer brought after all, or points they want to use."""
    order = get_order(request, pk)
    form = DeductionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Type the code again."))
        return redirect("orders:detail", pk)
    given = form.reductions()
    try:
        actions.add_deduction(order=order, code=given["code"], wanted=given["deductions"], by=request.member)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is taken off order #%(number)s.") % {"number": order.number})
    return redirect("orders:detail", pk)


@require_POST
@door(Right.SELL, section="orders")
def removal(request: ShopRequest, pk: int) -> HttpResponse:
    """Take a reduction out again; its area gets it back."""
    order = get_order(request, pk)
    source, _colon, reference = request.POST.get("key", "").partition(":")
    try:
        actions.remove_deduction(order=order, source=source, reference=reference)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It counts again in full."))
    return redirect("orders:detail", pk)
