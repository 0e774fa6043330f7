"""Somebody usually orders by now."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.customers import queries as customers
from setia.customers.models import Customer, Purpose
from setia.orders import events as verbs
from setia.orders import queries as orders
from setia.segments import queries as segments
from setia.segments.words import span
from setia.today.models import Phase
from setia.today.rules import Candidate
from setia.today.sources.words import speaking_to

KIND = "rhythm"
PHASE = Phase.ENHANCE
LABEL = gettext_lazy("Time to say hello")
WAKES = frozenset({verbs.PLACED, verbs.COMPLETED})

# Rarer than this among their own gaps: worth a word. Much rarer: no longer a matter of rhythm.
LATE, TOO_LATE = 0.30, 0.02
MOST = 200


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """Customers with a known rhythm, longer away than seven in ten of their gaps, without an open order; best first."""
    late = segments.late(LATE, TOO_LATE, limit=MOST, customer_id=customer_id)
    ids = [score.customer_id for score in late]
    allowed = customers.may_be_written_to(ids, Purpose.PROMOTION)
    busy = orders.with_open_order(ids)
    favourites = orders.favourites_of(ids)
    comeback = segments.comeback()
    for score in late:
        if score.customer_id not in allowed or score.customer_id in busy:
            continue
        favourite = favourites.get(score.customer_id, "")
        yield Candidate(
            key=f"{KIND}:{score.customer_id}:{score.last_on:%Y%m%d}",
            customer_id=score.customer_id,
            facts={
                "usual": score.usual_gap,
                "away": (day - score.last_on).days,
                "orders": score.purchases,
                "comeback": comeback,
                "favourite": favourite,
            },
            draft=_draft(score.customer, favourite),
            # what a visit is worth × how likely a word may still matter
            weight=min(0.8, 0.1 * score.monetary + 0.3 * (score.lateness or 0)),
        )


def _draft(customer: Customer, favourite: str) -> str:
    with speaking_to(customer) as name:
        if favourite:
            return _("%(name)s, how are you? Fresh %(favourite)s from the oven today. Shall we set some aside for you?") % {
                "name": name,
                "favourite": favourite,
            }
        return _("%(name)s, how are you? We bake fresh today. Shall we set a box aside for you?") % {"name": name}


def reason(facts: dict[str, Any], customer: Customer) -> str:
    """Usual gap, time away, and what the shop's own past says of people this late."""
    sentence = _("Usually orders about every %(usual)s, now %(away)s ago.") % {
        "usual": span(facts["usual"]),
        "away": span(facts["away"]),
    }
    if facts["comeback"]:
        sentence += " " + _("Of customers this late, about %(n)s of 10 came back by themselves within 8 weeks.") % {
            "n": round(10 * facts["comeback"])
        }
    return sentence
