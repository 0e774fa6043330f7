"""From the purchase log to scores: arrays in, one row per customer out. No database here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from setia.insight import buying, cohorts, rfm, rhythm, value
from setia.insight.arrays import Floats, Numbers
from setia.insight.gaps import Gaps, Waits, find_gaps, find_waits
from setia.insight.summary import Summary, summarise
from setia.segments.rules import BEFORE_DAYS, LOYAL_PURCHASES, WITHIN_RHYTHM

VERSION = "mbg-map-2"
HORIZON_WEEKS = 4.0
# Value is told for twelve months ahead.
VALUE_WEEKS = 52.0
# Months the cohort grid looks back.
COHORT_MONTHS = 12
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
    customer_ids: Sequence[int],
    days: Sequence[int],
    amounts: Sequence[int],
    *,
    today: date,
    closed: Sequence[int],
    prior: buying.Prior = buying.WEAK_PRIOR,
) -> Scored:
    """Score every customer of the log (any order; days as ordinals, amounts in whole money) as seen on `today`.

    `closed`: ordinals of days on which the shop was closed; they do not count as waiting. `prior`: what is believed of
    a shop before its customers spoke. Missing values are None.
    """
    until = today.toordinal()
    # copies are small numbers: a million of them count
    when = np.asarray(days, dtype=np.int32)
    # a shop that moved to another time zone may have sold something tomorrow
    past = when <= until
    ids, who = _places(np.asarray(customer_ids, dtype=np.int64)[past])
    when = when[past]
    known = summarise(who, when, np.asarray(amounts, dtype=float)[past], until=until, customers=len(ids))
    shop, waits, told = _rhythm(find_gaps(who, when, until=until, customers=len(ids), closed=closed))
    reading = shop.read(waits)
    fit = buying.fit(known.x, known.t_x / 7, known.T / 7, model="mbg", prior=prior)
    scores = rfm.score(known.recency, known.orders, known.spent)
    repeats = int(known.x.sum())
    speaks = repeats >= ENOUGH_REPEATS
    history = (known.x, known.t_x / 7, known.T / 7)
    lateness = np.where(waits.count >= 2, shop.chance_longer(waits.waiting, waits.count, waits.total), np.nan)
    worth = _worth(fit, known) if speaks else None
    return Scored(
        parameters={
            "buying": fit.params._asdict(),
            # all that this shop gives to a prior over shops
            "numbers": list(fit.numbers) if speaks else None,
            "cohorts": _cohorts(who, when, today),
            "rhythm": {"r": shop.r, "alpha": shop.alpha, "gaps": shop.gaps},
            **told,
        },
        customers=len(ids),
        repeat_orders=repeats,
        columns={
            "customer_id": ids.tolist(),
            "purchases": known.orders.tolist(),
            "first_on": _dates(known.first),
            "last_on": _dates(known.last),
            "spent": known.spent.astype(np.int64).tolist(),
            "recency": scores.recency.tolist(),
            "frequency": scores.frequency.tolist(),
            "monetary": scores.monetary.tolist(),
            "group": scores.group.tolist(),
            "usual_gap": _column(reading.usual),
            "gap_low": _column(reading.low),
            "gap_high": _column(reading.high),
            "lateness": _column(lateness),
            "chance": _column(fit.chance_of_order(HORIZON_WEEKS, *history) if speaks else np.full(len(ids), np.nan)),
            "expected": _column(
                fit.expected_purchases(HORIZON_WEEKS, *history) if speaks else np.full(len(ids), np.nan)
            ),
            **_values(worth, len(ids)),
            "loyal_before": _loyal(shop, who, when, until - BEFORE_DAYS, len(ids), closed).tolist(),
        },
    )


def _rhythm(gaps: Gaps) -> tuple[rhythm.Rhythm, Waits, dict[str, Any]]:
    """The shop's rhythm, everybody's wait, and what the single gaps tell; those are many, and not needed any more."""
    shop = rhythm.fit(gaps.count, gaps.total)
    waits = Waits(gaps.count, gaps.total, gaps.waiting, gaps.orders)
    return shop, waits, {"calibration": _calibrated(gaps, shop), "comeback": _told(rhythm.comeback(gaps, shop))}


def _places(customer_ids: Numbers) -> tuple[Numbers, Numbers]:
    """The different ids in order, and the place of each purchase's among them."""
    ids, who = np.unique(customer_ids, return_inverse=True)
    return ids, who.astype(np.int32)


