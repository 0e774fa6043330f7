"""Somebody new was met at a bazaar: a word in the days after it, before they forget the taste."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.orders import events as order_events
from setia.promotions import events as verbs
from setia.promotions.models import Guest
from setia.promotions.queries import bazaars
from setia.today.models import Phase
from setia.today.rules import Candidate
from setia.today.sources import offers
from setia.today.sources.words import CHANCES, speaking_to

KIND = "bazaar"
PHASE = Phase.ACQUIRE
LABEL = gettext_lazy("Met at a bazaar")
WAKES = CHANCES | {verbs.BAZAAR_MET, order_events.COMPLETED, order_events.REOPENED}


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """New people who agreed to be written to and have not bought since the bazaar. Nobody else: they hardly know us."""
    guests = bazaars.to_follow_up(day, customer_id=customer_id)
    answers = offers.answers(sorted({guest.customer_id for guest in guests}))
    for guest in guests:
        if not offers.welcome(answers.get(guest.customer_id)):
            continue
        days = (day - guest.bazaar.ends_on).days
        yield Candidate(
            key=f"{KIND}:{guest.bazaar_id}:{guest.customer_id}",
            customer_id=guest.customer_id,
            facts={"bazaar": guest.bazaar.name, "days": days},
            draft=_draft(guest),
            weight=max(0.3, 0.65 - 0.03 * days),
            lasts_days=max(1, 15 - days),
        )


def _draft(guest: Guest) -> str:
    with speaking_to(guest.customer) as name:
        return _(
            "%(name)s, it was nice to meet you at %(bazaar)s. How did it taste? "
            "If you would like more from %(shop)s, just write here, and we keep some for you."
        ) % {"name": name, "bazaar": guest.bazaar.name, "shop": current_shop().name}


def reason(facts: dict[str, Any], customer: Customer) -> str:
    """Where they were met."""
    return _("New from %(bazaar)s, agreed to messages, has not come since.") % {"bazaar": facts["bazaar"]}
