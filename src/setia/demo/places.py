"""Where the invented customers live: points for some of them, and two goals."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from setia.core.scope import current_shop
from setia.customers import actions as customers
from setia.customers.models import Customer
from setia.promotions.actions import places
from setia.shops.models import Member

# About the middle of each district; a few people stand near it.
MIDDLES: Final = {
    "Trenggalek": (-8.052, 111.711), "Pogalan": (-8.086, 111.761), "Durenan": (-8.119, 111.800),
    "Karangan": (-8.073, 111.668), "Gandusari": (-8.132, 111.722), "Tugu": (-8.045, 111.622),
    "Watulimo": (-8.252, 111.716), "Tulungagung": (-8.066, 111.902), "Ponorogo": (-7.868, 111.462),
}  # fmt: skip
EACH: Final = 2


def tell(people: Sequence[Customer], owner: Member) -> None:
    """Two people of each district on the map; forty customers around Tulungagung by June, sixty in Durenan by March."""
    for name, (latitude, longitude) in MIDDLES.items():
        for step, person in enumerate([one for one in people if one.district == name and one is not people[0]][:EACH]):
            customers.change_customer(
                customer=person, latitude=latitude + 0.004 * step, longitude=longitude - 0.003 * step
            )
    today = current_shop().today()
    places.set_goal(place="Tulungagung", whole=True, customers=40, by_day=_end_of(today, 6), by=owner)
    places.set_goal(place="Durenan", customers=60, by_day=_end_of(today, 3), by=owner)


def _end_of(today: date, month: int) -> date:
    """The thirtieth of the month, this year's or next."""
    day = date(today.year, month, 30)
    return day if day > today else day.replace(year=today.year + 1)
