"""The kitchen's day: what to bake, labels, what goes out, who fetches what."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setia.catalog import queries as catalog
from setia.core.errors import DomainError
from setia.orders import actions, queries
from setia.orders.forms import BakedForm, CompletionForm, SetForm
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may


def day_of(request: ShopRequest) -> date:
    """The day a page is asked for; today for nonsense. A day beside it must exist as well."""
    try:
        day = parse_date(request.GET.get("day", ""))
    except ValueError:
        day = None
    return day if day and date.min < day < date.max else request.shop.today()


def _days(request: ShopRequest, day: date) -> dict[str, Any]:
    one = timedelta(days=1)
    return {"day": day, "today": request.shop.today(), "before": day - one, "after": day + one}


@require_safe
@door(Right.SEE, section="kitchen")
def kitchen(request: ShopRequest) -> HttpResponse:
    """What to bake for a day, and for whom."""
    day = day_of(request)
    flavours = queries.bake_list(day)
    rows = [row for flavour in flavours for row in flavour.rows]
    load = queries.load_of(day)
    boxes = sum(row.quantity for row in rows)
    context = {
        **_days(request, day),
        "flavours": flavours,
        "rows": rows,
        "boxes": boxes,
        "packed": sum(row.packed for row in rows),
        "pieces": sum(flavour.pieces for flavour in flavours),
        "expects": any(row.likely for row in rows),
        "room": load.room if load.capacity is not None and load.room is not None and load.room >= 0 else None,
        "over": -load.room if load.room is not None and load.room < 0 else 0,
        "orders": queries.with_lines(queries.due_on(day)),
        "may_sell": may(request.member.role, Right.SELL),
    }
    return render(request, "orders/kitchen.html", context)


@require_POST
@door(Right.SELL, section="kitchen")
def baked(request: ShopRequest) -> HttpResponse:
    """Tick off what is baked, or take the tick back."""
    form = BakedForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Type how many boxes are baked."))
        return redirect("orders:kitchen")
    variant = catalog.variants().filter(pk=form.cleaned_data["variant"]).first()
    if variant is None:
        raise Http404
    day = form.cleaned_data["day"]
    try:
        actions.tick_off(day=day, variant=variant, quantity=form.cleaned_data["quantity"], by=request.member)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('orders:kitchen')}?day={day.isoformat()}")


@require_safe
@door(Right.SEE, section="kitchen")
def labels(request: ShopRequest) -> HttpResponse:
    """Labels to print: what it is, baked when, best before when."""
    day = day_of(request)
    found = queries.labels(day)
    context = {
        **_days(request, day),
        "labels": found,
        "copies": [label for label in found for _copy in range(min(label.count, 200))][:600],
        "count": sum(label.count for label in found),
    }
    return render(request, "orders/labels.html", context)


@require_safe
@door(Right.SEE, section="kitchen")
def deliveries(request: ShopRequest) -> HttpResponse:
    """The run sheet: what goes out on a day, by place, with maps and phones."""
    day = day_of(request)
    context = {
        **_days(request, day),
        "rounds": queries.run_sheet(day),
        "may_sell": may(request.member.role, Right.SELL),
    }
    return render(request, "orders/deliveries.html", context)


@require_safe
@door(Right.SEE, section="kitchen")
def pickups(request: ShopRequest) -> HttpResponse:
    """The board for the cashier: who fetches what today, and what is to be paid."""
    context = {
        **_days(request, request.shop.today()),
        "orders": queries.pickup_board(request.shop.today()),
        "methods": [choice for choice in CompletionForm.base_fields["method"].choices if choice[0] in BOARD],
        "may_sell": may(request.member.role, Right.SELL),
    }
    return render(request, "orders/pickups.html", context)


# How one pays at the board with one tap; everything else on the page of the order.
BOARD = ("cash", "qris", "transfer")


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def sets(request: ShopRequest) -> HttpResponse:
    """Gift sets: which variant is one, and what is in it."""
    variants = [variant for variant in catalog.variants() if variant.retired_at is None]
    chosen = request.GET.get("set", "")
    whole = next((variant for variant in variants if str(variant.pk) == chosen), None)
    inside: dict[int, list[Any]] = {}
    for part in queries.set_parts():
        inside.setdefault(part.whole_id, []).append(part)
    form = None
    if whole is not None:
        others = [variant for variant in variants if variant.pk != whole.pk and variant.pk not in inside]
        form = SetForm(request.POST or None, variants=others, parts=inside.get(whole.pk, []))
        if request.method == "POST" and form.is_valid():
            try:
                actions.fill_set(whole=whole, parts=form.parts())
            except DomainError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("What is in %(label)s is written down.") % {"label": whole.label})
                return redirect("orders:sets")
    known = [(variant, inside[variant.pk]) for variant in variants if variant.pk in inside]
    context = {"form": form, "whole": whole, "variants": variants, "known": known}
    return render(request, "orders/sets.html", context, status=422 if form and form.errors else 200)
