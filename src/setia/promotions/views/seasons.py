"""Pages of celebrations: what comes, and one of them planned backwards."""

from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from setia.customers import queries as customers
from setia.promotions.queries import seasons as queries
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right

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
    day = request.shop.today()
    try:
        begins = date.fromisoformat(starts)
    except ValueError as error:
        raise Http404 from error
    found = queries.one(day, code, begins) if abs((begins - day).days) <= queries.AHEAD_DAYS else None
    if found is None:
        raise Http404
    season, past = found.season, queries.before(found.season, day)
    length = (season.ends - season.starts).days
    context = {
        "ahead": found,
        "past": past,
        "times": round(past.times, 1) if past and past.times is not None else None,
        "shown": past.buyers[:MOST_SHOWN] if past else [],
        "occasions": [] if season.memorial else customers.occasions_near(season.starts, length)[:MOST_SHOWN],
        "campaign": "" if season.memorial or past is None else _link(found, past),
    }
    return render(request, "promotions/season.html", context)


def _link(found: queries.Ahead, past: queries.Before) -> str:
    """The form of a campaign with these people and first words."""
    words = _("{name}, %(season)s is coming. Shall we set boxes aside for you again, as last time?")
    ids = ",".join(str(person.pk) for person, _boxes in past.buyers[:MOST_LINKED])
    values = {"kind": "season", "name": f"{found.name} {found.season.starts:%Y}", "season": found.key}
    return urlencode(values | {"text": words % {"season": found.name}, "people": ids}) if ids else ""
