"""A message came back because the number was wrong: ask for the right one."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.conversations import events as verbs
from setia.conversations import queries as conversations
from setia.customers import events as people
from setia.customers.models import Customer
from setia.today.models import Phase
from setia.today.rules import Candidate

KIND = "number"
PHASE = Phase.RETAIN
LABEL = gettext_lazy("Wrong number")
WAKES = frozenset({verbs.FAILED, verbs.QUEUED, people.ARCHIVED, people.RESTORED})


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """Customers whose number turned out to be wrong within a month and who have no other."""
    for message in conversations.wrong_numbers(customer_id=customer_id):
        yield Candidate(
            key=f"{KIND}:{message.pk}",
            customer_id=message.customer_id,
            facts={"at": message.failed_at.isoformat() if message.failed_at else ""},
            weight=0.4,
            lasts_days=14,
        )


def reason(facts: dict[str, Any], customer: Customer) -> str:
    """What to do."""
    return _("The number of %(name)s is wrong. Ask for the right one when they come by.") % {
        "name": customer.display_name
    }
