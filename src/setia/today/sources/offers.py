"""Who may be sent an offer, by their latest answer. Who said no is left alone; who was not asked, greeted in person."""

from collections.abc import Sequence

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from setia.customers.models import Consent, ConsentState, Customer, Purpose

# People looked up in one query.
SLICE = 1_000


def answer(customer: str) -> Subquery:
    """For `annotate`: the latest answer of the customer whose id is in the column `customer`, None if never asked."""
    rows = Consent.objects.filter(customer_id=OuterRef(customer), purpose=Purpose.PROMOTION)
    return Subquery(rows.order_by("-at", "-pk").values("state")[:1])


def answers(customer_ids: Sequence[int]) -> dict[int, str | None]:
    """The latest answers of many."""
    found: dict[int, str | None] = {}
    for start in range(0, len(customer_ids), SLICE):
        people = Customer.objects.filter(pk__in=customer_ids[start : start + SLICE])
        found |= dict(people.annotate(answer=answer("pk")).values_list("pk", "answer"))
    return found


def welcome(state: str | None) -> bool:
    """Whether the answer lets an offer be sent."""
    return state == ConsentState.GIVEN


def refused(state: str | None) -> bool:
    """Whether the answer was no."""
    return state == ConsentState.WITHDRAWN


def in_person() -> str:
    """What to do about somebody who was not asked yet."""
    return _("Not asked yet whether you may write with offers: greet them when they come by, or ask.")
