"""The programme at a glance, and what it costs."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from setia.loyalty import queries
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may

SPANS = (30, 90, 365)


@require_safe
@door(Right.SEE, section="menu")
def home(request: ShopRequest) -> HttpResponse:
    """What is counted, for what, who has most; before it is on, what it is good for."""
    programme, day = queries.programme(), request.shop.today()
    context: dict[str, Any] = {
        "programme": programme,
        "flows": [queries.flow(unit) for unit in programme.units],
        "rewards": [(one, queries.counted(one.unit, one.cost)) for one in queries.rewards()],
        "retired": queries.rewards(retired=True),
        "cards": [(queries.balance_words(card, programme), people) for card, people in queries.best_cards()],
        "lapsing": queries.lapsing(day, programme.warn_days)[:6] if programme.is_on else [],
        "tiers": [(tier, queries.tier_counts().get(tier.pk, 0)) for tier in queries.tiers()],
        "bonuses": queries.bonuses(),
        "may_sell": may(request.member.role, Right.SELL),
    }
    return render(request, "loyalty/home.html", context)


@require_safe
@door(Right.MANAGE, section="menu")
def report(request: ShopRequest) -> HttpResponse:
    """What was given out and used in some days, and what is still owed in rupiah."""
    asked = request.GET.get("days", "")
    days = int(asked) if asked.isdigit() and int(asked) in SPANS else SPANS[1]
    until: date = request.shop.today()
    since = until - timedelta(days=days - 1)
    programme = queries.programme()
    context = {
        "programme": programme,
        "days": days,
        "spans": SPANS,
        "since": since,
        "flows": [queries.flow(unit, since, until) for unit in programme.units],
        "owed": [queries.owed(unit) for unit in programme.units],
        "taken": queries.taken(since, until),
    }
    return render(request, "loyalty/report.html", context)
