"""Somebody is happy just now: the moment to ask whether they would tell a friend."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.care import events as care_events
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.loyalty import events as card_events
from setia.orders import events as order_events
from setia.promotions import events as verbs
from setia.promotions.queries import referrals
from setia.today.models import Phase
from setia.today.rules import Candidate
from setia.today.sources import offers
from setia.today.sources.words import CHANCES, speaking_to

KIND = "invite"
PHASE = Phase.ACQUIRE
LABEL = gettext_lazy("Would tell a friend")
WAKES = CHANCES | {
    *(care_events.COMPLAINT_OPENED, care_events.COMPLAINT_CLOSED, care_events.ANSWERED),
    *(order_events.RATED, card_events.REDEEMED, card_events.GIVEN_BACK, verbs.INVITED),
}


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """Who said it tastes good or took a reward lately, and was not asked for some months; nobody who said no."""
    asked = referrals.askable(day, customer_id)
    answers = offers.answers(sorted(customer.pk for customer, _why in asked))
    for customer, why in asked:
        answer = answers.get(customer.pk)
        if offers.refused(answer):
            continue
        welcome = offers.welcome(answer)
        yield Candidate(
            key=f"{KIND}:{customer.pk}:{day:%Y%m}",
            customer_id=customer.pk,
            facts={"why": why, "asked": welcome},
            draft=_draft(customer, why) if welcome else "",
            weight=0.5,
            lasts_days=3,
        )


def _draft(customer: Customer, why: str) -> str:
    code = referrals.code_of(customer.pk)
    with speaking_to(customer) as name:
        glad = _(
            "%(name)s, how nice that you like it. "
            "If a friend of yours would like it too, please tell them about %(shop)s."
        )
        patient = _(
            "%(name)s, thank you for telling us what was wrong and giving us the chance to make it good. "
            "If you are content with how it went, please tell a friend about %(shop)s."
        )
        said = (patient if why == "settled" else glad) % {"name": name, "shop": current_shop().name}
        return f"{said}\n\n{referrals.short(code)}" if code else said


def reason(facts: dict[str, Any], customer: Customer) -> str:
    """Why now."""
    if facts["why"] == "rated":
        said = _("Said a few days ago that it tastes good: a good moment to ask for a recommendation.")
    elif facts["why"] == "settled":
        said = _("Was content with how a complaint was settled: such people recommend a shop most warmly.")
    else:
        said = _("Just took a reward: a good moment to ask for a recommendation.")
    return said if facts["asked"] else f"{said} {offers.in_person()}"
