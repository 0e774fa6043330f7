"""What customers wrote in a chat that sounds like a complaint, and what was read from it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from setia.care.models import Complaint, Kind
from setia.care.rules import complaints as rules
from setia.conversations import reading
from setia.conversations.models import Direction, DraftState, Message, OrderDraft, Origin
from setia.core import clock
from setia.customers.models import Customer

HEARD_WITHIN: Final = timedelta(days=7)


@dataclass(frozen=True)
class Heard:
    """Words in a chat that sound like a complaint: read as a kind, or only upset."""

    message: Message
    kind: str
    draft: OrderDraft | None
    customer: Customer

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return str(Kind(self.kind).label)


def heard(conversation_id: int | None = None) -> list[Heard]:
    """What customers wrote in the last week (there) that sounds like a complaint and nobody looked at; latest first."""
    since = clock.now() - HEARD_WITHIN
    known = set(
        Complaint.objects.exclude(message=None).filter(opened_at__gte=since).values_list("message_id", flat=True)
    )
    drafts = OrderDraft.objects.filter(intent="complaint", state=DraftState.OPEN, sent_at__gte=since)
    said = Message.objects.filter(direction=Direction.IN, origin=Origin.LIVE, kind="text", at__gte=since)
    if conversation_id is not None:
        drafts = drafts.filter(message__conversation_id=conversation_id)
        said = said.filter(conversation_id=conversation_id)
    read = {
        draft.message_id: draft
        for draft in drafts.exclude(message=None).select_related("message__customer")
        if draft.message_id not in known
    }
    found = [
        Heard(draft.message, kind_read(draft), draft, draft.message.customer)
        for draft in read.values()
        if draft.message is not None
    ]
    for message in said.select_related("customer").order_by("-at")[:200]:
        if message.pk in known or message.pk in read:
            continue
        kind = kind_said(message)
        if kind or rules.upset(message.text):
            found.append(Heard(message, kind or "other", None, message.customer))
    return sorted(found, key=lambda one: one.message.at, reverse=True)


def kind_said(message: Message) -> str:
    """The kind of complaint its words speak of; empty for none. About a millisecond."""
    said = reading.read(message.text, sent_at=message.at)
    if said.intent != "complaint":
        return ""
    return rules.READ_AS.get(str((said.more.get("complaint") or {}).get("type") or ""), "other")


def kind_read(draft: OrderDraft) -> str:
    """The kind that was read from a message."""
    told = draft.reading.get("complaint") or {}
    return rules.READ_AS.get(str(told.get("type") or ""), "other")


def boxes_read(draft: OrderDraft) -> int:
    """How many boxes were said to be wrong, at least one."""
    told = (draft.reading.get("complaint") or {}).get("affected_qty")
    return min(999, max(1, int(told))) if isinstance(told, int | float) else 1
