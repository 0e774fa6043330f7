"""When a person's day comes round again, on the calendar they keep it by."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

from setia.core.calendars.error import CalendarError
from setia.core.calendars.hijri import from_hijri, hijri_month_length, to_hijri
from setia.core.calendars.javanese import WETON_CYCLE, Weton, days_of_weton, from_javanese, month_length, to_javanese

CalendarName = Literal["gregorian", "hijri", "javanese", "weton"]

# A leap year, so that 29 February exists.
_ANY_YEAR = 2024


def next_occurrence(calendar: CalendarName, day: int, month: int, after: date) -> date:
    """The first date on or after `after` that is this day of this month.

    On the weton calendar `day` is the weekday (0 Monday … 6 Sunday) and `month` the market day (0 Legi … 4 Kliwon).
    A day the year does not have moves back to the last day of its month: 29 February to 28 February, 30 Safar to 29
    Safar. Nobody's day is skipped, and a greeting comes early rather than late.
    Raises CalendarError for a day no year has, and outside the range of the calendar.
    """
    if calendar == "weton":
        if not (0 <= day <= 6 and 0 <= month <= 4):
            raise CalendarError("no_such_day")
        return next(days_of_weton(Weton(day, month), after, after + timedelta(WETON_CYCLE)))
    if not 1 <= month <= 12 or not 1 <= day <= _longest(calendar, month):
        raise CalendarError("no_such_day")
    year = _year_of(calendar, after)
    this_year = _on(calendar, year, month, day)
    return this_year if this_year >= after else _on(calendar, year + 1, month, day)


def _longest(calendar: CalendarName, month: int) -> int:
    return monthrange(_ANY_YEAR, month)[1] if calendar == "gregorian" else 30


def _year_of(calendar: CalendarName, day: date) -> int:
    if calendar == "gregorian":
        return day.year
    return to_hijri(day).year if calendar == "hijri" else to_javanese(day).year


def _on(calendar: CalendarName, year: int, month: int, day: int) -> date:
    """The day in this year, or the last day of a month that is too short."""
    if calendar == "gregorian":
        return date(year, month, min(day, monthrange(year, month)[1]))
    if calendar == "hijri":
        return from_hijri(year, month, min(day, hijri_month_length(year, month)))
    return from_javanese(year, month, min(day, month_length(year, month)))
