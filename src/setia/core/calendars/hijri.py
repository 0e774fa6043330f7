"""The Hijri calendar as Indonesia keeps it.

Sourced month starts come first (`hijri_table`); the months between and beyond are estimated from the new moon. An
estimate can be a day off until the government decides, so everything built on one says so.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from setia.core.calendars.error import CalendarError
from setia.core.calendars.hijri_table import ANNOUNCED, STARTS
from setia.core.calendars.moon import new_moon

MONTHS: Final = (
    "Muharam",
    "Safar",
    "Rabiulawal",
    "Rabiulakhir",
    "Jumadilawal",
    "Jumadilakhir",
    "Rajab",
    "Syakban",
    "Ramadan",
    "Syawal",
    "Zulkaidah",
    "Zulhijah",
)
FIRST_YEAR: Final = 1318
LAST_YEAR: Final = 1523

# The lunation (new moons since January 2000) that begins month 0 when months are counted as 12 * year + month.
_LUNATION_OF_MONTH_ZERO: Final = -17050
# The month begins after the evening on which the moon is this old at sunset in the west of the country. Fitted on the
# sourced months: 11 hours reproduce 69 of the 75, and no other whole hour more.
_SUNSET_WEST: Final = timedelta(hours=11)
_AGE_AT_SUNSET: Final = timedelta(hours=11)

_SOURCED: Final = {12 * year + month: date.fromisoformat(start) for year, month, start, _, _ in STARTS}
_ANNOUNCED: Final = {12 * year + month for year, month, _, source, _ in STARTS if source == ANNOUNCED}


@dataclass(frozen=True, slots=True, order=True)
class HijriDate:
    """Year of the Hijra, month 1 Muharam … 12 Zulhijah, day 1 … 30."""

    year: int
    month: int
    day: int

    def __str__(self) -> str:
        return f"{self.day} {MONTHS[self.month - 1]} {self.year} H"


def to_hijri(day: date) -> HijriDate:
    """The Hijri date of a Gregorian one, 1 May 1900 to 2100. Raises CalendarError outside."""
    count = 12 * FIRST_YEAR + 1 + round((day - _start(12 * FIRST_YEAR + 1)).days / 29.530588)
    while _start(count) > day:
        count -= 1
    while _start(count + 1) <= day:
        count += 1
    year, month = _year_and_month(count)
    _check_year(year)
    return HijriDate(year, month, (day - _start(count)).days + 1)


def from_hijri(year: int, month: int, day: int = 1) -> date:
    """The Gregorian date of a Hijri one. Raises CalendarError for a day the month does not have."""
    _check_year(year)
    if not 1 <= month <= 12 or not 1 <= day <= hijri_month_length(year, month):
        raise CalendarError("no_such_day")
    return _start(12 * year + month) + timedelta(day - 1)


def hijri_month_length(year: int, month: int) -> int:
    """29 or 30 days."""
    count = 12 * year + month
    return (_start(count + 1) - _start(count)).days


def is_estimate(year: int, month: int) -> bool:
    """Whether the start of this month was predicted or computed rather than announced by the government."""
    return 12 * year + month not in _ANNOUNCED


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CalendarError("out_of_range")


def _year_and_month(count: int) -> tuple[int, int]:
    year, month = divmod(count - 1, 12)
    return year, month + 1


@lru_cache(maxsize=4096)
def _start(count: int) -> date:
    """The first day of a month, kept within 29 and 30 days of its neighbours up to the next sourced one."""
    if count in _SOURCED:
        return _SOURCED[count]
    computed = _computed_start(count)
    before = next((step for step in range(1, 5) if count - step in _SOURCED), 0)
    after = next((step for step in range(1, 5) if count + step in _SOURCED), 0)
    if before and after:
        previous, following = _start(count - 1), _SOURCED[count + after]
        earliest = max(previous + timedelta(29), following - timedelta(30 * after))
        latest = min(previous + timedelta(30), following - timedelta(29 * after))
        return min(max(computed, earliest), latest)
    return computed


def _computed_start(count: int) -> date:
    """The day after the first evening on which the young moon is old enough."""
    conjunction = new_moon(count + _LUNATION_OF_MONTH_ZERO)
    evening = datetime.combine(conjunction.date(), datetime.min.time()) + _SUNSET_WEST
    while evening - conjunction < _AGE_AT_SUNSET:
        evening += timedelta(1)
    return evening.date() + timedelta(1)
