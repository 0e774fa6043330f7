"""Where customers come from and what each one cost."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setia.customers.models import Source
from setia.promotions.access import get_spending
from setia.promotions.actions import spending as actions
from setia.promotions.forms.spending import RulesForm, SpendingForm
from setia.promotions.queries import spending as queries
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web.forms import refusals

MONTHS = (3, 6, 12, 24)


def _first_of(day: date, back: int) -> date:
    """The first of the month `back` months before the one of `day`."""
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def _months(request: ShopRequest) -> int:
    asked = request.GET.get("months", "")
    return int(asked) if asked in map(str, MONTHS) else 12


@require_safe
@door(Right.MANAGE, section="menu")
def sources(request: ShopRequest) -> HttpResponse:
    """By source, and by month: new customers, cost of each, pay-back."""
    months, today = _months(request), request.shop.today()
    since = _first_of(today, months - 1)
    rows = queries.report(since, today)
    whole = queries.by_source(rows)
    context = {
        "months": months,
        "choices": MONTHS,
        "since": since,
        "until": today,
        "rows": whole,
        "by_month": rows,
        "total": queries.total(rows),
        "unbought": sum(queries.met_without_buying(since=since, until=today).values()),
        "rules": queries.rules_now(),
    }
    return render(request, "promotions/sources.html", context)


def _day(text: str, otherwise: date) -> date:
    try:
        return parse_date(text) or otherwise
    except ValueError:
        return otherwise


@require_safe
@door(Right.MANAGE, section="menu")
def people(request: ShopRequest) -> HttpResponse:
    """The list behind a number: `?source=&since=&until=&show=new|again|cost`."""
    today = request.shop.today()
    since = _day(request.GET.get("since", ""), today - timedelta(days=365))
    until = _day(request.GET.get("until", ""), today)
    asked, show = request.GET.get("source"), request.GET.get("show", "new")
    source = asked if asked in (*Source.values, "") else None
    context: dict[str, Any] = {"since": since, "until": until, "show": show, "source": source}
    context["label"] = Source(source).label if source else ""
    if show == "cost":
        context["spendings"] = queries.spendings(since=since, until=until, source=source)[:500]
    else:
        context["people"] = queries.people(since=since, until=until, source=source, show=show)
    return render(request, "promotions/source_people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def spend(request: ShopRequest) -> HttpResponse:
    """Write down what was spent; the latest below."""
    form = SpendingForm(request.POST or None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.spend(**form.values(), by=request.member)
            messages.success(request, _("Written down."))
            return redirect("promotions:spend")
    context = {"form": form, "spendings": queries.spendings()[:50]}
    return render(request, "promotions/spend.html", context, status=422 if form.errors else 200)


@require_POST
@door(Right.MANAGE, section="menu")
def removal(request: ShopRequest, pk: int) -> HttpResponse:
    """A slip: taken out, or with `back` counted again."""
    row = get_spending(request, pk)
    if request.POST.get("back"):
        actions.put_back(spending=row)
        messages.success(request, _("It counts again."))
    else:
        actions.take_out(spending=row)
        messages.success(request, _("Taken out."))
    return redirect(_back(request, row.bazaar_id))


def _back(request: ShopRequest, bazaar_id: int | None) -> str:
    if bazaar_id and request.POST.get("from") == "bazaar":
        return reverse("promotions:bazaar", args=[bazaar_id])
    return reverse("promotions:spend")


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.OWN, section="menu")
def rules(request: ShopRequest) -> HttpResponse:
    """Thanks for telling friends, margin, worth of an hour."""
    form = RulesForm(request.POST or None, rules=queries.rules_now())
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.change_rules(**form.changes())
            messages.success(request, _("Saved."))
            return redirect("promotions:friends")
    return render(request, "promotions/invite_rules.html", {"form": form}, status=422 if form.errors else 200)
