"""One chat: read, answer, turn back; what is new comes by itself."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from setia.catalog import queries as catalog
from setia.conversations import actions, costs, drafting, parts, queries, rules, showing, texts, threads
from setia.conversations.access import get_conversation, get_customer, get_message, get_quick_reply
from setia.conversations.channels import whatsapp_app
from setia.conversations.forms import ReplyForm
from setia.conversations.inbox_forms import SnoozeForm
from setia.conversations.models import ChannelKind, Conversation, Message
from setia.conversations.rules import window_is_open
from setia.conversations.views import attachments, sorting
from setia.core import clock
from setia.core.errors import DomainError
from setia.customers import queries as people
from setia.customers.models import Customer
from setia.orders import queries as orders
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may
from setia.web.forms import refusals


@require_GET
@door(Right.CHAT, section="chat")
def thread(request: ShopRequest, pk: int) -> HttpResponse:
    """One chat with its newest messages and a place to answer; beside it who this is.

    `quick`: a quick reply to begin with; `quote`: a message to answer to. Both work without JavaScript.
    """
    chat = get_conversation(request, pk)
    initial = {}
    if (quick := request.GET.get("quick", "")).isdecimal():
        reply = get_quick_reply(request, int(quick))
        initial["text"] = rules.fill(reply.text, texts.values_for(chat.customer))
    if (quote := request.GET.get("quote", "")).isdecimal():
        initial["quotes"] = get_message(request, int(quote)).wamid or ""
    return _page(request, chat, ReplyForm.fresh(**initial))


def _page(request: ShopRequest, chat: Conversation, form: ReplyForm, *, status: int = 200) -> HttpResponse:
    context = _messages(chat) | _writing(request, chat, form) | _sorting(request, chat)
    context |= _who(request, chat.customer) | {"open_chat": chat.pk, "unread_chats": queries.unread_count()}
    return render(request, "conversations/thread.html", context, status=status)


def _messages(chat: Conversation, *, since: int | None = None) -> dict[str, Any]:
    found = threads.thread(chat, since=since)
    cloud = chat.channel.kind == ChannelKind.CLOUD
    is_open = cloud and window_is_open(chat.window_until, clock.now())
    return {
        "conversation": chat,
        "days": days(found),
        "first": found[0].pk if found else None,
        "earlier": len(found) >= threads.PAGE and since is None,
        "by_hand_here": not cloud,
        "closed": cloud and not is_open,
        "may_react": is_open,
        "emoji": attachments.EMOJI,
        "price": costs.price_of("service", channel=chat.channel) if cloud else 0,
        "stopped": cloud and chat.channel.state != "active",
        "answering": True,
    }


def days(found: list[Message], *, marked: int | None = None) -> list[showing.Day]:
    """Messages as bubbles under their days."""
    drafts = queries.drafts_of(found)
    cards = drafting.cards(drafts.values())
    for message in found:
        draft = drafts.get(message.pk)
        message.draft_card = cards[draft.pk] if draft else None  # type: ignore[attr-defined]
    articles = parts.articles(message.payload for message in found)
    rows = catalog.variants().filter(sku__in=articles) if articles else ()
    around = showing.Around(
        again=actions.may_send_again,
        quotes=threads.quoted(found),
        files=threads.files_of(found),
        reactions=threads.reactions_to(found),
        variants={row.sku: (row.pk, row.label) for row in rows},
        marked=marked,
    )
    return showing.days(found, around)


def _writing(request: ShopRequest, chat: Conversation, form: ReplyForm) -> dict[str, Any]:
    """What the place to write needs."""
    values, wamid = texts.values_for(chat.customer), str(form["quotes"].value() or "")
    quoting = threads.by_wamid(chat, wamid)
    return {
        "form": form,
        "quick_replies": [(row, rules.fill(row.text, values)) for row in queries.quick_replies()],
        "quoting": showing.short(quoting) if quoting else "",
        "things": attachments.KINDS,
        "manages": may(request.member.role, Right.MANAGE),
        "app_link": whatsapp_app.link(people.phone_of(chat.customer), "")
        if chat.channel.kind == "whatsapp_cloud"
        else "",
    }


def _sorting(request: ShopRequest, chat: Conversation) -> dict[str, Any]:
    """What one does with the chat as a whole."""
    mine = {label.pk for label in queries.labels_of([chat.pk]).get(chat.pk, [])}
    now = clock.now()
    return {
        "writers": queries.writers(),
        "marks": [(label, label.pk in mine) for label in queries.labels()],
        "snoozes": {name: sorting.moment(at) for name, at in sorting.snoozes(request.shop).items()},
        "snoozed": sorting.moment(chat.snoozed_until) if chat.snoozed_until and chat.snoozed_until > now else "",
        "snooze_form": SnoozeForm(),
    }


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
    context = _messages(chat, since=int(since) if since.isdecimal() else None) | {
        "app_link": whatsapp_app.link(people.phone_of(chat.customer), "")
    }
    context |= {"oob": True, "unread_chats": queries.unread_count()}
    return render(request, "conversations/_messages.html", context)


@require_GET
@door(Right.CHAT, section="chat")
def earlier(request: ShopRequest, pk: int) -> HttpResponse:
    """The messages before one, for turning back."""
    chat = get_conversation(request, pk)
    before = request.GET.get("before", "")
    found = threads.thread(chat, before=int(before) if before.isdecimal() else 0)
    context = {
        "conversation": chat,
        "days": days(found),
        "first": found[0].pk if found else None,
        "earlier": len(found) == threads.PAGE,
    }
    if request.htmx:
        return render(request, "conversations/_earlier.html", context)
    return render(request, "conversations/earlier.html", context)


@require_GET
@door(Right.CHAT, section="chat")
def around(request: ShopRequest, pk: int) -> HttpResponse:
    """One message that was looked for, marked, with those before and after it."""
    message = get_message(request, pk)
    found = threads.around(message)
    context = {
        "conversation": message.conversation,
        "days": days(found, marked=pk),
        "first": found[0].pk if found else None,
        "earlier": len(found) > threads.PAGE // 2,
        "marked": message,
        "query": request.GET.get("q", "")[:80],
    }
    return render(request, "conversations/earlier.html", context)


@require_GET
@door(Right.MANAGE, section="chat")
def versions(request: ShopRequest, pk: int) -> HttpResponse:
    """What a message said before it was changed or deleted."""
    message = get_message(request, pk)
    context = {"message": message, "versions": threads.versions_of(message)}
    return render(request, "conversations/versions.html", context)


@require_POST
@door(Right.CHAT, section="chat")
def reply(request: ShopRequest, pk: int) -> HttpResponse:
    """Answer in a chat. On the free app the message is prepared, and WhatsApp opens with it."""
    chat = get_conversation(request, pk)
    form = ReplyForm(request.POST)
    if form.is_valid():
        with refusals(form):
            message = actions.reply(conversation=chat, sent_by=request.member, **form.cleaned_data)
            if chat.channel.kind == ChannelKind.APP:
                return _to(request, reverse("conversations:by_hand") + f"#message-{message.pk}")
            if not request.htmx:
                return redirect("conversations:thread", pk)
            return _composer(request, chat, ReplyForm.fresh(), said="written")
    if request.htmx:
        return _composer(request, chat, form)
    return _page(request, chat, form, status=422)


def _composer(request: ShopRequest, chat: Conversation, form: ReplyForm, *, said: str = "") -> HttpResponse:
    """The place to write, after it was used; `said` wakes the thread."""
    context = _messages(chat) | _writing(request, chat, form)
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
        with refusals(form):
            message = actions.queue_message(
                customer=customer,
                text=form.cleaned_data["text"],
                purpose="reply",
                reference=form.cleaned_data["key"],
                sent_by=request.member,
            )
            if message.conversation.channel.kind == ChannelKind.APP:
                messages.success(request, _("Prepared. Now send it in WhatsApp."))
                return redirect(reverse("conversations:by_hand") + f"#message-{message.pk}")
            return redirect("conversations:thread", message.conversation_id)
    context = {"form": form, "by_cloud": actions.channel_for(customer).kind == ChannelKind.CLOUD}
    status = 422 if form.is_bound else 200
    return render(request, "conversations/start.html", context | _who(request, customer), status=status)
