"""The calendar of orders, days that differ, the waiting list, the rules for orders."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setia.core.errors import DomainError
from setia.orders import actions, queries
from setia.orders.forms import DayForm, OrderForm, TermsForm, WaitingForm
from setia.orders.rules import planning as rules
from setia.orders.views import baskets
from setia.orders.views.kitchen import day_of
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may
from setia.web.forms import refusals


@require_safe
@door(Right.SEE, section="orders")
def calendar(request: ShopRequest) -> HttpResponse:
    """How full the days of a month or week are."""
    day, week = day_of(request), request.GET.get("view") == "week"
    days = rules.week_days(day) if week else rules.month_days(day)
    loads = queries.loads(days)
    waiting: dict[date, int] = {}
    for entry in queries.waiting(days[0], days[-1]):
        waiting[entry.day] = waiting.get(entry.day, 0) + entry.boxes
    cells = [(each, load, waiting.get(each, 0)) for each, load in loads.items()]
    context = {
        "day": day,
        "week": week,
        "today": request.shop.today(),
        "weeks": [cells[start : start + 7] for start in range(0, len(cells), 7)],
        "before": days[0] - timedelta(days=1) if week else day.replace(day=1) - timedelta(days=1),
        "after": days[-1] + timedelta(days=1) if week else _month_after(day),
        "orders": _orders_by_day(days) if week else {},
    }
    return render(request, "orders/calendar.html", context)


def _month_after(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _orders_by_day(days: list[date]) -> dict[date, list[Any]]:
    found: dict[date, list[Any]] = {day: [] for day in days}
    for order in queries.with_lines(queries.open_orders().filter(due_on__range=(days[0], days[-1]))):
        found[order.due_on].append(order)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.SEE, section="orders")
def day(request: ShopRequest) -> HttpResponse:
    """One day: how full it is, its orders, who waits; and, for who manages, how much it takes."""
    chosen = day_of(request)
    may_sell, manages = may(request.member.role, Right.SELL), request.member.manages
    if request.method == "POST" and not may_sell:
        raise PermissionDenied
    plan = queries.plans(chosen, chosen).get(chosen)
    initial = {"capacity": plan.capacity, "closed": plan.closed, "reason": plan.reason} if plan else {}
    form, waiting_form = DayForm(initial=initial), WaitingForm()
    if request.method == "POST" and "plan" in request.POST and manages:
        form = DayForm(request.POST)
        if form.is_valid():
            actions.plan_day(day=chosen, **form.cleaned_data)
            messages.success(request, _("The day is written down."))
            return _to_day(chosen)
    elif request.method == "POST" and may_sell:
        waiting_form = WaitingForm(request.POST)
        if waiting_form.is_valid():
            with refusals(waiting_form):
                actions.wait(day=chosen, by=request.member, **waiting_form.cleaned_data)
                messages.success(request, _("They are on the waiting list."))
                return _to_day(chosen)
    waiting = queries.waiting(chosen, chosen)
    served = {entry.pk for entry in queries.can_be_served(request.shop.today())} if waiting else set()
    context = {
        "day": chosen,
        "today": request.shop.today(),
        "before": chosen - timedelta(days=1),
        "after": chosen + timedelta(days=1),
        "load": queries.load_of(chosen),
        "plan": plan,
        "orders": list(queries.with_lines(queries.due_on(chosen))),
        "waiting": [(entry, entry.pk in served) for entry in waiting],
        "form": form,
        "waiting_form": waiting_form,
        "may_sell": may_sell,
        "manages": manages,
    }
    return render(request, "orders/day.html", context, status=422 if form.errors or waiting_form.errors else 200)


def _to_day(chosen: date) -> HttpResponse:
    return redirect(f"{reverse('orders:day')}?day={chosen.isoformat()}")


@require_POST
@door(Right.SELL, section="orders")
def wait(request: ShopRequest) -> HttpResponse:
    """The order form of a full day, sent to the waiting list instead."""
    form = OrderForm(request.POST, **baskets.options(request), today=request.shop.today())
    form.is_valid()
    data = form.cleaned_data
    if not data.get("due_on") or not form.lines():
        messages.error(request, _("Choose a day and at least one box first."))
        return redirect("orders:new")
    person = form.person() if "customer" in data else {"customer": None, "newcomer": None}
    newcomer, offers = person["newcomer"], {offer.variant_id: offer.label for offer in form.offers}
    try:
        actions.wait(
            day=data["due_on"],
            boxes=sum(line.quantity for line in form.lines()),
            customer=person["customer"],
            name=f"{newcomer.display_name} {newcomer.phone}" if newcomer else "",
            note=", ".join(f"{line.quantity} {offers[line.variant_id]}" for line in form.lines()),
            by=request.member,
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("They are on the waiting list. When a place gets free, you see it under Today."))
    return _to_day(data["due_on"])


@require_POST
@door(Right.SELL, section="orders")
def stop_waiting(request: ShopRequest, pk: int) -> HttpResponse:
    """Somebody does not want to wait any more."""
    entry = queries.waiting_one(pk)
    if entry is None:
        raise Http404
    actions.stop_waiting(waiting=entry)
    messages.success(request, _("%(name)s is no longer on the waiting list.") % {"name": entry.who})
    return _to_day(entry.day)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def terms(request: ShopRequest) -> HttpResponse:
    """Rules for deposits and delivery."""
    known = queries.terms()
    initial = {name: getattr(known, name) for name in TermsForm.base_fields}
    form = TermsForm(
        request.POST or None, initial={name: value or None for name, value in initial.items()} | _zeros(initial)
    )
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.change_terms(**form.terms())
            messages.success(request, _("The rules are written down. They count for new orders."))
            return redirect("orders:terms")
    return render(request, "orders/terms.html", {"form": form}, status=422 if form.errors else 200)


def _zeros(initial: dict[str, Any]) -> dict[str, Any]:
    """Fields in which a nought is an answer."""
    names = ("deposit_percent", "pay_within_days", "free_until_days", "kept_before", "kept_after")
    return {name: initial[name] for name in names}
