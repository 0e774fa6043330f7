"""Something new: who is to taste it first, and what waits for the owner: to announce it, to read what came of it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.customers.models import Customer
from setia.promotions import events as verbs
from setia.promotions.models import Launch, LaunchTaster
from setia.promotions.queries import launches
from setia.today.models import Phase
from setia.today.rules import NOBODY, Candidate
from setia.today.sources import offers
from setia.today.sources.words import CHANCES, speaking_to

KIND = "launch"
PHASE = Phase.ENHANCE
LABEL = gettext_lazy("Something new")
WAKES = CHANCES | {verbs.LAUNCH_CHANGED, verbs.SAMPLED, verbs.CAMPAIGN_CHANGED}


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """Tasters who did not get their taste; for the shop itself what is tasted and what is over."""
    if customer_id in (None, NOBODY):
        for row in launches.ready(day):
            yield _own("announce", row, 0.6)
        for row in launches.unread(day):
            yield _own("over", row, 0.7)
    if customer_id == NOBODY:
        return
    rows = launches.to_taste(customer_id)
    answers = offers.answers(sorted({row.customer_id for row in rows}))
    for row in rows:
        answer = answers.get(row.customer_id)
        if offers.refused(answer):
            continue
        welcome = offers.welcome(answer)
        assert row.launch.variant is not None
        yield Candidate(
            key=f"{KIND}:taste:{row.pk}",
            customer_id=row.customer_id,
            facts={"what": "taste", "new": row.launch.name, "flavour": row.launch.variant.label, "welcome": welcome},
            draft=_draft(row) if welcome else "",
            weight=0.55,
            lasts_days=14,
        )


def _own(what: str, row: Launch, weight: float) -> Candidate:
    facts: dict[str, object] = {"what": what, "launch": row.pk, "new": row.name}
    return Candidate(key=f"{KIND}:{what}:{row.pk}", customer_id=None, facts=facts, weight=weight, lasts_days=30)


def _draft(row: LaunchTaster) -> str:
    with speaking_to(row.customer) as name:
        return _(
            "%(name)s, we are trying something new: %(flavour)s. "
            "Would you taste it before everybody else and tell us honestly?"
        ) % {"name": name, "flavour": row.launch.variant.label if row.launch.variant else row.launch.name}


def title(facts: dict[str, Any]) -> str:
    """What is new."""
    return str(facts["new"])


def link(facts: dict[str, Any]) -> tuple[str, int]:
    """Its page."""
    return "promotions:launch", facts["launch"]


def reason(facts: dict[str, Any], customer: Customer | None) -> str:
    """Why now."""
    if facts["what"] == "announce":
        return _("Tasted by the first, but not announced yet.")
    if facts["what"] == "over":
        return _("Thirty days are over: who bought it stands there now.")
    said = _("Is to taste %(flavour)s before everybody else.") % {"flavour": facts["flavour"]}
    return said if facts["welcome"] else f"{said} {offers.in_person()}"
