"""What the coming days will ask for, worked out every night from the shop's own sales."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

import numpy as np
from django.db import transaction

from setia.core import calendars
from setia.core.scope import current_shop, current_shop_id
from setia.insight import demand
from setia.orders import queries
from setia.orders.models import Expected

LOOK_BACK: Final = 400
AHEAD: Final = 14
# Less than this says nothing: days of selling, and boxes of a variant in the last eight weeks.
FEWEST_DAYS: Final = 42
FEWEST_BOXES: Final = 30
RECENT: Final = 56
# Seasons that change how much is sold, each its own class for the model; where two meet the later counts.
SEASONS: Final = ("ramadan", "lebaran_hampers", "lebaran_arrivals", "kupatan", "year_end")


Calendar = Callable[[tuple[date, date]], list[calendars.Season]]
_calendar: Calendar = calendars.seasons


def install(calendar: Calendar) -> None:
    """Where celebrations are looked up: a shop may keep them on other days (an area above knows)."""
    global _calendar
    _calendar = calendar


def renew_forecasts() -> str:
    """Forecast the next two weeks anew (nightly, safe to repeat); a variant of which little is known is left out."""
    today = current_shop().today()
    sold = queries.boxes_per_day(today - timedelta(days=LOOK_BACK), today - timedelta(days=1))
    rows = _forecast(sold, today) if sold else []
    _replace(rows)
    return f"{len(rows)} expectations"


def _forecast(sold: dict[tuple[date, int], int], today: date) -> list[Expected]:
    first = min(day for day, _variant in sold)
    days = (today - first).days
    recent = today - timedelta(days=RECENT)
    boxes: dict[int, int] = {}
    for (day, variant_id), count in sold.items():
        boxes[variant_id] = boxes.get(variant_id, 0) + (count if day >= recent else 0)
    known = sorted(variant_id for variant_id, count in boxes.items() if count >= FEWEST_BOXES)
    if days < FEWEST_DAYS or not known:
        return []
    place = {variant_id: index for index, variant_id in enumerate(known)}
    table = np.zeros((len(known), days))
    for (day, variant_id), count in sold.items():
        if variant_id in place:
            table[place[variant_id], (day - first).days] = count
    events = _classes(first, days + AHEAD, table.sum(axis=0))
    ahead = demand.forecast(table, first.weekday(), AHEAD, events=events, shares=(0.5, 0.8))
    shop_id, rows = current_shop_id(), []
    for variant_id, index in place.items():
        for offset in range(AHEAD):
            usual, likely = (int(ahead.quantiles[share][index, offset]) for share in (0.5, 0.8))
            if likely:
                row = Expected(shop_id=shop_id, day=today + timedelta(days=offset), variant_id=variant_id)
                row.usual, row.likely = usual, likely
                rows.append(row)
    return rows


def _classes(first: date, length: int, sums: np.ndarray) -> np.ndarray:
    """A class per day: closed, a season, or ordinary. A day that was closed by plan but sold something was open."""
    last = first + timedelta(days=length - 1)
    days = [first + timedelta(days=offset) for offset in range(length)]
    classes = np.zeros(length, np.int32)
    for season in _calendar((first, last)):
        if season.code in SEASONS:
            begin, end = max(0, (season.starts - first).days), (season.ends - first).days + 1
            classes[begin:end] = SEASONS.index(season.code) + 1
    closed = queries.closed_among(days)
    for offset, day in enumerate(days):
        if day in closed and (offset >= len(sums) or sums[offset] == 0):
            classes[offset] = demand.CLOSED
    return classes


@transaction.atomic
def _replace(rows: list[Expected]) -> None:
    Expected.objects.all().delete()
    Expected.objects.bulk_create(rows, batch_size=500)
