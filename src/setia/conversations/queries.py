"""Reads about chats, for pages and for other areas."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setia.conversations.channels import whatsapp_app
from setia.conversations.channels.whatsapp_cloud.content import MEDIA
from setia.conversations.models import (
    AutoReply,
    Channel,
    ChannelKind,
    ChannelState,
    ChatImport,
    Conversation,
    Direction,
    ExportState,
    MediaFile,
    Message,
    MessageStatus,
    Notice,
    OrderDraft,
    Trigger,
)
from setia.conversations.reach import identities, number_of
from setia.core import clock
from setia.customers import queries as people
from setia.customers.privacy.sheet import Section

BY_HAND = (MessageStatus.QUEUED, MessageStatus.OPENED)
PAGE = 40
LONGEST = 400


def chats() -> QuerySet[Conversation]:
    """Chats of the open shop in which something was said, newest first, each with its customer and channel."""
    rows = Conversation.objects.exclude(last_message_at=None).select_related("customer", "channel")
    return rows.order_by("-last_message_at", "-pk")


def chat_list(
    *, show: str = "all", query: str = "", before: datetime | None = None, limit: int = PAGE
) -> list[Conversation]:
    """Chats for the list. `show`: all, unread or waiting (longest first); `query`: part of a name or number;
    `before`: only those whose last message is older (the next page)."""
    rows = chats()
    if query.strip():
        rows = rows.filter(customer_id__in=[customer.pk for customer in people.find(query, limit=200)])
    if show == "unread":
        rows = rows.filter(unread__gt=0)
    elif show == "waiting":
        rows = rows.exclude(waiting_since=None).order_by("waiting_since", "pk")
    if before and show != "waiting":
        rows = rows.filter(last_message_at__lt=before)
    return list(rows[:limit])


def waiting(*, customer_id: int | None = None) -> QuerySet[Conversation]:
    """Chats in which the customer's words were not answered, longest first; of one customer when asked.

    `asked`: the customer's latest words (empty for a picture without any).
    """
    words = Message.objects.filter(conversation=OuterRef("pk"), direction=Direction.IN, removed_at=None)
    rows = (
        Conversation.objects.exclude(waiting_since=None)
        .select_related("customer", "channel")
        .annotate(asked=Subquery(words.order_by("-at", "-pk").values("text")[:1]))
    )
    if customer_id is not None:
        rows = rows.filter(customer_id=customer_id)
    return rows.order_by("waiting_since", "pk")


def unread_count() -> int:
    """In how many chats something is unread."""
    return Conversation.objects.filter(unread__gt=0).count()


def of_customer(customer_id: int) -> Conversation | None:
    """The chat with a customer in which something was said last; None when there is none."""
    rows = Conversation.objects.filter(customer_id=customer_id).exclude(last_message_at=None)
    return rows.order_by("-last_message_at", "-pk").first()


def thread(
    conversation: Conversation, *, before: int | None = None, since: int | None = None, limit: int = PAGE
) -> list[Message]:
    """The last messages of a chat, oldest first. `before`: turning back from that one; `since`: from that one on."""
    rows = Message.objects.filter(conversation=conversation, at__lte=clock.now()).select_related("sent_by")
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


def stamp() -> str:
    """Changes whenever the list of chats looks different: for pages that ask whether anything is new."""
    newest = chats().only("last_message_at", "revision", "customer", "channel").first()
    moment = f"{newest.pk}.{newest.revision}" if newest else "0"
    return f"{moment}.{unread_count()}"


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


@dataclass(frozen=True)
class ByHand:
    """A prepared message that a person sends in the WhatsApp app."""

    message: Message
    number: str
    link: str


def queue_by_hand() -> list[ByHand]:
    """Prepared messages that are due, oldest first."""
    rows = Message.objects.filter(
        direction=Direction.OUT,
        status__in=BY_HAND,
        due_at__lte=clock.now(),
        conversation__channel__kind=ChannelKind.APP,
    )
    messages = list(rows.select_related("customer").order_by("due_at", "pk"))
    known = identities({message.customer_id for message in messages})
    found = []
    for message in messages:
        number = number_of(known.get(message.customer_id, {}))
        found.append(ByHand(message, number, whatsapp_app.link(number, message.text)))
    return found


def by_hand_count() -> int:
    """How many prepared messages wait for a person."""
    return Message.objects.filter(
        direction=Direction.OUT, status__in=BY_HAND, conversation__channel__kind=ChannelKind.APP
    ).count()


def wa_link(message: Message) -> str:
    """Where a person sends `message` in the free app; empty when Setia sends it itself, or there is no number."""
    if message.conversation.channel.kind != ChannelKind.APP:
        return ""
    return whatsapp_app.link(number_of(identities([message.customer_id]).get(message.customer_id, {})), message.text)


def channels() -> QuerySet[Channel]:
    """The connected numbers of the open shop."""
    return Channel.objects.filter(kind=ChannelKind.CLOUD).exclude(state=ChannelState.DISCONNECTED).order_by("pk")


def notices() -> QuerySet[Notice]:
    """What the owner has not read yet, newest first."""
    return Notice.objects.filter(seen_at=None).select_related("channel").order_by("-at", "-pk")


def auto_replies() -> dict[str, AutoReply]:
    """The owner's automatic messages by trigger; a trigger without a row is on, in the built-in words."""
    rows = {row.trigger: row for row in AutoReply.objects.all()}
    return {trigger: rows.get(trigger) or AutoReply(trigger=trigger) for trigger in Trigger.values}


def told_to_customer(ids: Sequence[int]) -> list[Section]:
    """What is kept of somebody's chats, for the sheet they may ask for: how many messages, and since when."""
    rows = Message.objects.filter(customer_id__in=list(ids))
    first, count = rows.order_by("at").values_list("at", flat=True).first(), rows.count()
    if not count:
        return []
    values = {"count": count, "day": date_format(first, "j M Y")}
    text = _("%(count)s messages since %(day)s. You have the same chat in your WhatsApp.") % values
    return [Section(_("Messages"), [], text)]


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
