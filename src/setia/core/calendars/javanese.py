"""The Javanese calendar: weton (weekday with market day) and the lunar year of Sultan Agung in kurup Asapon.

A weton is pure counting and holds for any date. Year, month and day hold inside kurup Asapon, from 24 March 1936 to
25 August 2052; a day is taken from midnight to midnight, although by custom it begins at sunset. Palace almanacs may
move a month inside a Dal year by a day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from setia.core.calendars.error import CalendarError

WEEKDAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
PASARAN: Final = ("Legi", "Pahing", "Pon", "Wage", "Kliwon")
MONTHS: Final = (
    "Sura",
    "Sapar",
    "Mulud",
    "Bakda Mulud",
    "Jumadilawal",
    "Jumadilakir",
    "Rejeb",
    "Ruwah",
    "Pasa",
    "Sawal",
    "Selo",
    "Besar",
)
YEARS: Final = ("Alip", "Ehe", "Jimawal", "Je", "Dal", "Be", "Wawu", "Jimakir")
WETON_CYCLE: Final = 35

FIRST_DAY: Final = date(1936, 3, 24)
LAST_DAY: Final = date(2052, 8, 25)

_WEEKDAY_NEPTU: Final = (4, 3, 7, 8, 6, 9, 5)
_PASARAN_NEPTU: Final = (5, 9, 7, 4, 8)
_LEGI: Final = date(1945, 8, 17)
_FIRST_YEAR: Final = 1867
# Ehe, Dal and Jimakir have 355 days; some pages name other years, but only these reproduce the dates on record.
_YEAR_LENGTHS: Final = (354, 355, 354, 354, 355, 354, 354, 355)
_WINDU: Final = sum(_YEAR_LENGTHS)


@dataclass(frozen=True, slots=True, order=True)
class Weton:
    """`weekday` 0 Monday … 6 Sunday, `pasaran` 0 Legi … 4 Kliwon."""

    weekday: int
    pasaran: int

    def __str__(self) -> str:
        return f"{WEEKDAYS[self.weekday]} {PASARAN[self.pasaran]}"

    @property
    def neptu(self) -> int:
        """The sum of the values tradition gives to both days, 7 to 18."""
        return _WEEKDAY_NEPTU[self.weekday] + _PASARAN_NEPTU[self.pasaran]


@dataclass(frozen=True, slots=True, order=True)
class JavaneseDate:
    """Year of the Javanese era (1960), month 1 Sura … 12 Besar, day 1 … 30."""

    year: int
    month: int
    day: int

    def __str__(self) -> str:
        return f"{self.day} {MONTHS[self.month - 1]} {self.year} {self.year_name}"

    @property
    def year_name(self) -> str:
        """The year's name in the windu of eight: Alip … Jimakir."""
        return YEARS[(self.year - _FIRST_YEAR) % 8]


def weton(day: date) -> Weton:
    """The weekday and market day of a date; 17 August 1945 was Jumat Legi."""
    return Weton(day.weekday(), (day - _LEGI).days % 5)


def days_of_weton(wanted: Weton, first: date, last: date) -> Iterator[date]:
    """Every date from `first` to `last` that has this weton, 35 days apart."""
    start = weton(first)
    # 15 counts weekdays without moving the market day, 21 the reverse (the Chinese remainder of 7 and 5).
    wait = 15 * (wanted.weekday - start.weekday) + 21 * (wanted.pasaran - start.pasaran)
    day = first + timedelta(wait % WETON_CYCLE)
    while day <= last:
        yield day
        day += timedelta(WETON_CYCLE)


def to_javanese(day: date) -> JavaneseDate:
    """The Javanese date of a Gregorian one. Raises CalendarError outside kurup Asapon."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise CalendarError("out_of_range")
    windu, rest = divmod((day - FIRST_DAY).days, _WINDU)
    year = _FIRST_YEAR + 8 * windu
    while rest >= year_length(year):
        rest -= year_length(year)
        year += 1
    month = 1
    while rest >= month_length(year, month):
        rest -= month_length(year, month)
        month += 1
    return JavaneseDate(year, month, rest + 1)


def from_javanese(year: int, month: int, day: int = 1) -> date:
    """The Gregorian date of a Javanese one. Raises CalendarError for a day that does not exist or lies outside."""
    if not 1 <= month <= 12 or not 1 <= day <= month_length(year, month):
        raise CalendarError("no_such_day")
    windu, position = divmod(year - _FIRST_YEAR, 8)
    days = windu * _WINDU + sum(_YEAR_LENGTHS[:position])
    days += sum(month_length(year, earlier) for earlier in range(1, month)) + day - 1
    if not 0 <= days <= (LAST_DAY - FIRST_DAY).days:
        raise CalendarError("out_of_range")
    return FIRST_DAY + timedelta(days)


def year_length(year: int) -> int:
    """354 days, or 355 in the years Ehe, Dal and Jimakir."""
    return _YEAR_LENGTHS[(year - _FIRST_YEAR) % 8]


def month_length(year: int, month: int) -> int:
    """30 and 29 days in turn; Besar has 30 in a long year."""
    return 30 if month % 2 or (month == 12 and year_length(year) == 355) else 29
