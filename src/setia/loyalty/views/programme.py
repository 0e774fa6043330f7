"""The owner's rules, rewards and bonuses."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from setia.loyalty import actions, queries
from setia.loyalty.access import get_reward
from setia.loyalty.forms import BonusForm, ProgrammeForm, RewardForm
from setia.loyalty.models import Reward
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web.forms import refusals


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.OWN, section="menu")
def rules(request: ShopRequest) -> HttpResponse:
    """What is counted, by which rules; with the bonuses."""
    programme = queries.programme()
    form = ProgrammeForm(request.POST or None, programme=programme)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.change_programme(**form.changes())
            messages.success(request, _("Saved. It counts from the next purchase on."))
            return redirect("loyalty:home")
    return _rules_page(request, form=form, status=422 if form.errors else 200)


def _rules_page(request: ShopRequest, *, status: int = 200, **forms: Any) -> HttpResponse:
    context = {
        "form": ProgrammeForm(programme=queries.programme()),
        "bonus_form": BonusForm(),
        "bonuses": queries.bonuses(),
    }
    return render(request, "loyalty/rules.html", context | forms, status=status)


@require_POST
@door(Right.OWN, section="menu")
def bonus(request: ShopRequest) -> HttpResponse:
    """Points on top for a box, or none any more."""
    form = BonusForm(request.POST)
    if not form.is_valid():
        return _rules_page(request, status=422, bonus_form=form)
    data = form.cleaned_data
    actions.set_bonus(variant=form.variants[data["variant"]], points=data["points"], until=data["until"])
    messages.success(request, _("Saved."))
    return redirect("loyalty:rules")


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def new_reward(request: ShopRequest) -> HttpResponse:
    """One more thing to exchange for."""
    return _reward(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def reward(request: ShopRequest, pk: int) -> HttpResponse:
    """Change a reward."""
    return _reward(request, get_reward(request, pk))


def _reward(request: ShopRequest, row: Reward | None) -> HttpResponse:
    programme = queries.programme()
    unit = programme.units[-1] if programme.units else programme.main_unit
    form = RewardForm(request.POST or None, reward=row, unit=unit)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.save_reward(reward=row, **form.values())
            messages.success(request, _("Saved."))
            return redirect("loyalty:home")
    return render(request, "loyalty/reward.html", {"form": form, "reward": row}, status=422 if form.errors else 200)


@require_POST
@door(Right.MANAGE, section="menu")
def retirement(request: ShopRequest, pk: int) -> HttpResponse:
    """Give a reward no longer."""
    actions.retire_reward(reward=get_reward(request, pk))
    messages.success(request, _("It is no longer given. You can take it up again below."))
    return redirect("loyalty:home")


@require_POST
@door(Right.MANAGE, section="menu")
def comeback(request: ShopRequest, pk: int) -> HttpResponse:
    """Give it again."""
    actions.restore_reward(reward=get_reward(request, pk))
    messages.success(request, _("It is given again."))
    return redirect("loyalty:home")
