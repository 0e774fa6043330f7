"""What the pages that fill a basket share: offers with both prices, and the picker of a customer."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from setia.catalog import queries as catalog
from setia.customers import queries as customers
from setia.customers.models import Customer
from setia.orders import deductions
from setia.orders.forms import NEWCOMER, PREFIX
from setia.orders.models import OrderChannel
from setia.orders.queries.hints import suggestions
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web.forms import MoneyField

MOST_FOUND = 6
# Buttons of a basket that only look somebody up: nothing is saved, everything typed stays.
LOOKING = ("find", "pick", "look")


@dataclass(frozen=True)
class Picked:
    """Who the basket is for: a customer, or somebody new with what was typed to find them."""

    customer: Customer | None = None
    newcomer: bool = False
    name: str = ""
    phone: str = ""
    source: str = ""
    told: str = ""
    teller: Customer | None = None


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
        chosen = data.get("referred_by", "")
        return Picked(
            newcomer=True,
            name=name,
            phone=data.get("phone") or (who if number else ""),
            source=data.get("source", ""),
            told=data.get("told", "")[:80],
            teller=customers.everybody().filter(pk=chosen).first() if chosen.isdigit() and len(chosen) < 19 else None,
        )
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


def reductions(request: ShopRequest, data: QueryDict) -> dict[str, Any]:
    """What the block of reductions names: what is offered for this basket, and what is ticked."""
    if not deductions.any_installed():
        return {}
    quotes = deductions.offered(
        customer_id=customer.pk if (customer := picked(data).customer) else None,
        lines=_lines(request, data, customer.kind if customer else "end"),
        channel=data.get("channel") or OrderChannel.COUNTER,
        code=data.get("code", "")[:40],
        on=request.shop.today(),
        delivery_fee=_fee(data),
    )
    code, seen = data.get("code", "").strip()[:40], set(data.getlist("seen"))
    ticked = set(data.getlist("deductions"))
    return {
        "deductions_on": True,
        "quotes": [(q, q.key in ticked or q.by_code or (q.automatic and q.key not in seen)) for q in quotes],
        "code": code,
        "unknown_code": bool(code and quotes is not None and not any(quote.by_code for quote in quotes)),
    }


def _fee(data: QueryDict) -> int:
    """The delivery fee as it is typed; nothing while it cannot be read."""
    try:
        return max(0, MoneyField(required=False).clean(data.get("delivery_fee", "")[:20]) or 0)
    except ValidationError:
        return 0


def _lines(request: ShopRequest, data: QueryDict, kind: str) -> list[deductions.DeductionLine]:
    wanted = {
        int(name.removeprefix(PREFIX)): int(value)
        for name, value in data.items()
        if name.startswith(PREFIX) and name.removeprefix(PREFIX).isdigit() and value.isdigit() and 0 < len(value) < 5
    }
    wanted = {variant_id: quantity for variant_id, quantity in wanted.items() if quantity}
    prices = catalog.prices(wanted, kind=kind, day=request.shop.today()) if wanted else {}
    return [deductions.DeductionLine(pk, wanted[pk], price) for pk, price in prices.items()]


def hints(request: ShopRequest, data: QueryDict) -> dict[str, Any]:
    """What the block of hints names: sentences beside the basket, and which were shown before."""
    customer = picked(data).customer
    kind = customer.kind if customer else "end"
    lines = _lines(request, data, kind)
    found = []
    if lines or customer:
        found = suggestions(
            customer_id=customer.pk if customer else None,
            name=customer.display_name if customer else "",
            basket={line.variant_id: line.quantity for line in lines},
            offers=catalog.sellable(kind=kind, day=request.shop.today()),
            brought=data.get("fulfilment", "pickup") != "pickup",
        )
    seen = dict.fromkeys([*data.getlist("shown")[:20], *(hint.key for hint in found)])
    return {"hints": found, "shown": list(seen)}


@require_safe
@door(Right.SELL, section="orders")
def hinted(request: ShopRequest) -> HttpResponse:
    """The block of hints again, for the basket as it is now."""
    return render(request, "orders/_hints.html", hints(request, request.GET))


@require_safe
@door(Right.SELL, section="orders")
def offered(request: ShopRequest) -> HttpResponse:
    """The block of reductions again, for the basket as it is now."""
    return render(request, "orders/_deductions.html", reductions(request, request.GET))


@require_safe
@door(Right.SELL, section="orders")
def people(request: ShopRequest) -> HttpResponse:
    """The picker again: with those found, with the one chosen, or empty."""
    template = "orders/_found.html" if "who" in request.GET and "pick" not in request.GET else "orders/_picker.html"
    return render(request, template, picker(request, request.GET))
