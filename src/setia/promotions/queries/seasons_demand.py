"""How many boxes a celebration will ask for, learned from the shop's own past ones; nothing where evidence is thin."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from setia.core.calendars import Season
from setia.insight import demand
from setia.orders import queries as orders
from setia.promotions.queries import seasons

LOOK_BACK: Final = 800
# Further ahead the level of today says too little.
FURTHEST: Final = 150
# Less than this says nothing: ordinary days of selling before, and boxes of the last eight weeks.
FEWEST_DAYS: Final = 56
FEWEST_BOXES: Final = 30
RECENT: Final = 56
ENOUGH: Final = 0.8
_THIS, _OTHER = 1, 2


@dataclass(frozen=True)
class Expectation:
    """`usual`: boxes on an ordinary day now; `times`: so many times as many on a day of it, learned from `past`
    celebrations of `days` days together; `boxes`: on all its days; `enough`: on a day, on four of five."""

    usual: float
    times: float
    boxes: int
    enough: int
    past: int
    days: int


def expect(season: Season, day: date) -> Expectation | None:
    """What to expect of a celebration to come; None where the shop's own past says too little."""
    if not 0 <= (season.starts - day).days <= FURTHEST:
        return None
    sold = orders.boxes_per_day(day - timedelta(days=LOOK_BACK), day - timedelta(days=1))
    if not sold:
        return None
    first = min(on for on, _variant in sold)
    past = (day - first).days
    boxes = np.zeros((1, past))
    for (on, _variant), count in sold.items():
        boxes[0, (on - first).days] += count
    ahead = (season.ends - day).days + 1
    classes, times = _classes(season, first, day, past + ahead)
    learned = np.flatnonzero(classes[:past] == _THIS)
    if not times or past < FEWEST_DAYS or boxes[0, -RECENT:].sum() < FEWEST_BOXES:
        return None
    found = demand.forecast(
        boxes, first.weekday(), ahead, events=classes, owner={_THIS: 1.0, _OTHER: 1.0}, shares=(ENOUGH,), method="model"
    )
    mine = np.flatnonzero(classes[past:] == _THIS)
    return Expectation(
        usual=round(float(found.model.level[0]), 1),
        times=round(float(found.model.multiplier[0, _THIS]), 1),
        boxes=round(float(found.mean[0, mine].sum())),
        enough=int(found.quantiles[ENOUGH][0, mine].max(initial=0)),
        past=times,
        days=len(learned),
    )


def _classes(season: Season, first: date, day: date, length: int) -> tuple["np.ndarray", int]:
    """A class per day (ordinary, closed, this celebration, another one), and how many past ones lie wholly within
    what is known, with ordinary weeks before them."""
    classes = np.zeros(length, np.int32)
    last = first + timedelta(days=length - 1)
    found = [
        one
        for one in seasons.calendar((first, last))
        if one.code not in seasons.NO_OCCASION and (one.ends - one.starts).days <= seasons.LONGEST_DAYS
    ]
    past = 0
    # this one is written last: where two meet, its days are its own
    for one in sorted(found, key=lambda other: other.code == season.code):
        begins, ends = max(0, (one.starts - first).days), min(length, (one.ends - first).days + 1)
        mine = one.code == season.code
        classes[begins:ends] = _THIS if mine else _OTHER
        past += mine and one.ends < day and (one.starts - first).days >= FEWEST_DAYS // 2
    known = [first + timedelta(days=offset) for offset in range(length)]
    closed = orders.closed_among(known)
    for offset, on in enumerate(known):
        if on in closed and classes[offset] == demand.ORDINARY:
            classes[offset] = demand.CLOSED
    return classes, past
