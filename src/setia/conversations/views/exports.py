"""Bring in a chat that was exported from the WhatsApp app: choose the file, look, bring in, take out again."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from setia.conversations import actions, exports, queries
from setia.conversations.access import get_chat_import
from setia.conversations.exports import Export
from setia.conversations.models import ChatImport, ExportState
from setia.conversations.views import who
from setia.core.errors import DomainError
from setia.shops import queries as shops
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right

SHOWN = 4
ORDERS = {"day": True, "month": False}
NOBODY = "-"


@require_http_methods(["GET", "POST"])
@door(Right.CHAT, section="chat")
def bring_in(request: ShopRequest) -> HttpResponse:
    """Choose a file. `?customer=` from a customer's page or thread."""
    picked, problem = who.picked(request.POST or request.GET), ""
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is None:
            problem = _("Choose the file first.")
        elif file.size > exports.files.LARGEST:
            problem = str(actions.export_refusal(exports.ExportError("too_long")))
        else:
            try:
                run = actions.start_chat_import(
                    filename=file.name, data=file.read(), customer=picked.customer, by=request.member
                )
            except DomainError as error:
                problem = str(error)
            else:
                return redirect("conversations:export", run.pk)
    context = {"picked": picked, "problem": problem, "runs": queries.chat_imports()}
    return render(request, "conversations/exports.html", context, status=422 if problem else 200)


@require_http_methods(["GET", "POST"])
@door(Right.CHAT, section="chat")
def export(request: ShopRequest, pk: int) -> HttpResponse:
    """Look at a file, say who is who, bring it in; afterwards what came of it."""
    run = get_chat_import(request, pk)
    if run.state != ExportState.PREVIEW:
        return render(request, "conversations/export_done.html", {"run": run, "chat": queries.chat_of_import(run)})
    if request.method == "POST" and not who.looking(request.POST):
        try:
            run = _finish(request, run)
        except DomainError as error:
            return _look(request, run, problem=error)
        said = ngettext("%(n)s message came in.", "%(n)s messages came in.", run.brought) % {"n": run.brought}
        messages.success(request, said)
        return redirect("conversations:export", pk)
    return _look(request, run)


def _finish(request: ShopRequest, run: ChatImport) -> ChatImport:
    author = request.POST.get("shop_author", "")
    if not author:
        raise DomainError(_("Choose who of them is the shop."), code="author", field="shop_author")
    customer = who.person(request.POST, by=request.member)
    if customer is None:
        raise DomainError(_("Choose whose chat this is."), code="customer", field="customer")
    return actions.finish_chat_import(
        run=run,
        customer=customer,
        shop_author="" if author == NOBODY else author,
        day_first=ORDERS.get(request.POST.get("order", "")),
    )


def _look(request: ShopRequest, run: ChatImport, *, problem: DomainError | None = None) -> HttpResponse:
    data = request.POST if request.method == "POST" else request.GET.copy()
    if run.customer and "customer" not in data and "pick" not in data:
        data = data.copy()
        data["customer"] = str(run.customer_id)
    order = ORDERS.get(data.get("order", ""))
    read = exports.read(run.text, day_first=order, latest=actions.wall_clock())
    partner = exports.partner_of(run.filename)
    context: dict[str, Any] = {
        "run": run,
        "read": read,
        "first": read.lines[:SHOWN],
        "last": read.lines[SHOWN:][-SHOWN:],
        "span": (read.lines[0].at, read.lines[-1].at),
        "asks_order": read.ambiguous or order is not None,
        "order": data.get("order", ""),
        "shop_author": data.get("shop_author") or _shop_among(read, partner, request),
        "nobody": NOBODY,
        "problem": problem,
        **who.picker(data, suggested=partner),
    }
    return render(request, "conversations/export.html", context, status=422 if problem else 200)


def _shop_among(read: Export, partner: str, request: ShopRequest) -> str:
    """The name that is certainly the shop's: the shop's own, a member's, or the one whose chat it is not."""
    ours = {request.shop.name.casefold(), *(member.name.casefold() for member in shops.members())}
    for author in read.authors:
        if author.casefold() in ours:
            return author
    others = [author for author in read.authors if author != partner]
    return others[0] if partner in read.authors and len(others) == 1 else ""


@require_POST
@door(Right.CHAT, section="chat")
def undo(request: ShopRequest, pk: int) -> HttpResponse:
    """Take out what the file brought in."""
    if actions.undo_chat_import(run=get_chat_import(request, pk)):
        messages.success(request, _("Taken out again. The chat is as it was before."))
    return redirect("conversations:exports")


@require_POST
@door(Right.CHAT, section="chat")
def drop(request: ShopRequest, pk: int) -> HttpResponse:
    """Throw away a file that was only looked at."""
    actions.drop_chat_import(run=get_chat_import(request, pk))
    return redirect("conversations:exports")
