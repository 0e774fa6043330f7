"""Handing over: what goes out to whom, and who comes to fetch what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import quote

from django.db.models import F

from setia.customers import queries as customers
from setia.orders.models import Fulfilment, Order, OrderState, still_open
from setia.orders.queries.orders import orders


@dataclass(frozen=True)
class Stop:
    """One order on the way: to whom, where, how to find and to reach them."""

    order: Order
    phone: str
    map_link: str

    @property
    def chat_link(self) -> str:
        """To write to them on WhatsApp; empty without a number."""
        return f"https://wa.me/{self.phone.removeprefix('+')}" if self.phone else ""


@dataclass(frozen=True)
class Round:
    """The stops of one district; `boxes` in all."""

    place: str
    stops: Sequence[Stop]

    @property
    def boxes(self) -> int:
        """Boxes to carry."""
        return sum(line.quantity for stop in self.stops for line in stop.order.lines.all())


def run_sheet(day: date) -> list[Round]:
    """What is to be brought on a day, by district and hour, with map links and phones; three queries or so."""
    rows = orders().filter(still_open(), due_on=day).exclude(fulfilment=Fulfilment.PICKUP).prefetch_related("lines")
    found = list(rows.order_by(F("due_time").asc(nulls_last=True), "number"))
    phones = customers.phones_of([order.customer_id for order in found if order.customer_id])
    found.sort(key=_district)
    return [
        Round(place, [Stop(order, phones.get(order.customer_id, ""), map_link(order)) for order in group])
        for place, group in groupby(found, key=_district)
    ]


def _district(order: Order) -> str:
    return order.customer.district if order.customer else ""


def map_link(order: Order) -> str:
    """Where the order goes, on a map: the point somebody sent, else a search for its address."""
    point = order.map_point.strip()
    if point.startswith(("https://", "http://")):
        return point
    where = point or ", ".join(part for part in (order.address, _district(order)) if part)
    return f"https://www.google.com/maps/search/?api=1&query={quote(where)}" if where else ""


def pickup_board(today: date) -> list[Order]:
    """What is fetched at the counter today (and was not yesterday): the packed first, then by hour; with lines."""
    rows = orders().filter(still_open(), due_on__lte=today, fulfilment=Fulfilment.PICKUP).prefetch_related("lines")
    found = list(rows.order_by(F("due_time").asc(nulls_last=True), "due_on", "number"))
    return sorted(found, key=lambda order: order.state != OrderState.READY)
