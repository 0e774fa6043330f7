"""Chats: which there are, which wait, what hangs on them."""

import zlib
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db.models import OuterRef, Q, QuerySet, Subquery

from setia.conversations.models import (
    ChatImport,
    Conversation,
    ConversationLabel,
    Direction,
    ExportState,
    Label,
    Message,
    OrderDraft,
)
from setia.core import clock
from setia.core.prepared import prepared
from setia.customers import queries as people

PAGE = 40
LONGEST = 400
SHOWS: Final = ("all", "unread", "mine", "waiting", "snoozed", "done")


def chats() -> QuerySet[Conversation]:
    """Chats of the open shop in which something was said, newest first, each with its customer and channel."""
    rows = Conversation.objects.exclude(last_message_at=None).select_related("customer", "channel")
    return rows.order_by("-last_message_at", "-pk")


def on_the_table(now: datetime) -> Q:
    """The condition of a chat that is neither done nor put away until later."""
    return Q(done_at=None) & (Q(snoozed_until=None) | Q(snoozed_until__lte=now))


def chat_list(
    *,
    show: str = "all",
    query: str = "",
    label: int | None = None,
    member_id: int | None = None,
    before: datetime | None = None,
    limit: int = PAGE,
) -> list[Conversation]:
    """Chats for the list. `show` is one of `SHOWS`: mine are those of `member_id`, waiting come longest first, snoozed
    those that come back next first; `label`: only those with it; `query`: part of a name or number, wherever the chat
    is; `before`: only those placed further down (the next page)."""
    now = clock.now()
    rows = chats().order_by("-sorted_at", "-pk").select_related("assignee")
    if query.strip():
        rows = rows.filter(customer_id__in=[customer.pk for customer in people.find(query, limit=200)])
    elif show == "snoozed":
        return list(rows.filter(snoozed_until__gt=now).order_by("snoozed_until", "pk")[:LONGEST])
    elif show == "done":
        rows = rows.exclude(done_at=None)
    else:
        rows = rows.filter(on_the_table(now))
    if show == "unread":
        rows = rows.filter(unread__gt=0)
    elif show == "mine":
        rows = rows.filter(assignee_id=member_id)
    elif show == "waiting":
        rows = rows.exclude(waiting_since=None).order_by("waiting_since", "pk")
    if label is not None:
        rows = rows.filter(labels__label_id=label)
    if before and show != "waiting":
        rows = rows.filter(sorted_at__lt=before)
    return list(rows[:limit])


def labels_of(conversation_ids: Iterable[int]) -> dict[int, list[Label]]:
    """The labels of each chat, in the shop's order, in one query."""
    rows = ConversationLabel.objects.filter(conversation_id__in=list(conversation_ids), label__removed_at=None)
    found: dict[int, list[Label]] = {}
    for row in rows.select_related("label").order_by("label__position", "label_id"):
        found.setdefault(row.conversation_id, []).append(row.label)
    return found


def counts(member_id: int) -> dict[str, int]:
    """How many chats wait behind each filter that has a number."""
    here = Conversation.objects.filter(on_the_table(clock.now())).exclude(last_message_at=None)
    return {
        "unread": unread_count(),
        "mine": here.filter(assignee_id=member_id).count(),
        "waiting": here.filter(waiting_since__isnull=False).count(),
        "snoozed": snoozed_count(),
    }


def waiting(*, customer_id: int | None = None) -> QuerySet[Conversation]:
    """Chats in which the customer's words were not answered, longest first; of one customer when asked.

    `asked`: the customer's latest words (empty for a picture without any).
    """
    words = Message.objects.filter(conversation=OuterRef("pk"), direction=Direction.IN, removed_at=None)
    rows = (
        Conversation.objects.filter(on_the_table(clock.now()))
        .exclude(waiting_since=None)
        .select_related("customer", "channel")
        .annotate(asked=Subquery(words.order_by("-at", "-pk").values("text")[:1]))
    )
    if customer_id is not None:
        rows = rows.filter(customer_id=customer_id)
    return rows.order_by("waiting_since", "pk")


def unread_count() -> int:
    """In how many chats something is unread."""
    return Conversation.objects.filter(on_the_table(clock.now()), unread__gt=0).count()


def snoozed_count() -> int:
    """How many chats are put away until later."""
    return Conversation.objects.filter(snoozed_until__gt=clock.now()).count()


def chats_of(customer_ids: Iterable[int]) -> dict[int, int]:
    """The id of the chat with each in which something was said last; nobody without one."""
    rows = Conversation.objects.filter(customer_id__in=list(customer_ids)).exclude(last_message_at=None)
    return dict(rows.order_by("last_message_at", "pk").values_list("customer_id", "pk"))


def of_customer(customer_id: int) -> Conversation | None:
    """The chat with a customer in which something was said last; None when there is none."""
    return next(iter(_of_customer(customer_id)), None)


@prepared
def _of_customer(customer_id: int) -> QuerySet[Conversation]:
    rows = Conversation.objects.filter(customer_id=customer_id).exclude(last_message_at=None)
    return rows.order_by("-last_message_at", "-pk")[:1]


def stamp() -> str:
    """Changes whenever the first page of the list looks different: for pages that ask whether anything is new."""
    now = clock.now()
    rows = Conversation.objects.exclude(last_message_at=None).filter(on_the_table(now))
    first = rows.order_by("-sorted_at", "-pk").values_list("pk", "revision")[:PAGE]
    return f"{zlib.crc32(repr(list(first)).encode()):x}.{unread_count()}.{snoozed_count()}"


def chat_imports(limit: int = 10) -> list[ChatImport]:
    """Exported chats that came in, were taken out again or still wait, the newest first."""
    return list(ChatImport.objects.select_related("customer", "by").order_by("-created_at", "-pk")[:limit])


def chat_of_import(run: ChatImport) -> Conversation | None:
    """The thread an exported chat went into."""
    if run.state != ExportState.DONE:
        return None
    first = Message.objects.filter(chat_import=run).select_related("conversation").first()
    return first.conversation if first else of_customer(run.customer_id or 0)


def drafts_of(messages: list[Message]) -> dict[int, OrderDraft]:
    """What was read from these messages, by message."""
    ids = [message.pk for message in messages if message.direction == Direction.IN]
    rows = OrderDraft.objects.filter(message_id__in=ids).select_related("customer", "order")
    return {row.message_id or 0: row for row in rows}
