"""Answers to whoever asks for prices or the catalogue: in words, as pictures, or as products to tap."""

from typing import Any, Final

from django.conf import settings
from django.utils import translation

from setia.catalog import queries as catalog
from setia.conversations import opening, phrases, queries, rules
from setia.conversations.actions.automatic.settings import enabled
from setia.conversations.actions.automatic.wording import queue_answer, shorten, wording
from setia.conversations.actions.picturing import price_payloads, product_payload
from setia.conversations.channels.whatsapp_cloud import interactive
from setia.conversations.models import CARRIES_AT_FIRST, AutoReply, Carries, ChannelKind, Message, Trigger
from setia.core import clock
from setia.core.scope import current_shop

# Photos of single products that follow the pictured catalogue.
MOST_PHOTOS: Final = 4
# What belongs to an answer and is none of its own has this in its reference.
FOLLOWS: Final = ":picture:"


def carried(row: AutoReply | None, trigger: str) -> Carries:
    """How an answer about prices shows them: as the owner chose, products only while a catalogue is linked."""
    wanted = Carries(row.carries) if row and row.carries else CARRIES_AT_FIRST[Trigger(trigger)]
    linked = wanted != Carries.PRODUCTS or bool(queries.chat_tools().catalog_id)
    return wanted if linked else Carries.PICTURE


def send_price_list(message: Message) -> bool:
    """True when the message was answered by price list or catalogue, now or a moment ago."""
    if message.kind != "text":
        return False
    pictured = phrases.asks_for_catalogue(message.text)
    if not pictured and not phrases.asks_for_price_list(message.text):
        return False
    trigger = Trigger.CATALOGUE if pictured else Trigger.PRICE_LIST
    on, row = enabled(trigger)
    if not on or not opening.within(row):
        return False
    if not _lately(message):
        _answer(message, trigger, row)
    return True


def _lately(message: Message) -> bool:
    """Whether prices were sent a moment ago, for other words of the customer."""
    since = clock.now() - rules.PRICE_LIST_PAUSE
    lists = Message.objects.filter(
        conversation=message.conversation, purpose__in=("price_list", "catalogue"), at__gt=since
    )
    return lists.exclude(reference__startswith=f"message:{message.pk}").exists()


def _answer(message: Message, trigger: Trigger, row: AutoReply | None) -> None:
    wanted = carried(row, trigger)
    if message.conversation.channel.kind != ChannelKind.CLOUD:
        wanted = Carries.WORDS
    if wanted == Carries.PRODUCTS and _send_products(message, trigger, row):
        return
    if wanted != Carries.WORDS and _send_pictures(message, trigger, row):
        return
    _queue(message, trigger, _words(message, trigger, row))


def _words(message: Message, trigger: Trigger, row: AutoReply | None, *, listed: bool = True) -> str:
    """The words of the answer, with the prices in them or without."""
    customer, prices = message.customer, ""
    if listed:
        with translation.override(customer.language):
            prices = catalog.price_list_text(kind=customer.kind, day=current_shop().today())
    return wording(row, trigger, customer, price_list=prices, link=_link())


def _link() -> str:
    """The shop's public page; nothing while it is closed."""
    page = catalog.page_link()
    return f"{settings.BASE_URL}{page}" if page else ""


def _queue(message: Message, trigger: Trigger, text: str, *, follows: int = 0, **more: Any) -> None:
    reference = f"message:{message.pk}" + (f"{FOLLOWS}{follows}" if follows else "")
    queue_answer(message.conversation, text, purpose=str(trigger), reference=reference, **more)


# --- As products to tap -----------------------------------------------------------------------------------------------


def _send_products(message: Message, trigger: Trigger, row: AutoReply | None) -> bool:
    """Products of the WhatsApp catalogue. False where that would show other prices than the customer's, or nothing."""
    customer, day = message.customer, current_shop().today()
    sections = catalog.product_sections(kind=customer.kind, day=day)
    if not sections:
        return False
    text = shorten(_words(message, trigger, row, listed=False) or current_shop().name, interactive.LONGEST_BODY)
    if len(catalog.sellable(kind=customer.kind, day=day)) > interactive.MOST_PRODUCTS:
        body = interactive.catalogue(text, sections[0]["product_items"][0]["product_retailer_id"])
    else:
        body = interactive.product_list(text, current_shop().name, queries.chat_tools().catalog_id, sections)
    _queue(message, trigger, text, kind="interactive", payload={"interactive": body})
    return True


# --- As pictures ------------------------------------------------------------------------------------------------------


def _send_pictures(message: Message, trigger: Trigger, row: AutoReply | None) -> bool:
    """The price list as a picture with the rest of the words and the public page below it; photos of single products
    follow the catalogue. False without prices."""
    text, link = _words(message, trigger, row, listed=False), _link()
    if link and link not in text:
        text = f"{text}\n\n{link}"
    text = shorten(text, interactive.LONGEST_BODY)
    payloads = price_payloads(message.customer, text)
    if trigger == Trigger.CATALOGUE and payloads:
        payloads += _photos(message)
    for number, payload in enumerate(payloads):
        caption = str(payload["image"].get("caption") or "")
        _queue(message, trigger, caption, follows=number, kind="image", payload=payload)
    return bool(payloads)


def _photos(message: Message) -> list[dict[str, Any]]:
    """Single products that have a photo, each photo once, with name and price."""
    customer, shown = message.customer, {}
    for offer in catalog.sellable(kind=customer.kind, day=current_shop().today()):
        if offer.photo and offer.photo not in shown:
            shown[offer.photo] = product_payload(offer, customer, catalog.priced(offer, customer.language))
    return list(shown.values())[:MOST_PHOTOS]
