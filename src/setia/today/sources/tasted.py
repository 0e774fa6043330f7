"""Somebody tasted a flavour and has not bought it: ask how it was."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.customers.models import Customer
from setia.orders import events as order_events
from setia.promotions import events as verbs
from setia.promotions.models import Sample
from setia.promotions.queries import samples
from setia.today.models import Phase
from setia.today.rules import Candidate
from setia.today.sources import offers
from setia.today.sources.words import CHANCES, speaking_to

KIND = "tasted"
PHASE = Phase.ENHANCE
LABEL = gettext_lazy("Tasted something")
WAKES = CHANCES | {verbs.SAMPLED, order_events.COMPLETED, order_events.REOPENED}


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """Who tasted three to ten days ago and did not buy that flavour since; nobody who wants no offers."""
    rows = samples.to_follow_up(day, customer_id)
    answers = offers.answers(sorted({row.customer_id for row in rows if row.customer_id}))
    for row in rows:
        answer = answers.get(row.customer_id or 0)
        if row.customer is None or offers.refused(answer):
            continue
        welcome = offers.welcome(answer)
        yield Candidate(
            key=f"{KIND}:{row.pk}",
            customer_id=row.customer_id,
            facts={"flavour": row.variant.label, "on": row.given_on.isoformat(), "asked": welcome},
            draft=_draft(row, row.customer) if welcome else "",
            weight=0.4 if welcome else 0.4 * offers.IN_PERSON,
            lasts_days=max(1, 11 - (day - row.given_on).days),
        )


def _draft(row: Sample, customer: Customer) -> str:
    with speaking_to(customer) as name:
        return _("%(name)s, how did you like the %(flavour)s you tasted? Shall we keep a box for you?") % {
            "name": name,
            "flavour": row.variant.label,
        }


def reason(facts: dict[str, Any], customer: Customer) -> str:
    """What, and when."""
    said = _("Tasted %(flavour)s on %(day)s and has not bought it since.") % {
        "flavour": facts["flavour"],
        "day": date_format(date.fromisoformat(facts["on"]), "j M"),
    }
    return said if facts["asked"] else f"{said} {offers.in_person()}"
