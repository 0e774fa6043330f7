"""How full a day is."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

# From this share of what can be baked on a day is drawn as nearly full.
NEARLY: Final = 0.8


@dataclass(frozen=True, slots=True)
class Load:
    """Boxes promised for a day against what can be baked. `capacity` is None where nobody said how much that is."""

    boxes: int
    capacity: int | None
    closed: bool = False

    @property
    def room(self) -> int | None:
        """Boxes that still fit; below zero when too many are promised, 0 on a closed day; None where it is not
        known.
        """
        if self.closed:
            return 0
        return None if self.capacity is None else self.capacity - self.boxes

    @property
    def state(self) -> str:
        """`closed`, `over`, `full`, `nearly`, `free`, or `open` where the capacity is not known."""
        if self.closed:
            return "closed"
        if self.capacity is None:
            return "open"
        if self.boxes > self.capacity:
            return "over"
        if self.boxes == self.capacity:
            return "full"
        return "nearly" if self.boxes >= NEARLY * self.capacity else "free"

    @property
    def percent(self) -> int:
        """How full, 0 to 100, for a bar."""
        return min(100, round(100 * self.boxes / self.capacity)) if self.capacity else 0

    def fits(self, more: int) -> bool:
        """Whether `more` boxes can be promised without a word."""
        return not self.closed and (self.room is None or self.room >= more)


def month_days(day: date) -> list[date]:
    """The days of whole weeks (from Monday) that touch the month of `day`."""
    first = day.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    start = first - timedelta(days=first.weekday())
    length = -(-(following - start).days // 7) * 7
    return [start + timedelta(days=distance) for distance in range(length)]


def week_days(day: date) -> list[date]:
    """The seven days of the week of `day`, from Monday."""
    start = day - timedelta(days=day.weekday())
    return [start + timedelta(days=distance) for distance in range(7)]
