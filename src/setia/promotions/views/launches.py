"""Pages of something new: the list, the plan, tasters, the announcement, how it was taken up."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setia.core.errors import DomainError
from setia.loyalty import queries as loyalty
from setia.promotions.access import get_person
from setia.promotions.actions import launches as actions
from setia.promotions.forms.launches import LaunchForm
from setia.promotions.models import Launch
from setia.promotions.offering_access import get_launch
from setia.promotions.queries import launches as queries
from setia.promotions.wording_launches import part_words, step_words
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may
from setia.web.forms import refusals

MOST = 40
SHOWN = 12


@require_safe
@door(Right.SEE, section="menu")
def home(request: ShopRequest) -> HttpResponse:
    """Everything new, each with where it stands."""
    day = request.shop.today()
    rows = [(row, step_words(queries.where(row, day))) for row in queries.launches()[:MOST]]
    return render(request, "promotions/launches.html", {"rows": rows, "tab": "launches"})


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def new(request: ShopRequest) -> HttpResponse:
    """Plan something new; a suggestion may lead here."""
    asked = request.GET.get("suggestion", "")
    topic = queries.suggestion(int(asked)) if asked.isdecimal() and len(asked) < 19 else None
    initial: dict[str, Any] = {}
    if request.method != "POST" and topic is not None and (known := queries.of_suggestion(topic.pk)):
        return redirect("promotions:launch", known.pk)
    if topic is not None:
        alike = [str(one.pk) for one in queries.likely_alike(topic.pk)]
        initial = {"name": topic.title[:80], "suggestion": topic.pk, "alike": alike}
    return _form(request, None, initial)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def change(request: ShopRequest, pk: int) -> HttpResponse:
    """Change the plan."""
    return _form(request, get_launch(request, pk), {})


def _form(request: ShopRequest, row: Launch | None, initial: dict[str, Any]) -> HttpResponse:
    form = LaunchForm(request.POST or None, launch=row, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            saved = actions.save_launch(launch=row, by=request.member, **form.values())
            return redirect("promotions:launch", saved.pk)
    context = {"form": form, "row": row}
    return render(request, "promotions/launch_form.html", context, status=422 if form.errors else 200)


@require_safe
@door(Right.SEE, section="menu")
def one(request: ShopRequest, pk: int) -> HttpResponse:
    """From the idea to what became of it."""
    row, day = get_launch(request, pk), request.shop.today()
    uptake = queries.uptake(row, day)
    tasters = queries.tasters(row)
    chosen = {taster.customer.pk for taster in tasters}
    askers, likers = queries.askers(row), queries.likers(row)
    context = {
        "row": row,
        "step": queries.where(row, day),
        "askers": askers[:SHOWN],
        "askers_more": max(0, len(askers) - SHOWN),
        "likers": likers[:SHOWN],
        "likers_more": max(0, len(likers) - SHOWN),
        "alike": [one.variant for one in row.alike.select_related("variant__product").order_by("pk")],
        "proposed": _proposed(askers, likers, chosen),
        "tasters": tasters,
        "tasted": sum(taster.sample is not None for taster in tasters),
        "reach": len(queries.audience(row)) if row.announced_on is None else 0,
        "uptake": uptake,
        "parts": [part_words(part) for part in uptake.parts] if uptake else [],
        "may_sell": may(request.member.role, Right.SELL),
    }
    return render(request, "promotions/launch.html", context)


def _proposed(askers: list[Any], likers: list[queries.Liking], chosen: set[int]) -> list[Any]:
    """Whom to let taste first: who asked, who likes its like, then whose tier gets a taste of what is new."""
    people = {person.pk: person for person in askers} | {one.customer.pk: one.customer for one in likers}
    for person in loyalty.on_tiers("free_sample"):
        people.setdefault(person.pk, person)
    return [person for pk, person in people.items() if pk not in chosen][:SHOWN]


@require_POST
@door(Right.MANAGE, section="menu")
def tasters(request: ShopRequest, pk: int) -> HttpResponse:
    """These are to taste it; or, with `drop`, one of them not."""
    row = get_launch(request, pk)
    if drop := request.POST.get("drop", ""):
        actions.drop_taster(launch=row, customer=get_person(request, _number(drop)))
        return redirect("promotions:launch", pk)
    people = [get_person(request, _number(one)) for one in request.POST.getlist("people")[:SHOWN]]
    try:
        count = actions.choose_tasters(launch=row, customers=people)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        said = ngettext("%(n)s person is to taste it.", "%(n)s people are to taste it.", count)
        messages.success(request, said % {"n": count} if count else _("Choose somebody."))
    return redirect("promotions:launch", pk)


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 19 else 0


@require_POST
@door(Right.SELL, section="menu")
def tastes(request: ShopRequest, pk: int) -> HttpResponse:
    """Somebody got their taste."""
    row = get_launch(request, pk)
    person = get_person(request, _number(request.POST.get("customer", "")))
    try:
        actions.give_taste(launch=row, customer=person, by=request.member)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Written down among the tastes."))
    return redirect("promotions:launch", pk)


@require_POST
@door(Right.MANAGE, section="menu")
def announcement(request: ShopRequest, pk: int) -> HttpResponse:
    """Prepare the campaign; or it is sold from today without one; or not yet after all."""
    row, what = get_launch(request, pk), request.POST.get("what", "")
    try:
        if what == "campaign":
            made = actions.prepare_campaign(launch=row, by=request.member)
            return redirect("promotions:campaign", made.pk)
        if what == "today":
            actions.announce(launch=row)
        elif what == "undo" and not actions.take_back_announcement(launch=row):
            messages.error(request, _("The campaign has begun: people know of it."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("promotions:launch", pk)


@require_POST
@door(Right.MANAGE, section="menu")
def seen(request: ShopRequest, pk: int) -> HttpResponse:
    """How it was taken up was read."""
    actions.see_result(launch=get_launch(request, pk))
    return redirect("promotions:launches")


@require_POST
@door(Right.MANAGE, section="menu")
def removal(request: ShopRequest, pk: int) -> HttpResponse:
    """Put it away, or take it back."""
    actions.put_away(launch=get_launch(request, pk), comes_back="undo" in request.POST)
    return redirect("promotions:launch", pk) if "undo" in request.POST else redirect("promotions:launches")
