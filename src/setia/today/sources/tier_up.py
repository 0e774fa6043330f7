"""Somebody became a regular, or moved up among them: thank them while it is fresh."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.loyalty import events as verbs
from setia.loyalty import queries as loyalty
from setia.loyalty.models import Standing
from setia.today.models import Phase
from setia.today.rules import Candidate
from setia.today.sources import offers
from setia.today.sources.words import CHANCES, speaking_to

KIND = "tier_up"
PHASE = Phase.RETAIN
LABEL = gettext_lazy("Moved up")
WAKES = CHANCES | {verbs.TIER_CHANGED}

LOOK_BACK = timedelta(days=7)


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """Who moved up a tier within a week; who said no to messages is left alone."""
    moved = loyalty.moved(day - LOOK_BACK, customer_id=customer_id)
    up = [one for one in moved if one.moved == "up" and one.tier is not None]
    answers = offers.answers(sorted({one.customer_id for one in up}))
    for one in up:
        if offers.refused(answers.get(one.customer_id)):
            continue
        yield Candidate(
            key=f"{KIND}:{one.customer_id}:{one.tier_id}:{one.since:%Y%m%d}",
            customer_id=one.customer_id,
            facts={"tier": one.tier.name, "benefit": one.tier.benefit},
            draft=_draft(one),
            weight=0.7,
            lasts_days=max(1, (one.since + LOOK_BACK - day).days + 1),
        )


def _draft(one: Standing) -> str:
    assert one.tier is not None
    with speaking_to(one.customer) as name:
        said = _("%(name)s, thank you for coming to %(shop)s again and again. It means a lot to us.")
        said %= {"name": name, "shop": current_shop().name}
        if one.tier.price_percent:
            said += " " + _("From now on everything costs you %(n)s%% less.") % {"n": one.tier.price_percent}
        if one.tier.benefit:
            said += " " + _("From now on: %(benefit)s.") % {"benefit": one.tier.benefit.rstrip(".")}
        return said


def reason(facts: dict[str, Any], customer: Customer) -> str:
    """Which tier, and what to do."""
    said = _("Is %(tier)s now. A thank-you in your own words is worth more than any discount.")
    return said % {"tier": facts["tier"]}
