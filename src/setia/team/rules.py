"""Pure decisions about people who serve: how a candidate does, what a week shows, and which word helps.

A week is compared with the same person's earlier weeks, never with another person's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from statistics import median
from typing import Final, Literal

# Below these a figure would be about chance, not about a person.
FEWEST_HOURS: Final = 4.0
FEWEST_ORDERS: Final = 10
FEWEST_WEEKS: Final = 3
# A change that one may speak of: a fifth of the usual.
CHANGE: Final = 0.2


def fit(marks: Sequence[tuple[int, int]]) -> float | None:
    """How well a candidate fits: the mean of `(score 1…5, weight ≥ 1)` by weight, or None without marks."""
    weights = sum(weight for _score, weight in marks)
    return sum(score * weight for score, weight in marks) / weights if weights else None


def hours(starts: time, ends: time, came: datetime | None, left: datetime | None) -> float:
    """Hours of a shift: those worked where both ends are known (never negative), else those planned."""
    if came is not None and left is not None:
        return max(0.0, (left - came).total_seconds() / 3600)
    return (ends.hour * 60 + ends.minute - starts.hour * 60 - starts.minute) / 60


@dataclass(frozen=True)
class Week:
    """What a member did in one week.

    `on_time` is the share of their orders handed over by the promised day; `rating` the mean of what customers said of
    those orders (1 to 5), `chat_review` of the stars of the owner's evening check of their chats; `points` is the sum
    of the weights of what was seen, what is to be better counted against it. None where there is nothing to tell.
    """

    hours: float = 0.0
    orders: int = 0
    customers: int = 0
    sales: int = 0
    on_time: float | None = None
    rating: float | None = None
    ratings: int = 0
    chat_review: float | None = None
    chat_reviews: int = 0
    good: int = 0
    better: int = 0
    points: int = 0

    @property
    def customers_per_hour(self) -> float | None:
        """People served in an hour of work; None under `FEWEST_HOURS`."""
        return self.customers / self.hours if self.hours >= FEWEST_HOURS else None

    @property
    def sales_per_hour(self) -> float | None:
        """Sales in an hour of work; None under `FEWEST_HOURS`."""
        return self.sales / self.hours if self.hours >= FEWEST_HOURS else None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell of this week."""
        return not (self.hours or self.orders or self.good or self.better or self.chat_reviews)


Topic = Literal["praise", "customers", "on_time", "rating", "better"]


@dataclass(frozen=True)
class Word:
    """Something to say to a member: about what, whether it went `up` or down, the figure and the usual one."""

    topic: Topic
    up: bool
    now: float
    usual: float | None = None


def words(week: Week, before: Sequence[Week]) -> list[Word]:
    """What this week gives reason to say, praise first; nothing is said on thin evidence.

    `before`: the same person's earlier weeks. A figure is spoken of when it differs from its median over at least
    `FEWEST_WEEKS` of them by `CHANGE` or more.
    """
    said: list[Word] = []
    if week.good:
        said.append(Word("praise", True, week.good))
    said += _compared("customers", week.customers_per_hour, [past.customers_per_hour for past in before])
    if week.orders >= FEWEST_ORDERS:
        said += _compared("on_time", week.on_time, [p.on_time for p in before if p.orders >= FEWEST_ORDERS])
    if week.ratings >= FEWEST_ORDERS:
        said += _compared("rating", week.rating, [p.rating for p in before if p.ratings >= FEWEST_ORDERS])
    if week.better:
        said.append(Word("better", False, week.better))
    return sorted(said, key=lambda word: not word.up)


def _compared(topic: Topic, now: float | None, before: Sequence[float | None]) -> list[Word]:
    known = [value for value in before if value is not None]
    if now is None or len(known) < FEWEST_WEEKS:
        return []
    usual = median(known)
    if usual <= 0 or abs(now - usual) < CHANGE * usual:
        return []
    return [Word(topic, now > usual, now, usual)]
