"""The list of chats and the thread: read, answer, turn back; what is new comes by itself."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from setia.conversations import actions, costs, drafting, queries, showing
from setia.conversations.access import get_conversation, get_customer, get_message
from setia.conversations.forms import ReplyForm
from setia.conversations.models import ChannelKind, Conversation, Message
from setia.conversations.rules import window_is_open
from setia.core import clock
from setia.core.errors import DomainError
from setia.customers import queries as people
from setia.customers.models import Customer
from setia.orders import queries as orders
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may
from setia.web.forms import add_domain_error

SHOWS = ("all", "unread", "waiting")


@require_GET
@door(Right.CHAT, section="chat")
def chat_list(request: ShopRequest) -> HttpResponse:
    """All chats, newest first. Asked with the stamp it showed last, the answer is 204 while nothing is new."""
    stamp = queries.stamp()
    if request.GET.get("stamp") == stamp:
        return HttpResponse(status=204)
    context = _list(request) | {"stamp": stamp}
    if request.htmx:
        return render(request, "conversations/_list.html", context)
    return render(request, "conversations/chats.html", context)


def _list(request: ShopRequest) -> dict[str, Any]:
    show = request.GET.get("show", "all")
    show, query = show if show in SHOWS else "all", request.GET.get("q", "").strip()
    rows = queries.chat_list(show=show, query=query, before=_moment(request.GET.get("before")))
    open_chat = request.GET.get("open", "")
    return {
        "chats": [
            (chat, showing.line(chat.last_kind, chat.last_text), showing.icon_of(chat.last_kind)) for chat in rows
        ],
        "show": show,
        "query": query,
        "more": rows[-1].last_message_at if len(rows) == queries.PAGE and show != "waiting" else None,
        "open_chat": int(open_chat) if open_chat.isdecimal() else None,
        "notices": [(notice, showing.notice_words(notice)) for notice in queries.notices()],
        "by_hand": queries.by_hand_count(),
        "connected": queries.channels().exists(),
        "manages": may(request.member.role, Right.MANAGE),
    }


def _moment(text: str | None) -> datetime | None:
    try:
        found = parse_datetime(text or "")
    except ValueError:
        return None
    return found if found and found.tzinfo else None


@require_GET
@door(Right.CHAT, section="chat")
def thread(request: ShopRequest, pk: int) -> HttpResponse:
    """One chat with its newest messages and a place to answer; beside it who this is."""
    chat = get_conversation(request, pk)
    return _page(request, chat, ReplyForm.fresh())


def _page(request: ShopRequest, chat: Conversation, form: ReplyForm, *, status: int = 200) -> HttpResponse:
    context = _messages(chat) | {"form": form} | _who(request, chat.customer) | {"open_chat": chat.pk}
    return render(request, "conversations/thread.html", context, status=status)


def _messages(chat: Conversation, *, since: int | None = None) -> dict[str, Any]:
    found = queries.thread(chat, since=since)
    cloud = chat.channel.kind == ChannelKind.CLOUD
    return {
        "conversation": chat,
        "days": _days(found),
        "first": found[0].pk if found else None,
        "earlier": len(found) >= queries.PAGE and since is None,
        "by_hand_here": not cloud,
        "closed": cloud and not window_is_open(chat.window_until, clock.now()),
        "price": costs.price_of("service", channel=chat.channel) if cloud else 0,
        "stopped": cloud and chat.channel.state != "active",
    }


def _days(found: list[Message]) -> list[showing.Day]:
    drafts = queries.drafts_of(found)
    cards = drafting.cards(drafts.values())
    for message in found:
        draft = drafts.get(message.pk)
        message.draft_card = cards[draft.pk] if draft else None  # type: ignore[attr-defined]
    return showing.days(found, queries.quoted(found), queries.files_of(found), again=actions.may_send_again)


def _who(request: ShopRequest, customer: Customer) -> dict[str, Any]:
    """What the card beside a thread says."""
    return {
        "customer": customer,
        "number": people.phone_of(customer),
        "summary": orders.summary_of(customer.pk),
        "favourites": orders.favourites(customer.pk),
        "open_orders": orders.open_of_customer(customer.pk),
        "offers": people.consents(customer.pk)["promotion"],
        "sells": may(request.member.role, Right.SELL),
    }


@require_GET
@door(Right.CHAT, section="chat")
def latest(request: ShopRequest, pk: int) -> HttpResponse:
    """What is new since `revision`: 204 when nothing is, else the messages from `since` on."""
    chat = get_conversation(request, pk)
    if request.GET.get("revision") == str(chat.revision):
        return HttpResponse(status=204)
    since = request.GET.get("since", "")
    context = _messages(chat, since=int(since) if since.isdecimal() else None)
    return render(request, "conversations/_messages.html", context | {"oob": True})


@require_GET
@door(Right.CHAT, section="chat")
def earlier(request: ShopRequest, pk: int) -> HttpResponse:
    """The messages before one, for turning back."""
    chat = get_conversation(request, pk)
    before = request.GET.get("before", "")
    found = queries.thread(chat, before=int(before) if before.isdecimal() else 0)
    context = {
        "conversation": chat,
        "days": _days(found),
        "first": found[0].pk if found else None,
        "earlier": len(found) == queries.PAGE,
    }
    if request.htmx:
        return render(request, "conversations/_earlier.html", context)
    return render(request, "conversations/earlier.html", context)


@require_POST
@door(Right.CHAT, section="chat")
def reply(request: ShopRequest, pk: int) -> HttpResponse:
    """Answer in a chat. On the free app the message is prepared, and WhatsApp opens with it."""
    chat = get_conversation(request, pk)
    form = ReplyForm(request.POST)
    if form.is_valid():
        try:
            message = actions.reply(conversation=chat, sent_by=request.member, **form.cleaned_data)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            if chat.channel.kind == ChannelKind.APP:
                return _to(request, reverse("conversations:by_hand") + f"#message-{message.pk}")
            if not request.htmx:
                return redirect("conversations:thread", pk)
            return _composer(request, chat, ReplyForm.fresh(), said="written")
    if request.htmx:
        return _composer(request, chat, form)
    return _page(request, chat, form, status=422)


def _composer(request: HttpRequest, chat: Conversation, form: ReplyForm, *, said: str = "") -> HttpResponse:
    """The place to write, after it was used; `said` wakes the thread."""
    context = _messages(chat) | {"form": form}
    answer = render(request, "conversations/_composer.html", context)
    if said:
        answer["HX-Trigger"] = said
    return answer


def _to(request: ShopRequest, url: str) -> HttpResponse:
    return HttpResponse(headers={"HX-Redirect": url}) if request.htmx else redirect(url)


@require_POST
@door(Right.CHAT, section="chat")
def read(request: ShopRequest, pk: int) -> HttpResponse:
    """A person has the chat open."""
    actions.mark_read(conversation=get_conversation(request, pk), by=request.member)
    return HttpResponse(status=204) if request.htmx else redirect("conversations:thread", pk)


@require_POST
@door(Right.CHAT, section="chat")
def again(request: ShopRequest, pk: int) -> HttpResponse:
    """Send a message once more that failed, or whose fate is uncertain."""
    message = get_message(request, pk)
    try:
        actions.send_again(message=message, by=request.member)
    except DomainError as error:
        messages.error(request, str(error))
        return _to(request, reverse("conversations:thread", args=[message.conversation_id]))
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Trigger": "written"})
    return redirect("conversations:thread", message.conversation_id)


@require_http_methods(["GET", "POST"])
@door(Right.CHAT, section="chat")
def start(request: ShopRequest, pk: int) -> HttpResponse:
    """Write to a customer first. A chat that is there already is simply opened."""
    customer = get_customer(request, pk)
    known = queries.of_customer(customer.pk)
    if known and request.method == "GET":
        return redirect("conversations:thread", known.pk)
    form = ReplyForm(request.POST) if request.method == "POST" else ReplyForm.fresh()
    if request.method == "POST" and form.is_valid():
        try:
            message = actions.queue_message(
                customer=customer,
                text=form.cleaned_data["text"],
                purpose="reply",
                reference=form.cleaned_data["key"],
                sent_by=request.member,
            )
        except DomainError as error:
            add_domain_error(form, error)
        else:
            if message.conversation.channel.kind == ChannelKind.APP:
                messages.success(request, _("Prepared. Now send it in WhatsApp."))
                return redirect(reverse("conversations:by_hand") + f"#message-{message.pk}")
            return redirect("conversations:thread", message.conversation_id)
    context = {"form": form, "by_cloud": actions.channel_for(customer).kind == ChannelKind.CLOUD}
    status = 422 if form.is_bound else 200
    return render(request, "conversations/start.html", context | _who(request, customer), status=status)
