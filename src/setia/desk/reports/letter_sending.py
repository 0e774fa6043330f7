"""The owner's letter through the shop's own WhatsApp number to hers, where WhatsApp lets it; else it waits as a page.

Within 24 hours of a message from her phone the whole letter goes. Outside them only a template may, in a sentence with
the way to the page. Nothing is sent where neither holds: she opens the page, and sends it to herself if she likes.
"""

from enum import StrEnum
from typing import Final

from django.conf import settings as site
from django.utils import translation
from django.utils.translation import gettext as _

from setia.conversations import actions as conversations
from setia.conversations import queries as chats
from setia.conversations.models import ChannelKind, Conversation, Message, MessageTemplate
from setia.conversations.rules import window_is_open
from setia.core import clock
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.customers import queries as customers
from setia.customers.models import Customer, IdentityKind
from setia.desk.reports import letter as letters
from setia.segments import queries as segments
from setia.segments.models import Letter
from setia.web.links import inside_shop, shop_url

PURPOSE: Final = "letter"
# The template is the owner's to write and to submit; it may hold {week}, {summary} and {link}.
TEMPLATE: Final = "surat_mingguan"


class Way(StrEnum):
    """How the next letter would come."""

    CHAT = "chat"
    TEMPLATE = "template"
    PAGE = "page"
    STRANGER = "stranger"
    APP = "app"


def way() -> Way:
    """How it would come now. `app`: no connected number; `stranger`: nobody with her number ever wrote to it."""
    reader = _reader()
    if reader is None:
        return Way.STRANGER if chats.channels().exists() else Way.APP
    if conversations.channel_for(reader).kind != ChannelKind.CLOUD:
        return Way.APP
    if _open_chat(reader) is not None:
        return Way.CHAT
    return Way.TEMPLATE if _template() is not None else Way.PAGE


def send(letter: Letter) -> Message | None:
    """Put a letter into the outbox, once; None where it waits as a page."""
    found, reader = way(), _reader()
    if reader is None or found not in (Way.CHAT, Way.TEMPLATE):
        return None
    shop = current_shop()
    reference = f"letter:{letter.week.isoformat()}"
    page = site.BASE_URL + shop_url(shop.slug, "desk:letter", letter.week.isoformat())
    with translation.override(shop.language), inside_shop(shop.slug):
        try:
            if found is Way.CHAT:
                return conversations.queue_message(
                    customer=reader,
                    text=letters.plain(letter, page),
                    purpose=PURPOSE,
                    reference=reference,
                    conversation=_open_chat(reader),
                )
            template = _template()
            assert template is not None
            values = {"week": letters.named(letter), "summary": letters.in_short(letter), "link": page}
            return conversations.send_template(
                customer=reader, template=template, values=values, purpose=PURPOSE, reference=reference
            )
        except DomainError:  # the page is there all the same
            return None


def _reader() -> Customer | None:
    """Who in the book has the owner's number; not the shop's own, which cannot write to itself."""
    phone = segments.letter_plan().phone
    if not phone or phone == current_shop().whatsapp_number:
        return None
    return customers.by_identity(IdentityKind.PHONE, phone)


def _open_chat(reader: Customer) -> Conversation | None:
    channel = conversations.channel_for(reader)
    chat = Conversation.objects.filter(channel=channel, customer=reader).first()
    return chat if chat and window_is_open(chat.window_until, clock.now()) else None


def _template() -> MessageTemplate | None:
    rows = MessageTemplate.objects.filter(name=TEMPLATE, language=current_shop().language)
    return next((row for row in rows if row.sendable), None)


def words(found: Way) -> str:
    """How the next letter comes, in a sentence."""
    return {
        Way.CHAT: _("It comes by itself: you wrote to the shop's number within the last day."),
        Way.TEMPLATE: _("It comes by itself, as a short message with a link to the letter."),
        Way.PAGE: _(
            "It waits here. To get it on WhatsApp by itself, have a template named “%(name)s” approved under Message "
            "templates; or write to the shop's number on the day before."
        )
        % {"name": TEMPLATE},
        Way.STRANGER: _(
            "It waits here. To get it on WhatsApp by itself, write down your own number below and write to the shop's "
            "number from it once."
        ),
        Way.APP: _("It waits here; one tap sends it to your own WhatsApp."),
    }[found]
