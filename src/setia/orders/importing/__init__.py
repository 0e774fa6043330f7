"""Bringing in past purchases: `customer, date, amount` and perhaps `items`, one row per purchase.

They become completed orders of the channel `import`. Whose they are: the person of the number, else of exactly that
name, else somebody new. The engine is that of `customers.importing`.
"""

from collections.abc import Sequence
from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.core import phone
from setia.customers import rules
from setia.customers.importing import (
    CUSTOMERS,
    Brought,
    Cells,
    How,
    Link,
    Progress,
    Summary,
    bring_in,
    bulk,
    nobody_watches,
    people,
)
from setia.customers.importing.person import PersonRow, phone_key
from setia.customers.models import Customer
from setia.orders.importing import purchases, writing
from setia.orders.importing.purchases import Occurrences, PurchaseRow
from setia.orders.models import Order
from setia.web.amounts import shown

ORDER, CUSTOMER = Order._meta.label_lower, Customer._meta.label_lower


class Pass:
    """One pass through a file: remembers how often the same purchase stood in it."""

    def __init__(self, rows: int) -> None:
        self.occurrences = Occurrences(rows)

    def _key(self, row: PurchaseRow) -> str:
        likeness = row.likeness
        return purchases.key_of(likeness, self.occurrences.next(likeness))

    def skip(self, rows: Sequence[tuple[int, PurchaseRow]]) -> None:
        """They are in the book; count them."""
        for _number, row in rows:
            self.occurrences.next(row.likeness)

    def bring_in(self, rows: Sequence[tuple[int, PurchaseRow]]) -> Brought:
        """New purchases become orders, with their customers where these are new as well."""
        keyed = {self._key(row): (number, row) for number, row in rows}
        there = set(Order.objects.filter(device_key__in=list(keyed)).values_list("device_key", flat=True))
        fresh = {key: row for key, row in keyed.items() if key not in there}
        brought = Brought(matched=len(rows) - len(fresh))
        owners, made = _owners([row for _number, row in fresh.values()])
        ready = []
        for key, (number, row) in fresh.items():
            owner = owners[_who(row)]
            if owner is None:
                said = _("Several customers are called %(name)s. Add a column with their phone number.")
                brought.problems.append((number, said % {"name": row.name}))
            else:
                ready.append(writing.Purchase(owner, key, row))
        brought.created = len(ready)
        brought.made = {ORDER: writing.write(ready), CUSTOMER: made}
        return brought


def _who(row: PurchaseRow) -> str:
    """How a row names its customer: rows that name one alike mean the same person."""
    return row.number or row.name_key


def _owners(rows: Sequence[PurchaseRow]) -> tuple[dict[str, int | None], list[int]]:
    """The customer of every number and name (None: several of that name), and the ids of those who had to be made."""
    named = {_who(row): _person(row) for row in reversed(rows)}
    numbered = {who: person for who, person in named.items() if person.keys}
    nameless = {who: person for who, person in named.items() if not person.keys}
    book, names = people.known(numbered.values()), people.same_names(nameless)
    fresh = iter(bulk.reserve_ids(Customer, len(named)))
    owners: dict[str, int | None] = {}
    made: dict[int, PersonRow] = {}
    for who, person in numbered.items():
        owner = book.by_key.get(person.keys[0]) or book.sharer(person)
        if owner is None:
            owner = people.Owner(next(fresh), person.name)
            made[owner.pk] = person
            names[person.name_key].append(owner.pk)
        owners[who] = owner.pk
    for who, person in nameless.items():
        if not names[who]:
            pk = next(fresh)
            made[pk] = person
            names[who].append(pk)
        owners[who] = names[who][0] if len(names[who]) == 1 else None
    people.write_people(list(made.values()), list(made), book.shared)
    return owners, list(made)


def _person(row: PurchaseRow) -> PersonRow:
    keys = (phone_key(row.number),) if row.number else ()
    if row.name:
        return PersonRow(name=row.name, name_key=row.name_key, keys=keys)
    name = phone.pretty(row.number)
    return PersonRow(name=name, name_key=rules.name_key(name), keys=keys)


class Purchases:
    """Brings in past purchases."""

    kind = "purchases"
    label = gettext_lazy("Past purchases")
    explanation = gettext_lazy("One row per purchase. They tell the rhythm of each customer; nobody is written to.")
    example = (
        ("customer", "date", "amount", "items"),
        ("Bu Siti", "25/11/2025", "76.000", "2 Bakpia Keju"),
        ("0812 3456 7890", "2025-12-01", "38.000", ""),
    )
    columns = purchases.COLUMNS
    takes_out = (ORDER, CUSTOMER)

    def read(self, cells: Cells, how: How) -> PurchaseRow:
        """A purchase."""
        return purchases.read_purchase(cells, how)

    def describe(self, row: PurchaseRow) -> str:
        """Who, when, how much, what."""
        parts = (row.name, row.number, row.day.isoformat(), shown(row.amount), row.items)
        return " · ".join(filter(None, parts))

    def open(self, total: int) -> Pass:
        """Begin a pass through a file."""
        return Pass(total)

    def links(self, model: str, ids: Sequence[int]) -> list[Link]:
        """Numbers of orders, names of customers, with their pages."""
        if model == CUSTOMER:
            return CUSTOMERS.links(model, ids)
        orders = Order.objects.filter(pk__in=ids).order_by("number")
        return [(f"#{order.number}", reverse("orders:detail", args=[order.pk])) for order in orders]

    def take_out(self, model: str, ids: Sequence[int]) -> list[int]:
        """Delete what nobody touched since: orders first, then the customers who were made for them."""
        return writing.take_out(ids) if model == ORDER else people.take_out_people(ids)


PURCHASES = Purchases()


def import_file(path: Path, *, progress: Progress = nobody_watches, day_first: bool | None = None) -> Summary:
    """Bring a CSV or XLSX of past purchases into the open shop; see `customers.importing.bring_in`."""
    return bring_in(PURCHASES.kind, path, progress=progress, day_first=day_first)
