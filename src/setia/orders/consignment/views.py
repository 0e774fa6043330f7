"""Titip jual: what lies with whom; a visit; the settlement."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from setia.catalog import queries as catalog
from setia.core.errors import DomainError
from setia.customers import queries as customers
from setia.customers.access import get_customer
from setia.customers.models import Customer
from setia.orders.consignment import actions, queries
from setia.orders.consignment.forms import LATER, Good, SettleForm, VisitForm
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web.forms import refusals


@require_safe
@door(Right.SELL, section="menu")
def holders(request: ShopRequest) -> HttpResponse:
    """With whom goods lie; whom nobody visited for longest on top."""
    who = request.GET.get("who", "").strip()[:60]
    context = {
        "rows": queries.holders(),
        "who": who,
        "found": customers.find(who, limit=6) if who else [],
    }
    return render(request, "orders/consignments.html", context)


@require_safe
@door(Right.SELL, section="menu")
def holder(request: ShopRequest, pk: int) -> HttpResponse:
    """One reseller: what lies there, the next visit, what is to be settled."""
    return _page(request, get_customer(request, pk))


def _goods(request: ShopRequest, customer: Customer) -> list[Good]:
    """What lies there, and what may be brought today."""
    there, old = queries.out_there(customer.pk), queries.last_prices(customer.pk)
    offers = catalog.sellable(kind=customer.kind, day=request.shop.today())
    goods = [Good(offer.variant_id, offer.label, offer.price, there.pop(offer.variant_id, 0)) for offer in offers]
    gone = catalog.variants().filter(pk__in=there)
    return goods + [Good(one.pk, one.label, old.get(one.pk, 0), there[one.pk]) for one in gone]


def _page(request: ShopRequest, customer: Customer, *, status: int = 200, **forms: Any) -> HttpResponse:
    sold = list(queries.unsettled(customer.pk))
    goods = _goods(request, customer)
    context = {
        "customer": customer,
        "there": sum(good.there for good in goods),
        "sold": [(row, row.sold * row.price) for row in sold],
        "amount": sum(row.sold * row.price for row in sold),
        "visits": queries.visits(customer.pk),
        "settlements": queries.settlements(customer.pk),
        "visit_form": VisitForm(goods=goods),
        "settle_form": SettleForm(),
    }
    return render(request, "orders/consignment.html", context | forms, status=status)


@require_POST
@door(Right.SELL, section="menu")
def visit(request: ShopRequest, pk: int) -> HttpResponse:
    """A visit. The same form sent twice is one visit."""
    customer = get_customer(request, pk)
    if queries.visit_by_key(request.POST.get("device_key", "")):
        return redirect("money:consignment", pk)
    form = VisitForm(request.POST, goods=_goods(request, customer))
    if form.is_valid():
        try:
            actions.visit(
                customer=customer,
                moves=form.moves(),
                note=form.cleaned_data["note"],
                device_key=form.cleaned_data["device_key"],
                by=request.member,
            )
        except DomainError as error:
            field = (error.field or "").replace("v", "sold-")
            form.add_error(field if field in form.fields else None, error.message)
        else:
            messages.success(request, _("The visit is written down."))
            return redirect("money:consignment", pk)
    return _page(request, customer, status=422, visit_form=form)


@require_POST
@door(Right.SELL, section="menu")
def undoing(request: ShopRequest, pk: int) -> HttpResponse:
    """A slip: the last visit does not count."""
    found = queries.visit(pk)
    if found is None:
        raise Http404
    try:
        actions.undo_visit(visit=found)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken back."))
    return redirect("money:consignment", found.customer_id)


@require_POST
@door(Right.SELL, section="menu")
def settlement(request: ShopRequest, pk: int) -> HttpResponse:
    """Settle what was sold: one order, paid now, on credit or later."""
    customer = get_customer(request, pk)
    form = SettleForm(request.POST)
    if form.is_valid():
        method = form.cleaned_data["method"]
        with refusals(form):
            made = actions.settle(
                customer=customer,
                method=None if method == LATER else method,
                device_key=form.cleaned_data["device_key"],
                by=request.member,
            )
            messages.success(request, _("Settled. Here is the note."))
            return redirect("orders:detail", made.order_id)
    return _page(request, customer, status=422, settle_form=form)
