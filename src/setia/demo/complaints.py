"""The complaints of the invented past (`truth`) in the book: each with its order, and how it was made good.

Who stayed away in anger went without a word, as people do: of them nothing is written down. Who was not settled with in
time and stayed got an apology, too late.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from setia.care import actions
from setia.core import clock
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.demo import truth
from setia.demo.simulator import History
from setia.orders import queries as orders
from setia.orders.models import Order
from setia.shops.models import Member


@dataclass(frozen=True)
class Told:
    """A kind of `truth` in the shop's words: the kind, what was said, why it happened, with what it is made good."""

    kind: str
    words: str
    cause: str
    option: str


TOLD: Final = {
    "taste": Told("taste", "Kok rasanya beda dari biasanya?", "Takaran tidak ditimbang", "bonus"),
    "broken": Told("crushed", "Isinya remuk semua, Bu.", "Dikemas terlalu rapat", "replace"),
    "late": Told("late", "Janji jam sembilan, sampai jam sebelas.", "Terlalu banyak sekaligus", "discount"),
    "wrong": Told("flavour", "Pesan kacang hijau, yang datang cokelat.", "Salah baca pesanan", "replace"),
    "service": Told("rude", "Tadi dilayani agak ketus.", "Kurang orang waktu ramai", "apology"),
}
COST: Final = {"bonus": (13_500, 20_000), "replace": (13_500, 20_000), "discount": (10_000, 10_000), "apology": (0, 0)}
# The latest complaints are told in `demo.care`.
UNTIL_DAYS: Final = 14
# From whom on somebody is asked; those before have stories of their own.
ASKED_FROM: Final = 36


def tell(history: History, people: list[Customer], owner: Member) -> None:
    """Two years of complaints, each on its day."""
    last = current_shop().today() - timedelta(days=UNTIL_DAYS)
    rows = [one for one in history.complaints if not one.left and one.day <= last]
    bought = _orders(rows, people)
    for one in rows:
        customer = people[one.person]
        _make_good(one, customer, bought.get((customer.pk, one.day)), owner)
    _so_so(people)


def _so_so(people: list[Customer]) -> None:
    """Somebody who was asked two days ago found it only so-so: nothing to complain about, worth a word all the same."""
    for customer in people[ASKED_FROM:]:
        order = orders.of_customer(customer.pk).exclude(completed_on=None).order_by("-completed_on", "-pk").first()
        if order is None:
            continue
        with suppress(DomainError), clock.frozen(current_shop().now() - timedelta(days=2)):
            asked = actions.ask(customer=customer, form="csat", order=order)
            actions.answer(form="csat", source="page", ask=asked, score=3, text="Kali ini agak kering, Bu.")
            return


def _orders(rows: list[truth.Complaint], people: list[Customer]) -> dict[tuple[int | None, object], Order]:
    done = orders.done().filter(customer_id__in={people[one.person].pk for one in rows}).order_by("pk")
    return {(order.customer_id, order.completed_on): order for order in done}


def _make_good(one: truth.Complaint, customer: Customer, order: Order | None, owner: Member) -> None:
    told, opened = TOLD[one.kind], _at(one, 0, 17)
    option = told.option if one.settled else "apology"
    cost, value = COST[option]
    with clock.frozen(opened):
        row = actions.open_complaint(
            kind=told.kind, source="chat", text=told.words, customer=customer, order=order, by=owner
        )
        actions.change_complaint(complaint=row, cause=told.cause)
    with clock.frozen(opened + timedelta(hours=2) if one.settled else _at(one, 5, 10)):
        made = actions.offer(complaint=row, option=option, cost=cost, value=value, by=owner)
        actions.settle(settlement=made)
    with clock.frozen(_at(one, 2 if one.settled else 6, 11)):
        actions.say_content(complaint=row, content=True)


def _at(one: truth.Complaint, days: int, hour: int) -> datetime:
    return datetime.combine(one.day + timedelta(days=days), time(hour), tzinfo=current_shop().zone)
