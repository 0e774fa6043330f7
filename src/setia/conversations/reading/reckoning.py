"""From words about days to days: what "Saturday", "the 5th" or "Rabu depan" can mean when said on a given day."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal

from .feasts import pasaran

Kind = Literal["day", "calendar", "weekday", "month_day", "later", "before_event", "feast", "past", "unclear"]

LONGEST_WAIT: Final = 300
"""A date without a year that would lie further ahead than this has more likely just passed."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One expression of time, tokens `start` up to `end`, and what it means.

    `day` is None while open; `window` are the first and last day it may be; `offset` counts days before the event;
    `today_too` says that today has the same name; `confirm` that the reading should be said back.
    """

    kind: Kind
    start: int = 0
    end: int = 0
    day: date | None = None
    window: tuple[date, date] | None = None
    weekday: int | None = None
    number: int = 0
    offset: int = 0
    feast: str = ""
    daypart: str = ""
    confirm: bool = False
    today_too: bool = False

    def at(self, start: int, end: int) -> "Mention":
        """The same mention at its place in the line."""
        return replace(self, start=start, end=end)


UNCLEAR: Final = Mention("unclear")


def day(when: date | None, *, confirm: bool = False, daypart: str = "") -> Mention:
    """A mention of one known day; unclear when there is no such day."""
    return Mention("day", day=when, confirm=confirm, daypart=daypart) if when else UNCLEAR


def within(first: date, last: date) -> Mention:
    """A mention that leaves several days open."""
    return Mention("unclear", window=(first, last)) if first <= last else UNCLEAR


def plus(today: date, days: int) -> date | None:
    """Some days later, or None beyond the calendar."""
    try:
        return today + timedelta(days=days)
    except OverflowError:
        return None


def weekday(today: date, number: int) -> Mention:
    """The next such day after today; `today_too` when today is one, which needs an hour to be meant."""
    ahead = (number - today.weekday() - 1) % 7 + 1
    return Mention("weekday", day=plus(today, ahead), weekday=number, today_too=ahead == 7)


def coming(today: date, number: int) -> Mention:
    """ "besok Sabtu": the coming Saturday, never today."""
    return replace(weekday(today, number), kind="day", today_too=False)


def next_weeks(today: date, number: int) -> Mention:
    """ "Rabu minggu depan": the Wednesday of next week; said on a Sunday, when the week turns, it is confirmed."""
    return day(plus(today, 7 - today.weekday() + number), confirm=today.weekday() == 6)


def weekday_next(today: date, number: int) -> Mention:
    """ "Rabu depan": clear only when this week's Wednesday is today or gone; else this week's or next week's."""
    first = weekday(today, number)
    later = plus(first.day, 7) if first.day else None
    if number <= today.weekday() or later is None or first.day is None:
        return replace(first, kind="day", today_too=False)
    return replace(within(first.day, later), weekday=number)


def eve(today: date, number: int, *, over: bool) -> Mention:
    """ "malam Jumat": the evening before Friday. `over`: it is already so late that tonight cannot be meant."""
    ahead = (number - 1 - today.weekday()) % 7
    ahead = ahead or (7 if over else 0)
    return day(plus(today, ahead), confirm=ahead == 7, daypart="malam")


def with_pasaran(today: date, number: int, name: int) -> Mention:
    """ "Jumat Legi": the next day with both names, which comes once in 35 days; today is not meant."""
    days = (plus(today, ahead) for ahead in range(1, 36))
    return day(next((d for d in days if d and d.weekday() == number and pasaran(d) == name), None))


def month_day(today: date, number: int) -> Mention:
    """ "tgl 5": the next 5th, today included; a month without that day is skipped, and then the date is confirmed."""
    if not 1 <= number <= 31:
        return UNCLEAR
    year, month = today.year, today.month
    skipped = False
    for _ in range(4):
        if number <= monthrange(year, month)[1]:
            found = date(year, month, number)
            if found >= today:
                return Mention("month_day", day=found, number=number, confirm=skipped or found == today)
        else:
            skipped = True
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        if year > date.max.year:
            break
    return UNCLEAR


def in_month(near: date, number: int) -> date | None:
    """The day `number` of the month of `near`, or None when that month is too short."""
    return date(near.year, near.month, number) if 1 <= number <= monthrange(near.year, near.month)[1] else None


def last_before(event: date, number: int) -> date | None:
    """The last such day of the month on or before the event: in its month, or in the month before."""
    here = in_month(event, number)
    if here is None or here <= event:
        return here
    return in_month(event.replace(day=1) - timedelta(days=1), number)


def full(today: date, number: int, month: int, year: int | None = None) -> Mention:
    """A day and month, with the year when given. Days that have passed or are implausibly far are not guessed."""
    if year is not None and year < 100:
        year += 2000
    for candidate in (year,) if year is not None else (today.year, today.year + 1):
        try:
            found = date(candidate, month, number)
        except (ValueError, TypeError):
            continue
        if found >= today and (year is not None or (found - today).days <= LONGEST_WAIT):
            return Mention("calendar", day=found)
    return UNCLEAR


def month_ahead(today: date, months: int) -> tuple[date, date] | None:
    """First and last day of the month `months` ahead."""
    year, month = today.year + (today.month - 1 + months) // 12, (today.month - 1 + months) % 12 + 1
    if year > date.max.year:
        return None
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def same_day_months_later(today: date, months: int) -> Mention:
    """ "sebulan lagi": the same day of a later month, to be confirmed."""
    span = month_ahead(today, months)
    return day(in_month(span[0], today.day), confirm=True) if span else UNCLEAR
