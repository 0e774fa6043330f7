"""Pure decisions of campaigns: how a prediction fits a window, when messages may leave, what a result may claim."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final

from setia.insight.uplift import Lift

# `segments.Score` speaks of so many days.
SCORE_DAYS: Final = 28
# What is expected of somebody of whom nothing is known yet.
UNKNOWN_CHANCE: Final = 0.05
# How strongly the shop's own rate speaks in the comparison: like so many customers in each arm.
PRIOR_WEIGHT: Final = 4.0
# The chance beyond which a result may say that a message brought orders.
SURE: Final = 0.9
# So many messages of a campaign lie in the outbox at once: few enough to be stopped, enough to keep it busy.
AHEAD: Final = 160


def within(chance: float | None, days: int) -> float:
    """The chance of an order within `days`, from that of `SCORE_DAYS`; a steady rate in between."""
    if chance is None:
        chance = UNKNOWN_CHANCE
    share: float = 1 - (1 - min(max(chance, 0.0), 0.999)) ** (days / SCORE_DAYS)
    return share


def expected_within(expected: float | None, chance: float, days: int) -> float:
    """Orders expected within `days`."""
    return chance if expected is None else max(0.0, expected) * days / SCORE_DAYS


def base_rate(chances: list[float]) -> float:
    """How many of a hundred order anyway, as a share kept away from 0 and 1."""
    mean = sum(chances) / len(chances) if chances else UNKNOWN_CHANCE
    return min(0.98, max(0.01, mean))


def prior(rate: float) -> tuple[float, float]:
    """The shop's rate as a Beta distribution worth `PRIOR_WEIGHT` customers."""
    return (PRIOR_WEIGHT * rate, PRIOR_WEIGHT * (1 - rate))


def next_opening(local: datetime, opens: time, closes: time) -> datetime | None:
    """None while messages may leave; else when they may again. A window over midnight is one."""
    at = local.time()
    inside = opens <= at < closes if opens < closes else at >= opens or at < closes
    if inside or opens == closes:
        return None
    day = local.date() if at < opens else local.date() + timedelta(days=1)
    return datetime.combine(day, opens, tzinfo=local.tzinfo)


def verdict(lift: Mapping[str, Any]) -> str:
    """What may be said: `more`, `fewer`, or `unclear`. Only what the whole interval says."""
    if lift["low"] > 0 and lift["chance_positive"] >= SURE - 1e-9:
        return "more"
    if lift["high"] < 0 and lift["chance_positive"] <= 1 - SURE + 1e-9:
        return "fewer"
    return "unclear"


def plain(lift: Lift) -> dict[str, Any]:
    """A lift as plain values, to be kept."""
    return {name: round(value, 6) if isinstance(value, float) else int(value) for name, value in asdict(lift).items()}


def per_hundred(share: float) -> int:
    """A share as so many of a hundred people, without its sign."""
    return int(100 * abs(share) + 0.5)


@dataclass(frozen=True)
class Interval:
    """A picture of an interval on WIDTH: positions of zero, low, middle, high."""

    zero: float
    low: float
    middle: float
    high: float
    label: str = ""


WIDTH: Final = 340.0
_EDGE: Final = 16.0


def intervals(rows: list[tuple[str, float, float, float]]) -> list[Interval]:
    """Rows of (label, low, middle, high) on one scale that holds them all and zero."""
    ends = [0.0, *(value for _label, *values in rows for value in values)]
    least, most = min(ends), max(ends)
    room = (most - least) or 1.0

    def x(value: float) -> float:
        return round(_EDGE + (WIDTH - 2 * _EDGE) * (value - least) / room, 1)

    return [Interval(x(0.0), x(low), x(middle), x(high), label) for label, low, middle, high in rows]
