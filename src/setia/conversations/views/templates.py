"""Message templates: write, look, submit, follow."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from setia.conversations import actions, queries, templating, texts, uploads
from setia.conversations.access import get_template
from setia.conversations.channels.whatsapp_cloud import templates as cloud
from setia.conversations.channels.whatsapp_cloud.client import Refused
from setia.conversations.forms import TEMPLATE_BUTTONS, TemplateForm
from setia.conversations.models import Channel, MessageTemplate
from setia.core.errors import DomainError
from setia.customers import queries as people
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web.forms import refusals

BUTTON_ICONS = {"reply": "arrow-uturn-left", "url": "arrow-top-right-on-square", "phone": "phone"}
# Words of WhatsApp's reviewers in ours.
REASONS = {
    "ABUSIVE_CONTENT": lambda: _("WhatsApp finds the words rude or threatening."),
    "INCORRECT_CATEGORY": lambda: _("It is of the wrong kind: offers must be submitted as “Offer or news”."),
    "INVALID_FORMAT": lambda: _("The form is wrong: look at names in braces, they need words around them."),
    "PROMOTIONAL": lambda: _("It reads like an offer: submit it as “Offer or news”."),
    "SCAM": lambda: _("WhatsApp suspects a fraud: leave out links, prices and requests for data."),
    "TAG_CONTENT_MISMATCH": lambda: _("The words do not fit the language or kind you chose."),
}


@require_GET
@door(Right.MANAGE, section="menu")
def templates(request: ShopRequest) -> HttpResponse:
    """All of them with status and quality."""
    rows = [(row, _reason(row)) for row in queries.templates()]
    return render(request, "conversations/templates.html", {"rows": rows, "connected": _channel() is not None})


def _reason(row: MessageTemplate) -> str:
    words = REASONS.get(row.reason)
    return words() if words else ""


def _channel() -> Channel | None:
    return queries.channels().first()


@require_http_methods(["GET", "POST"])
@door(Right.MANAGE, section="menu")
def new(request: ShopRequest) -> HttpResponse:
    """Write one."""
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@door(Right.MANAGE, section="menu")
def template(request: ShopRequest, pk: int) -> HttpResponse:
    """Look at one, change its words, submit it."""
    return _edit(request, get_template(request, pk))


def _edit(request: ShopRequest, row: MessageTemplate | None) -> HttpResponse:
    pictured = bool(row and row.picture)
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = TemplateForm(*data, initial=_initial(row), known=row is not None, pictured=pictured)
    if request.method == "POST" and "look" in request.POST:
        form.is_valid()
        return render(request, "conversations/_template_preview.html", _preview(request, form.data, row))
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            saved = _save(form, row)
            return _submit(request, saved) if "submit" in request.POST else redirect("conversations:template", saved.pk)
    shown = form.data if form.is_bound else form.initial
    context = {
        "form": form,
        "row": row,
        "reason": _reason(row) if row else "",
        "connected": _channel() is not None,
        "meanings": [
            (f"{{{name}}}", actions.example(name)) for name in ("name", "shop", "order", "items", "day", "total")
        ],
        "names": actions.template_names() if row is None else [],
        **_preview(request, shown, row),
    }
    return render(request, "conversations/template.html", context, status=422 if form.errors else 200)


def _save(form: TemplateForm, row: MessageTemplate | None) -> MessageTemplate:
    """Write it down, with its picture kept before and the old one removed after."""
    upload, before = form.cleaned_data["picture"], row.picture if row else ""
    kept = uploads.keep(upload) if upload else None
    if kept and kept.kind != "image":
        uploads.discard(kept)
        raise DomainError(_("Choose a picture: JPEG, PNG or WebP."), code="picture", field="picture")
    taken = "" if form.cleaned_data.get("no_picture") else None
    try:
        saved = actions.save_template(template=row, picture=kept.path if kept else taken, **form.parts())
    except DomainError:
        if kept:
            uploads.discard(kept)
        raise
    if before and before != saved.picture:
        uploads.remove(before)
    return saved


def _initial(row: MessageTemplate | None) -> dict[str, Any]:
    if row is None:
        return {"language": "id", "category": "utility"}
    buttons = {}
    for number, button in enumerate(row.buttons, start=1):
        buttons |= {f"button{number}": button["text"], f"button{number}_kind": button["type"]}
        buttons |= {f"button{number}_value": button["value"]}
    fields = ("language", "category", "header", "body", "footer")
    return {"title": row.title} | {name: getattr(row, name) for name in fields} | buttons


def _preview(request: ShopRequest, data: Any, row: MessageTemplate | None) -> dict[str, Any]:
    """How two real customers would read it."""
    header, body = str(data.get("header") or ""), str(data.get("body") or "")
    examples = {name: actions.example(name) for name in templating.variables(f"{header} {body}")}
    shown = []
    for customer in people.everybody().order_by("-pk")[:2]:
        values = examples | texts.values_for(customer)
        shown.append((customer.display_name, templating.fill(header, values), templating.fill(body, values)))
    return {
        "shown": shown,
        "footer": data.get("footer") or "",
        "picture_of": row.pk if row and row.picture and not data.get("no_picture") else None,
        "buttons": [
            (BUTTON_ICONS.get(str(data.get(f"button{number}_kind") or "reply"), ""), data.get(f"button{number}"))
            for number in TEMPLATE_BUTTONS
            if data.get(f"button{number}")
        ],
        "length": len(body),
        "longest": templating.LONGEST["body"],
    }


def _submit(request: ShopRequest, row: MessageTemplate) -> HttpResponse:
    """Hand it to WhatsApp. Outside any transaction: the network may be slow."""
    channel = _channel()
    if channel is None:
        messages.error(request, _("Connect a WhatsApp number first."))
        return redirect("conversations:template", row.pk)
    base, token, picture = settings.WHATSAPP_GRAPH_URL, channel.access_token, ""
    if row.picture:
        given = _hand_over(row, base, token)
        if not isinstance(given, str):
            messages.error(request, _trouble(given))
            return redirect("conversations:template", row.pk)
        picture = given
    parts = templating.components(
        header=row.header,
        body=row.body,
        footer=row.footer,
        buttons=row.buttons,
        examples=row.examples,
        picture=picture,
    )
    if row.meta_id:
        answer = cloud.change(
            base=base,
            template_id=row.meta_id,
            token=token,
            body={"category": row.category.upper(), "components": parts},
        )
    else:
        body = {
            "name": row.name,
            "language": row.language,
            "category": row.category.upper(),
            "parameter_format": "named",
            "components": parts,
        }
        answer = cloud.create(base=base, account_id=channel.waba_id, token=token, body=body)
    if isinstance(answer, dict):
        actions.note_submitted(template=row, waba_id=channel.waba_id, answer=answer)
        messages.success(request, _("Submitted. WhatsApp usually answers within minutes, at most a day."))
    else:
        messages.error(request, _trouble(answer))
    return redirect("conversations:template", row.pk)


def _hand_over(row: MessageTemplate, base: str, token: str) -> Any:
    """Show the reviewers the picture; returns what WhatsApp calls it, or the trouble."""
    try:
        body = (Path(settings.MEDIA_ROOT) / row.picture).read_bytes()
    except FileNotFoundError:
        return Refused(131053, 400, _("The picture is gone. Choose it again."))
    return cloud.handle(base=base, token=token, body=body, mime_type="image/jpeg")


def _trouble(answer: Any) -> str:
    if isinstance(answer, Refused):
        return _("WhatsApp did not take it: %(details)s") % {"details": answer.details[:200]}
    return _("WhatsApp could not be reached. Try again in a moment.")


@require_POST
@door(Right.MANAGE, section="menu")
def sync(request: ShopRequest) -> HttpResponse:
    """Ask WhatsApp what it has."""
    channel = _channel()
    if channel is None:
        messages.error(request, _("Connect a WhatsApp number first."))
        return redirect("conversations:templates")
    answer = cloud.listing(base=settings.WHATSAPP_GRAPH_URL, account_id=channel.waba_id, token=channel.access_token)
    if isinstance(answer, list):
        actions.sync_templates(waba_id=channel.waba_id, rows=answer)
        messages.success(request, _("The list is as at WhatsApp now."))
    else:
        messages.error(request, _trouble(answer))
    return redirect("conversations:templates")


@require_POST
@door(Right.MANAGE, section="menu")
def rest(request: ShopRequest, pk: int) -> HttpResponse:
    """Do not offer it for a while, or offer it again."""
    row = get_template(request, pk)
    actions.rest_template(template=row, resting=not row.resting)
    return redirect("conversations:template", pk)


@require_POST
@door(Right.MANAGE, section="menu")
def deletion(request: ShopRequest, pk: int) -> HttpResponse:
    """Delete it at WhatsApp and here. WhatsApp keeps the name blocked for 30 days."""
    row, channel = get_template(request, pk), _channel()
    if row.meta_id and channel is not None:
        answer = cloud.delete(
            base=settings.WHATSAPP_GRAPH_URL,
            account_id=channel.waba_id,
            token=channel.access_token,
            name=row.name,
            template_id=row.meta_id,
        )
        if not isinstance(answer, dict) and not (isinstance(answer, Refused) and answer.code == 100):
            messages.error(request, _trouble(answer))
            return redirect("conversations:template", pk)
    actions.note_template_deleted(template=row)
    messages.success(request, _("Deleted."))
    return redirect("conversations:templates")


@require_GET
@door(Right.CHAT, section="chat")
def picture(request: ShopRequest, pk: int) -> HttpResponse:
    """The picture above the text, small."""
    row = get_template(request, pk)
    place = Path(settings.MEDIA_ROOT) / f"{row.picture}.webp"
    if not row.picture or not place.is_file():
        raise Http404
    headers = {"Cache-Control": "private, max-age=300", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(place.read_bytes(), content_type="image/webp", headers=headers)
