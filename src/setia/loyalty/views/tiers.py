"""Whom the owner calls a regular, and what that brings."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setia.loyalty import actions, queries
from setia.loyalty.access import get_tier
from setia.loyalty.forms import TierForm
from setia.loyalty.models import Tier
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web.forms import refusals

LOOK_BACK = timedelta(days=30)


@require_safe
@door(Right.SEE, section="menu")
def tiers(request: ShopRequest) -> HttpResponse:
    """The steps, how many stand on each, who moved lately."""
    counts = queries.tier_counts()
    context: dict[str, Any] = {
        "tiers": [(tier, counts.get(tier.pk, 0)) for tier in queries.tiers()],
        "retired": queries.tiers(retired=True),
        "moved": queries.moved(request.shop.today() - LOOK_BACK)[:20],
    }
    return render(request, "loyalty/tiers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.OWN, section="menu")
def new(request: ShopRequest) -> HttpResponse:
    """One more step."""
    return _tier(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.OWN, section="menu")
def tier(request: ShopRequest, pk: int) -> HttpResponse:
    """Change a step."""
    return _tier(request, get_tier(request, pk))


def _tier(request: ShopRequest, row: Tier | None) -> HttpResponse:
    form = TierForm(request.POST or None, tier=row)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.save_tier(tier=row, **form.values())
            messages.success(request, _("Saved. Tonight everybody is looked at anew."))
            return redirect("loyalty:tiers")
    return render(request, "loyalty/tier.html", {"form": form, "tier": row}, status=422 if form.errors else 200)


@require_POST
@door(Right.OWN, section="menu")
def retirement(request: ShopRequest, pk: int) -> HttpResponse:
    """Do without it."""
    actions.retire_tier(tier=get_tier(request, pk))
    messages.success(request, _("This tier is put away. You can take it up again below."))
    return redirect("loyalty:tiers")


@require_POST
@door(Right.OWN, section="menu")
def comeback(request: ShopRequest, pk: int) -> HttpResponse:
    """Take it up again."""
    actions.restore_tier(tier=get_tier(request, pk))
    messages.success(request, _("This tier is there again."))
    return redirect("loyalty:tiers")
