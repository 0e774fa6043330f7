"""The funnel and the money laid out: every number opens the people behind it."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setia.customers.models import Source
from setia.desk.people_report import people_url
from setia.desk.reports.objectives import share
from setia.segments import queries as segments
from setia.segments.rules import Condition, condition
from setia.web import amounts, charts


@dataclass(frozen=True)
class Stage:
    number: int
    percent: int | None
    url: str


@dataclass(frozen=True)
class Row:
    label: str
    stages: list[Stage]


@dataclass(frozen=True)
class Table:
    title: str
    rows: list[Row]


def context() -> dict[str, Any]:
    """What the template names: one query."""
    found = segments.report("funnel")
    if found is None:
        return {"report": None}
    data = found.data
    labels = dict(Source.choices)
    cuts: tuple[tuple[str, str, Callable[[Any], str], Callable[[Any], Condition]], ...] = (
        ("source", _("By how they found us"), lambda key: str(labels.get(key, key)), _from),
        ("place", _("By where they live"), str, lambda key: condition("place", {"districts": [key]})),
        ("began", _("By what they took first"), str, lambda key: condition("began", {"what": key})),
        ("month", _("By month of the first purchase"), _named, lambda key: condition("first", _span(key))),
    )
    return {
        "report": found,
        "whole": _stages(data["all"], []),
        "tables": [
            Table(title, [Row(named(key), _stages(numbers, [asked(key)])) for key, *numbers in data[cut]])
            for cut, title, named, asked in cuts
            if data[cut]
        ],
        "worth": _worth(data["worth"]),
    }


def _from(key: str) -> Condition:
    return condition("source", {"sources": [key]})


def _span(month: int) -> dict[str, str]:
    year, place = divmod(month, 12)
    last = monthrange(year, place + 1)[1]
    return {"since": date(year, place + 1, 1).isoformat(), "until": date(year, place + 1, last).isoformat()}


def _named(month: int) -> str:
    return date_format(date.fromisoformat(_span(month)["since"]), "M Y")


def _stages(numbers: list[int], asked: list[Condition]) -> list[Stage]:
    bought = condition("purchases", {"least": 1})
    reached = (
        [bought],
        [condition("purchases", {"least": 2})],
        [condition("loyal")],
        [bought, condition("messenger")],
    )
    return [
        Stage(
            number,
            share(number, numbers[0]) if place else None,
            people_url(*asked, *stage) if number else "",
        )
        for place, (number, stage) in enumerate(zip(numbers, reached, strict=True))
    ]


def _worth(rows: list[list[int]]) -> list[charts.Rank]:
    return charts.ranks(
        [
            (
                _("The %(top)s of 100 who spent most") % {"top": top},
                money / whole,
                f"{share(money, whole)}%",
                people_url(condition("spent", {"least": least}), condition("purchases", {"least": 1})),
                _("%(n)s people, from %(least)s") % {"n": people, "least": amounts.shown(least)},
            )
            for top, people, least, money, whole in rows
        ]
    )
