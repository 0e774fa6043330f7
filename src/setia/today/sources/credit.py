"""Something on credit is due, or late. Only for those who manage the shop: helpers do not see who owes what."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.customers.models import Customer
from setia.orders import events as verbs
from setia.orders.credit import queries as credit
from setia.orders.credit.words import reminder
from setia.today.models import Phase
from setia.today.rules import Candidate
from setia.today.sources.words import SPOKEN_TO, rupiah

KIND = "credit"
PHASE = Phase.RETAIN
LABEL = gettext_lazy("On credit")
WAKES = SPOKEN_TO | {verbs.CREDIT_OWED, verbs.CREDIT_PAID, verbs.CREDIT_CORRECTED}


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """Whoever owes something that is due tomorrow or late: one prompt a week, for the whole of what is late."""
    for one in credit.debtors(day, customer_id=customer_id):
        if one.first_due is None or one.first_due > day + timedelta(days=1):
            continue
        week = max(0, (day - one.first_due).days) // 7
        yield Candidate(
            key=f"{KIND}:{one.customer.pk}:{one.first_due:%Y%m%d}:{week}",
            customer_id=one.customer.pk,
            facts={"late": one.overdue, "owed": one.balance, "due": one.first_due.isoformat()},
            draft=reminder(one),
            weight=min(1.0, 0.4 + week / 8),
            lasts_days=7,
        )


def reason(facts: dict[str, Any], customer: Customer) -> str:
    """How much, and whether it is late."""
    if facts["late"]:
        return _("%(amount)s on credit should have been paid already.") % {"amount": rupiah(facts["late"])}
    return _("%(amount)s on credit is due tomorrow.") % {"amount": rupiah(facts["owed"])}