def _loyal(
    shop: rhythm.Rhythm, who: Numbers, when: Numbers, until: int, customers: int, closed: Sequence[int]
) -> NDArray[np.bool_]:
    """Who was loyal as seen on day `until` (`rules.is_loyal`, by today's reading of the shop's rhythm)."""
    waits = find_waits(who, when, until=until, customers=customers, closed=closed)
    within = shop.chance_longer(waits.waiting, waits.count, waits.total) >= WITHIN_RHYTHM
    loyal: NDArray[np.bool_] = (waits.orders >= LOYAL_PURCHASES) & within
    return loyal


def loyal_over_time(
    customer_ids: Sequence[int],
    days: Sequence[int],
    *,
    untils: Sequence[int],
    closed: Sequence[int],
    parameters: dict[str, Any],
) -> list[int]:
    """How many were loyal as seen on each of these days (ordinals)."""
    ids, who = _places(np.asarray(customer_ids, dtype=np.int64))
    when = np.asarray(days, dtype=np.int32)
    known = parameters["rhythm"]
    shop = rhythm.Rhythm(known["r"], known["alpha"], np.eye(2), len(ids), known["gaps"])
    return [int(_loyal(shop, who, when, until, len(ids), closed).sum()) for until in untils]


def _worth(fit: buying.Fit, known: Summary) -> value.Value | None:
    """Money each customer brings within `VALUE_WEEKS`, with the interval of 8 in 10; None without a paid order."""
    spending = known.repeat_mean[(known.x > 0) & (known.repeat_mean > 0)]
    if not len(spending):
        return None
    spend = value.fit(known.x, known.repeat_mean, prior=value.WEAK_PRIOR)
    return spend.customer_value(fit, VALUE_WEEKS, known.x, known.t_x / 7, known.T / 7, known.repeat_mean)


def _values(worth: value.Value | None, count: int) -> dict[str, Sequence[Any]]:
    if worth is None:
        nothing: list[None] = [None] * count
        return {"value": nothing, "value_low": nothing, "value_high": nothing, "value_fifth": nothing}
    return {
        "value": _whole(worth.expected),
        "value_low": _whole(worth.low),
        "value_high": _whole(worth.high),
        "value_fifth": rfm.fifths(worth.expected).tolist(),
    }


def _whole(money: Floats) -> list[int]:
    whole: list[int] = np.minimum(np.rint(money), 1e15).astype(np.int64).tolist()
    return whole


def _cohorts(who: Numbers, days: Numbers, today: date) -> dict[str, Any]:
    """Months of first purchase (12 * year + month - 1) with how many came, and how many came again j months later.

    Only the last `COHORT_MONTHS`. `months`: how many different people bought in each, and how many for the first time.
    """
    month = _months(days)
    now = 12 * today.year + today.month - 1
    found = cohorts.retention(who, month, now=now)
    if not len(found.periods):
        return {"first": now, "size": [], "active": [], "months": []}
    width = len(found.periods)
    bought = [sum(int(found.active[i, j - i]) for i in range(j + 1)) for j in range(width)]
    start = max(0, width - COHORT_MONTHS)
    return {
        "first": int(found.periods[start]),
        "size": found.size[start:].tolist(),
        "active": [row[: width - start - n].tolist() for n, row in enumerate(found.active[start:])],
        "months": [[bought[j], int(found.size[j])] for j in range(start, width)],
    }


def _months(days: Numbers) -> Numbers:
    """Ordinal days as whole months: 12 * year + month - 1."""
    moments = (days.astype(np.int64) - date(1970, 1, 1).toordinal()).astype("datetime64[D]")
    months: Numbers = moments.astype("datetime64[M]").astype(np.int64) + 12 * 1970
    return months


def _calibrated(waits: Gaps, shop: rhythm.Rhythm) -> dict[str, float | int] | None:
    """How often the latest gap of those with three or more was longer than the length one in ten should exceed."""
    found = rhythm.calibration(waits, shop)
    return {"share": round(found.share, 4), "of": found.of} if found.of >= ENOUGH_WAITS else None


def _told(comeback: rhythm.Comeback) -> list[tuple[float, float | None]]:
    """Per level of lateness: the share who came back, None where too few waits ever got so long."""
    shares = zip(comeback.levels.tolist(), comeback.rate.tolist(), comeback.reached.tolist(), strict=True)
    return [(level, round(rate, 4) if reached >= ENOUGH_WAITS else None) for level, rate, reached in shares]


def _dates(days: Numbers) -> list[str]:
    """Ordinal days as databases read them; a year has few of them, so each is written once."""
    different, places = np.unique(days, return_inverse=True)
    written = [date.fromordinal(day).isoformat() for day in different.tolist()]
    return [written[place] for place in places.tolist()]


def _column(values: Any) -> list[float | None]:
    return [None if value != value else value for value in np.round(values, 4).tolist()]
