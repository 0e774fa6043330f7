"""Somebody took unusually much: a thank-you in the owner's own words, and the question whether all went well."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.customers.models import Customer
from setia.orders import events as verbs
from setia.orders import queries as orders
from setia.orders.models import Order
from setia.today.models import Phase
from setia.today.rules import Candidate
from setia.today.sources.words import CHANCES, rupiah, speaking_to

KIND = "thanks"
PHASE = Phase.ENHANCE
LABEL = gettext_lazy("Say thank you")
WAKES = CHANCES | {verbs.COMPLETED, verbs.REOPENED}

LOOK_BACK_DAYS = 4
# So many times the usual order is a family's celebration or somebody who trusts the shop with one.
UNUSUAL = 4.0


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """Unusually big orders handed over since four days, the day after at the earliest."""
    since = day - timedelta(days=LOOK_BACK_DAYS)
    for order in orders.unusually_big(since, day, times=UNUSUAL, customer_id=customer_id):
        days = (day - order.completed_on).days
        yield Candidate(
            key=f"{KIND}:{order.pk}",
            customer_id=order.customer_id,
            facts={"order": order.pk, "number": order.number, "total": order.total},
            draft=_draft(order),
            weight=0.8,
            show_from_days=0 if days else 1,
            lasts_days=LOOK_BACK_DAYS + 1 - days,
        )


def _draft(order: Order) -> str:
    with speaking_to(order.customer) as name:
        return _("%(name)s, thank you for trusting us with such a big order. Did everybody like it?") % {"name": name}


def reason(facts: dict[str, Any], customer: Customer) -> str:
    """Which order, and why a word matters."""
    return _("Order #%(number)s was unusually big: %(amount)s. Thank them, and ask how it was.") % {
        "number": facts["number"],
        "amount": rupiah(facts["total"]),
    }
