"""Quick replies, labels, the shop on the map: what lies ready for whoever answers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from setia.conversations import actions, queries
from setia.conversations.access import get_label, get_quick_reply
from setia.conversations.inbox_forms import ChatToolsForm, LabelForm, QuickReplyForm
from setia.conversations.models import Label, QuickReply
from setia.conversations.views.sorting import say_with_undo
from setia.core.errors import DomainError
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web.forms import refusals


@require_http_methods(["GET", "POST"])
@door(Right.MANAGE, section="menu")
def tools(request: ShopRequest) -> HttpResponse:
    """Everything on one page; posting saves the place, the catalogue and the limit of waiting."""
    row = queries.chat_tools()
    pin = f"{row.latitude}, {row.longitude}" if row.latitude is not None else ""
    initial = {name: getattr(row, name) for name in ("place_name", "place_address", "catalog_id", "slow_after")}
    form = ChatToolsForm(request.POST or None, initial=initial | {"map_link": pin})
    if request.method == "POST" and form.is_valid():
        actions.change_chat_tools(**form.changes())
        messages.success(request, _("Saved."))
        return redirect("conversations:tools")
    context = {"form": form, "quick_replies": queries.quick_replies(), "labels": queries.labels(), "tools": row}
    return render(request, "conversations/tools.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@door(Right.MANAGE, section="menu")
def quick_reply(request: ShopRequest, pk: int | None = None) -> HttpResponse:
    """Write a quick reply, or change one."""
    row = get_quick_reply(request, pk) if pk is not None else None
    initial = {"title": row.title, "text": row.text} if row else {}
    form = QuickReplyForm(request.POST or None, initial=initial)
    return _save(request, form, actions.save_quick_reply, row, {"reply": row}, _("Quick reply"))


@require_http_methods(["GET", "POST"])
@door(Right.MANAGE, section="menu")
def label(request: ShopRequest, pk: int | None = None) -> HttpResponse:
    """Make a label, or change one."""
    row = get_label(request, pk) if pk is not None else None
    form = LabelForm(request.POST or None, initial={"name": row.name, "colour": row.colour} if row else {})
    return _save(request, form, actions.save_label, row, {"label": row}, _("Label"))


def _save(
    request: ShopRequest, form: Any, action: Any, row: Label | QuickReply | None, target: dict[str, Any], title: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            action(**form.cleaned_data, **target)
            messages.success(request, _("Saved."))
            return redirect("conversations:tools")
    kind = "label" if "label" in target else "quick_reply"
    context = {"form": form, "row": row, "title": title, "kind": kind}
    return render(request, "conversations/tool.html", context, status=422 if form.errors else 200)


def _tool(request: ShopRequest, kind: str, pk: int) -> Label | QuickReply:
    if kind == "label":
        return get_label(request, pk)
    if kind == "quick_reply":
        return get_quick_reply(request, pk)
    raise Http404


@require_POST
@door(Right.MANAGE, section="menu")
def remove(request: ShopRequest, kind: str, pk: int) -> HttpResponse:
    """Take a label or quick reply out of use, with a way back."""
    row = actions.set_removed(tool=_tool(request, kind, pk), removed=True)
    text = _("“%(name)s” is out of use.") % {"name": row}
    say_with_undo(request, text, reverse("conversations:restore_tool", args=[kind, pk]))
    return redirect("conversations:tools")


@require_POST
@door(Right.MANAGE, section="menu")
def restore(request: ShopRequest, kind: str, pk: int) -> HttpResponse:
    """Take it into use again."""
    try:
        actions.set_removed(tool=_tool(request, kind, pk), removed=False)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("conversations:tools")


@require_POST
@door(Right.MANAGE, section="menu")
def up(request: ShopRequest, kind: str, pk: int) -> HttpResponse:
    """One place further up."""
    actions.move_up(tool=_tool(request, kind, pk))
    return redirect("conversations:tools")
