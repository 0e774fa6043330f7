"""A campaign needs a hand: messages wait to be sent one by one, or a result nobody has read."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from setia.promotions import events as verbs
from setia.promotions.queries import campaigns
from setia.today.models import Phase
from setia.today.rules import NOBODY, Candidate

KIND = "campaign"
PHASE = Phase.ACQUIRE
LABEL = gettext_lazy("Campaign")
WAKES = frozenset({verbs.CAMPAIGN_CHANGED, verbs.CAMPAIGN_MEASURED})


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """It is nobody's in particular: found once for the shop, not for a customer."""
    if customer_id not in (None, NOBODY):
        return
    waiting = campaigns.by_hand_waiting()
    for row in campaigns.campaigns().filter(pk__in=waiting):
        yield _candidate("hand", row.pk, row.name, waiting[row.pk], 0.8)
    for row in campaigns.results_unseen():
        yield _candidate("result", row.pk, row.name, 0, 0.6)


def _candidate(what: str, pk: int, name: str, count: int, weight: float) -> Candidate:
    facts: dict[str, object] = {"what": what, "campaign": pk, "name": name, "n": count}
    return Candidate(key=f"{KIND}:{what}:{pk}", customer_id=None, facts=facts, weight=weight, lasts_days=14)


def title(facts: dict[str, Any]) -> str:
    """The campaign."""
    return str(facts["name"])


def link(facts: dict[str, Any]) -> tuple[str, int]:
    """Its page: what waits, or what it brought."""
    return "promotions:campaign", facts["campaign"]


def reason(facts: dict[str, Any], customer: None) -> str:
    """What waits, or that the window is over."""
    if facts["what"] == "hand":
        said = ngettext(
            "%(n)s message waits to be sent by hand in WhatsApp.",
            "%(n)s messages wait to be sent by hand in WhatsApp.",
            facts["n"],
        )
        return said % {"n": facts["n"]}
    return _("The campaign is over. What it brought stands there now.")
