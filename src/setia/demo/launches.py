"""Something new at the demo shop: ubi ungu, of which thirty days are over; durian, an idea that people ask for."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final

from setia.care.models import Suggestion
from setia.catalog.models import Variant
from setia.core import clock
from setia.core.scope import current_shop
from setia.promotions.actions import launches, samples
from setia.promotions.queries import launches as queries
from setia.shops.models import Member

# The announced one was announced so many days ago.
AGO: Final = 34


def tell(variants: Sequence[Variant]) -> None:
    """After the wishes and the past: both are what it is read from."""
    owner = Member.objects.get(role="owner")
    with clock.frozen(_at(AGO + 14)):
        purple = launches.save_launch(
            launch=None,
            name="Bakpia ubi ungu",
            suggestion=_wish("ubi ungu"),
            variant=variants[6],
            alike=[variants[2], variants[5]],
            by=owner,
        )
    first = [one.customer for one in queries.likers(purple, limit=5)]
    with clock.frozen(_at(AGO + 9)):
        launches.choose_tasters(launch=purple, customers=first)
        for person in first[:4]:
            samples.give_sample(variant=variants[6], where="counter", customer=person, by=owner)
    with clock.frozen(_at(AGO)):
        launches.announce(launch=purple)
    durian = launches.save_launch(
        launch=None, name="Bakpia durian", suggestion=_wish("durian"), alike=[variants[3]], by=owner
    )
    people = [*queries.askers(durian), *(one.customer for one in queries.likers(durian, limit=3))]
    launches.choose_tasters(launch=durian, customers=list({person.pk: person for person in people}.values())[:5])


def _at(days_ago: int) -> datetime:
    shop = current_shop()
    return datetime.combine(shop.today() - timedelta(days=days_ago), time(11), tzinfo=shop.zone)


def _wish(word: str) -> Suggestion | None:
    return Suggestion.objects.filter(title__icontains=word, merged_into=None).order_by("pk").first()
