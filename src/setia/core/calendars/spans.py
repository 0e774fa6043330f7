"""How the days of a season are found: the few kinds of rule, each a function from a year to spans of days."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from setia.core.calendars.feasts import Basis, Feast, feast_days
from setia.core.calendars.javanese import (
    FIRST_DAY,
    LAST_DAY,
    PASARAN,
    WEEKDAYS,
    Weton,
    days_of_weton,
    from_javanese,
    month_length,
    to_javanese,
)


@dataclass(frozen=True, slots=True)
class Span:
    """The days of one season, both ends included."""

    starts: date
    ends: date
    estimate: bool
    basis: Basis


@dataclass(frozen=True, slots=True)
class Shifts:
    """The owner's corrections in days: "kupatan" for every year, "idul_fitri@2027" for one."""

    days: dict[str, int]

    def of(self, code: str, year: int) -> int:
        return self.days.get(f"{code}@{year}", self.days.get(code, 0))

    def settled(self, code: str, year: int) -> bool:
        """A correction for one year, even of no days, means the owner knows the date."""
        return f"{code}@{year}" in self.days

    def feasts(self, code: str, year: int) -> list[Feast]:
        """The days of a feast after correction."""
        feasts = feast_days(code, year)
        if self.settled(code, year):
            feasts = [replace(feast, estimate=False, basis="owner") for feast in feasts]
        return [replace(feast, day=feast.day + timedelta(self.of(code, year))) for feast in feasts]


When = Callable[[int, Shifts], Iterator[Span]]

SELO: Final = 11
_FRIDAY: Final = WEEKDAYS.index("Jumat")
_JUMAT_KLIWON: Final = Weton(_FRIDAY, PASARAN.index("Kliwon"))
_JUMAT_PON: Final = Weton(_FRIDAY, PASARAN.index("Pon"))


def around(feast: str, first: int = 0, last: int = 0) -> When:
    """From `first` to `last` days after a feast; negative days lie before it."""

    def spans(year: int, shifts: Shifts) -> Iterator[Span]:
        for day in shifts.feasts(feast, year):
            yield Span(day.day + timedelta(first), day.day + timedelta(last), day.estimate, day.basis)

    return spans


def from_feast_to_eve_of(feast: str, following: str) -> When:
    """From a feast to the day before the next one of another kind."""

    def spans(year: int, shifts: Shifts) -> Iterator[Span]:
        ends = [day for near in (year, year + 1) for day in shifts.feasts(following, near)]
        for first in shifts.feasts(feast, year):
            end = min((day for day in ends if day.day > first.day), key=lambda day: day.day)
            yield Span(first.day, end.day - timedelta(1), first.estimate or end.estimate, first.basis)

    return spans


def javanese_months(first: int, last: int) -> When:
    """From the first day of one Javanese month to the last day of another in the same year."""

    def spans(year: int, shifts: Shifts) -> Iterator[Span]:
        for javanese_year in _javanese_years(year):
            starts = from_javanese(javanese_year, first)
            ends = from_javanese(javanese_year, last, month_length(javanese_year, last))
            # Palace almanacs disagree by a day inside a Dal year.
            dal = to_javanese(starts).year_name == "Dal"
            yield Span(starts, ends, dal, "javanese")

    return spans


def days_of_year(first: tuple[int, int], last: tuple[int, int], *, custom: bool = False) -> When:
    """The same days every year, as (month, day); `custom` days are a habit to confirm, not a rule."""

    def spans(year: int, shifts: Shifts) -> Iterator[Span]:
        yield Span(date(year, *first), date(year, *last), custom, "custom" if custom else "fixed")

    return spans


def paydays(first: int, last: int) -> When:
    """From day `first` of each month to day `last` of the next."""

    def spans(year: int, shifts: Shifts) -> Iterator[Span]:
        for month in range(1, 13):
            following = date(year + month // 12, month % 12 + 1, last)
            yield Span(date(year, month, first), following, True, "custom")

    return spans


def friday_of_selo() -> When:
    """Jumat Kliwon in Selo. Years without one (2023) keep Jumat Pon, which is then the last Friday of the month."""

    def spans(year: int, shifts: Shifts) -> Iterator[Span]:
        for javanese_year in _javanese_years(year):
            first = from_javanese(javanese_year, SELO)
            last = first + timedelta(month_length(javanese_year, SELO) - 1)
            kliwon = next(days_of_weton(_JUMAT_KLIWON, first, last), None)
            day = kliwon or next(days_of_weton(_JUMAT_PON, first, last))
            yield Span(day, day, True, "custom")

    return spans


def _javanese_years(year: int) -> range:
    """The Javanese years that touch a Gregorian year and lie inside what is known."""
    first, last = max(date(year, 1, 1), FIRST_DAY), min(date(year, 12, 31), LAST_DAY)
    return range(to_javanese(first).year, to_javanese(last).year + 1) if first <= last else range(0)
