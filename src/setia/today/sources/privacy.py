"""A customer asked something about their data, or data was lost: the law gives three times 24 hours."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.core import clock
from setia.customers import events as verbs
from setia.customers.models import ANSWER_WITHIN, Customer, RequestKind
from setia.customers.privacy import queries as privacy
from setia.today.models import Phase
from setia.today.rules import NOBODY, Candidate

KIND = "privacy"
PHASE = Phase.RETAIN
LABEL = gettext_lazy("Customers' data")
WAKES = frozenset(
    {verbs.PRIVACY_ASKED, verbs.PRIVACY_ANSWERED, verbs.ERASED, verbs.SHOWN, verbs.RESTRICTED, verbs.BREACH}
)


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """Everybody who waits for an answer, the more urgent the weightier; and losses not told yet."""
    now = clock.now()
    if customer_id != NOBODY:
        for wish in privacy.due_before(now + ANSWER_WITHIN, customer_id):
            facts = {"wish": wish.kind, "until": wish.due_at.isoformat()}
            yield Candidate(
                f"{KIND}:{wish.pk}", wish.customer_id, facts, weight=_weight(wish.due_at, now), lasts_days=60
            )
    if not customer_id:
        for breach in privacy.open_breaches():
            facts = {"breach": breach.pk, "until": breach.due_at.isoformat()}
            yield Candidate(f"breach:{breach.pk}", None, facts, weight=_weight(breach.due_at, now), lasts_days=60)


def _weight(due_at: datetime, now: datetime) -> float:
    hours = (due_at - now).total_seconds() / 3600
    return min(1.0, max(0.4, 1 - hours / 100))


def reason(facts: dict[str, Any], customer: Customer | None) -> str:
    """What they asked, and how much time is left."""
    left = datetime.fromisoformat(facts["until"]) - clock.now()
    hours = max(0, int(left.total_seconds() // 3600))
    if "breach" in facts:
        text = _("Data was lost or seen by others. The people and the agency are to be told: still %(hours)s hours.")
        return text % {"hours": hours}
    values = {"wish": RequestKind(facts["wish"]).label, "hours": hours}
    if left.total_seconds() <= 0:
        return _("Asked about their data (%(wish)s); the three days are over. Answer at once.") % values
    return _("Asked about their data: %(wish)s. Still %(hours)s hours to answer.") % values
