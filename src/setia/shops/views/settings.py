"""Settings of the shop: what it is called, when it is open, when not."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from setia.shops import actions, forms, queries, rules, words
from setia.shops.access import ShopRequest, door, get_closure
from setia.shops.rules import Right
from setia.web.forms import refusals


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def shop(request: ShopRequest) -> HttpResponse:
    """Name, place, language, money, WhatsApp; with the way to the other settings."""
    form = forms.ShopForm(request.POST or None, shop=request.shop, all_zones="zones" in request.GET)
    if request.method == "POST" and form.is_valid():
        actions.change_shop(**form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("shops:settings")
    return render(request, "shops/settings.html", {"form": form, "tab": "shop"})


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def hours(request: ShopRequest) -> HttpResponse:
    """Opening hours by weekday; one day's hours can be taken for all."""
    form = forms.HoursForm(request.POST or None, hours=request.shop.opening_hours)
    if request.method == "POST" and form.is_valid():
        model = request.POST.get("copy", "")
        if model in rules.WEEKDAYS:
            actions.change_shop(opening_hours=form.hours_like(model))
            messages.success(request, _("Saved: the same hours on every day."))
        else:
            actions.change_shop(opening_hours=form.hours())
            messages.success(request, _("Saved."))
        return redirect("shops:hours")
    return render(request, "shops/hours.html", {"form": form, "tab": "hours", "week": _week(request)})


def _week(request: ShopRequest) -> list[dict[str, Any]]:
    return [
        {"days": words.days_of(stretch), "opens": stretch.opens, "closes": stretch.closes}
        for stretch in rules.stretches(request.shop.opening_hours)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def closures(request: ShopRequest) -> HttpResponse:
    """Days on which the shop is closed, from today on."""
    form = forms.ClosureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with refusals(form):
            closed = actions.close_days(first=data["first"], last=data["last"] or data["first"], reason=data["reason"])
            text = ngettext("%(n)s day is marked as closed.", "%(n)s days are marked as closed.", len(closed))
            messages.success(request, text % {"n": len(closed)})
            return redirect("shops:closures")
    days = queries.closures(since=request.shop.today())
    return render(request, "shops/closures.html", {"form": form, "days": days, "tab": "closures"})


@require_POST
@door(Right.MANAGE, section="menu")
def reopen(request: ShopRequest, pk: int) -> HttpResponse:
    """The shop is open on this day after all."""
    actions.reopen_day(closure=get_closure(request, pk))
    messages.success(request, _("The shop is open on this day."))
    return redirect("shops:closures")
