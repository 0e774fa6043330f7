"""Orders read from chat: paste a message, look at what was understood, ask what is open, make the order."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from setia.conversations import actions, drafting
from setia.conversations.access import get_draft
from setia.conversations.forms import PasteForm
from setia.conversations.models import ChannelKind, OrderDraft
from setia.conversations.views import who
from setia.core import ids
from setia.core.errors import DomainError
from setia.customers import queries as people
from setia.orders.queries.hints import beside_draft
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web.forms import refusals


@require_http_methods(["GET", "POST"])
@door(Right.SELL, section="orders")
def paste(request: ShopRequest) -> HttpResponse:
    """Paste one message of a customer."""
    form = PasteForm(request.POST or None, initial={"sent_at": request.shop.now().strftime("%Y-%m-%dT%H:%M")})
    if request.method == "POST" and not who.looking(request.POST) and form.is_valid():
        with refusals(form):
            customer = who.person(request.POST, by=request.member) or _recognised(form.cleaned_data["text"])
            draft = actions.paste_draft(customer=customer, **form.cleaned_data)
            return redirect("conversations:draft", draft.pk)
    typed = request.POST if request.method == "POST" else request.GET
    suggested = drafting.copied_from(request.POST.get("text", ""))
    context = {"form": form, **who.picker(typed, suggested=suggested)}
    status = 422 if request.method == "POST" and form.errors and not who.looking(request.POST) else 200
    return render(request, "conversations/paste.html", context, status=status)


def _recognised(text: str) -> Any:
    """The one customer of exactly the name that WhatsApp put before the copied message."""
    name = drafting.copied_from(text)
    found = people.namesakes(name) if name else []
    return found[0] if len(found) == 1 else None


@require_http_methods(["GET", "POST"])
@door(Right.SELL, section="orders")
def draft(request: ShopRequest, pk: int) -> HttpResponse:
    """What was understood; here the customer is chosen when nobody is known yet."""
    row = get_draft(request, pk)
    problem = ""
    if request.method == "POST" and not who.looking(request.POST):
        try:
            customer = who.person(request.POST, by=request.member)
            if customer is None:
                raise DomainError(_("Choose a customer."), code="customer")
            actions.set_draft_customer(draft=row, customer=customer)
        except DomainError as error:
            problem = str(error)
        else:
            return redirect("conversations:draft", pk)
    return _page(request, row, problem=problem)


def _page(request: ShopRequest, row: OrderDraft, *, problem: str = "") -> HttpResponse:
    data = request.POST if request.method == "POST" else request.GET
    suggested = drafting.copied_from(row.text)
    picker = {} if row.customer_id else who.picker(data, suggested=suggested)
    card = drafting.cards([row])[row.pk]
    basket = {line["variant"]: line["quantity"] for line in row.lines} if row.state == "open" else {}
    hints = beside_draft(row.customer, basket, brought=card.how in ("delivery", "courier"))
    context = {"card": card, "problem": problem, "on_its_own": True, "hints": hints, **picker}
    return render(request, "conversations/draft.html", context, status=422 if problem else 200)


@require_POST
@door(Right.SELL, section="orders")
def booking(request: ShopRequest, pk: int) -> HttpResponse:
    """One tap makes the order."""
    row = get_draft(request, pk)
    try:
        order = actions.book_draft(draft=row, by=request.member)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("conversations:draft", pk)
    messages.success(request, _("Order #%(number)s is written down.") % {"number": order.number})
    return redirect("orders:detail", order.pk)


@require_POST
@door(Right.CHAT, section="chat")
def question(request: ShopRequest, pk: int) -> HttpResponse:
    """Send the customer what is open, as one message."""
    row = get_draft(request, pk)
    text = request.POST.get("text", "").strip() or row.question
    if row.customer is None or not text:
        return redirect("conversations:draft", pk)
    try:
        message = actions.queue_message(
            customer=row.customer,
            text=text,
            purpose="reply",
            reference=f"draft:{row.pk}:{ids.digest(text)[:24]}",
            sent_by=request.member,
            conversation=row.message.conversation if row.message else None,
        )
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("conversations:draft", pk)
    if message.conversation.channel.kind == ChannelKind.APP:
        messages.success(request, _("Prepared. Now send it in WhatsApp."))
        return redirect(reverse("conversations:by_hand") + f"#message-{message.pk}")
    return redirect("conversations:thread", message.conversation_id)


def _dismissing(dismissed: bool) -> Any:
    @require_POST
    @door(Right.SELL, section="orders")
    def view(request: ShopRequest, pk: int) -> HttpResponse:
        row = get_draft(request, pk)
        actions.dismiss_draft(draft=row, dismissed=dismissed)
        if row.message and request.POST.get("back") == "thread":
            return redirect("conversations:thread", row.message.conversation_id)
        return redirect("conversations:draft", pk)

    return view


dismissal = _dismissing(True)
resumption = _dismissing(False)
