"""Stretches of days the reports speak of: whole weeks that end yesterday, so that no weekday counts twice."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

WEEK: Final = 7
# A figure of now is one of the last four weeks; trends show 13 weeks, or 13 times four weeks: a quarter, or a year.
LATELY: Final = 28
POINTS: Final = 13
# Who bought within twelve weeks before is kept; who had not is back.
KEPT: Final = 84


@dataclass(frozen=True)
class Span:
    """Days from `since` to `until`, both included."""

    since: date
    until: date

    @property
    def before(self) -> "Span":
        """As many days just before."""
        return ending(self.since - timedelta(days=1), (self.until - self.since).days + 1)

    @property
    def run_up(self) -> "Span":
        """The twelve weeks before."""
        return ending(self.since - timedelta(days=1), KEPT)

    @property
    def asked(self) -> dict[str, str]:
        """As the values of a condition."""
        return {"since": self.since.isoformat(), "until": self.until.isoformat()}


def ending(until: date, days: int) -> Span:
    """So many days that end on `until`."""
    return Span(until - timedelta(days=days - 1), until)


def lately(today: date) -> Span:
    """The four weeks until yesterday."""
    return ending(today - timedelta(days=1), LATELY)


def row(today: date, days: int) -> list[Span]:
    """`POINTS` spans of so many days one after the other, the last until yesterday."""
    return [ending(today - timedelta(days=1 + days * back), days) for back in reversed(range(POINTS))]


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The moment at which a day of the shop begins."""
    return datetime.combine(day, time.min, tzinfo=zone)
