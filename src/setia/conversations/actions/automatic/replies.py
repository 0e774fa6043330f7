"""Answers nobody writes. At most one for anything a customer does, none in a chat that a person handles or that is a
complaint, none for old news, none to another machine; each once, by the outbox's key."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import translation

from setia.catalog import queries as catalog
from setia.conversations import drafting, opening, phrases, rules, texts
from setia.conversations import events as verbs
from setia.conversations.actions.automatic.settings import enabled
from setia.conversations.actions.messages import queue_message
from setia.conversations.channels.whatsapp_cloud.bodies import LONGEST_TEXT
from setia.conversations.models import AutoReply, ChannelKind, Conversation, Direction, Message, Origin, Trigger
from setia.core import clock, events
from setia.core.models import Event
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.web.links import site_url

MOST_PICTURES: Final = 5
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
        _send_price_list(message)
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
    if ours.exclude(kind="image").count() >= phrases.MOST_ANSWERS_AN_HOUR:
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
    text = _wording(row, trigger, message.customer, **values)
    _queue(message.conversation, text, purpose=str(trigger), reference=reference)
    return True


def _offer_help(message: Message) -> None:
    """Words nobody understands: ask whether to help with ordering or delivery, twice a day at most."""
    if message.kind != "text" or phrases.is_courtesy(message.text):
        return
    half = "am" if current_shop().now().hour < phrases.NOON else "pm"
    _say(message, Trigger.UNCLEAR, reference=f"{current_shop().today()}:{half}")


def _send_price_list(message: Message) -> bool:
    """True when the message was answered by price list or catalogue, now or a moment ago."""
    if message.kind != "text":
        return False
    pictured = phrases.asks_for_pictures(message.text)
    if not pictured and not phrases.asks_for_price_list(message.text):
        return False
    pictures = _pictures(message) if pictured or "katalog" in message.text.lower() else []
    trigger = Trigger.CATALOGUE if pictured or pictures else Trigger.PRICE_LIST
    on, row = enabled(trigger)
    if not on or not opening.within(row):
        return False
    since = clock.now() - rules.PRICE_LIST_PAUSE
    lists = Message.objects.filter(
        conversation=message.conversation, purpose__in=("price_list", "catalogue"), at__gt=since
    )
    if lists.exclude(reference__startswith=f"message:{message.pk}").exists():
        return True
    customer = message.customer
    with translation.override(customer.language):
        listed = catalog.price_list_text(kind=customer.kind, day=current_shop().today())
    page = catalog.page_link()
    link = f"{settings.BASE_URL}{page}" if page else ""
    text = _wording(row, trigger, customer, price_list=listed, link=link)
    _queue(message.conversation, text, purpose=str(trigger), reference=f"message:{message.pk}")
    for number, picture in enumerate(pictures):
        _send_picture(message, picture, f"message:{message.pk}:{number}")
    return True


def _pictures(message: Message) -> list[dict[str, str]]:
    """Pictures of what is sold, for WhatsApp to fetch from the shop's public page; none while that is closed."""
    token = catalog.page_token()
    if not token or message.conversation.channel.kind != ChannelKind.CLOUD:
        return []
    shown: dict[str, dict[str, str]] = {}
    for offer in catalog.sellable(kind=message.customer.kind, day=current_shop().today()):
        if offer.photo and offer.photo not in shown:
            link = f"{settings.BASE_URL}{site_url('public_catalog:card', token, offer.variant_id)}"
            shown[offer.photo] = {"link": link, "caption": offer.label}
    return list(shown.values())[:MOST_PICTURES]


def _send_picture(message: Message, picture: dict[str, str], reference: str) -> None:
    queue_message(
        customer=message.customer,
        text=picture["caption"],
        purpose=str(Trigger.CATALOGUE),
        reference=reference,
        kind="image",
        payload={"image": picture},
        conversation=message.conversation,
    )


def _wording(row: AutoReply | None, trigger: str, customer: Customer, **more: str) -> str:
    wording = texts.text_for(row, trigger, customer.language)
    values = texts.values_for(customer, **more) | texts.extra_values(trigger, wording, customer)
    return rules.fill(wording, values).strip()


def _queue(conversation: Conversation, text: str, *, purpose: str, reference: str) -> Message:
    return queue_message(
        customer=conversation.customer,
        text=shorten(text),
        purpose=purpose,
        reference=reference,
        conversation=conversation,
    )


def shorten(text: str) -> str:
    """As much as WhatsApp takes, ended at a line."""
    if len(text) <= LONGEST_TEXT:
        return text
    return text[: LONGEST_TEXT - 1].rpartition("\n")[0] + "\n…"
