"""Something about materials wants a decision: a dearer one, a delivery nobody looked at, one that will spoil."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.supply import events as verbs
from setia.supply import queries as supply
from setia.today.models import Phase
from setia.today.rules import NOBODY, Candidate

KIND = "supplier"
PHASE = Phase.RETAIN
LABEL = gettext_lazy("Materials")
WAKES = frozenset({verbs.REVIEW_OPENED, verbs.REVIEW_DECIDED, verbs.LOT_RECEIVED, verbs.INSPECTED})

# Deliveries older than this were baked long ago; expiring within so many days can still be used up.
UNSEEN_DAYS, SPOILS_DAYS = 14, 5
MOST = 5


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """Open price reviews, then deliveries not looked at, then what expires; a few of each, with no customer's name."""
    if customer_id not in (None, NOBODY):
        return
    for review in supply.reviews().filter(decided_at=None)[:MOST]:
        rise = round(100 * (review.after - review.before) / max(1, review.before))
        facts = {"what": "review", "id": review.pk, "material": review.material.name, "rise": rise}
        yield Candidate(f"{KIND}:review:{review.pk}", None, facts, weight=0.9, lasts_days=30)
    unseen = supply.lots().filter(verdict="", used_up_at=None, received_on__gte=day - timedelta(days=UNSEEN_DAYS))
    for lot in unseen[:MOST]:
        facts = {"what": "look", "id": lot.pk, "material": lot.material.name, "supplier": lot.supplier.name}
        yield Candidate(f"{KIND}:look:{lot.pk}", None, facts, weight=0.7, lasts_days=UNSEEN_DAYS)
    soon = supply.usable_lots(day).filter(expires_on__lte=day + timedelta(days=SPOILS_DAYS))
    for lot in soon.order_by("expires_on", "pk")[:MOST]:
        facts = {"what": "spoils", "id": lot.pk, "material": lot.material.name, "on": lot.expires_on.isoformat()}
        yield Candidate(f"{KIND}:spoils:{lot.pk}", None, facts, weight=0.8, lasts_days=SPOILS_DAYS + 1)


def title(facts: dict[str, Any]) -> str:
    """The material."""
    return str(facts["material"])


def link(facts: dict[str, Any]) -> tuple[str, int]:
    """The page where it is settled."""
    return ("supply:review" if facts["what"] == "review" else "supply:lot"), facts["id"]


def reason(facts: dict[str, Any], customer: None) -> str:
    """What happened, what to do."""
    if facts["what"] == "review":
        return _("%(material)s costs %(rise)s%% more: some products keep too little. Choose what to do.") % facts
    if facts["what"] == "look":
        return _("The delivery of %(material)s from %(supplier)s was not looked at yet.") % facts
    day = date_format(date.fromisoformat(facts["on"]), "l, j F")
    return _("%(material)s is good until %(day)s. Bake with it first, or use it up.") % (facts | {"day": day})
