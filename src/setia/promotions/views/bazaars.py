"""Plan a bazaar, hang up its poster, count afterwards, compare."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setia.catalog import queries as catalog
from setia.conversations import entries
from setia.core.errors import DomainError
from setia.customers.models import Source
from setia.promotions.access import get_bazaar, get_task
from setia.promotions.actions import bazaars as actions
from setia.promotions.actions import spending
from setia.promotions.forms.bazaars import BazaarForm, count_form, today_first
from setia.promotions.forms.spending import CostForm
from setia.promotions.models import Bazaar
from setia.promotions.queries import bazaars as queries
from setia.shops import public
from setia.shops import queries as shops
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may
from setia.web.forms import refusals

WORDS = ("name", "place", "district", "starts_on", "ends_on", "goal_people", "goal_sales", "opening_cash", "note")


@require_safe
@door(Right.SELL, section="menu")
def bazaars(request: ShopRequest) -> HttpResponse:
    """All of them, the latest first."""
    today = request.shop.today()
    rows = list(queries.bazaars()[:60])
    context = {
        "coming": [row for row in rows if row.ends_on >= today],
        "past": [row for row in rows if row.ends_on < today],
        "removed": queries.bazaars(removed=True)[:20],
    }
    return render(request, "promotions/bazaars.html", context)


@require_safe
@door(Right.MANAGE, section="menu")
def compare(request: ShopRequest) -> HttpResponse:
    """What each stall came to."""
    return render(request, "promotions/bazaar_compare.html", {"rows": queries.compare()})


def _first_tasks() -> list[str]:
    return [
        _("Pay for the place"),
        _("Bake and pack"),
        _("Small change"),
        _("Plates and toothpicks for tastes"),
        _("Print the poster"),
        _("Open the stall page once with signal, on each phone"),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def new(request: ShopRequest) -> HttpResponse:
    """A plan."""
    form = BazaarForm(request.POST or None, initial=today_first())
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            row = actions.plan(**form.values(), tasks=_first_tasks())
            messages.success(request, _("Planned. Now say what goes along."))
            return redirect("promotions:bazaar", row.pk)
    return render(request, "promotions/bazaar_form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def edit(request: ShopRequest, pk: int) -> HttpResponse:
    """Change a plan."""
    row = get_bazaar(request, pk)
    form = BazaarForm(request.POST or None, initial={name: getattr(row, name) for name in WORDS})
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.change(bazaar=row, **form.values())
            messages.success(request, _("Saved."))
            return redirect("promotions:bazaar", pk)
    context = {"form": form, "bazaar": row}
    return render(request, "promotions/bazaar_form.html", context, status=422 if form.errors else 200)


@require_safe
@door(Right.SELL, section="menu")
def bazaar(request: ShopRequest, pk: int) -> HttpResponse:
    """The plan and what came of it."""
    return _page(request, get_bazaar(request, pk))


def _page(request: ShopRequest, row: Bazaar, *, status: int = 200, **more: Any) -> HttpResponse:
    brought = {one.variant_id: one.brought for one in queries.stock_of(row.pk)}
    helpers = {one.member_id for one in queries.helpers_of(row.pk)}
    offers = catalog.sellable(day=request.shop.today())
    context = {
        "bazaar": row,
        "outcome": queries.outcome(row),
        "stock": [(offer, brought.get(offer.variant_id, 0)) for offer in offers],
        "members": [(member, member.pk in helpers) for member in shops.members()],
        "tasks": queries.tasks_of(row.pk),
        "spendings": queries.spendings_of(row.pk),
        "cost": queries.cost_of(row.pk),
        "cost_form": CostForm(),
        "failed": queries.failed_of(row.pk),
        "suggestions": queries.suggestions_of(row.pk),
        "over": row.ends_on <= request.shop.today(),
        "may_manage": may(request.member.role, Right.MANAGE),
    }
    return render(request, "promotions/bazaar.html", context | more, status=status)


@require_POST
@door(Right.MANAGE, section="menu")
def stock(request: ShopRequest, pk: int) -> HttpResponse:
    """What goes along, and who."""
    row = get_bazaar(request, pk)
    typed = {name[6:]: value for name, value in request.POST.items() if name.startswith("boxes-")}
    brought = {int(pk): int(value or 0) for pk, value in typed.items() if pk.isdigit() and (value or "0").isdigit()}
    actions.set_stock(bazaar=row, brought=brought)
    messages.success(request, _("Saved."))
    return redirect("promotions:bazaar", pk)


@require_POST
@door(Right.MANAGE, section="menu")
def helpers(request: ShopRequest, pk: int) -> HttpResponse:
    """Who stands there."""
    row = get_bazaar(request, pk)
    chosen = set(request.POST.getlist("member"))
    actions.set_helpers(bazaar=row, members=[one for one in shops.members() if str(one.pk) in chosen])
    messages.success(request, _("Saved."))
    return redirect("promotions:bazaar", pk)


@require_POST
@door(Right.SELL, section="menu")
def tasks(request: ShopRequest, pk: int) -> HttpResponse:
    """One more line of the checklist."""
    row = get_bazaar(request, pk)
    try:
        actions.add_task(bazaar=row, label=request.POST.get("label", ""))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("promotions:bazaar", pk)


@require_POST
@door(Right.SELL, section="menu")
def tick(request: ShopRequest, pk: int, task: int) -> HttpResponse:
    """Done, or not."""
    actions.tick(task=get_task(request, pk, task), done=request.POST.get("done") == "1", by=request.member)
    return redirect("promotions:bazaar", pk)


@require_POST
@door(Right.MANAGE, section="menu")
def costs(request: ShopRequest, pk: int) -> HttpResponse:
    """One more cost line."""
    row, form = get_bazaar(request, pk), CostForm(request.POST)
    if form.is_valid():
        with refusals(form):
            spending.spend(
                **form.cleaned_data, source=Source.BAZAAR, bazaar=row, spent_on=row.starts_on, by=request.member
            )
            messages.success(request, _("Written down."))
            return redirect("promotions:bazaar", pk)
    return _page(request, row, cost_form=form, status=422)


@require_POST
@door(Right.MANAGE, section="menu")
def removal(request: ShopRequest, pk: int) -> HttpResponse:
    """Out of the list, or with `back` into it again."""
    row = get_bazaar(request, pk)
    back = bool(request.POST.get("back"))
    (actions.put_back if back else actions.remove)(bazaar=row)
    messages.success(request, _("It is back.") if back else _("Taken out of the list. You find it again below."))
    return redirect("promotions:bazaars")


@require_safe
@door(Right.SELL, section="menu")
def poster(request: ShopRequest, pk: int) -> HttpResponse:
    """To hang up: sign yourself up, or write on WhatsApp."""
    row = get_bazaar(request, pk)
    join = request.build_absolute_uri(public.link("bazaar_join", actions.JOIN, row.pk))
    direct = entries.direct(row.entry_link) if row.entry_link else ""
    context = {"bazaar": row, "join": join, "direct": direct, "number": entries.shop_number()}
    return render(request, "promotions/bazaar_poster.html", context)


@require_safe
@door(Right.SELL, section="menu")
def guests(request: ShopRequest, pk: int) -> HttpResponse:
    """Whom we met: `?show=new|agreed|bought|again`."""
    row, show = get_bazaar(request, pk), request.GET.get("show", "")
    context = {"bazaar": row, "guests": queries.guests_of(pk, show), "show": show}
    return render(request, "promotions/bazaar_guests.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.SELL, section="menu")
def count(request: ShopRequest, pk: int) -> HttpResponse:
    """Money and boxes: what should be there, what is."""
    row = get_bazaar(request, pk)
    money, boxes = queries.money(row), queries.boxes(row)
    form = count_form(request.POST or None, money, boxes)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.count(
            bazaar=row,
            money={one.key: n for one in money if (n := data[f"money-{one.key}"]) is not None},
            left={int(one.key): n for one in boxes if (n := data[f"boxes-{one.key}"]) is not None},
            by=request.member,
        )
        messages.success(request, _("Counted."))
        return redirect("promotions:bazaar_count", pk)
    context = {
        "bazaar": row,
        "form": form,
        "money": [(one, form[f"money-{one.key}"]) for one in money],
        "boxes": [(one, form[f"boxes-{one.key}"]) for one in boxes],
        "sales": queries.sales_of(pk)[:100],
    }
    return render(request, "promotions/bazaar_count.html", context, status=422 if form.errors else 200)
