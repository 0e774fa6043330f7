"""Automatic messages: what they say, whether they are sent, how they will look."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from setia.catalog import queries as catalog
from setia.conversations import actions, queries, rules, texts
from setia.conversations.access import get_auto_reply
from setia.conversations.forms import AutoReplyForm
from setia.conversations.models import AutoReply, Trigger
from setia.core.errors import DomainError
from setia.shops.access import ShopRequest, door
from setia.shops.models import Language
from setia.shops.rules import Right
from setia.web.forms import add_domain_error


@require_GET
@door(Right.MANAGE, section="menu")
def auto_replies(request: ShopRequest) -> HttpResponse:
    """All of them with a preview."""
    rows = queries.auto_replies()
    cards = [(row, _preview(request, row, row.text)) for row in (rows[trigger] for trigger in Trigger.values)]
    return render(request, "conversations/auto_replies.html", {"cards": cards})


@require_http_methods(["GET", "POST"])
@door(Right.MANAGE, section="menu")
def auto_reply(request: ShopRequest, trigger: str) -> HttpResponse:
    """Change one. With `look` in the post the preview is drawn anew and nothing is kept."""
    row = get_auto_reply(request, trigger)
    if request.method == "GET":
        return _page(request, row, AutoReplyForm(initial=_initial(row)))
    form = AutoReplyForm(request.POST)
    if "look" in request.POST:
        words = form.data.get("text", "") if form.is_valid() else row.text
        if request.htmx:
            return render(request, "conversations/_preview.html", {"preview": _preview(request, row, words)})
        return _page(request, row, form, words=words)
    if form.is_valid():
        try:
            actions.change_auto_reply(trigger=trigger, **form.cleaned_data)
        except DomainError as error:
            add_domain_error(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("conversations:auto_replies")
    return _page(request, row, form, status=422)


def _page(
    request: ShopRequest, row: AutoReply, form: AutoReplyForm, *, words: str | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "row": row,
        "form": form,
        "preview": _preview(request, row, row.text if words is None else words),
        "placeholders": [(f"{{{name}}}", _meanings(row.trigger)[name]) for name in texts.known(row.trigger)],
    }
    return render(request, "conversations/auto_reply.html", context, status=status)


def _initial(row: AutoReply) -> dict[str, Any]:
    """The owner's words, or the built-in ones to start from."""
    return {
        "enabled": row.enabled,
        "text": row.text or texts.built_in(row.trigger, Language.INDONESIAN),
        "text_english": row.text_english or texts.built_in(row.trigger, Language.ENGLISH),
    }


def _meanings(trigger: str) -> dict[str, str]:
    return {
        "name": _("what the customer is called"),
        "shop": _("the name of the shop"),
        "order": _("the number of the order"),
        "price_list": _("the prices of today"),
        **{extra.name: str(extra.meaning) for extra in texts.extras(trigger)},
    }


def _preview(request: ShopRequest, row: AutoReply, words: str) -> str:
    """How a customer would read it, in the shop's language, with invented names."""
    language = request.shop.language
    wording = words.strip() or texts.built_in(row.trigger, language)
    with translation.override(language):
        prices = catalog.price_list_text(day=request.shop.today())
        examples = {extra.name: str(extra.example) for extra in texts.extras(row.trigger)}
    values = {"name": "Bu Ratna", "shop": request.shop.name, "order": "#128", "price_list": prices, **examples}
    return rules.fill(wording, values)
