"""The till of a day, and the page where all the money meets."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from setia.orders.consignment import queries as consignment
from setia.orders.credit import queries as credit
from setia.orders.queries.owed import deposits_held, unpaid_orders
from setia.orders.till import actions, queries
from setia.orders.till.forms import CountForm
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web.forms import refusals


@require_safe
@door(Right.MANAGE, section="menu")
def money(request: ShopRequest) -> HttpResponse:
    """Today's money, what people owe, what was paid ahead, what lies with resellers."""
    today = request.shop.today()
    debtors, unpaid, held = credit.debtors(today), unpaid_orders(today), deposits_held()
    context = {
        "today": queries.day_of(today),
        "owed": sum(one.balance for one in debtors),
        "debtors": len(debtors),
        "behind": [one for one in debtors if one.overdue],
        "unpaid": unpaid,
        "unpaid_sum": sum(order.balance for order in unpaid),
        "deposits": held,
        "deposit_sum": sum(order.paid for order in held),
        "to_settle": sum(one.to_settle for one in consignment.holders()),
    }
    return render(request, "orders/money.html", context)


def _day(request: ShopRequest) -> date:
    """The day of the address, today when there is none or it has not come."""
    try:
        day = parse_date(request.GET.get("day", ""))
    except ValueError:
        day = None
    today = request.shop.today()
    return day if day and day <= today else today


@require_safe
@door(Right.MANAGE, section="menu")
def till(request: ShopRequest) -> HttpResponse:
    """One day's money by the way it came, and the count."""
    return _page(request, _day(request))


def _page(request: ShopRequest, day: date, form: CountForm | None = None) -> HttpResponse:
    shown, last = queries.day_of(day), queries.last_count(day)
    if form is None:
        count = shown.count
        known = {"opening": last.counted if last else 0, "taken_out": 0}
        if count:
            known = {name: getattr(count, name) for name in ("opening", "taken_out", "counted", "note")}
        form = CountForm(initial=known)
    context = {"shown": shown, "form": form, "counts": queries.counts(14), "day": day, "today": request.shop.today()}
    return render(request, "orders/till.html", context, status=422 if form.errors else 200)


def _back(day: date) -> HttpResponse:
    return redirect(f"{reverse('money:till')}?day={day.isoformat()}")


@require_POST
@door(Right.MANAGE, section="menu")
def counting(request: ShopRequest) -> HttpResponse:
    """The count of a day. Sent twice it is the same count."""
    day, form = _day(request), CountForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data | {"taken_out": form.cleaned_data["taken_out"] or 0}
        with refusals(form):
            actions.count(day=day, by=request.member, **values)
            messages.success(request, _("The till is counted."))
            return _back(day)
    return _page(request, day, form)


@require_POST
@door(Right.MANAGE, section="menu")
def reopening(request: ShopRequest) -> HttpResponse:
    """Take the count back."""
    day = _day(request)
    if actions.reopen(day=day):
        messages.success(request, _("The count is taken back."))
    return _back(day)
