"""The customer book: one page of people, in a constant number of queries however many there are."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from setia.customers import queries as customers
from setia.customers.models import Customer, Purpose
from setia.customers.rules import national_digits
from setia.orders import queries as orders
from setia.orders.models import PurchaseSummary
from setia.segments import queries as segments
from setia.segments.names import group_name

PER_PAGE = 30
FURTHEST = 10_000
VIEWS = ("recent", "new", "reseller", "archived")


@dataclass(frozen=True)
class Row:
    customer: Customer
    phone: str
    purchases: PurchaseSummary | None
    group: str


@dataclass(frozen=True)
class Page:
    """`rows` and what is needed to get the next ones."""

    rows: list[Row]
    query: str
    show: str
    number: int
    more: bool


def page(*, query: str, show: str, number: Any) -> Page:
    """A page of the people found by `query` (best first), or of one of the `VIEWS`.

    Default: who bought last comes first; while nobody has bought yet, who was written down last.
    """
    number = int(number) if str(number).isdecimal() and 1 <= int(number) <= FURTHEST else 1
    chosen = show if show in VIEWS else VIEWS[0]
    people = _people(query, chosen, number)
    if not people and not query and show not in VIEWS:
        chosen = "new"
        people = _people(query, chosen, number)
    more, people = len(people) > PER_PAGE, people[:PER_PAGE]
    rows = _rows(people)
    return Page(rows=rows, query=query, show=chosen, number=number, more=more and number < FURTHEST)


def found(query: str, *, limit: int) -> list[Row]:
    """The best of those found by `query`."""
    return _rows(customers.find(query, limit=limit, among=orders.last_days))


def latest(*, limit: int) -> list[Row]:
    """Who bought last."""
    return _rows([summary.customer for summary in orders.latest_buyers(offset=0, limit=limit)])


def _rows(people: list[Customer]) -> list[Row]:
    ids = [customer.pk for customer in people]
    phones, purchases = customers.phones_of(ids), orders.summaries_of(ids)
    groups = segments.groups_of(ids)
    return [
        Row(person, phones.get(person.pk, ""), purchases.get(person.pk), group_name(groups.get(person.pk)))
        for person in people
    ]


def _people(query: str, show: str, number: int) -> list[Customer]:
    """The people of a page, and one more when there is a next."""
    start, end = PER_PAGE * (number - 1), PER_PAGE * number + 1
    if query:
        return customers.find(query, limit=end, among=orders.last_days)[start:]
    if show == "recent":
        return [summary.customer for summary in orders.latest_buyers(offset=start, limit=PER_PAGE + 1)]
    return customers.listed(show, offset=start, limit=PER_PAGE + 1)


# The customer book as a table: what each column is called.
COLUMNS = (
    *(_("Name"), _("Nickname"), _("Kind of customer"), _("Phone"), _("Address"), _("How to find the house")),
    *(_("District"), _("Offers and news"), _("In the book since"), _("Purchases"), _("In all"), _("Last bought")),
)
SLICE = 500


def whole(show: str, number: int) -> list[list[str]]:
    """The `number`th stretch of the whole book (or of `reseller`, `archived`), as the texts of `COLUMNS`."""
    view = show if show in ("reseller", "archived") else "new"
    people = customers.listed(view, offset=SLICE * number, limit=SLICE)
    ids = [customer.pk for customer in people]
    phones, bought = customers.phones_of(ids), orders.summaries_of(ids)
    agreed = customers.may_be_written_to(ids, Purpose.PROMOTION)
    return [_texts(person, phones.get(person.pk, ""), bought.get(person.pk), person.pk in agreed) for person in people]


def _texts(customer: Customer, phone: str, bought: PurchaseSummary | None, agreed: bool) -> list[str]:
    sums = (str(bought.orders), str(bought.spent), bought.last_on.isoformat()) if bought else ("0", "0", "")
    return [
        *(customer.display_name, customer.nickname, customer.get_kind_display(), national_digits(phone)),
        *(customer.address, customer.landmark, customer.district, str(_("yes") if agreed else "")),
        *(customer.created_at.date().isoformat(), *sums),
    ]
