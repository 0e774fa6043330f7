"""Two taps at the counter: who, and what was seen."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from setia.core import ids
from setia.core.errors import DomainError
from setia.shops import queries as shops
from setia.shops.access import ShopRequest, door, get_member
from setia.shops.rules import Right
from setia.team import actions, queries
from setia.team.access import get_observation


@require_safe
@door(Right.MANAGE, section="menu")
def observe(request: ShopRequest) -> HttpResponse:
    """The people, then (with `?who=`) what one may see; good things first."""
    people = [person for person in shops.members() if person.pk != request.member.pk]
    chosen = next((person for person in people if str(person.pk) == request.GET.get("who", "")), None)
    if len(people) == 1:
        chosen = people[0]
    seen = list(queries.behaviours())
    context = {
        "people": people,
        "chosen": chosen,
        "good": [row for row in seen if row.good],
        "better": [row for row in seen if not row.good],
        "key": ids.public_token(),
        "latest": queries.all_observations().filter(by=request.member)[:5],
        "tab": "observe",
    }
    return render(request, "team/observe.html", context)


@require_POST
@door(Right.MANAGE, section="menu")
def observation(request: ShopRequest) -> HttpResponse:
    """Seen."""
    who = request.POST.get("member", "")
    member = get_member(request, int(who)) if who.isdecimal() else None
    behaviour = next((row for row in queries.behaviours() if str(row.pk) == request.POST.get("behaviour")), None)
    if member is None or behaviour is None:
        raise Http404
    try:
        actions.observe(
            member=member,
            behaviour=behaviour,
            by=request.member,
            note=request.POST.get("note", "")[:200],
            device_key=request.POST.get("key", "")[:64],
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s: %(what)s") % {"name": member.name, "what": behaviour.label})
    return redirect("team:observe")


@require_POST
@door(Right.MANAGE, section="menu")
def mistake(request: ShopRequest, pk: int) -> HttpResponse:
    """It was a mistake."""
    actions.take_back(observation=get_observation(request, pk))
    messages.success(request, _("Taken back."))
    return redirect("team:observe")
