"""Mean demand per product and day: level x weekday x calendar.

Level and weekday factors are exponentially weighted means over ordinary days; factors are shrunk towards 1. Days of an
event (a feast, a fasting month, pay-day) are kept out of both and teach the event's own multiplier instead.
"""

from dataclasses import dataclass

import numpy as np

from setia.insight.arrays import Floats, Ints

HALF_LIFE = 28.0  # days
WEEKDAY_SHRINKAGE = 4.0  # ordinary days that a weekday factor of 1 counts for
OWNER_DAYS = 2.0  # days of ordinary sales that the owner's own guess for an event counts for
SHOP_DAYS = 2.0  # days that the shop's multiplier counts for against a single product's
SAME_WEEKDAYS = 4  # ordinary days of one weekday that make the base of an event day
USUAL_DISPERSION = 0.1
DISPERSION_SHRINKAGE = 7.0  # days that the usual dispersion counts for
ORDINARY, CLOSED = 0, -1


@dataclass(frozen=True, eq=False)
class Model:
    """level (P,), weekday (P, 7) factors, dispersion (P,), multiplier (P, classes + 1) with column 0 all ones."""

    level: Floats
    weekday: Floats
    dispersion: Floats
    multiplier: Floats

    def mean(self, weekday: Ints, event: Ints) -> Floats:
        """Expected sales (P, days) on days with these weekdays and event classes; 0 on CLOSED days."""
        usual = self.level[:, None] * self.weekday[:, weekday] * self.multiplier[:, np.maximum(event, ORDINARY)]
        result: Floats = np.where(event == CLOSED, 0.0, usual)
        return result


def learn(sales: Floats, weekday: Ints, event: Ints, owner: Floats) -> Model:
    """Fit to `sales` (P, days), NaN where a product was not on sale; `owner[c]`: the multiplier the owner expects."""
    known = np.isfinite(sales) & (event != CLOSED)
    ordinary = known & (event == ORDINARY)
    age = np.arange(sales.shape[1])[::-1]
    weight = ordinary * 0.5 ** (age / HALF_LIFE)
    sold = np.where(known, sales, 0.0)
    level, factor = _level_and_weekday(sold, weight, weekday)
    usual = level[:, None] * factor[:, weekday]
    return Model(
        level, factor, _dispersion(sold, usual, weight), _multipliers(sold, known, weekday, event, owner, level)
    )


def _level_and_weekday(sold: Floats, weight: Floats, weekday: Ints) -> tuple[Floats, Floats]:
    """Alternate between the two; they settle in a few rounds."""
    days = np.eye(7)[weekday]
    seen, takings = weight @ days, (weight * sold) @ days
    factor = np.ones((len(sold), 7))
    level = np.zeros(len(sold))
    for _ in range(4):
        expected = (seen * factor).sum(axis=1)
        level = takings.sum(axis=1) / np.where(expected > 0, expected, 1.0)
        safe = np.where(level > 0, level, 1.0)[:, None]
        factor = (takings / safe + WEEKDAY_SHRINKAGE) / (seen + WEEKDAY_SHRINKAGE)
        factor = np.where(level[:, None] > 0, factor, 1.0)
    return level, factor


def _dispersion(sold: Floats, usual: Floats, weight: Floats) -> Floats:
    """d of the variance mean + d mean^2, from weighted squared residuals, shrunk to what is usual."""
    residual = weight * (np.square(sold - usual) - usual)
    size = weight * usual**2
    per_day = (usual**2).mean(axis=1)
    above: Floats = residual.sum(axis=1) + DISPERSION_SHRINKAGE * USUAL_DISPERSION * per_day
    below = size.sum(axis=1) + DISPERSION_SHRINKAGE * per_day
    result: Floats = np.maximum(above / np.where(below > 0, below, 1.0), 0.0)
    return result


def _multipliers(sold: Floats, known: Floats, weekday: Ints, event: Ints, owner: Floats, level: Floats) -> Floats:
    """Gamma-Poisson: (prior + sales on event days) / (prior + base of those days), for the shop, then per product.

    Base: mean of the last four ordinary days of the same weekday before. One past event is enough to learn from.
    """
    result = np.ones((len(sold), len(owner)))
    for kind in range(1, len(owner)):
        takings, base = np.zeros(len(sold)), np.zeros(len(sold))
        for day in np.flatnonzero(event == kind):
            before = np.flatnonzero((event[:day] == ORDINARY) & (weekday[:day] == weekday[day]))[-SAME_WEEKDAYS:]
            count = known[:, before].sum(axis=1)
            usable = known[:, day] & (count > 0)
            takings += np.where(usable, sold[:, day], 0.0)
            base += np.where(usable, sold[:, before].sum(axis=1) / np.maximum(count, 1), 0.0)
        total = float(level.sum())
        prior, given = OWNER_DAYS * total, float(base.sum())
        shop = (prior * owner[kind] + float(takings.sum())) / (prior + given) if prior + given > 0 else owner[kind]
        held = SHOP_DAYS * level
        result[:, kind] = np.where(
            held + base > 0, (held * shop + takings) / np.where(held + base > 0, held + base, 1), shop
        )
    return result


def same_weekday_mean(sales: Floats, weekday: Ints, event: Ints, ahead: Ints, count: int) -> Floats:
    """Mean of the last `count` known ordinary days of the same weekday, per product and day ahead; 0 without any."""
    known = np.isfinite(sales) & (event == ORDINARY)
    sold = np.where(known, sales, 0.0)
    table = np.zeros((len(sales), 7))
    for day in range(7):
        mine = np.flatnonzero(weekday == day)
        rank = known[:, mine][:, ::-1].cumsum(axis=1)[:, ::-1]
        chosen = known[:, mine] & (rank <= count)
        table[:, day] = (sold[:, mine] * chosen).sum(axis=1) / np.maximum(chosen.sum(axis=1), 1)
    return table[:, ahead]
