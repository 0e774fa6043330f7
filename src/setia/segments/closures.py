"""Days on which the shop was closed: they do not count as waiting."""

from collections.abc import Sequence
from datetime import date, timedelta

from setia.shops import queries as shops
from setia.shops.models import Shop
from setia.shops.rules import WEEKDAYS


def closed_days(shop: Shop, *, since: date, until: date) -> Sequence[int]:
    """Ordinals of the days between the two on which the shop was closed by its hours or by a closure."""
    single = {day.toordinal() for day in shops.closed_days(since=since, until=until)}
    if not shop.opening_hours:
        return sorted(single)
    weekly = [index for index, name in enumerate(WEEKDAYS) if name not in shop.opening_hours]
    first = since - timedelta(days=since.weekday())
    for index in weekly:
        single.update(range((first + timedelta(days=index)).toordinal(), until.toordinal() + 1, 7))
    return sorted(single)
