"""What one sends besides words, one small page each; reactions, «is writing», and contact cards that come in."""

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from setia.catalog import queries as catalog
from setia.catalog.rules import list_of
from setia.conversations import actions, parts, queries, uploads
from setia.conversations.access import get_conversation, get_message
from setia.conversations.channels.whatsapp_cloud.interactive import Row
from setia.conversations.inbox_forms import (
    AskPlaceForm,
    ButtonsForm,
    CatalogueForm,
    ChooseForm,
    FileForm,
    PicturedForm,
    PlaceForm,
    ProductForm,
)
from setia.conversations.models import ChannelKind, Conversation, Message
from setia.conversations.rules import window_is_open
from setia.core import clock
from setia.core.errors import DomainError
from setia.customers import actions as customers
from setia.customers import queries as people
from setia.shops.access import ShopRequest, door, require
from setia.shops.rules import Right, may
from setia.web import amounts
from setia.web.forms import refusals

# What can be sent: icon and name, in the order of the screen.
KINDS: Final[dict[str, tuple[str, str | Promise]]] = {
    "file": ("photo", gettext_lazy("Picture or file")),
    "place": ("map-pin", gettext_lazy("Where we are")),
    "ask-place": ("truck", gettext_lazy("Ask where to deliver")),
    "buttons": ("cursor-arrow-rays", gettext_lazy("Question with buttons")),
    "list": ("list-bullet", gettext_lazy("Products to choose from")),
    "products": ("shopping-bag", gettext_lazy("Products of the catalogue")),
    "catalogue": ("book-open", gettext_lazy("The whole catalogue")),
    "prices": ("banknotes", gettext_lazy("Price list as a picture")),
    "product": ("cake", gettext_lazy("A product with its photo")),
}
# These need the number of the WhatsApp catalogue.
OF_CATALOGUE: Final = frozenset({"products", "catalogue"})
EMOJI: Final = ("👍", "❤️", "😂", "😮", "😢", "🙏")


@require_http_methods(["GET", "POST"])
@door(Right.CHAT, section="chat")
def attach(request: ShopRequest, pk: int, kind: str) -> HttpResponse:
    """One kind of thing to send: a form, and when it is filled in, the message."""
    chat = get_conversation(request, pk)
    if kind not in KINDS:
        raise Http404
    form = _form(request, chat, kind)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            SENDERS[kind](request, chat, form)
            return redirect("conversations:thread", pk)
    icon, title = KINDS[kind]
    tools = queries.chat_tools()
    context = {
        "form": form,
        "conversation": chat,
        "kind": kind,
        "icon_name": icon,
        "title": title,
        "tools": tools,
        "missing": tools.latitude is None if kind == "place" else kind in OF_CATALOGUE and not tools.catalog_id,
        "manages": may(request.member.role, Right.MANAGE),
        "closed": chat.channel.kind != ChannelKind.CLOUD or not window_is_open(chat.window_until, clock.now()),
        "by_hand_here": chat.channel.kind != ChannelKind.CLOUD,
        "price_picture": f"for={list_of(chat.customer.kind)}&lang={chat.customer.language}&photos=1",
    }
    return render(request, "conversations/attach.html", context, status=422 if form.errors else 200)


def _form(request: ShopRequest, chat: Conversation, kind: str) -> Any:
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    if kind == "file":
        return FileForm(*data)
    if kind == "place":
        return PlaceForm(data[0])
    if kind == "ask-place":
        return AskPlaceForm(data[0], initial={"text": _("Where may we bring your order?")})
    if kind == "buttons":
        return ButtonsForm(data[0])
    if kind == "catalogue":
        with translation.override(chat.customer.language):
            return CatalogueForm(data[0], initial={"text": _("Here you see everything we bake.")})
    if kind == "prices":
        return PicturedForm(data[0], initial={"text": _prices_words(chat)})
    # WhatsApp's catalogue knows everyone's prices only.
    offers = catalog.sellable(day=request.shop.today()) if kind == "products" else _offers(request, chat)
    choices = [(offer.sku, f"{offer.label} · {amounts.shown(offer.price)}") for offer in offers]
    if kind == "product":
        return ProductForm(data[0], choices=choices)
    text = _("What may we prepare for you?")
    return ChooseForm(data[0], choices=choices, initial={"text": text})


def _offers(request: ShopRequest, chat: Conversation) -> list[catalog.Offer]:
    """What is sold today, at the customer's prices, in the order of the shelf."""
    return catalog.sellable(kind=chat.customer.kind, day=request.shop.today())


def _prices_words(chat: Conversation) -> str:
    """What may stand below the price list, in the customer's language: with the public page, when that is open."""
    page = catalog.page_link()
    with translation.override(chat.customer.language):
        if page:
            return _("These are our prices today. You can also order here: %(link)s") % {
                "link": f"{settings.BASE_URL}{page}"
            }
        return _("These are our prices today. Write which and how many.")


def _common(request: ShopRequest, chat: Conversation, form: forms.Form) -> dict[str, Any]:
    return {"conversation": chat, "sent_by": request.member, "key": form.cleaned_data["key"]}


