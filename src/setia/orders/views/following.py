"""The list of orders."""

from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from setia.orders import queries
from setia.orders.models import Order
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may

SHOWS = ("today", "tomorrow", "week", "all", "done")
PER_PAGE = 50


@require_safe
@door(Right.SEE, section="orders")
def orders(request: ShopRequest) -> HttpResponse:
    """Open orders under their days; done ones on request; found by number or customer."""
    today = request.shop.today()
    query = request.GET.get("q", "").strip()[:60]
    show = request.GET.get("show", "all")
    show = show if show in SHOWS else "all"
    number = request.GET.get("page", "1")
    page = int(number) if number.isdigit() and 1 <= int(number[:6]) <= 10_000 else 1
    rows = _rows(show, today, query, page)
    context = {
        "days": _by_day(rows[:PER_PAGE], done=show == "done" and not query),
        "more": len(rows) > PER_PAGE and page + 1,
        "counts": queries.open_until(today),
        "show": show,
        "query": query,
        "today": today,
        "may_sell": may(request.member.role, Right.SELL),
    }
    return render(request, "orders/_list.html" if request.htmx else "orders/list.html", context)


def _rows(show: str, today: date, query: str, page: int) -> list[Order]:
    if query:
        return queries.find(query, limit=PER_PAGE)
    ahead = {"today": 0, "tomorrow": 1, "week": 6}
    if show in ahead:
        # what is overdue is not over: it stays in sight
        rows = queries.promised(today + timedelta(days=ahead[show]))
    else:
        rows = queries.done() if show == "done" else queries.open_orders()
    start = PER_PAGE * (page - 1)
    return list(rows[start : start + PER_PAGE + 1])


def _by_day(rows: list[Order], *, done: bool) -> list[tuple[Any, list[Order]]]:
    grouped = groupby(rows, key=lambda order: order.completed_on if done else order.due_on)
    return [(day, list(group)) for day, group in grouped]
