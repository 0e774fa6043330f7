"""Messages nobody writes: greeting, thank-you, price list. At most one for anything a customer does, none in a chat
that a person handles, none for old news; each once, by the outbox's key."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from setia.catalog import queries as catalog
from setia.conversations import events as verbs
from setia.conversations import rules, texts
from setia.conversations.actions.messages import channel_for, queue_message
from setia.conversations.channels.whatsapp_cloud.bodies import LONGEST_TEXT
from setia.conversations.models import AutoReply, Conversation, Message, Origin, Trigger
from setia.conversations.reach import reachable
from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.core.scope import current_shop
from setia.customers.models import Customer


def enabled(trigger: str) -> tuple[bool, AutoReply | None]:
    """Whether an automatic message is on, and the owner's words for it if there are any."""
    row = AutoReply.objects.filter(trigger=trigger).first()
    return row is None or row.enabled, row


@transaction.atomic
def change_auto_reply(*, trigger: str, enabled: bool, text: str, text_english: str) -> AutoReply:
    """Change an automatic message; an empty text means the built-in one. Raises DomainError for unknown braces."""
    wording = {"text": text.strip(), "text_english": text_english.strip()}
    for field, words in wording.items():
        _check(trigger, field, words)
        language = "en" if field == "text_english" else "id"
        if words.replace("\r\n", "\n") == texts.built_in(trigger, language):
            # Unchanged words follow the built-in ones when those get better.
            wording[field] = ""
    row, _new = AutoReply.objects.update_or_create(trigger=trigger, defaults={"enabled": enabled, **wording})
    events.record(
        verbs.AUTO_REPLY_CHANGED, subject=row, data={"trigger": trigger, "enabled": enabled, "own": bool(row.text)}
    )
    return row


def _check(trigger: str, field: str, words: str) -> None:
    unknown = rules.placeholders(words) - set(texts.known(trigger))
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in texts.known(trigger))
        problem = _("Setia does not know {%(name)s} here. You can use: %(known)s.")
        raise DomainError(problem % {"name": sorted(unknown)[0], "known": known}, code="placeholder", field=field)
    if len(words) > LONGEST_TEXT // 2:
        problem = _("Keep it under %(most)s characters: long automatic messages are not read.")
        raise DomainError(problem % {"most": LONGEST_TEXT // 2}, code="too_long", field=field)


# --- Listeners --------------------------------------------------------------------------------------------------------


def answer_automatically(*, event: Event) -> None:
    """On `message.received`: the price list when exactly that was asked for, else a greeting at first contact."""
    message = answerable(event)
    if message is not None and not _send_price_list(message):
        _greet(message, first=bool(event.data.get("first")))


def greet(*, event: Event) -> None:
    """Greet at first contact."""
    message = answerable(event)
    if message is not None:
        _greet(message, first=bool(event.data.get("first")))


def answer_price_list(*, event: Event) -> None:
    """Send the price list when exactly that was asked for."""
    message = answerable(event)
    if message is not None:
        _send_price_list(message)


def answerable(event: Event) -> Message | None:
    """The message of a `message.received` when a machine may answer it: fresh, live, and no person at it."""
    rows = Message.objects.select_related("conversation__channel", "customer")
    message = rows.filter(pk=event.subject_id, origin=Origin.LIVE, removed_at=None).first()
    if message is None or message.kind in ("unsupported", "unknown") or rules.is_stop(message.text):
        return None
    paused = message.conversation.automation_paused_until
    # Asked by what was so when the message came: an automatic answer must not depend on how busy the worker was.
    fresh = rules.may_automate(now=clock.now(), written_at=message.at, paused_until=paused)
    return message if fresh else None


def _greet(message: Message, *, first: bool) -> None:
    on, row = enabled(Trigger.GREETING)
    if first and on:
        text = _wording(row, Trigger.GREETING, message.customer)
        _queue(message.conversation, text, purpose="greeting", reference="first")


def _send_price_list(message: Message) -> bool:
    """True when the message was answered by the price list, now or a moment ago."""
    if message.kind != "text" or not rules.asks_for_price_list(message.text):
        return False
    on, row = enabled(Trigger.PRICE_LIST)
    if not on:
        return False
    since = clock.now() - rules.PRICE_LIST_PAUSE
    lists = Message.objects.filter(conversation=message.conversation, purpose="price_list", at__gt=since)
    if lists.exclude(reference=f"message:{message.pk}").exists():
        return True
    customer = message.customer
    with translation.override(customer.language):
        listed = catalog.price_list_text(kind=customer.kind, day=current_shop().today())
    text = _wording(row, Trigger.PRICE_LIST, customer, price_list=listed)
    _queue(message.conversation, text, purpose="price_list", reference=f"message:{message.pk}")
    return True


def thank_for_order(*, event: Event) -> None:
    """On `order.completed`: thank the customer, more warmly the first time. Orders from a file are history."""
    if event.customer_id is None or event.data.get("channel") == "import":
        return
    trigger = Trigger.THANKS_FIRST if event.data.get("first") else Trigger.THANKS
    on, row = enabled(trigger)
    customer = Customer.objects.filter(pk=event.customer_id, archived_at=None).first()
    if not on or customer is None or not reachable(customer, channel_for(customer)):
        return
    text = _wording(row, trigger, customer, order=f"#{event.data.get('number')}")
    queue_message(customer=customer, text=text, purpose="thanks", reference=f"order:{event.subject_id}")


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
