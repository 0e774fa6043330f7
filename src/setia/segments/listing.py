"""A list of people, page by page, and as the lines of a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from setia.core import phone
from setia.customers import queries as customers
from setia.segments import names, queries
from setia.segments.models import Traits

PER_PAGE = 30
FURTHEST = 10_000
SLICE = 1_000
# Spreadsheets take a cell that begins so for a formula.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Row:
    """A person in a list."""

    traits: Traits
    phone: str

    @property
    def customer(self) -> Any:
        return self.traits.customer

    @property
    def group(self) -> str:
        return str(names.GROUPS[self.traits.group])


@dataclass(frozen=True)
class Page:
    """Some rows, and whether there are more."""

    rows: list[Row]
    number: int
    more: bool


def page(people: QuerySet[Traits], number: Any, *, size: int = PER_PAGE) -> Page:
    """Page `number` (as typed; 1 when it is none): two queries."""
    number = _number(number)
    start = size * (number - 1)
    found = list(queries.in_order(people)[start : start + size + 1])
    return Page(_rows(found[:size]), number, len(found) > size)


def counted_page(people: QuerySet[Traits], number: Any, *, few: bool, size: int = PER_PAGE) -> tuple[int, Page]:
    """The same with how many there are in all: three queries. `few`: see `queries.counted_page`."""
    number = _number(number)
    count, found = queries.counted_page(people, few=few, start=size * (number - 1), limit=size + 1)
    return count, Page(_rows(found[:size]), number, len(found) > size)


def _number(typed: Any) -> int:
    return int(typed) if str(typed).isdecimal() and 1 <= int(typed) <= FURTHEST else 1


def _rows(found: Sequence[Traits]) -> list[Row]:
    phones = customers.phones_of([traits.customer_id for traits in found])
    return [Row(traits, phones.get(traits.customer_id, "")) for traits in found]


def lines(people: QuerySet[Traits]) -> Iterator[list[Any]]:
    """The list as lines of a file, heads first; read in slices, so that a long one does not fill the memory."""
    yield [
        _("Name"),
        _("Phone"),
        _("District"),
        _("Kind of customer"),
        _("Purchases"),
        _("Spent in all"),
        _("Last purchase"),
        _("Group"),
        _("Offers and news"),
    ]
    part: list[Traits] = []
    for traits in queries.in_order(people).iterator(chunk_size=SLICE):
        part.append(traits)
        if len(part) == SLICE:
            yield from map(_line, _rows(part))
            part = []
    yield from map(_line, _rows(part))


def _line(row: Row) -> list[Any]:
    traits = row.traits
    cells = [
        row.customer.display_name,
        phone.pretty(row.phone) if row.phone else "",
        traits.district,
        row.customer.get_kind_display(),
        traits.purchases,
        traits.spent,
        traits.last_on.isoformat() if traits.last_on else "",
        row.group,
        str(dict(names.ANSWERS).get(traits.promotion, traits.promotion)),
    ]
    return [f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULAS) else cell for cell in cells]
