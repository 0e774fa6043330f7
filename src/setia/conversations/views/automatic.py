"""Automatic messages: what they say, whether and when they are sent, how they look to a real customer."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from setia.catalog import queries as catalog
from setia.conversations import actions, opening, queries, rules, texts
from setia.conversations.access import get_auto_reply
from setia.conversations.forms import AutoReplyForm
from setia.conversations.models import CARRIES_AT_FIRST, AutoReply, Carries, Trigger
from setia.customers.models import Customer
from setia.orders import queries as orders
from setia.shops.access import ShopRequest, door
from setia.shops.models import Language
from setia.shops.rules import Right
from setia.web.forms import refusals

ANSWERS = (*(Trigger.GREETING, Trigger.AWAY, Trigger.PRICE_LIST, Trigger.CATALOGUE, Trigger.UNCLEAR, Trigger.PERSON),)
NEWS = (*(Trigger.CONFIRMED, Trigger.READY, Trigger.ON_ITS_WAY, Trigger.PAYMENT, Trigger.THANKS_FIRST, Trigger.THANKS),)


@require_GET
@door(Right.MANAGE, section="menu")
def auto_replies(request: ShopRequest) -> HttpResponse:
    """All of them with a preview."""
    rows, sample = queries.auto_replies(), _Sample(request)
    groups = [
        (title, [(rows[trigger], sample.preview(rows[trigger], rows[trigger].text)) for trigger in triggers])
        for title, triggers in ((_("Answers to what customers write"), ANSWERS), (_("News about their orders"), NEWS))
    ]
    return render(request, "conversations/auto_replies.html", {"groups": groups, "sample": sample.name})


@require_http_methods(["GET", "POST"])
@door(Right.MANAGE, section="menu")
def auto_reply(request: ShopRequest, trigger: str) -> HttpResponse:
    """Change one. With `look` in the post the preview is drawn anew and nothing is kept."""
    row = get_auto_reply(request, trigger)
    if request.method == "GET":
        return _page(request, row, AutoReplyForm(initial=_initial(row), prices=row.trigger in CARRIES_AT_FIRST))
    form = AutoReplyForm(request.POST, prices=row.trigger in CARRIES_AT_FIRST)
    if "look" in request.POST:
        words = form.data.get("text", "") if form.is_valid() else row.text
        row.carries = form.cleaned_data.get("carries", row.carries)
        if request.htmx:
            context = {"preview": _Sample(request).preview(row, words), "shows": _shows(row)}
            return render(request, "conversations/_preview.html", context)
        return _page(request, row, form, words=words)
    if form.is_valid():
        with refusals(form):
            actions.change_auto_reply(trigger=trigger, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("conversations:auto_replies")
    return _page(request, row, form, status=422)


@require_POST
@door(Right.MANAGE, section="menu")
def reset(request: ShopRequest, trigger: str) -> HttpResponse:
    """Back to Setia's own words and hours."""
    row = get_auto_reply(request, trigger)
    if actions.reset_auto_reply(trigger=row.trigger):
        messages.success(request, _("Setia's own words are back."))
    return redirect("conversations:auto_reply", row.trigger)


def _page(
    request: ShopRequest, row: AutoReply, form: AutoReplyForm, *, words: str | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "row": row,
        "form": form,
        "preview": _Sample(request).preview(row, row.text if words is None else words),
        "own": bool(row.pk),
        "shows": _shows(row),
        "linked": bool(queries.chat_tools().catalog_id),
        "placeholders": [(f"{{{name}}}", _meanings(row.trigger)[name]) for name in texts.known(row.trigger)],
    }
    return render(request, "conversations/auto_reply.html", context, status=status)


def _initial(row: AutoReply) -> dict[str, Any]:
    """The owner's words, or the built-in ones to start from."""
    return {
        "enabled": row.enabled,
        "text": row.text or texts.built_in(row.trigger, Language.INDONESIAN),
        "text_english": row.text_english or texts.built_in(row.trigger, Language.ENGLISH),
        "hours_from": row.hours_from,
        "hours_until": row.hours_until,
        "carries": actions.carried(row, row.trigger) if row.trigger in CARRIES_AT_FIRST else "",
    }


def _shows(row: AutoReply) -> str:
    """What goes with the words: `picture`, `products`, or nothing."""
    shows = actions.carried(row, row.trigger) if row.trigger in CARRIES_AT_FIRST else Carries.WORDS
    return "" if shows == Carries.WORDS else str(shows)


def _meanings(trigger: str) -> dict[str, str]:
    return {
        "name": _("what the customer is called"),
        "shop": _("the name of the shop"),
        "order": _("the number of the order"),
        "items": _("what was ordered"),
        "day": _("the day it is for"),
        "time": _("the hour it is for, when there is one"),
        "total": _("what it costs"),
        "balance": _("what is still to be paid"),
        "price_list": _("the prices of today"),
        "link": _("the address of the shop's public page, when it is open"),
        "opens": _("when the shop opens next"),
        **{extra.name: str(extra.meaning) for extra in texts.extras(trigger)},
    }


class _Sample:
    """A real customer with their latest order, for whom the words are shown; invented ones in an empty shop."""

    def __init__(self, request: ShopRequest) -> None:
        self.shop = request.shop
        self.order = orders.orders().exclude(customer=None).order_by("-placed_at", "-pk").first()
        self.customer: Customer | None = self.order.customer if self.order else None
        self.name = self.customer.display_name if self.customer else ""

    def preview(self, row: AutoReply, words: str) -> str:
        """How the customer would read it, in the shop's language."""
        wording = words.strip() or texts.built_in(row.trigger, self.shop.language)
        return rules.without_holes(rules.fill(wording, self._values(row)))

    def _values(self, row: AutoReply) -> dict[str, str]:
        trigger = row.trigger
        values = {"name": "Bu Ratna", "shop": self.shop.name, "order": "#128"}
        if self.order and self.customer:
            values |= texts.values_for(self.customer) | actions.values_of(self.order, self.customer)
        else:
            values |= {"items": "2 Keju", "day": "Sabtu, 5 Desember", "time": "09.00"}
            values |= {"total": "Rp48.000", "balance": "Rp28.000"}
        if "price_list" in texts.PLACEHOLDERS[trigger]:
            page = catalog.page_link()
            with translation.override(self.shop.language):
                # What picture or products say is not said twice.
                listed = actions.carried(row, row.trigger) == Carries.WORDS
                values["price_list"] = "" if not listed else catalog.price_list_text(day=self.shop.today())
            values["link"] = f"{settings.BASE_URL}{page}" if page else ""
        if "opens" in texts.PLACEHOLDERS[trigger]:
            values["opens"] = opening.opens_words(self.shop, self.shop.language)
        with translation.override(self.shop.language):
            values |= {extra.name: str(extra.example) for extra in texts.extras(trigger)}
        return values
