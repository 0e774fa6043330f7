"""A card is enough for a reward, and its owner may not know it: a reason to come by."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.loyalty import queries as loyalty
from setia.today.models import Phase
from setia.today.rules import Candidate
from setia.today.sources import offers
from setia.today.sources.words import CARDS, speaking_to

KIND = "card_ready"
PHASE = Phase.RETAIN
LABEL = gettext_lazy("A reward waits")
WAKES = CARDS


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """Cards that are enough for a reward. Once until a reward is taken; an invitation only to who takes offers."""
    if not loyalty.programme().is_on:
        return
    cards = loyalty.ready(customer_id=customer_id)
    answers = offers.answers(sorted({card.customer.pk for card in cards}))
    for card in cards:
        answer = answers.get(card.customer.pk)
        if offers.refused(answer):
            continue
        welcome = offers.welcome(answer)
        yield Candidate(
            key=f"{KIND}:{card.account.pk}:{card.reward.pk}:{card.after}",
            customer_id=card.customer.pk,
            facts={"reward": card.reward.name, "unit": card.reward.unit, "cost": card.reward.cost, "asked": welcome},
            draft=_draft(card) if welcome else "",
            weight=0.55,
            lasts_days=14,
        )


def _draft(card: loyalty.Ready) -> str:
    with speaking_to(card.customer) as name:
        return _("%(name)s, your card at %(shop)s is full: %(reward)s is yours, just say so with your next order.") % {
            "name": name,
            "shop": current_shop().name,
            "reward": card.reward.name,
        }


def reason(facts: dict[str, Any], customer: Customer) -> str:
    """What the card is enough for."""
    said = _("The card is enough for: %(reward)s (%(cost)s).") % {
        "reward": facts["reward"],
        "cost": loyalty.counted(facts["unit"], facts["cost"]),
    }
    return said if facts["asked"] else f"{said} {offers.in_person()}"
