"""Who buys for a celebration that comes back every year: arrays in, rows out. No database here."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from setia.core import calendars
from setia.insight import occasion
from setia.insight.arrays import Numbers

# A celebration for which people order, and the seasons of the calendar it consists of.
SEASONS: dict[str, tuple[str, ...]] = {
    "lebaran": ("lebaran_hampers", "lebaran_arrivals"),
    "idul_adha": ("idul_adha",),
    "maulid": ("maulid",),
    "independence": ("independence",),
    "year_end": ("year_end",),
}

Row = tuple[int, str, int, int, float]  # place of the customer, season, opportunities, taken, chance


def windows(first: date, today: date) -> dict[str, list[tuple[int, int]]]:
    """Per celebration the past occurrences (first and last day as ordinals) that began after `first`, oldest first."""
    found: dict[str, dict[int, tuple[int, int]]] = {name: {} for name in SEASONS}
    names = {code: name for name, codes in SEASONS.items() for code in codes}
    for season in calendars.seasons((first, today)):
        name = names.get(season.code)
        if name is None or season.starts < first:
            continue
        starts, ends = season.starts.toordinal(), season.ends.toordinal()
        near = next((key for key, (_s, e) in found[name].items() if abs(starts - e) <= 30), starts)
        before = found[name].get(near, (starts, ends))
        found[name][near] = (min(before[0], starts), max(before[1], ends))
    over = (today - timedelta(days=1)).toordinal()
    return {name: sorted(span for span in spans.values() if span[1] <= over) for name, spans in found.items()}


def buyers(who: Numbers, days: Numbers, customers: int, spans: dict[str, list[tuple[int, int]]]) -> Iterator[Row]:
    """One row per customer and celebration they ever bought for.

    who: place of the customer (0 … customers - 1) of each purchase; days: its day. `opportunities` counts from the
    first one taken; the chance is that of the next one, learned from those after it.
    """
    for name, occurrences in spans.items():
        if not occurrences:
            continue
        taken = np.zeros((customers, len(occurrences)), dtype=bool)
        for place, (starts, ends) in enumerate(occurrences):
            taken[who[(days >= starts) & (days <= ends)], place] = True
        mine = np.flatnonzero(taken.any(axis=1))
        if len(mine):
            yield from _rows(name, mine, taken[mine])


def _rows(name: str, mine: Numbers, taken: np.ndarray[tuple[int, int], np.dtype[np.bool_]]) -> Iterator[Row]:
    first = taken.argmax(axis=1)
    width = taken.shape[1]
    given = width - first - 1
    again = taken.sum(axis=1) - 1
    last = width - 1 - taken[:, ::-1].argmax(axis=1)
    chance = _chance(again, np.where(again > 0, last - first, 0), given)
    columns: Sequence[list[float]] = ((given + 1).tolist(), (again + 1).tolist(), np.round(chance, 4).tolist())
    for person, opportunities, times, share in zip(mine.tolist(), *columns, strict=True):
        yield person, name, int(opportunities), int(times), share


def _chance(x: Numbers, t_x: Numbers, n: Numbers) -> Numbers:
    """Beta-binomial while the shop is young; BG/BB once somebody had enough opportunities."""
    if n.max() < occasion.ENOUGH:
        return occasion.repeat_rate(x, n).chance
    table, place, copies = np.unique(np.array([x, t_x, n]), axis=1, return_inverse=True, return_counts=True)
    fit = occasion.fit(*table, weight=copies)
    chance: Numbers = fit.chance_next(*table)[place.reshape(-1)]
    return chance
