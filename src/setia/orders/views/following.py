"""See orders through: the list, one order with its next step and its money, the kitchen."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from setia.core import ids
from setia.core.errors import DomainError
from setia.orders import actions, queries
from setia.orders.access import get_order
from setia.orders.forms import CancelForm, PaymentForm
from setia.orders.models import Order
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may

SHOWS = ("open", "today", "tomorrow", "done")


@require_safe
@door(Right.SEE, section="orders")
def orders(request: ShopRequest) -> HttpResponse:
    """Open orders under their days; done and cancelled ones on request; found by number or name."""
    today = request.shop.today()
    query = request.GET.get("q", "").strip()[:60]
    show = request.GET.get("show", "open")
    show = show if show in SHOWS else "open"
    page = Paginator(_listed(show, today, query), 50).get_page(request.GET.get("page"))
    days = [(day, list(group)) for day, group in groupby(page.object_list, key=lambda order: order.due_on)]
    context = {"days": days, "show": show, "query": query, "page": page, "today": today}
    context["may_sell"] = may(request.member.role, Right.SELL)
    return render(request, "orders/_list.html" if request.htmx else "orders/list.html", context)


def _listed(show: str, today: date, query: str) -> Any:
    if query:
        return queries.find(query)
    if show == "done":
        return queries.done()
    if show in ("today", "tomorrow"):
        return queries.due_on(today + timedelta(days=show == "tomorrow"))
    return queries.open_orders()


@require_safe
@door(Right.SEE, section="orders")
def detail(request: ShopRequest, pk: int) -> HttpResponse:
    """One order."""
    return _page(request, get_order(request, pk))


def _page(request: ShopRequest, order: Order, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "order": order,
        "lines": queries.lines_of(order),
        "adjustments": queries.adjustments_of(order),
        "payments": queries.payments_of(order),
        "payment_form": PaymentForm(initial={"amount": order.balance, "device_key": ids.public_token()}),
        "cancel_form": CancelForm(),
        "may_sell": may(request.member.role, Right.SELL),
    }
    return render(request, "orders/detail.html", context | more, status=status)


def _step(action: Callable[..., Order], said: Callable[[], str]) -> Callable[..., HttpResponse]:
    @require_POST
    @door(Right.SELL, section="orders")
    def view(request: ShopRequest, pk: int) -> HttpResponse:
        order = get_order(request, pk)
        try:
            action(order=order)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, said() % {"number": order.number})
        return redirect("orders:detail", pk)

    return view


confirmation = _step(actions.confirm, lambda: _("Order #%(number)s is confirmed."))
readiness = _step(actions.mark_ready, lambda: _("Order #%(number)s is ready."))
completion = _step(actions.complete, lambda: _("Order #%(number)s is handed over."))
reopening = _step(actions.reopen, lambda: _("The last step of order #%(number)s is taken back."))


@require_POST
@door(Right.SELL, section="orders")
def cancellation(request: ShopRequest, pk: int) -> HttpResponse:
    """Call the order off."""
    order = get_order(request, pk)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return _page(request, order, status=422, cancel_form=form)
    try:
        actions.cancel(order=order, reason=form.cleaned_data["reason"])
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Order #%(number)s is called off.") % {"number": order.number})
    return redirect("orders:detail", pk)


@require_POST
@door(Right.SELL, section="orders")
def payment(request: ShopRequest, pk: int) -> HttpResponse:
    """Take money for the order."""
    order = get_order(request, pk)
    form = PaymentForm(request.POST)
    if not form.is_valid():
        return _page(request, order, status=422, payment_form=form)
    actions.record_payment(order=order, by=request.member, **form.cleaned_data)
    messages.success(request, _("The payment is written down."))
    return redirect("orders:detail", pk)


@require_safe
@door(Right.SEE, section="kitchen")
def kitchen(request: ShopRequest) -> HttpResponse:
    """What to bake for a day."""
    day = _day(request)
    rows = queries.kitchen(day)
    boxes = sum(row.quantity for row in rows)
    capacity = request.shop.daily_capacity
    context = {
        "day": day,
        "today": request.shop.today(),
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
        "rows": rows,
        "boxes": boxes,
        "pieces": sum(row.pieces or 0 for row in rows),
        "room": capacity - boxes if capacity else None,
        "over": boxes - capacity if capacity and boxes > capacity else 0,
        "orders": [(order, list(order.lines.all())) for order in queries.with_lines(queries.due_on(day))],
    }
    return render(request, "orders/kitchen.html", context)


def _day(request: ShopRequest) -> date:
    try:
        asked = parse_date(request.GET.get("day", ""))
    except ValueError:
        asked = None
    return asked or request.shop.today()
