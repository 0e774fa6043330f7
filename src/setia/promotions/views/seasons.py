"""Pages of celebrations: what comes, and one of them planned backwards."""

from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from setia.customers import queries as customers
from setia.customers.models import OccasionKind
from setia.promotions.actions import seasons as actions
from setia.promotions.forms.seasons import ShiftForm
from setia.promotions.queries import seasons as queries
from setia.promotions.queries import seasons_demand as forecast
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web.forms import refusals

MOST_SHOWN = 40
# An address holds no more than so many people.
MOST_LINKED = 300


@require_safe
@door(Right.SEE, section="menu")
def home(request: ShopRequest) -> HttpResponse:
    """Two years of celebrations."""
    day = request.shop.today()
    return render(request, "promotions/seasons.html", {"rows": queries.ahead(day), "tab": "seasons"})


@require_safe
@door(Right.SEE, section="menu")
def one(request: ShopRequest, code: str, starts: str) -> HttpResponse:
    """One celebration: when to invite and to close, who ordered last time, who has a day of their own in it."""
    return _page(request, _season(request, code, starts))


def _season(request: ShopRequest, code: str, starts: str) -> queries.Ahead:
    day = request.shop.today()
    try:
        begins = date.fromisoformat(starts)
    except ValueError as error:
        raise Http404 from error
    found = queries.one(day, code, begins) if abs((begins - day).days) <= queries.AHEAD_DAYS else None
    if found is None:
        raise Http404
    return found


def _page(request: ShopRequest, found: queries.Ahead, form: ShiftForm | None = None) -> HttpResponse:
    day = request.shop.today()
    season, past = found.season, queries.before(found.season, day)
    length = (season.ends - season.starts).days
    near = [] if season.memorial else customers.occasions_near(season.starts, length)
    context = {
        "ahead": found,
        "past": past,
        "times": round(past.times, 1) if past and past.times is not None else None,
        "shown": past.buyers[:MOST_SHOWN] if past else [],
        "expected": forecast.expect(season, day),
        "occasions": [pair for pair in near if pair[0].kind != OccasionKind.MEMORIAL][:MOST_SHOWN],
        "plain": queries.by_the_calendar(season) if found.shifted else None,
        "shift_form": form or ShiftForm(initial={"starts": season.starts}),
        "campaign": "" if season.memorial or past is None else _link(found, past),
    }
    return render(request, "promotions/season.html", context, status=422 if form else 200)


@require_POST
@door(Right.MANAGE, section="menu")
def shift(request: ShopRequest, code: str, starts: str) -> HttpResponse:
    """It is kept on another day here; or, with `undo`, on that of the calendar."""
    found = _season(request, code, starts)
    if "undo" in request.POST:
        plain = actions.put_season_back(season=found.season)
        if plain is not None:
            messages.success(request, _("The day of the calendar holds again."))
        return redirect("promotions:season", code, (plain or found.season).starts.isoformat())
    form = ShiftForm(request.POST)
    if form.is_valid():
        with refusals(form):
            actions.shift_season(season=found.season, starts=form.cleaned_data["starts"], by=request.member)
            messages.success(request, _("Moved. Prompts and plans follow the new day."))
            return redirect("promotions:season", code, form.cleaned_data["starts"].isoformat())
    return _page(request, found, form)


def _link(found: queries.Ahead, past: queries.Before) -> str:
    """The form of a campaign with these people and first words."""
    words = _("{name}, %(season)s is coming. Shall we set boxes aside for you again, as last time?")
    ids = ",".join(str(person.pk) for person, _boxes in past.buyers[:MOST_LINKED])
    values = {"kind": "season", "name": f"{found.name} {found.season.starts:%Y}", "season": found.key}
    return urlencode(values | {"text": words % {"season": found.name}, "people": ids}) if ids else ""
