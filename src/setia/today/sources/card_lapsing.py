"""Points or stamps of somebody are about to lapse: said in time, so that nobody is disappointed at the counter."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.loyalty import queries as loyalty
from setia.today.models import Phase
from setia.today.rules import Candidate
from setia.today.sources import offers
from setia.today.sources.words import CARDS, speaking_to

KIND = "card_lapsing"
PHASE = Phase.RETAIN
LABEL = gettext_lazy("Lapses soon")
WAKES = CARDS


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """Cards of which something lapses within the programme's days of warning, once a month and card.

    Who said no to messages is left alone.
    """
    programme = loyalty.programme()
    if not programme.is_on:
        return
    soon = loyalty.lapsing(day, programme.warn_days, customer_id=customer_id)
    answers = offers.answers(sorted({one.customer.pk for one in soon}))
    told: set[int] = set()
    for one in soon:
        if (
            one.account.pk in told
            or offers.refused(answers.get(one.customer.pk))
            or customer_id not in (None, one.customer.pk)
        ):
            continue
        told.add(one.account.pk)
        days = (one.on - day).days
        yield Candidate(
            key=f"{KIND}:{one.account.pk}:{one.on:%Y%m}",
            customer_id=one.customer.pk,
            facts={"unit": one.unit, "amount": one.amount, "on": one.on.isoformat()},
            draft=_draft(one),
            weight=max(0.3, 0.85 - 0.03 * days),
            lasts_days=days + 1,
        )


def _draft(one: loyalty.Lapsing) -> str:
    with speaking_to(one.customer) as name:
        return _(
            "%(name)s, there are still %(amount)s on your card at %(shop)s. They are good until %(day)s; "
            "it would be a pity to lose them. What may we prepare for you?"
        ) % {"name": name, "amount": one.words, "shop": current_shop().name, "day": date_format(one.on, "j F")}


def reason(facts: dict[str, Any], customer: Customer) -> str:
    """How much, and until when."""
    return _("%(amount)s on the card lapse after %(day)s.") % {
        "amount": loyalty.counted(facts["unit"], facts["amount"]),
        "day": date_format(date.fromisoformat(facts["on"]), "l, j F"),
    }
