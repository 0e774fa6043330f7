"""Complaints: heard, looked into, made good, asked whether they are content."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setia.care import actions, forms, queries
from setia.care.access import get_complaint
from setia.care.models import Complaint, Source
from setia.care.pictures import PHOTOS
from setia.care.rules import complaints as rules
from setia.conversations import actions as conversations
from setia.conversations import queries as chats
from setia.conversations.access import get_conversation, get_draft, get_message
from setia.core import clock
from setia.core.errors import DomainError
from setia.customers.models import Customer
from setia.orders import queries as orders
from setia.orders.models import Order
from setia.orders.views import baskets
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may
from setia.supply import queries as supply
from setia.web import photos
from setia.web.forms import add_domain_error


@require_safe
@door(Right.SELL, section="menu")
def board(request: ShopRequest) -> HttpResponse:
    """What is open, by urgency; what sounds like a complaint in chats; the last ninety days in figures."""
    rows = list(queries.board())
    others = [row for row in rows if row.severity != "severe"]
    context = {
        "severe": [row for row in rows if row.severity == "severe"],
        "others": [row for row in others if not row.nameless],
        "nameless": [row for row in others if row.nameless],
        "heard": queries.heard() if may(request.member.role, Right.CHAT) else [],
        "counts": queries.counts(),
        "repeated": queries.repeated_causes(),
        "now": clock.now(),
        "tab": "complaints",
    }
    return render(request, "care/board.html", context)


@require_POST
@door(Right.SELL, section="menu")
def nameless(request: ShopRequest) -> HttpResponse:
    """Low faces without a name were looked at."""
    if closed := actions.close_nameless():
        text = ngettext(
            "%(n)s is closed now; it still counts, and can be opened again.",
            "%(n)s are closed now; they still count, and can be opened again.",
            closed,
        )
        messages.success(request, text % {"n": closed})
    return redirect("care:board")


@require_safe
@door(Right.SELL, section="menu")
def closed(request: ShopRequest) -> HttpResponse:
    """What was closed, latest first, and whether they came back."""
    rows = list(queries.complaints().exclude(closed_at=None).order_by("-closed_at", "-pk")[:100])
    back = queries.came_back(rows)
    return render(request, "care/closed.html", {"rows": [(row, back.get(row.pk)) for row in rows], "tab": "complaints"})


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
        try:
            row = _open(request, form, baskets.picked(request.POST).customer)
        except DomainError as error:
            add_domain_error(form, error)
        else:
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


def facts_form(request: ShopRequest, row: Complaint, data: Any = None) -> forms.FactsForm:
    """What it turned out to be, with the lines of its order and the batches it may be of."""
    initial = {name: getattr(row, name) for name in ("kind", "severity", "boxes", "cause")}
    initial |= {"line": row.line_id, "batch": row.batch_id}
    likely = [batch.pk for batch in queries.suggested_batches(row)]
    ids = {*likely, row.batch_id} if likely or row.batch_id else set(supply.batches().values_list("pk", flat=True)[:30])
    lines = queries.lines_for(row)
    return forms.FactsForm(data, initial=initial, lines=lines, batches=supply.batches().filter(pk__in=ids - {None}))


def page(request: ShopRequest, row: Complaint, status: int = 200, **given: Any) -> HttpResponse:
    """One complaint with everything that belongs to it."""
    usual, how = queries.similar(row)
    settlements = queries.settlements_of(row)
    context = {
        "complaint": row,
        "now": clock.now(),
        "photos": list(row.photos.order_by("pk")),
        "notes": list(row.notes.select_related("by").order_by("pk")),
        "settlements": settlements,
        "standing": next((one for one in settlements if one.state in ("offered", "accepted")), None),
        "ways": [(way, rules.far_off(way.value or 0, usual)) for way in queries.ways_for(row)],
        "usual": usual,
        "enough": usual is not None and usual.n >= rules.FEWEST_SIMILAR,
        "how": how,
        "causes": queries.used_causes(),
        "batches": queries.suggested_batches(row) if row.batch is None else [],
        "back": queries.came_back([row]).get(row.pk),
        "facts": given.get("facts") or facts_form(request, row),
        "note": given.get("note") or forms.NoteForm(),
        "offer": given.get("offer"),
        "chat": chats.of_customer(row.customer_id) if row.customer_id else None,
        "manages": may(request.member.role, Right.MANAGE),
        "tab": "complaints",
    }
    return render(request, "care/complaint.html", context, status=status)


@require_safe
@door(Right.SELL, section="menu")
def complaint(request: ShopRequest, pk: int) -> HttpResponse:
    """One complaint."""
    return page(request, get_complaint(request, pk))


@require_POST
@door(Right.SELL, section="menu")
def facts(request: ShopRequest, pk: int) -> HttpResponse:
    """What it turned out to be: kind, line, batch, cause."""
    row = get_complaint(request, pk)
    form = facts_form(request, row, request.POST)
    if not form.is_valid():
        return page(request, row, 422, facts=form)
    try:
        actions.change_complaint(complaint=row, **form.cleaned_data)
    except DomainError as error:
        add_domain_error(form, error)
        return page(request, row, 422, facts=form)
    messages.success(request, _("Saved."))
    return redirect("care:complaint", pk)


@require_POST
@door(Right.SELL, section="menu")
def batch(request: ShopRequest, pk: int) -> HttpResponse:
    """One tap: it came from this batch."""
    row = get_complaint(request, pk)
    chosen = request.POST.get("batch", "")
    found = supply.batches().filter(pk=chosen).first() if chosen.isdigit() and len(chosen) < 19 else None
    if found is None:
        raise Http404
    actions.change_complaint(complaint=row, batch=found)
    messages.success(request, _("Traced to batch %(code)s.") % {"code": found.code})
    return redirect("care:complaint", pk)


@require_POST
@door(Right.SELL, section="menu")
def note(request: ShopRequest, pk: int) -> HttpResponse:
    """What they said, or a picture."""
    row = get_complaint(request, pk)
    form = forms.NoteForm(request.POST, request.FILES)
    form.fields["text"].required = "photo" not in request.FILES
    if form.is_valid():
        try:
            with photos.replacing({"photo": form.cleaned_data["photo"]}, folder=PHOTOS) as kept:
                if "photo" in kept:
                    actions.add_photo(complaint=row, photo=kept["photo"])
            if form.cleaned_data["text"]:
                actions.add_note(complaint=row, text=form.cleaned_data["text"], by=request.member)
            return redirect("care:complaint", pk)
        except DomainError as error:
            add_domain_error(form, error)
    return page(request, row, 422, note=form)


@require_POST
@door(Right.SELL, section="menu")
def dropping(request: ShopRequest, pk: int) -> HttpResponse:
    """It was no complaint."""
    if actions.drop_complaint(complaint=get_complaint(request, pk)):
        messages.success(request, _("It counts as no complaint. You can open it again."))
    return redirect("care:complaint", pk)


@require_POST
@door(Right.SELL, section="menu")
def reopening(request: ShopRequest, pk: int) -> HttpResponse:
    """Open it again."""
    actions.reopen(complaint=get_complaint(request, pk))
    return redirect("care:complaint", pk)


@require_safe
@door(Right.SELL, section="menu")
def photo(request: ShopRequest, token: str) -> HttpResponseBase:
    """A picture of what was wrong."""
    if not queries.photo_is_ours(token):
        raise Http404
    return photos.response(token, folder=PHOTOS, small=request.GET.get("small") == "1")
