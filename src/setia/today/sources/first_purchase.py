"""Somebody bought for the first time: a personal word the day after."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.orders import events as verbs
from setia.orders import queries as orders
from setia.today.models import Phase
from setia.today.rules import Candidate
from setia.today.sources.words import CHANCES, speaking_to

KIND = "first_purchase"
PHASE = Phase.ACQUIRE
LABEL = gettext_lazy("New customer")
WAKES = CHANCES | {verbs.COMPLETED, verbs.REOPENED}

# The automatic thank-you goes out at once; the owner's own question comes when the box has been tasted.
LOOK_BACK_DAYS = 4
# Who put it off on the last of these days still gets it back.
LATEST_DAYS = 6


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """Customers whose only purchase lies one to four days back (today's wait until tomorrow)."""
    since = day - timedelta(days=LATEST_DAYS)
    for summary in orders.first_time_buyers(since=since, until=day, customer_id=customer_id):
        days = (day - summary.first_on).days
        yield Candidate(
            key=f"{KIND}:{summary.customer_id}",
            customer_id=summary.customer_id,
            facts={"on": summary.first_on.isoformat()},
            draft=_draft(summary.customer),
            weight=0.75,
            show_from_days=0 if days else 1,
            lasts_days=LOOK_BACK_DAYS + 1 - days,
            begins=days <= LOOK_BACK_DAYS,
        )


def _draft(customer: Customer) -> str:
    with speaking_to(customer) as name:
        return _(
            "%(name)s, thank you for buying at %(shop)s. How did you like it? "
            "If anything could be better, please tell us."
        ) % {"name": name, "shop": current_shop().name}


def reason(facts: dict[str, Any], customer: Customer) -> str:
    """When, and why a word now matters."""
    bought = date_format(date.fromisoformat(facts["on"]), "l")
    return _("Bought for the first time on %(day)s. A personal word now makes a second visit likelier.") % {
        "day": bought
    }
