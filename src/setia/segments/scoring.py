"""From the purchase log to scores: arrays in, one row per customer out. No database here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from setia.insight import buying, rfm, rhythm
from setia.insight.summary import summarise

VERSION = "mbg-map-1"
HORIZON_WEEKS = 4.0
# Below this many repeat orders in the whole shop nothing is said of single customers' chances.
ENOUGH_REPEATS = 30
# Below this many waits that got so long, the shop's comeback rate is not told.
ENOUGH_WAITS = 20


@dataclass(frozen=True)
class Scored:
    """The shop's fit and its customers' columns, all of one length."""

    parameters: dict[str, Any]
    customers: int
    repeat_orders: int
    columns: dict[str, Sequence[Any]]

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """One tuple per customer, in the order of the columns."""
        return zip(*self.columns.values(), strict=True)


def score(
    customer_ids: Sequence[int], days: Sequence[int], amounts: Sequence[int], *, today: date, closed: Sequence[int]
) -> Scored:
    """Score every customer of the log (any order; days as ordinals, amounts in whole money) as seen on `today`.

    `closed`: ordinals of days on which the shop was closed; they do not count as waiting. Missing values are None.
    """
    until = today.toordinal()
    when = np.asarray(days, dtype=np.int32)
    # a shop that moved to another time zone may have sold something tomorrow
    past = when <= until
    ids, who = np.unique(np.asarray(customer_ids, dtype=np.int64)[past], return_inverse=True)
    when = when[past]
    known = summarise(who, when, np.asarray(amounts, dtype=float)[past], until=until, customers=len(ids))
    waits = rhythm.gaps(who, when, until=until, customers=len(ids), closed=closed)
    shop = rhythm.fit(waits.count, waits.total)
    reading = shop.read(waits)
    comeback = rhythm.comeback(waits, shop)
    fit = buying.fit(known.x, known.t_x / 7, known.T / 7, model="mbg", prior=buying.WEAK_PRIOR)
    scores = rfm.score(known.recency, known.orders, known.spent)
    repeats = int(known.x.sum())
    speaks = repeats >= ENOUGH_REPEATS
    history = (known.x, known.t_x / 7, known.T / 7)
    lateness = np.where(waits.count >= 2, shop.chance_longer(waits.waiting, waits.count, waits.total), np.nan)
    return Scored(
        parameters={
            "buying": fit.params._asdict(),
            "rhythm": {"r": shop.r, "alpha": shop.alpha, "gaps": shop.gaps},
            "comeback": _told(comeback),
        },
        customers=len(ids),
        repeat_orders=repeats,
        columns={
            "customer_id": ids.tolist(),
            "purchases": known.orders.tolist(),
            "first_on": [date.fromordinal(day) for day in known.first.tolist()],
            "last_on": [date.fromordinal(day) for day in known.last.tolist()],
            "spent": known.spent.astype(np.int64).tolist(),
            "recency": scores.recency.tolist(),
            "frequency": scores.frequency.tolist(),
            "monetary": scores.monetary.tolist(),
            "usual_gap": _column(reading.usual),
            "gap_low": _column(reading.low),
            "gap_high": _column(reading.high),
            "lateness": _column(lateness),
            "chance": _column(fit.chance_of_order(HORIZON_WEEKS, *history) if speaks else np.full(len(ids), np.nan)),
            "expected": _column(
                fit.expected_purchases(HORIZON_WEEKS, *history) if speaks else np.full(len(ids), np.nan)
            ),
        },
    )


def _told(comeback: rhythm.Comeback) -> list[tuple[float, float | None]]:
    """Per level of lateness: the share who came back, None where too few waits ever got so long."""
    shares = zip(comeback.levels.tolist(), comeback.rate.tolist(), comeback.reached.tolist(), strict=True)
    return [(level, round(rate, 4) if reached >= ENOUGH_WAITS else None) for level, rate, reached in shares]


def _column(values: Any) -> list[float | None]:
    return [None if value != value else value for value in np.round(values, 4).tolist()]
