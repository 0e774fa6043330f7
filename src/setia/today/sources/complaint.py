"""Complaints that are to be answered today, or wait for what was agreed."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.care import events as verbs
from setia.care import queries as care
from setia.care.models import Complaint, ComplaintState, Kind, Severity
from setia.core import clock
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.today.models import Phase
from setia.today.rules import NOBODY, Candidate
from setia.today.sources.words import speaking_to

KIND = "complaint"
PHASE = Phase.RETAIN
LABEL = gettext_lazy("Complaint")
WAKES = frozenset(
    {
        verbs.COMPLAINT_OPENED,
        verbs.COMPLAINT_CHANGED,
        verbs.COMPLAINT_OFFERED,
        verbs.COMPLAINT_SETTLED,
        verbs.COMPLAINT_CLOSED,
        verbs.COMPLAINT_REOPENED,
    }
)


def open_ones(day: date, customer_id: int | None) -> list[Complaint]:
    """What is open and due by the end of tomorrow."""
    until = datetime.combine(day + timedelta(days=2), time.min, tzinfo=current_shop().zone)
    rows = care.open_until(until, customer_id=customer_id or None)
    return list(rows.filter(customer=None) if customer_id == NOBODY else rows)


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """All but the severe (see `alarm`); those whose time is up weigh most."""
    for row in open_ones(day, customer_id):
        if row.severity != Severity.SEVERE:
            yield candidate(KIND, row)


def candidate(kind: str, row: Complaint) -> Candidate:
    """The prompt of a complaint."""
    hours = (row.due_at - clock.now()).total_seconds() / 3600
    facts = {
        "complaint": row.pk,
        "what": row.kind,
        "state": row.state,
        "due": row.due_at.isoformat(),
        "number": row.order.number if row.order else 0,
    }
    return Candidate(
        key=f"{kind}:{row.pk}:{row.state}",
        customer_id=row.customer_id,
        facts=facts,
        draft=_draft(row) if row.customer else "",
        weight=min(1.0, max(0.2, 1 - hours / 60)),
        lasts_days=30,
    )


def _draft(row: Complaint) -> str:
    assert row.customer is not None
    with speaking_to(row.customer) as name:
        if row.state == ComplaintState.DONE:
            return _("%(name)s, is everything all right again? Please tell us honestly.") % {"name": name}
        return _("%(name)s, we are very sorry. Thank you for telling us. May we make it good?") % {"name": name}


def title(facts: dict[str, Any]) -> str:
    """What it is about, where there is no name."""
    return str(Kind(facts["what"]).label)


def link(facts: dict[str, Any]) -> tuple[str, int]:
    """The page where it is settled."""
    return "care:complaint", facts["complaint"]


def reason(facts: dict[str, Any], customer: Customer | None) -> str:
    """What it is about, and what is next."""
    what = str(Kind(facts["what"]).label)
    if facts["number"]:
        what += f" (#{facts['number']})"
    if facts["state"] == ComplaintState.OPEN:
        late = datetime.fromisoformat(facts["due"]) < clock.now()
        text = _("%(what)s. They should have heard from us already.") if late else _("%(what)s. Answer today.")
    elif facts["state"] == ComplaintState.OFFERED:
        text = _("%(what)s. Something was offered: do they agree?")
    elif facts["state"] == ComplaintState.ACCEPTED:
        text = _("%(what)s. Agreed, not done yet.")
    else:
        text = _("%(what)s. Made good: ask whether they are content.")
    return text % {"what": what}
