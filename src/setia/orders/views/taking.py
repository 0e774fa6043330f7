"""Take an order, change one."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from setia.catalog import queries as catalog
from setia.catalog.queries import Offer
from setia.core.errors import DomainError
from setia.orders import actions, queries
from setia.orders.access import get_order
from setia.orders.forms import NEWCOMER, PREFIX, ChangeForm, OrderForm
from setia.orders.models import Adjustment, Line, Order, OrderChannel
from setia.orders.models.orders import BY_HAND
from setia.orders.rules.planning import Load
from setia.orders.views import baskets
from setia.shops.access import ShopRequest, door
from setia.shops.models import Shop
from setia.shops.rules import Right
from setia.web.forms import add_domain_error

CHIPS = 7


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.SELL, section="orders")
def new(request: ShopRequest) -> HttpResponse:
    """An order for a day."""
    data = request.POST if request.method == "POST" else _prefilled(request)
    options = baskets.options(request) | {"today": request.shop.today()}
    if request.method != "POST" or any(name in request.POST for name in baskets.LOOKING):
        return _new_page(request, OrderForm(initial=_typed(data), **options), data)
    if known := queries.by_device_key(request.POST.get("device_key", "")):
        messages.info(request, _("Order #%(number)s was written down already.") % {"number": known.number})
        return redirect("orders:detail", known.pk)
    form = OrderForm(request.POST, **options)
    if form.is_valid():
        try:
            overbook = form.cleaned_data["overbook"] and request.member.manages
            order = actions.place(**form.order(), overbook=overbook, taken_by=request.member)
        except DomainError as error:
            add_domain_error(form, error)
            full = error.code if error.code in ("full", "closed") else ""
            return _new_page(request, form, data, full=full)
        else:
            _got_a_place(request, order)
            messages.success(request, _("Order #%(number)s is written down.") % {"number": order.number})
            return redirect("orders:detail", order.pk)
    return _new_page(request, form, data)


def _typed(data: QueryDict) -> dict[str, Any]:
    """What was typed before somebody was looked up."""
    return {name: value for name, value in data.items() if value and name != "csrfmiddlewaretoken"}


def _prefilled(request: ShopRequest) -> QueryDict:
    """What the form opens with: what the address says, a past order to repeat, or somebody of the waiting list."""
    data = request.GET.copy()
    past, waits = request.GET.get("repeat", ""), request.GET.get("waiting", "")
    order = queries.orders().filter(pk=past).first() if past.isdigit() and len(past) < 19 else None
    if past == "last" and (person := baskets.picked(data).customer):
        order = queries.of_customer(person.pk).filter(completed_on__isnull=False).first()
    if order is not None:
        lines = {f"{PREFIX}{line.variant_id}": line.quantity for line in queries.lines_of(order) if line.variant_id}
        words = {name: getattr(order, name) for name in ("fulfilment", "address", "map_point", "sticker")}
        for name, value in {**lines, **words, "channel": order.channel, "customer": order.customer_id or ""}.items():
            data[name] = str(value)
    entry = queries.waiting_one(int(waits)) if waits.isdigit() and len(waits) < 19 else None
    if entry is not None:
        data["due_on"], data["note"] = entry.day.isoformat(), entry.note
        data["customer"] = str(entry.customer_id or NEWCOMER)
        data["display_name"] = entry.name
    return data


def _got_a_place(request: ShopRequest, order: Order) -> None:
    waits = request.POST.get("waiting", "")
    entry = queries.waiting_one(int(waits)) if waits.isdigit() and len(waits) < 19 else None
    if entry is not None:
        actions.stop_waiting(waiting=entry, order=order)


def _new_page(request: ShopRequest, form: OrderForm, data: QueryDict, *, full: str = "") -> HttpResponse:
    context = {
        "form": form,
        "full": full,
        "waiting": data.get("waiting", ""),
        "terms": queries.terms(),
        "days": _days(request.shop),
        **baskets.picker(request, data),
        **baskets.reductions(request, data),
        **baskets.hints(request, data),
    }
    person = context["picked"].customer
    if person and person.kind == OrderChannel.RESELLER and not form.is_bound:
        form.initial.setdefault("channel", OrderChannel.RESELLER)
    return render(request, "orders/new.html", context, status=422 if form.errors else 200)


def _days(shop: Shop) -> list[tuple[date, Load]]:
    """The days of the chips, and how full each is."""
    days = [shop.today() + timedelta(days=distance) for distance in range(CHIPS)]
    return list(queries.loads(days).items())


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.SELL, section="orders")
def edit(request: ShopRequest, pk: int) -> HttpResponse:
    """Another day, place or basket for an open order."""
    order = get_order(request, pk)
    if not order.is_open:
        messages.error(request, _("This order is closed. Take the last step back to change it."))
        return redirect("orders:detail", pk)
    lines = queries.lines_of(order)
    kind = order.customer.kind if order.customer else "end"
    offers = _offers_with(catalog.sellable(kind=kind, day=request.shop.today()), lines)
    options = {"offers": offers, "customer": order.customer}
    adjustments = queries.adjustments_of(order)
    form = ChangeForm(request.POST or None, initial=_as_written(order, lines, adjustments), **options)
    full = ""
    if request.method == "POST" and form.is_valid():
        try:
            overbook = form.cleaned_data["overbook"] and request.member.manages
            actions.change(order=order, overbook=overbook, **form.changes())
        except DomainError as error:
            add_domain_error(form, error)
            full = error.code if error.code in ("full", "closed") else ""
        else:
            messages.success(request, _("Order #%(number)s is changed.") % {"number": order.number})
            return redirect("orders:detail", pk)
    taken = [row for row in adjustments if row.source != BY_HAND]
    context = {"form": form, "order": order, "full": full, "days": _days(request.shop), "taken": taken}
    return render(request, "orders/edit.html", context, status=422 if form.errors else 200)


def _offers_with(offers: list[Offer], lines: list[Line]) -> list[Offer]:
    """The offers at the prices agreed in the order; what it has and is no longer sold comes last."""
    agreed = {line.variant_id: line for line in lines if line.variant_id}
    known = [
        replace(offer, price=agreed[offer.variant_id].unit_price) if offer.variant_id in agreed else offer
        for offer in offers
    ]
    sold = {offer.variant_id for offer in offers}
    gone = [line for variant_id, line in agreed.items() if variant_id not in sold]
    return known + [
        Offer(
            variant_id=line.variant_id,
            product="",
            label=line.label,
            flavour="",
            pack_size=None,
            unit="",
            price=line.unit_price,
            photo="",
        )
        for line in gone
    ]


def _as_written(order: Order, lines: list[Line], adjustments: list[Adjustment]) -> dict[str, Any]:
    by_hand = (adjustment for adjustment in adjustments if adjustment.source == BY_HAND)
    signed = {adjustment.kind: adjustment.amount for adjustment in by_hand}
    words = {name: getattr(order, name) for name in ChangeForm.WORDS}
    boxes = {f"{PREFIX}{line.variant_id}": line.quantity for line in lines}
    money = {"discount": -signed.get("discount", 0) or None, "delivery_fee": signed.get("delivery") or None}
    return words | boxes | money
