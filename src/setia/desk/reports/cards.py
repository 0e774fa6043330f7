"""A card of the page of the four objectives, and how its figures are written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from setia.core import money
from setia.desk.reports.advice import Todo
from setia.segments.rules import MEASURES, progress
from setia.web import amounts, charts


@dataclass(frozen=True)
class Fact:
    """A line below a figure: what it is, its number, and the people or the page behind it."""

    label: str
    shown: str
    url: str = ""


@dataclass(frozen=True)
class Goal:
    """What is to be reached, and how far the figure is (percent)."""

    shown: str
    percent: int | None


@dataclass(frozen=True)
class Card:
    """One objective."""

    key: str
    title: str
    shown: str
    words: str
    url: str
    goal: Goal | None
    chart: list[charts.Bar]
    chart_title: str
    facts: Sequence[Fact] = ()
    todo: Todo | None = None
    notes: Sequence[str] = field(default=())


def goal_of(measure: str, figure: float | None, goals: dict[str, float]) -> Goal | None:
    """The goal of a measure in words, None where there is none."""
    target = goals.get(measure)
    return None if target is None else Goal(told(measure, target), progress(figure, target))


def told(measure: str, number: float | None) -> str:
    """A figure of a measure as it is written; a dash for what is not known."""
    if number is None:
        return "–"
    sort = MEASURES[measure]
    if sort == "money":
        return money.short_money(round(number), amounts.currency(), get_language() or "id")
    if sort == "percent":
        return f"{round(number)}%"
    return number_format(number, 1 if sort == "number" else 0, force_grouping=True)


def bars(rows: Sequence[tuple[str, float | None, str, str]]) -> list[charts.Bar]:
    """Columns of a trend; the day stands below every third, the number above the first and the last."""
    last = len(rows) - 1
    return charts.bars(
        [(date_format(date.fromisoformat(day), "j/n"), number or 0.0, shown, url) for day, number, shown, url in rows],
        mark=lambda place: (last - place) % 3 == 0,
        number=lambda place: place in (0, last),
    )


def people(number: int) -> str:
    return number_format(number, force_grouping=True)


def part_of(part: int, whole: int) -> str:
    """A part of few, as it is: `7 of 8`; a dash of nothing."""
    return _("%(part)s of %(whole)s") % {"part": people(part), "whole": people(whole)} if whole else "–"
