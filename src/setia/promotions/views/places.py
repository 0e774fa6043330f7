"""Places to grow: who lives where, goals, who opens which place, where to go next."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from setia.promotions.access import get_place_goal
from setia.promotions.actions import places as actions
from setia.promotions.forms.places import GoalForm, NewGoalForm
from setia.promotions.queries import places as queries
from setia.promotions.rules import places as rules
from setia.segments.building import query_string
from setia.segments.rules import Condition, all_of, condition
from setia.shops.access import ShopRequest, door
from setia.shops.models import Shop
from setia.shops.rules import Right
from setia.web.forms import refusals


def _people(*conditions: Condition) -> str:
    """The list of the people of whom these hold and who bought within a year."""
    bought = condition("away", {"most": queries.YEAR_DAYS})
    return f"{reverse('segments:people')}?{query_string(all_of(*conditions, bought))}"


def _of(districts: list[str]) -> str:
    return _people(condition("place", {"districts": districts[:60]})) if districts else ""


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def home(request: ShopRequest) -> HttpResponse:
    """By district, goals with progress, next-best places, a map; set a goal."""
    customers = queries.customers_by_district(request.shop.today())
    form = NewGoalForm(request.POST or None, customers=customers, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.set_goal(**form.values(), by=request.member)
            messages.success(request, _("Saved."))
            return redirect("promotions:places")
    context = _context(request.shop, customers) | {"form": form}
    return render(request, "promotions/places.html", context, status=422 if form.errors else 200)


def _context(shop: Shop, customers: dict[str, int]) -> dict[str, Any]:
    rows = queries.by_district(shop.today())
    named = [row for row in rows if row.name]
    signs = {row.name: row.signs for row in named}
    openers = [(one, [(place, number) for place, number in one.brought if place]) for one in queries.openers()]
    return {
        "places": [(row, _of([row.name])) for row in named],
        "unknown": sum(row.customers for row in rows if not row.name),
        "town": _town(shop, named),
        "goals": [(one, _of(one.districts)) for one in queries.goals(shop.today(), customers)],
        "openers": [(one, found) for one, found in openers if found],
        "may_open": [one for one, found in openers if not found],
        "next": [(name, signs[name], _of([name])) for name in rules.next_best(signs, shop.district)],
        "circles": [(circle, _of([circle.name])) for circle in queries.circles(customers)],
        "box": (rules.WIDTH, rules.HEIGHT),
    }


def _town(shop: Shop, rows: list[queries.PlaceRow]) -> list[tuple[str, int, int, str]]:
    """In town and out of town: words, people, sales, their list; nothing while the shop's own district is not known."""
    if not shop.district:
        return []
    found = []
    for where, words in (("in", _("in town")), ("out", _("out of town"))):
        some = [row for row in rows if (row.name == shop.district) == (where == "in")]
        people, sales = sum(row.customers for row in some), sum(row.sales for row in some)
        found.append((words, people, sales, _people(condition("town", {"where": where}))))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def goal(request: ShopRequest, pk: int) -> HttpResponse:
    """Change a goal: number and day."""
    row = get_place_goal(request, pk)
    form = GoalForm(request.POST or None, initial={"customers": row.customers, "by_day": row.by_day})
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.change_goal(goal=row, **form.values())
            messages.success(request, _("Saved."))
            return redirect("promotions:places")
    today = request.shop.today()
    one = queries.standing(row, today, queries.customers_by_district(today))
    context = {"goal": row, "one": one, "form": form}
    return render(request, "promotions/place_goal.html", context, status=422 if form.errors else 200)


@require_POST
@door(Right.MANAGE, section="menu")
def goal_removal(request: ShopRequest, pk: int) -> HttpResponse:
    """Take it out, or with `undo` put it back."""
    row = get_place_goal(request, pk)
    back = "undo" in request.POST
    actions.remove_goal(goal=row, comes_back=back)
    return redirect("promotions:places") if back else redirect("promotions:place_goal", pk)
