"""Complaints: the board, one of them with everything that belongs to it, what it turned out to be."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from setia.care import actions, forms, queries
from setia.care.access import get_complaint
from setia.care.models import Complaint
from setia.care.pictures import PHOTOS
from setia.care.rules import complaints as rules
from setia.conversations import queries as chats
from setia.core import clock
from setia.core.errors import DomainError
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may
from setia.supply import queries as supply
from setia.web import photos
from setia.web.forms import add_domain_error, refusals


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
        with refusals(form):
            with photos.replacing({"photo": form.cleaned_data["photo"]}, folder=PHOTOS) as kept:
                if "photo" in kept:
                    actions.add_photo(complaint=row, photo=kept["photo"])
            if form.cleaned_data["text"]:
                actions.add_note(complaint=row, text=form.cleaned_data["text"], by=request.member)
            return redirect("care:complaint", pk)
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
