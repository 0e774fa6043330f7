"""Everything by one field."""

from dataclasses import dataclass

from setia.conversations import queries as conversations
from setia.desk import customers_list
from setia.orders import queries as orders
from setia.orders.models import Order

PEOPLE, ORDERS = 8, 5
LONGEST_NUMBER = 8


@dataclass(frozen=True)
class Person:
    """Somebody found, and the id of the chat with them (None without one)."""

    row: customers_list.Row
    chat: int | None


@dataclass(frozen=True)
class Found:
    """What a few letters or digits lead to; `more`: there are more people than are shown."""

    query: str
    people: list[Person]
    more: bool
    orders: list[Order]
    chats: bool


def found(query: str, *, chats: bool) -> Found:
    """People by name, number, place or note, best first and then who bought last; orders whose number was typed.

    Before anything is typed, those who bought last. A constant number of queries. `chats`: the reader may open chats.
    """
    rows = customers_list.found(query, limit=PEOPLE + 1) if query else customers_list.latest(limit=PEOPLE)
    of_person = conversations.chats_of([row.customer.pk for row in rows[:PEOPLE]]) if chats else {}
    people = [Person(row, of_person.get(row.customer.pk)) for row in rows[:PEOPLE]]
    return Found(query, people, len(rows) > PEOPLE, _orders(query), chats)


def _orders(query: str) -> list[Order]:
    digits = query.removeprefix("#").strip()
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST_NUMBER):
        return []
    return orders.numbered(int(digits))
