"""A complaint is heard: at the counter, by phone, in a chat."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setia.care import actions, forms, queries
from setia.care.models import Complaint, Source
from setia.care.pictures import PHOTOS
from setia.conversations import actions as conversations
from setia.conversations.access import get_conversation, get_draft, get_message
from setia.core.errors import DomainError
from setia.customers.models import Customer
from setia.orders import queries as orders
from setia.orders.models import Order
from setia.orders.views import baskets
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.supply import queries as supply
from setia.web import photos
from setia.web.forms import refusals


def _order(number: str, customer: Customer | None) -> Order | None:
    """The order whose number was typed, else the latest that was handed over to the customer."""
    digits = "".join(letter for letter in number if letter.isdigit())
    if digits:
        found = orders.numbered(int(digits[:9]))
        if not found:
            raise DomainError(_("There is no order with this number."), code="order", field="order")
        return found[0]
    if customer is None:
        return None
    return orders.of_customer(customer.pk).exclude(completed_on=None).order_by("-completed_on", "-pk").first()


def _open(request: ShopRequest, form: forms.ComplaintForm, customer: Customer | None) -> Complaint:
    data = form.cleaned_data
    batch = supply.batch_by_code(data["code"]) if data["code"] else None
    if data["code"] and batch is None:
        raise DomainError(_("No batch has this code. Look at the box again."), code="code", field="code")
    order = _order(data["order"], customer)
    lines = orders.lines_of(order) if order else []
    with photos.replacing({"photo": data["photo"]}, folder=PHOTOS) as kept:
        row = actions.open_complaint(
            kind=data["kind"],
            source=data["source"],
            text=data["text"],
            boxes=data["boxes"],
            customer=customer,
            order=order,
            line=lines[0] if len(lines) == 1 else None,
            batch=batch,
            by=request.member,
        )
        if "photo" in kept:
            actions.add_photo(complaint=row, photo=kept["photo"])
    return row


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.SELL, section="add")
def new(request: ShopRequest) -> HttpResponse:
    """Somebody complains at the counter or by phone."""
    data = request.POST if request.method == "POST" else request.GET
    looking = any(name in data for name in baskets.LOOKING)
    form = forms.ComplaintForm(
        request.POST or None, request.FILES or None, initial={"order": request.GET.get("order", "")[:12]}
    )
    if request.method == "POST" and not looking and form.is_valid():
        with refusals(form):
            row = _open(request, form, baskets.picked(request.POST).customer)
            messages.success(request, _("Written down. Listen first, then offer something."))
            return redirect("care:complaint", row.pk)
    context = {"form": form, **baskets.picker(request, data)}
    return render(request, "care/complaint_new.html", context, status=422 if form.errors and not looking else 200)


@require_POST
@door(Right.CHAT, section="chat")
def from_draft(request: ShopRequest, pk: int) -> HttpResponse:
    """One tap in the chat: what was read there is a complaint."""
    draft = get_draft(request, pk)
    row = actions.open_complaint(
        kind=queries.kind_read(draft),
        source=Source.CHAT,
        text=draft.text,
        customer=draft.customer,
        order=_order("", draft.customer),
        message=draft.message,
        boxes=queries.boxes_read(draft),
        by=request.member,
    )
    conversations.dismiss_draft(draft=draft, dismissed=True)
    messages.success(request, _("It is a complaint now. Answer in the chat, then offer something."))
    return redirect("care:complaint", row.pk)


@require_POST
@door(Right.CHAT, section="chat")
def from_message(request: ShopRequest, pk: int) -> HttpResponse:
    """The same for a message in which no kind was read; `none`: it was none, do not ask again."""
    message, back = get_message(request, pk), request.POST.get("back") == "chat"
    row = actions.open_complaint(
        kind=queries.kind_said(message) or "other",
        source=Source.CHAT,
        text=message.text,
        customer=message.customer,
        order=_order("", message.customer),
        message=message,
        by=request.member,
    )
    if request.POST.get("none"):
        actions.drop_complaint(complaint=row)
        return redirect("conversations:thread", message.conversation_id) if back else redirect("care:board")
    messages.success(request, _("It is a complaint now. Answer in the chat, then offer something."))
    return redirect("care:complaint", row.pk)


@require_safe
@door(Right.CHAT, section="chat")
def heard_here(request: ShopRequest, pk: int) -> HttpResponse:
    """For the page of a chat: what sounds like a complaint in it, at most the latest two."""
    heard = queries.heard(get_conversation(request, pk).pk)
    return render(request, "care/heard_here.html", {"heard": heard[:2]})
