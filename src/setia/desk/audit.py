"""Who did what, when: the audit trail as sentences, for the owner."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from setia.core import events as core_events
from setia.core.models import Event
from setia.core.scope import current_shop
from setia.customers import queries as customers
from setia.shops import queries as shops
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right

PER_PAGE: Final = 60
FURTHEST: Final = 2_000


@dataclass(frozen=True)
class Line:
    """One thing that happened."""

    at: datetime
    text: str
    who: str
    customer_id: int | None
    name: str


def lines(*, area: str, who: str, day: str, customer: str, number: int) -> tuple[list[Line], bool]:
    """A page of what happened, newest first, and whether there is more. Four queries, however much there is."""
    rows = Event.objects.order_by("-at", "-pk")
    if area:
        rows = rows.filter(verb__in=[verb for verb in core_events.VERBS if verb.partition(".")[0] == area])
    if who:
        rows = rows.filter(actor=who)
    if customer.isdecimal() and len(customer) < 19:
        rows = rows.filter(customer_id=int(customer))
    if (chosen := parse_date(day) if len(day) == 10 else None) is not None:
        start = datetime.combine(chosen, time(), tzinfo=current_shop().zone)
        rows = rows.filter(at__gte=start, at__lt=start + timedelta(days=1))
    found = list(rows[PER_PAGE * (number - 1) : PER_PAGE * number + 1])
    people = names(event.customer_id for event in found)
    members = {f"member:{member.pk}": member.name for member in shops.everybody_ever()}
    return [_line(event, people, members) for event in found[:PER_PAGE]], len(found) > PER_PAGE


def names(ids: Any) -> dict[int, str]:
    """Names of customers that are still there."""
    return customers.names_of({pk for pk in ids if pk})


def _line(event: Event, people: dict[int, str], members: dict[str, str]) -> Line:
    meaning = core_events.VERBS.get(event.verb, event.verb)
    kind, _colon, _number = event.actor.partition(":")
    others = {"system": "Setia", "public": _("by a public link"), "customer": _("the customer")}
    who = members.get(event.actor, "") or str(others.get(kind, kind))
    name = people.get(event.customer_id or 0, "")
    return Line(event.at, _(meaning), who, event.customer_id if name else None, name)


def areas() -> list[tuple[str, str]]:
    """What can be looked at alone: the first words of the verbs."""
    told = {
        "customer": _("Customers"),
        "order": _("Orders"),
        "payment": _("Payments"),
        "message": _("Messages"),
        "consent": _("Consent"),
        "privacy": _("Customers' data"),
        "import": _("Files"),
        "member": _("People who work here"),
        "product": _("Products"),
        "price": _("Prices"),
        "shop": _("The shop"),
    }
    return list(told.items())


def _member(who: str) -> int | None:
    kind, _colon, number = who.partition(":")
    return int(number) if kind == "member" and number.isdecimal() else None


@require_safe
@door(Right.OWN, section="menu")
def events(request: ShopRequest) -> HttpResponse:
    """The list, by kind, person and day."""
    page = request.GET.get("page", "1")
    number = int(page) if page.isdecimal() and 1 <= int(page) <= FURTHEST else 1
    chosen = {name: request.GET.get(name, "")[:40] for name in ("area", "who", "day", "customer")}
    found, more = lines(**chosen, number=number)
    context = {
        "lines": found,
        "more": more,
        "number": number,
        "areas": areas(),
        "members": shops.everybody_ever(),
        "chosen": chosen | {"member": _member(chosen["who"])},
    }
    return render(request, "desk/audit.html", context)
