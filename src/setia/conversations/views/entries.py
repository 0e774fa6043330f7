"""Links and QR codes to the shop's WhatsApp: make them, print them, see who came by them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from setia.conversations import actions, entries
from setia.conversations.access import get_entry_link
from setia.conversations.forms import EntryLinkForm
from setia.conversations.models import EntryLink
from setia.conversations.views import who
from setia.core.errors import DomainError
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web.forms import refusals


@require_http_methods(["GET", "POST"])
@door(Right.CHAT, section="menu")
def links(request: ShopRequest) -> HttpResponse:
    """All links with their numbers, and a form for one more."""
    form = EntryLinkForm(request.POST or None, initial={"source": "leaflet", "text": _starting_text(request)})
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            link = actions.make_entry_link(**form.cleaned_data)
            return redirect("conversations:entry_link", link.pk)
    return _links(request, form, status=422 if form.errors else 200)


def _starting_text(request: ShopRequest) -> str:
    return _("Hello %(shop)s, I would like to ask about your products.") % {"shop": request.shop.name}


def _links(request: ShopRequest, form: EntryLinkForm, *, code_problem: str = "", status: int = 200) -> HttpResponse:
    context = {
        "rows": entries.rows(),
        "retired": entries.rows(retired=True),
        "form": form,
        "number": entries.shop_number(),
        "code": request.POST.get("code", ""),
        "code_problem": code_problem,
        **who.picker(request.POST if "code" in request.POST else request.GET),
    }
    return render(request, "conversations/entry_links.html", context, status=status)


@require_POST
@door(Right.CHAT, section="menu")
def code(request: ShopRequest) -> HttpResponse:
    """A customer told the code of a leaflet."""
    form, problem = EntryLinkForm(initial={"source": "leaflet", "text": _starting_text(request)}), ""
    if not who.looking(request.POST):
        try:
            customer = who.person(request.POST, by=request.member)
            if customer is None:
                raise DomainError(_("Choose a customer."), code="customer")
            entry = actions.enter_code(code=request.POST.get("code", ""), customer=customer)
        except DomainError as error:
            problem = str(error)
        else:
            said = _("Noted: %(name)s came by “%(label)s”.")
            messages.success(request, said % {"name": customer.display_name, "label": entry.link.label})
            return redirect("conversations:entry_links")
    return _links(request, form, code_problem=problem, status=422 if problem else 200)


@require_http_methods(["GET", "POST"])
@door(Right.CHAT, section="menu")
def link(request: ShopRequest, pk: int) -> HttpResponse:
    """One link: its QR code, its addresses, its words."""
    row = get_entry_link(request, pk)
    form = EntryLinkForm(request.POST or None, initial={"label": row.label, "source": row.source, "text": row.text})
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.change_entry_link(link=row, **form.cleaned_data)
            messages.success(request, _("Saved. What is printed keeps its old words; the code is the same."))
            return redirect("conversations:entry_link", pk)
    context = {"link": row, "form": form, **_addresses(request, row)}
    return render(request, "conversations/entry_link.html", context, status=422 if form.errors else 200)


def _addresses(request: ShopRequest, row: EntryLink) -> dict[str, str]:
    return {
        "direct": entries.direct(row),
        "short": request.build_absolute_uri(entries.short(row)),
        "words": entries.words(row),
        "number": entries.shop_number(),
    }


@require_GET
@door(Right.CHAT, section="menu")
def poster(request: ShopRequest, pk: int) -> HttpResponse:
    """A page to print and hang up."""
    row = get_entry_link(request, pk)
    return render(request, "conversations/entry_poster.html", {"link": row, **_addresses(request, row)})


@require_GET
@door(Right.CHAT, section="menu")
def picture(request: ShopRequest, pk: int, form: str) -> HttpResponse:
    """The QR code as a file: `svg` for a print shop, `png` for everything else."""
    row = get_entry_link(request, pk)
    target = entries.direct(row)
    if form not in ("png", "svg") or not target:
        raise Http404
    draw, kind = (entries.png, "image/png") if form == "png" else (entries.svg, "image/svg+xml")
    name = f"qr-{row.code.lower()}.{form}"
    return HttpResponse(draw(target), kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_POST
@door(Right.CHAT, section="menu")
def retire(request: ShopRequest, pk: int) -> HttpResponse:
    """Not offered any more; what is printed goes on working."""
    actions.retire_entry_link(link=get_entry_link(request, pk), retired=True)
    return redirect("conversations:entry_links")


@require_POST
@door(Right.CHAT, section="menu")
def take_back(request: ShopRequest, pk: int) -> HttpResponse:
    """Offered again."""
    actions.retire_entry_link(link=get_entry_link(request, pk), retired=False)
    return redirect("conversations:entry_links")
