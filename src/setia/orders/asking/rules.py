"""Pure decisions about orders from the public page."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

# So many orders are taken from one address in an hour, and from everybody in an hour and in a day.
FROM_ONE_AN_HOUR: Final = 4
FROM_ALL_AN_HOUR: Final = 40
FROM_ALL_A_DAY: Final = 150
# So many boxes of one item: for more, people talk.
MOST_BOXES: Final = 500
# So many unconfirmed orders of one number.
WAITING_OF_ONE: Final = 3
FURTHEST_DAYS: Final = 90


def too_many(knocks: Iterable[tuple[str, datetime]], origin: str, now: datetime) -> bool:
    """Whether one more from `origin` is too many, after `(origin, when)` of the last 24 hours."""
    day = [(who, at) for who, at in knocks if now - at < timedelta(days=1)]
    hour = [who for who, at in day if now - at < timedelta(hours=1)]
    return hour.count(origin) >= FROM_ONE_AN_HOUR or len(hour) >= FROM_ALL_AN_HOUR or len(day) >= FROM_ALL_A_DAY
