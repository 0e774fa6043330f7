"""Answers nobody writes. At most one for anything a customer does, none in a chat that a person handles or that is a
complaint, none for old news, none to another machine; each once, by the outbox's key."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import F

from setia.conversations import drafting, opening, phrases, rules
from setia.conversations import events as verbs
from setia.conversations.actions.automatic.price_lists import FOLLOWS, send_price_list
from setia.conversations.actions.automatic.settings import enabled
from setia.conversations.actions.automatic.wording import queue_answer, wording
from setia.conversations.models import Conversation, Direction, Message, Origin, Trigger
from setia.core import clock, events
from setia.core.models import Event
from setia.core.scope import current_shop

# Kinds that no machine can read.
UNREAD: Final = frozenset({"unsupported", "unknown"})


@events.only_if(lambda message: message.kind not in UNREAD and not phrases.is_stop(message.text))
def answer_automatically(*, event: Event) -> None:
    """On `message.received`: hand over to a person, or the one fitting automatic answer, or nothing."""
    message = _message_of(event)
    if message is None:
        return
    if message.kind == "text" and phrases.asks_for_person(message.text):
        _hand_over(message)
        return
    intent = _intent(message, event)
    if intent == "complaint":
        _keep_quiet(message.conversation, rules.COMPLAINT_HANDLED)
        return
    if not _may_answer(message):
        return
    first = bool(event.data.get("first"))
    if not (
        send_price_list(message)
        or _say(message, Trigger.AWAY, reference=f"{current_shop().today()}", when=_closed())
        or (first and _say(message, Trigger.GREETING, reference="first"))
        or intent
        or first
    ):
        _offer_help(message)


def answerable(event: Event) -> Message | None:
    """The message of a `message.received` when a machine may answer it: fresh, live, no person at it, no machine."""
    message = _message_of(event)
    return message if message is not None and _may_answer(message) else None


def _message_of(event: Event) -> Message | None:
    """The live words of the event that a machine can read."""
    rows = Message.objects.select_related("conversation__channel", "customer")
    message = rows.filter(pk=event.subject_id, origin=Origin.LIVE, removed_at=None).first()
    if message is None or message.kind in UNREAD or phrases.is_stop(message.text):
        return None
    return message


def _may_answer(message: Message) -> bool:
    """Whether a machine may answer: the words are fresh, no person handles the chat, and no machine wrote them."""
    paused = message.conversation.automation_paused_until
    if not rules.may_automate(now=clock.now(), written_at=message.at, paused_until=paused):
        return False
    if phrases.sounds_automatic(message.text):
        return False
    return not _goes_round(message)


def _goes_round(message: Message) -> bool:
    """Two machines keep each other awake: we answered several times of late, or the same words come again."""
    said = Message.objects.filter(conversation=message.conversation)
    lately = clock.now() - timedelta(hours=1)
    ours = said.filter(direction=Direction.OUT, purpose__in=rules.ANSWERED_BY_MACHINE, at__gt=lately)
    if ours.exclude(reference__contains=FOLLOWS).count() >= phrases.MOST_ANSWERS_AN_HOUR:
        return True
    words = message.text.strip()
    same = said.filter(direction=Direction.IN, text=words, at__gt=lately, at__lt=message.at).exclude(pk=message.pk)
    return len(words) > phrases.SHORT_WORDS and same.exists() and ours.exists()


def _intent(message: Message, event: Event) -> str:
    """What the words want, as the reader says; empty when nothing."""
    if "intent" in event.found:
        return str(event.found["intent"])
    draft = message.drafts.first()
    if draft:
        return draft.intent
    if message.kind != "text":
        return message.kind
    try:
        understood = drafting.understand(message.text, sent_at=message.at, customer=message.customer)
    except ValueError:
        return ""
    return understood.reading.intent or ""


# --- A person ---------------------------------------------------------------------------------------------------------


def _hand_over(message: Message) -> None:
    """The customer wants a person: say that one comes, and let the machines keep quiet. Always works."""
    chat = message.conversation
    handled = chat.automation_paused_until is not None and chat.automation_paused_until > clock.now()
    if not handled and clock.now() - message.at <= rules.FRESH and not _goes_round(message):
        _say(message, Trigger.PERSON, reference=f"message:{message.pk}")
    _keep_quiet(chat, rules.PERSON_WANTED)
    events.record(verbs.PERSON_WANTED, subject=message, customer_id=message.customer_id, data={"chat": chat.pk})


@transaction.atomic
def _keep_quiet(chat: Conversation, span: timedelta) -> None:
    until = clock.now() + span
    rows = Conversation.objects.filter(pk=chat.pk)
    rows.exclude(automation_paused_until__gt=until).update(automation_paused_until=until)
    rows.update(revision=F("revision") + 1)


# --- Single answers ---------------------------------------------------------------------------------------------------


def _closed() -> bool:
    return opening.is_closed(current_shop())


def _say(message: Message, trigger: str, *, reference: str, when: bool = True) -> bool:
    """Send the automatic message of `trigger`, once per reference. False when it is off, or out of its hours."""
    on, row = enabled(trigger)
    if not (when and on and opening.within(row)):
        return False
    values = (
        {"opens": opening.opens_words(current_shop(), message.customer.language)} if trigger == Trigger.AWAY else {}
    )
    text = wording(row, trigger, message.customer, **values)
    queue_answer(message.conversation, text, purpose=str(trigger), reference=reference)
    return True


def _offer_help(message: Message) -> None:
    """Words nobody understands: ask whether to help with ordering or delivery, twice a day at most."""
    if message.kind != "text" or phrases.is_courtesy(message.text):
        return
    half = "am" if current_shop().now().hour < phrases.NOON else "pm"
    _say(message, Trigger.UNCLEAR, reference=f"{current_shop().today()}:{half}")
