"""Sales in numbers, and what hints bring."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from setia.core import money
from setia.orders import queries
from setia.orders.models import HintKind
from setia.orders.queries import sales as numbers
from setia.orders.queries.sales import SalesSum
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web import amounts, charts

SPANS: Final = (7, 30, 90, 365)
LONGEST: Final = 732
# More columns than this cannot be told apart: then weeks are drawn.
MOST_BARS: Final = 31


@dataclass(frozen=True)
class Table:
    """One way of cutting the same sales."""

    key: str
    title: str
    rows: Sequence[SalesSum]
    chart: list[Any]


def _span(request: ShopRequest) -> tuple[date, date]:
    """First and last day that are asked for: `?days=30` until yesterday and today, or `?since=&until=`."""
    today = request.shop.today()
    try:
        since, until = (parse_date(request.GET.get(name, "")) for name in ("since", "until"))
    except ValueError:
        since = until = None
    if since and until and since <= until <= today and (until - since).days <= LONGEST:
        return since, until
    days = request.GET.get("days", "")
    length = int(days) if days in map(str, SPANS) else 30
    return today - timedelta(days=length - 1), today


@require_safe
@door(Right.MANAGE, section="menu")
def sales(request: ShopRequest) -> HttpResponse:
    """Sales by day, product, channel, place and kind; how punctual; against what came before."""
    since, until = _span(request)
    days = numbers.by_day(since, until)
    whole = numbers.altogether(days)
    context = {
        "since": since,
        "until": until,
        "days": (until - since).days + 1,
        "spans": SPANS,
        "total": whole,
        "shortly": _short(whole.amount),
        "chart": _chart(days),
        "tables": _tables(since, until),
        "punctual": numbers.on_time(since, until),
        "deposits": numbers.deposits_outstanding(),
        "unpaid": numbers.unpaid(),
        "comparisons": numbers.comparisons(request.shop.today()),
    }
    return render(request, "orders/sales.html", context)


def _chart(days: list[tuple[date, SalesSum]]) -> list[charts.Bar]:
    """Days, or weeks where there are too many days."""
    size = 1 if len(days) <= MOST_BARS else 7 if len(days) <= 200 else 28
    parts = [days[start : start + size] for start in range(0, len(days), size)]
    every = 3 if size > 1 else 1 if len(days) <= 14 else 5
    columns = [_column(part) for part in parts]
    return charts.bars(
        columns, mark=lambda place: place % every == 0, number=lambda place: every == 1 and columns[place][1] > 0
    )


def _column(days: list[tuple[date, SalesSum]]) -> tuple[str, float, str, str]:
    since, until = days[0][0], days[-1][0]
    amount = sum(row.amount for _day, row in days)
    return date_format(since, "j/n"), amount, _short(amount), f"{reverse('orders:sales')}?since={since}&until={until}"


def _short(amount: int) -> str:
    return money.short_money(amount, amounts.currency(), get_language() or "id")


def _tables(since: date, until: date) -> list[Table]:
    (channels, places), (kinds, districts) = numbers.by_way(since, until), numbers.by_people(since, until)
    cuts = (
        ("product", _("By product"), numbers.by_product(since, until), ""),
        ("channel", _("By way of ordering"), channels, ""),
        ("place", _("By place of sale"), places, _("Shop")),
        ("kind", _("By kind of customer"), kinds, _("Without a name")),
        ("district", _("By where customers live"), districts[:12], _("Not known")),
    )
    return [Table(key, title, rows, _ranked(rows, empty)) for key, title, rows, empty in cuts]


def _ranked(rows: Sequence[SalesSum], empty: str) -> list[Any]:
    return charts.ranks(
        [(row.label or empty, row.amount, amounts.shown(row.amount), "", _more(row)) for row in rows[:15]]
    )


def _more(row: SalesSum) -> str:
    if row.boxes:
        return pgettext("sales", "%(n)s boxes") % {"n": row.boxes}
    return pgettext("sales", "%(n)s × %(average)s") % {"n": row.orders, "average": amounts.shown(row.average)}


@require_safe
@door(Right.MANAGE, section="menu")
def sales_file(request: ShopRequest) -> HttpResponse:
    """The same as a CSV file: one row per heading."""
    since, until = _span(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="sales-{since}-{until}.csv"'
    response.write("\ufeff")  # so that Excel reads the letters right
    write = csv.writer(response).writerow
    write(["group", "label", "orders", "boxes", "amount"])
    for day, row in numbers.by_day(since, until):
        write(["day", day.isoformat(), row.orders, "", row.amount])
    for table in _tables(since, until):
        for row in table.rows:
            write([table.key, _harmless(row.label), row.orders, row.boxes or "", row.amount])
    return response


def _harmless(text: str) -> str:
    """A label that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


@require_safe
@door(Right.MANAGE, section="menu")
def hints(request: ShopRequest) -> HttpResponse:
    """What hints brought: how often they stood beside an order, how often it holds what they named."""
    since, until = _span(request)
    rows = queries.hint_counts(since, until)
    kinds = dict(HintKind.choices)
    context = {
        "since": since,
        "until": until,
        "days": (until - since).days + 1,
        "spans": SPANS,
        "rows": [(kinds.get(row.kind, row.kind), row) for row in rows],
        "shown": sum(row.shown for row in rows),
        "added": sum(row.added for row in rows),
        "amount": sum(row.amount for row in rows),
    }
    return render(request, "orders/hints.html", context)
