"""A birthday or another day of a customer's that comes back every year, and is near."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from setia.customers import events as verbs
from setia.customers import queries as customers
from setia.customers.models import Customer, OccasionKind
from setia.today.models import Phase
from setia.today.rules import Candidate
from setia.today.sources.words import speaking_to

KIND = "occasion"
PHASE = Phase.ENHANCE
LABEL = gettext_lazy("A day to remember")
WAKES = frozenset({verbs.OCCASION_ADDED, verbs.CONSENT_ANSWERED})

AHEAD_DAYS = 7


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """Occasions within a week of customers who agreed to be greeted."""
    for occasion, falls_on in customers.occasions_near(day, days=AHEAD_DAYS, customer_id=customer_id):
        yield Candidate(
            key=f"{KIND}:{occasion.pk}:{falls_on.year}",
            customer_id=occasion.customer_id,
            facts={"kind": occasion.kind, "label": occasion.label, "on": falls_on.isoformat(), "in": (falls_on - day).days},
            draft=_draft(occasion),
            weight=0.9 - (falls_on - day).days * 0.05,
            lasts_days=(falls_on - day).days + 2,
        )


def _draft(occasion: Any) -> str:
    with speaking_to(occasion.customer) as name:
        if occasion.kind == OccasionKind.BIRTHDAY:
            return _("Happy birthday, %(name)s! We wish you health and joy.") % {"name": name}
        return _("%(name)s, we remember your special day and wish you well.") % {"name": name}


def reason(facts: dict[str, Any], customer: Customer) -> str:
    """Which day, and how near."""
    what = facts["label"] or dict(OccasionKind.choices)[facts["kind"]]
    if not facts["in"]:
        return _("%(occasion)s is today.") % {"occasion": what}
    distance = ngettext("in %(n)s day", "in %(n)s days", facts["in"]) % {"n": facts["in"]}
    return _("%(occasion)s is %(distance)s, on %(day)s.") % {
        "occasion": what,
        "distance": distance,
        "day": date_format(date.fromisoformat(facts["on"]), "j F"),
    }
