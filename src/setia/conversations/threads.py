"""Reads about the messages of a chat: the thread, what is around one message, what its messages refer to."""

from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from setia.conversations.actions.indexing import KIND
from setia.conversations.channels.whatsapp_cloud.content import MEDIA
from setia.conversations.models import Conversation, Direction, MediaFile, Message, MessageVersion
from setia.core import clock, search

PAGE: Final = 40
LONGEST: Final = 400
# So many messages with the words are looked at for the newest of them.
MOST_LOOKED_AT: Final = 2000


def _said(conversation: Conversation) -> QuerySet[Message]:
    said = Message.objects.filter(conversation=conversation, at__lte=clock.now()).exclude(kind="reaction")
    return said.select_related("sent_by")


def thread(
    conversation: Conversation, *, before: int | None = None, since: int | None = None, limit: int = PAGE
) -> list[Message]:
    """The last messages of a chat, oldest first. `before`: turning back from that one; `since`: from that one on."""
    rows = _said(conversation)
    edge = rows.filter(pk=before or since or 0).first()
    if before is not None:
        if edge is None:
            return []
        rows = rows.filter(Q(at__lt=edge.at) | Q(at=edge.at, pk__lt=edge.pk))
    elif edge is not None:
        rows = rows.filter(at__gte=edge.at)
        limit = LONGEST
    found = list(rows.order_by("-at", "-pk")[:limit])[::-1]
    for message in found:
        message.conversation = conversation
    return found


def around(message: Message, *, each_side: int = PAGE // 2) -> list[Message]:
    """A message with those before and after it, oldest first."""
    rows, here = _said(message.conversation), Q(at=message.at)
    before = rows.filter(Q(at__lt=message.at) | here & Q(pk__lte=message.pk)).order_by("-at", "-pk")
    after = rows.filter(Q(at__gt=message.at) | here & Q(pk__gt=message.pk)).order_by("at", "pk")
    found = [*list(before[: each_side + 1])[::-1], *after[:each_side]]
    for row in found:
        row.conversation = message.conversation
    return found


def between(conversation: Conversation, start: datetime, end: datetime, *, limit: int = LONGEST) -> list[Message]:
    """The messages of a chat from `start` to before `end`, oldest first."""
    found = list(_said(conversation).filter(at__gte=start, at__lt=end).order_by("-at", "-pk")[:limit])[::-1]
    for row in found:
        row.conversation = conversation
    return found


def find_messages(query: str, *, limit: int = PAGE) -> list[Message]:
    """Messages that hold every word of `query`, newest first, each with its chat and customer."""
    ids = search.find(KIND, query, limit=MOST_LOOKED_AT)
    rows = Message.objects.filter(pk__in=ids, removed_at=None).order_by("-at", "-pk")
    return list(rows.select_related("conversation", "customer")[:limit])


def reactions_to(messages: list[Message]) -> dict[str, Message]:
    """The shop's latest reaction to each of these messages, by wamid."""
    known = [message.wamid for message in messages if message.wamid]
    rows = Message.objects.filter(kind="reaction", direction=Direction.OUT, quotes_wamid__in=known)
    if messages:
        rows = rows.filter(conversation_id=messages[0].conversation_id)
    return {row.quotes_wamid: row for row in rows.order_by("at", "pk")}


def quoted(messages: list[Message]) -> dict[str, Message]:
    """The messages that these quote, by wamid; those we know."""
    wanted = {message.quotes_wamid for message in messages} - {""}
    known = {message.wamid: message for message in messages if message.wamid}
    missing = wanted - set(known)
    if missing:
        known |= {row.wamid: row for row in Message.objects.filter(wamid__in=missing)}
    return {wamid: known[wamid] for wamid in wanted if wamid in known}


def files_of(messages: list[Message]) -> dict[int, MediaFile]:
    """The file of each message that has one."""
    ids = [message.pk for message in messages if message.kind in MEDIA]
    return {row.message_id: row for row in MediaFile.objects.filter(message_id__in=ids)} if ids else {}


def versions_of(message: Message) -> list[MessageVersion]:
    """What a message said before it was changed or deleted, oldest first."""
    return list(MessageVersion.objects.filter(message=message).order_by("until", "pk"))


def by_wamid(conversation: Conversation, wamid: str) -> Message | None:
    """A message of a chat by WhatsApp's id."""
    return Message.objects.filter(conversation=conversation, wamid=wamid).first() if wamid else None
