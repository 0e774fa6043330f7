"""The customer book: one page of people, in a constant number of queries however many there are."""

from dataclasses import dataclass
from typing import Any

from setia.customers import queries as customers
from setia.customers.models import Customer
from setia.orders import queries as orders
from setia.orders.models import PurchaseSummary

PER_PAGE = 30
VIEWS = ("recent", "new", "reseller", "archived")


@dataclass(frozen=True)
class Row:
    customer: Customer
    phone: str
    purchases: PurchaseSummary | None


@dataclass(frozen=True)
class Page:
    """`rows` and what is needed to get the next ones."""

    rows: list[Row]
    query: str
    show: str
    number: int
    more: bool


def page(*, query: str, show: str, number: Any) -> Page:
    """The people found by `query`, or a page of one of the `VIEWS` (default: who bought last comes first)."""
    show = show if show in VIEWS else VIEWS[0]
    number = int(number) if str(number).isdigit() and 1 <= int(number) <= 10_000 else 1
    offset = PER_PAGE * (number - 1)
    if query:
        people, more = customers.find(query, limit=PER_PAGE), False
    elif show == "recent":
        people = [summary.customer for summary in orders.latest_buyers(offset=offset, limit=PER_PAGE + 1)]
        more = len(people) > PER_PAGE
    else:
        people = customers.listed(show, offset=offset, limit=PER_PAGE + 1)
        more = len(people) > PER_PAGE
    people = people[:PER_PAGE]
    ids = [customer.pk for customer in people]
    phones, purchases = customers.phones_of(ids), orders.summaries_of(ids)
    rows = [Row(customer, phones.get(customer.pk, ""), purchases.get(customer.pk)) for customer in people]
    if query:
        rows.sort(key=lambda row: row.purchases.last_on.toordinal() if row.purchases else 0, reverse=True)
    return Page(rows=rows, query=query, show=show, number=number, more=more)
