"""Reads of celebrations: what comes in two years, planned backwards, who ordered last time, how much to expect.

The dates are those of the calendar, moved where the owner knows better (`SeasonShift`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import get_language

from setia.core import calendars
from setia.core.calendars import Season
from setia.customers.models import Customer
from setia.orders import queries as orders
from setia.promotions.models import SeasonShift

AHEAD_DAYS: Final = 730
# Lunar years are shorter: last time lies between 200 and 400 days back.
BACK: Final = (400, 200)
# Long seasons are no occasion to write by themselves; those of every month neither.
LONGEST_DAYS: Final = 45
NO_OCCASION: Final = frozenset({"payday", "sura"})
# So many days before it begins to invite, and to close the orders.
INVITE_BEFORE, CLOSE_BEFORE = 28, 4
# An owner knows the day better by days, not by months.
MOST_SHIFT: Final = 14


def shifts() -> dict[str, int]:
    """Where the open shop keeps celebrations on other days: `code@year` to days."""
    return {f"{row.code}@{row.year}": row.days for row in SeasonShift.objects.all()}


def calendar(between: tuple[date, date], moved: Mapping[str, int] | None = None) -> list[Season]:
    """The celebrations that touch the days (both included), as this shop keeps them."""
    return calendars.seasons(between, shifts() if moved is None else moved)


@dataclass(frozen=True)
class Ahead:
    """A celebration to come, in the reader's language; `memorial`: never cheerful, nobody is invited."""

    season: Season
    today: date

    @property
    def name(self) -> str:
        return self.season.name_id if get_language() == "id" else self.season.name_en

    @property
    def hint(self) -> str:
        return self.season.hint_id if get_language() == "id" else self.season.hint_en

    @property
    def shifted(self) -> bool:
        """Whether the owner moved it."""
        return self.season.basis == "owner"

    @property
    def invite_on(self) -> date:
        return max(self.today, self.season.starts - timedelta(days=INVITE_BEFORE))

    @property
    def close_on(self) -> date:
        return self.season.starts - timedelta(days=CLOSE_BEFORE)

    @property
    def days(self) -> int:
        return (self.season.starts - self.today).days

    @property
    def key(self) -> str:
        return f"{self.season.code}:{self.season.starts:%Y}"


def ahead(day: date, days: int = AHEAD_DAYS) -> list[Ahead]:
    """Celebrations that begin from `day` on, by their first day."""
    return [
        Ahead(season, day)
        for season in calendar((day, day + timedelta(days=days)))
        if season.starts >= day
        and season.code not in NO_OCCASION
        and (season.ends - season.starts).days <= LONGEST_DAYS
    ]


def one(day: date, code: str, starts: date) -> Ahead | None:
    """The celebration of that code that begins on that day."""
    found = calendar((starts, starts))
    return next((Ahead(season, day) for season in found if season.code == code and season.starts == starts), None)


def by_the_calendar(season: Season) -> Season | None:
    """The same celebration where the calendar has it, without what the owner moved."""
    moved = shifts()
    room = timedelta(days=MOST_SHIFT)
    for plain in calendars.seasons((season.starts - room, season.starts + room)):
        days = moved.get(f"{plain.code}@{plain.starts.year}", 0)
        if plain.code == season.code and plain.starts + timedelta(days=days) == season.starts:
            return plain
    return None


def last_time(season: Season, day: date) -> Season | None:
    """The same celebration a (lunar) year before it; None when it is not over yet."""
    back = (season.starts - timedelta(days=BACK[0]), season.starts - timedelta(days=BACK[1]))
    past = [one for one in calendar(back) if one.code == season.code and one.ends < day]
    return past[-1] if past else None


@dataclass(frozen=True)
class Before:
    """How it was last time: who bought how many boxes; `times`: boxes a day against the four weeks before it."""

    season: Season
    buyers: list[tuple[Customer, int]]
    boxes: int
    times: float | None


def before(season: Season, day: date) -> Before | None:
    """From the shop's own past."""
    past = last_time(season, day)
    if past is None:
        return None
    buyers = orders.buyers_between(past.starts, past.ends)
    usual = orders.buyers_between(past.starts - timedelta(days=56), past.starts - timedelta(days=29))
    boxes, ordinary = sum(count for _who, count in buyers), sum(count for _who, count in usual) / 28
    length = (past.ends - past.starts).days + 1
    return Before(past, buyers, boxes, boxes / length / ordinary if ordinary else None)
