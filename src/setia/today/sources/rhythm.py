"""Somebody usually orders by now."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.customers import events as customer_verbs
from setia.customers.models import Customer
from setia.orders import events as verbs
from setia.orders import queries as orders
from setia.orders.models import OPEN_STATES, Order
from setia.segments import queries as segments
from setia.segments.models import Score
from setia.segments.words import span
from setia.today.models import Phase
from setia.today.rules import Candidate
from setia.today.sources import offers
from setia.today.sources.settled import settled
from setia.today.sources.words import CHANCES, speaking_to

KIND = "rhythm"
PHASE = Phase.ENHANCE
LABEL = gettext_lazy("Time to say hello")
WAKES = CHANCES | {
    *(verbs.PLACED, verbs.COMPLETED, verbs.CANCELLED, verbs.REOPENED),
    customer_verbs.CONSENT_ANSWERED,
}

# Rarer than this among their own gaps: worth a word. Much rarer: no longer a matter of rhythm.
LATE, TOO_LATE = 0.30, 0.02
# A prompt that is there stays a little longer, so that it neither flickers nor is lost by being put off.
STILL_LATE, MUCH_TOO_LATE = 0.35, 0.01
# More than a shop can greet in two weeks.
MOST = 200


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """Customers with a known rhythm, longer away than seven in ten of their gaps, without an open order; best first."""
    busy = Order.objects.filter(customer_id=OuterRef("customer_id"), state__in=OPEN_STATES)
    rows = segments.late(STILL_LATE, MUCH_TOO_LATE, customer_id=customer_id).filter(~Exists(busy))
    rows = rows.annotate(answer=offers.answer("customer_id"))
    past = settled(KIND) if customer_id is None else frozenset()
    waiting = (row for row in rows.iterator() if not offers.refused(row.answer) and _key(row) not in past)
    late = list(islice(waiting, MOST))
    if not late:
        return
    favourites, comebacks = orders.favourites_of([score.customer_id for score in late]), segments.comebacks()
    for score in late:
        welcome = offers.welcome(score.answer)
        # what a visit is worth, then how likely a word still matters
        weight = min(0.8, 0.1 * score.monetary + 0.3 * score.lateness)
        yield Candidate(
            key=_key(score),
            customer_id=score.customer_id,
            facts={
                "usual": score.usual_gap,
                "away": (day - score.last_on).days,
                "comeback": comebacks.rate(score.lateness),
                "welcome": welcome,
            },
            draft=_draft(score.customer, favourites.get(score.customer_id, "")) if welcome else "",
            weight=weight,
            begins=TOO_LATE < score.lateness <= LATE,
        )


def _key(score: Score) -> str:
    """One occasion per gap: the next purchase begins another."""
    return f"{KIND}:{score.customer_id}:{score.last_on:%Y%m%d}"


def _draft(customer: Customer, favourite: str) -> str:
    with speaking_to(customer) as name:
        if favourite:
            words = _("%(name)s, how are you? %(favourite)s is fresh today. Shall we set some aside for you?")
        else:
            words = _("%(name)s, how are you? We have fresh ones today. Shall we set a box aside for you?")
        return words % {"name": name, "favourite": favourite}


def reason(facts: dict[str, Any], customer: Customer) -> str:
    """Usual gap, time away, and what the shop's own past says of people this late."""
    sentence = _("Usually orders about every %(usual)s, now %(away)s ago.") % {
        "usual": span(facts["usual"]),
        "away": span(facts["away"]),
    }
    if facts["comeback"] is not None:
        sentence += " " + _("Of customers this late, about %(n)s of 10 came back by themselves within 8 weeks.") % {
            "n": round(10 * facts["comeback"])
        }
    return sentence if facts["welcome"] else f"{sentence} {offers.in_person()}"
