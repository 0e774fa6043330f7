"""Prices over time: what was, what counts, what is to come."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from setia.catalog import actions, queries, words
from setia.catalog.access import get_variant
from setia.core.errors import DomainError
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may


@require_safe
@door(Right.SEE, section="products")
def history(request: ShopRequest) -> HttpResponse:
    """Every change of a price, the latest first; those still to come stand on top."""
    today = request.shop.today()
    context = {
        "coming": queries.price_changes(after=today),
        "past": queries.price_changes(until=today)[:200],
        "kinds": words.KINDS,
        "manages": may(request.member.role, Right.MANAGE),
    }
    return render(request, "catalog/prices.html", context)


@require_POST
@door(Right.MANAGE, section="products")
def withdrawal(request: ShopRequest, pk: int) -> HttpResponse:
    """Take back a price that has not begun."""
    variant = get_variant(request, pk)
    kind, day = request.POST.get("kind", ""), parse_date(request.POST.get("day", "") or "x")
    if day is None:
        raise Http404
    try:
        if actions.withdraw_price(variant=variant, customer_kind=kind, valid_from=day):
            messages.success(request, _("Taken back. The price before it goes on."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(
        "catalog:variant" if request.POST.get("back") == "variant" else "catalog:prices",
        *([pk] if request.POST.get("back") == "variant" else []),
    )