def _send_file(request: ShopRequest, chat: Conversation, form: forms.Form) -> None:
    kept = uploads.keep(form.cleaned_data["file"])
    try:
        message = actions.send_file(file=kept, caption=form.cleaned_data["text"], **_common(request, chat, form))
    except DomainError:
        uploads.discard(kept)
        raise
    if not message.files.filter(path=kept.path).exists():
        # The same form came twice; the first file is on its way.
        uploads.discard(kept)


def _send_place(request: ShopRequest, chat: Conversation, form: forms.Form) -> None:
    tools = queries.chat_tools()
    if tools.latitude is None or tools.longitude is None:
        raise DomainError(_("Say first where the shop is."), code="no_place")
    actions.send_place(
        name=tools.place_name or request.shop.name,
        address=tools.place_address,
        latitude=tools.latitude,
        longitude=tools.longitude,
        **_common(request, chat, form),
    )


def _ask_place(request: ShopRequest, chat: Conversation, form: forms.Form) -> None:
    actions.ask_place(text=form.cleaned_data["text"], **_common(request, chat, form))


def _send_buttons(request: ShopRequest, chat: Conversation, form: forms.Form) -> None:
    titles = [form.cleaned_data[name] for name in ("first", "second", "third")]
    actions.send_buttons(text=form.cleaned_data["text"], titles=titles, **_common(request, chat, form))


def _send_list(request: ShopRequest, chat: Conversation, form: forms.Form) -> None:
    chosen = set(form.cleaned_data["rows"])
    with translation.override(chat.customer.language):
        button = _("Choose")
        rows = [
            Row(f"sku:{offer.sku}", offer.label, amounts.shown(offer.price))
            for offer in _offers(request, chat)
            if offer.sku in chosen
        ]
    actions.send_list(text=form.cleaned_data["text"], button=button, rows=rows, **_common(request, chat, form))


def _send_products(request: ShopRequest, chat: Conversation, form: forms.Form) -> None:
    actions.send_products(
        text=form.cleaned_data["text"],
        heading=request.shop.name,
        catalog_id=queries.chat_tools().catalog_id,
        articles=form.cleaned_data["rows"],
        **_common(request, chat, form),
    )


def _send_catalogue(request: ShopRequest, chat: Conversation, form: forms.Form) -> None:
    offers = catalog.sellable(day=request.shop.today())
    actions.send_catalogue(
        text=form.cleaned_data["text"],
        catalog_id=queries.chat_tools().catalog_id,
        first=offers[0].sku if offers else "",
        **_common(request, chat, form),
    )


def _send_prices(request: ShopRequest, chat: Conversation, form: forms.Form) -> None:
    actions.send_prices(caption=form.cleaned_data["text"], **_common(request, chat, form))


def _send_product(request: ShopRequest, chat: Conversation, form: forms.Form) -> None:
    offer = next((one for one in _offers(request, chat) if one.sku == form.cleaned_data["rows"]), None)
    if offer is None:
        raise DomainError(_("This is not sold at the moment."), code="not_sold", field="rows")
    words = form.cleaned_data["text"] or catalog.priced(offer, chat.customer.language)
    actions.send_product(variant_id=offer.variant_id, caption=words, **_common(request, chat, form))


SENDERS: Final[dict[str, Callable[[ShopRequest, Conversation, Any], None]]] = {
    "file": _send_file,
    "place": _send_place,
    "ask-place": _ask_place,
    "buttons": _send_buttons,
    "list": _send_list,
    "products": _send_products,
    "catalogue": _send_catalogue,
    "prices": _send_prices,
    "product": _send_product,
}


def _back(request: ShopRequest, message: Message) -> HttpResponse:
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Trigger": "written"})
    return redirect(reverse("conversations:thread", args=[message.conversation_id]) + f"#message-{message.pk}")


@require_POST
@door(Right.CHAT, section="chat")
def react(request: ShopRequest, pk: int) -> HttpResponse:
    """An emoji on a message; nothing takes it back."""
    message, emoji = get_message(request, pk), request.POST.get("emoji", "")
    if emoji and emoji not in EMOJI:
        raise Http404
    try:
        actions.react(message=message, emoji=emoji, by=request.member)
    except DomainError as error:
        messages.error(request, str(error))
        if request.htmx:
            return HttpResponse(
                headers={"HX-Redirect": reverse("conversations:thread", args=[message.conversation_id])}
            )
    return _back(request, message)


@require_POST
@door(Right.CHAT, section="chat")
def typing(request: ShopRequest, pk: int) -> HttpResponse:
    """Somebody began to write."""
    actions.show_typing(conversation=get_conversation(request, pk))
    return HttpResponse(status=204)


@require_POST
@door(Right.CHAT, section="chat")
def save_contact(request: ShopRequest, pk: int, number: int) -> HttpResponse:
    """Write down the person on a contact card as a customer; who is known already is opened."""
    require(request, Right.SELL)
    message = get_message(request, pk)
    cards = parts.of(message.payload, {}).cards
    if not 0 <= number < len(cards) or not cards[number].number:
        raise Http404
    card = cards[number]
    known = people.by_identity("phone", card.number)
    if known is None:
        try:
            # Who brought whom is not known from a card: nothing is guessed.
            known = customers.add_customer(display_name=card.name or card.number, phone=card.number, by=request.member)
        except DomainError as error:
            messages.error(request, str(error))
            return redirect("conversations:thread", message.conversation_id)
        messages.success(request, _("%(name)s is in the customer book.") % {"name": known})
    return redirect("desk:customer", known.pk)
