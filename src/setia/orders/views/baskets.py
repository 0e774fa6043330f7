"""What the pages that fill a basket share: offers with both prices, and the picker of a customer."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from setia.catalog import queries as catalog
from setia.customers import queries as customers
from setia.customers.models import Customer
from setia.orders.forms import NEWCOMER
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right

MOST_FOUND = 6
# Buttons of a basket that only look somebody up: nothing is saved, everything typed stays.
LOOKING = ("find", "pick")


@dataclass(frozen=True)
class Picked:
    """Who the basket is for: a customer, or somebody new with what was typed to find them."""

    customer: Customer | None = None
    newcomer: bool = False
    name: str = ""
    phone: str = ""


def options(request: ShopRequest) -> dict[str, Any]:
    """The options of a basket form: what is sold today, at everyone's price and at a reseller's."""
    today = request.shop.today()
    offers = catalog.sellable(day=today)
    return {"offers": offers, "reseller": catalog.prices([o.variant_id for o in offers], kind="reseller", day=today)}


def picked(data: QueryDict) -> Picked:
    """Whom a form, a link or a tap on the list chose."""
    value, who = data.get("pick", data.get("customer", "")), data.get("who", "").strip()[:60]
    if value == NEWCOMER:
        number = sum(letter.isdigit() for letter in who) >= 4
        name = data.get("display_name") or ("" if number else who)
        return Picked(newcomer=True, name=name, phone=data.get("phone") or (who if number else ""))
    if value.isdigit() and len(value) < 19:
        return Picked(customer=customers.everybody().filter(pk=value).first())
    return Picked()


def picker(request: ShopRequest, data: QueryDict) -> dict[str, Any]:
    """What the picker's template names: who is chosen, or what was typed and whom it found."""
    choice = picked(data)
    who = data.get("who", "").strip()[:60]
    looking = who and not choice.customer and not choice.newcomer
    found = customers.find(who, limit=MOST_FOUND) if looking else []
    return {"picked": choice, "who": who, "found": found, "phones": customers.phones_of([one.pk for one in found])}


@require_safe
@door(Right.SELL, section="orders")
def people(request: ShopRequest) -> HttpResponse:
    """The picker again: with those found, with the one chosen, or empty."""
    template = "orders/_found.html" if "who" in request.GET and "pick" not in request.GET else "orders/_picker.html"
    return render(request, template, picker(request, request.GET))
