"""A month on paper laid out."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setia.care.rules.surveys import FEWEST
from setia.desk.reports import month
from setia.desk.reports.objectives import share
from setia.orders.models import OrderChannel
from setia.segments import queries as segments
from setia.web import amounts, charts


def months() -> list[date]:
    """First days of the months there are, the latest first."""
    return [date.fromisoformat(f"{name.removeprefix('month:')}-01") for name in segments.reports("month:")]


def context(first: date) -> dict[str, Any] | None:
    """What the template names: one query; None where the month was never counted."""
    found = segments.report(month.name(first))
    if found is None:
        return None
    data = found.data
    margin = data["margin"]
    return {
        "first": first,
        "data": data,
        "since": date.fromisoformat(data["since"]),
        "until": date.fromisoformat(data["until"]),
        "average": amounts.shown(round(data["amount"] / data["orders"])) if data["orders"] else "–",
        "against": [(words, change) for words, change in _against(data) if change is not None],
        "kept": share(margin["money"] - margin["cost"], margin["money"]),
        "known": share(margin["money"], margin["all"]),
        "content": share(data["content"], data["rated"]) if data["rated"] >= FEWEST else None,
        "days": _days(data["days"]),
        "products": charts.ranks(
            [
                (label, amount, amounts.shown(amount), "", _("%(n)s boxes") % {"n": boxes})
                for label, boxes, amount in data["products"]
            ]
        ),
        "channels": charts.ranks(
            [
                (str(OrderChannel(code).label), amount, amounts.shown(amount), "", f"{orders} ×")
                for code, orders, amount in data["channels"]
            ]
        ),
    }


def _days(days: Sequence[tuple[str, int]]) -> list[charts.Bar]:
    """A column a day; every fifth has its number below."""
    dates = [date.fromisoformat(day) for day, _amount in days]
    return charts.bars(
        [
            (date_format(when, "j"), amount, amounts.shown(amount), "")
            for when, (_day, amount) in zip(dates, days, strict=True)
        ],
        mark=lambda place: dates[place].day == 1 or dates[place].day % 5 == 0,
        number=lambda _place: False,
    )


def _against(data: dict[str, Any]) -> list[tuple[str, int | None]]:
    """Percent more or less than the month before and than a year ago, for whole months only."""
    if not data["whole"]:
        return []
    words = {"month": _("than the month before"), "year": _("than a year ago")}
    return [(words[key], _change(data["amount"], earlier)) for key, earlier in data["before"].items()]


def _change(now: int, earlier: int) -> int | None:
    return round(100 * (now - earlier) / earlier) if earlier else None
