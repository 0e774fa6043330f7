"""What WhatsApp costs this month, and the rules the shop gives itself."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from setia.conversations import actions, costs, queries
from setia.conversations.forms import RateForm, SendingRulesForm
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web.forms import refusals

SHOWN = ("service", "utility", "marketing", "authentication")


def _names() -> dict[str, str]:
    return {
        "service": _("Answers"),
        "utility": _("Messages about orders (templates)"),
        "marketing": _("Offers (templates)"),
        "authentication": _("Codes"),
    }


def _page(request: ShopRequest, *, rules: forms.Form, rate: forms.Form, status: int = 200) -> HttpResponse:
    day = request.shop.today()
    month, prices, names = costs.month(day), costs.rates(day), _names()
    rows = [(names[name], *month.counts.get(name, (0, 0)), prices.get(name, 0)) for name in SHOWN]
    context = {
        "month": month,
        "day": day,
        "rows": [row for row in rows if any(row[1:3]) or row[3]],
        "free": costs.rules.FREE_ANSWERS,
        "form": rules,
        "rate_form": rate,
        "connected": queries.channels().exists(),
    }
    return render(request, "conversations/costs.html", context, status=status)


def _rules_form(data: Any = None) -> SendingRulesForm:
    row = costs.sending_rules()
    initial = {name: getattr(row, name) for name in SendingRulesForm.base_fields}
    return SendingRulesForm(data, initial=initial)


def _rate_form(request: ShopRequest, data: Any = None) -> RateForm:
    categories = [(name, label) for name, label in _names().items()]
    return RateForm(data, categories=categories, initial={"valid_from": request.shop.today()})


@require_http_methods(["GET", "POST"])
@door(Right.MANAGE, section="menu")
def sending(request: ShopRequest) -> HttpResponse:
    """The month so far, quiet hours, pauses and cap."""
    if request.method == "GET":
        return _page(request, rules=_rules_form(), rate=_rate_form(request))
    form = _rules_form(request.POST)
    if form.is_valid():
        with refusals(form):
            actions.change_sending_rules(**form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("conversations:sending")
    return _page(request, rules=form, rate=_rate_form(request), status=422)


@require_POST
@door(Right.MANAGE, section="menu")
def rates(request: ShopRequest) -> HttpResponse:
    """Enter what a message costs."""
    form = _rate_form(request, request.POST)
    if form.is_valid():
        with refusals(form):
            actions.enter_rate(**form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("conversations:sending")
    return _page(request, rules=_rules_form(), rate=form, status=422)
