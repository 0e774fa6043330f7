"""A chat and what it knows about itself: unread, waiting, the 24 hours, who handles it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max, Min, Q

from setia.conversations import rules
from setia.conversations.models import (
    Channel,
    ChannelKind,
    Conversation,
    Direction,
    Message,
    Origin,
    ReadReceipt,
)
from setia.core import clock
from setia.core.tasks import wake
from setia.customers.models import Customer
from setia.shops.models import Member

# Kinds that are news about something else than words of the customer: they ask for no answer.
QUIET = frozenset({"reaction", "edit", "revoke", "system"})


def locked_chat(*, channel: Channel, customer: Customer) -> Conversation:
    """The conversation with a customer, made when it is the first, nobody else changing it for now."""
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("channel", "customer")
    found = rows.filter(channel=channel, customer=customer).first()
    return found or locked(chat_with(channel=channel, customer=customer))


def locked_chats(*, channel: Channel, customers: Iterable[Customer]) -> dict[int, Conversation]:
    """The same of several customers, by customer; always locked in one order."""
    people = {customer.pk: customer for customer in customers}
    rows = Conversation.objects.select_for_update(of=("self",)).filter(channel=channel, customer_id__in=people)
    chats = {chat.customer_id: chat for chat in rows.order_by("pk")}
    for pk, customer in people.items():
        if pk not in chats:
            chats[pk] = locked(chat_with(channel=channel, customer=customer))
        chats[pk].channel, chats[pk].customer = channel, customer
    return chats


def chat_with(*, channel: Channel, customer: Customer) -> Conversation:
    """The conversation with a customer on a channel, made when it is the first."""
    conversation, _new = Conversation.objects.get_or_create(channel=channel, customer=customer)
    return conversation


def locked(conversation: Conversation) -> Conversation:
    """The conversation as it is now, nobody else changing it until the transaction ends."""
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("channel", "customer")
    return rows.get(pk=conversation.pk)


def show_latest(chat: Conversation, message: Message) -> None:
    """Let the list show `message` when it is the newest; older ones that come late change nothing.

    While somebody waits for an answer, their words stay in the list: an automatic message is none.
    """
    chat.revision += 1
    if message.kind == "reaction":
        return
    if chat.waiting_since and message.purpose in rules.AUTOMATIC - rules.ANSWERS:
        return
    if chat.last_message_at is None or message.at >= chat.last_message_at:
        chat.last_message_at = message.at
        chat.sorted_at = max(message.at, chat.snoozed_until or message.at)
        chat.last_text = " ".join(message.text.split())[:160]
        chat.last_kind, chat.last_direction = message.kind, message.direction


def note_inbound(chat: Conversation, message: Message) -> None:
    """A customer wrote (`chat` is locked): unread, waiting, and 24 hours in which the shop may answer freely."""
    hear(chat, message)
    chat.save()


def hear(chat: Conversation, message: Message) -> None:
    """The same, not written yet."""
    bring_back(chat)
    show_latest(chat, message)
    open_window(chat, message.at)
    if message.kind not in QUIET and (chat.last_echo_at is None or message.at >= chat.last_echo_at):
        chat.unread += 1
        if chat.waiting_since is None or message.at < chat.waiting_since:
            chat.waiting_since = message.at
    chat.undeliverable = 0


def bring_back(chat: Conversation) -> None:
    """Somebody wrote: what was put away or done is on the table again."""
    chat.done_at = None
    if chat.snoozed_until is not None:
        chat.snoozed_until, chat.sorted_at = None, chat.last_message_at


def oldest_unanswered(chat: Conversation) -> datetime | None:
    """When the oldest message was written that nobody answered, from the messages themselves."""
    said = Message.objects.filter(conversation=chat)
    answers = said.filter(Q(purpose__in=rules.ANSWERS) | Q(origin=Origin.ECHO), direction=Direction.OUT)
    last = answers.exclude(status__in=["failed", "skipped"]).aggregate(at=Max("at"))["at"]
    asked = said.filter(direction=Direction.IN, origin=Origin.LIVE, removed_at=None).exclude(kind__in=QUIET)
    return (asked.filter(at__gt=last) if last else asked).aggregate(at=Min("at"))["at"]


def open_window(chat: Conversation, at: datetime) -> None:
    """The customer did something at `at`: free-form answers are open for 24 hours from then."""
    chat.window_until = rules.window_after(at, chat.window_until)
    chat.last_inbound_at = max(at, chat.last_inbound_at) if chat.last_inbound_at else at


def note_outbound(chat: Conversation, message: Message) -> None:
    """The shop wrote through Setia (`chat` is locked). Whoever did has read what came before."""
    show_latest(chat, message)
    if message.purpose in rules.ANSWERS:
        chat.waiting_since = None
    if message.sent_by_id is not None and message.purpose in rules.BY_A_PERSON:
        chat.automation_paused_until = clock.now() + rules.PERSON_HANDLES
        chat.unread = 0
    chat.save()


def note_echo(chat: Conversation, message: Message) -> None:
    """The shop wrote on its phone (`chat` is locked): it has seen and answered everything before that second."""
    show_latest(chat, message)
    if chat.last_echo_at is None or message.at > chat.last_echo_at:
        chat.last_echo_at = message.at
        later = Message.objects.filter(
            conversation=chat, direction=Direction.IN, origin=Origin.LIVE, at__gte=message.at
        ).exclude(kind__in=QUIET)
        chat.unread = min(chat.unread, later.count())
        if chat.waiting_since is not None and chat.waiting_since < message.at:
            chat.waiting_since = later.aggregate(first=Min("at"))["first"]
        paused = message.at + rules.PERSON_HANDLES
        chat.automation_paused_until = max(paused, chat.automation_paused_until or paused)
    chat.save()


@transaction.atomic
def mark_read(*, conversation: Conversation, by: Member) -> bool:
    """A person opened the chat: the customer sees that it was read. False when nothing was unread."""
    if not Conversation.objects.filter(pk=conversation.pk, unread__gt=0).update(unread=0, revision=F("revision") + 1):
        return False
    if conversation.channel.kind == ChannelKind.CLOUD:
        inbound = Message.objects.filter(conversation=conversation, direction=Direction.IN, origin=Origin.LIVE)
        newest = inbound.exclude(wamid=None).order_by("-at", "-pk").first()
        if newest:
            _row, new = ReadReceipt.objects.get_or_create(wamid=newest.wamid, defaults={"conversation": conversation})
            if new:
                wake("receipts")
    return True
