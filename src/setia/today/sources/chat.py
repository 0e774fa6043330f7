"""Somebody wrote and nobody answered."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.conversations import events as verbs
from setia.conversations import queries as conversations
from setia.conversations.models import Direction, Message
from setia.core import clock
from setia.customers.models import Customer
from setia.today.models import Phase
from setia.today.rules import Candidate

KIND = "chat"
PHASE = Phase.RETAIN
LABEL = gettext_lazy("Waits for an answer")
WAKES = frozenset({verbs.RECEIVED, verbs.QUEUED, verbs.SENT})


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """Conversations whose last word is the customer's; the longer they wait, the heavier.

    The occasion is the latest message: who writes again after a prompt was skipped or done is brought up again.
    """
    now = clock.now()
    written = Message.objects.filter(conversation=OuterRef("pk"), direction=Direction.IN).exclude(kind="system")
    latest = Subquery(written.order_by("-at", "-pk").values("pk")[:1])
    for conversation in conversations.waiting(customer_id=customer_id).annotate(latest=latest):
        hours = (now - conversation.waiting_since).total_seconds() / 3600
        yield Candidate(
            key=f"{KIND}:{conversation.pk}:{conversation.latest}",
            customer_id=conversation.customer_id,
            facts={
                "conversation": conversation.pk,
                "since": conversation.waiting_since.isoformat(),
                "text": Truncator(conversation.asked or "").chars(160),
            },
            weight=min(1.0, max(0.0, hours / 24)),
        )


def reason(facts: dict[str, Any], customer: Customer) -> str:
    """What they wrote last."""
    if facts["text"]:
        return _("Wrote “%(text)s” and waits for an answer.") % {"text": facts["text"]}
    return _("Wrote to you and waits for an answer.")
