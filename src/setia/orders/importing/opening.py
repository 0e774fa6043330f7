"""Bringing in what people owed before: a column of the file of customers, and a kind of file of its own.

One opening debt per person comes from files. The same file again writes nothing; another amount is asked about, for two
books that both speak of one person must not add up in silence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.customers import queries as customers
from setia.customers import rules as people
from setia.customers.importing import Brought, Cells, Column, How, Link, RowProblem
from setia.customers.importing.cells import read_amount, read_number
from setia.customers.importing.importer import sort_out
from setia.customers.models import Customer
from setia.orders.credit import opening
from setia.orders.importing.purchases import COLUMNS as PURCHASE_COLUMNS
from setia.orders.models import CreditEntry
from setia.orders.rules import MOST_MONEY
from setia.web.amounts import shown

ENTRY = CreditEntry._meta.label_lower

OWED = Column(
    "owed",
    gettext_lazy("Owes from before"),
    "owed, owes, debt, credit, opening credit, opening balance, outstanding, receivable, utang, hutang, bon, kasbon, "
    "sisa utang, sisa hutang, saldo utang, saldo hutang, utang awal, hutang awal, piutang, belum bayar, kurang bayar",
)


def read_owed(cells: Cells, how: How) -> int | None:
    """What somebody owes; None for nothing. Raises RowProblem."""
    values = cells.get(OWED.name) or ("",)
    text = people.tidy(values[0])
    if not text or text == "-":
        return None
    amount = read_amount(text, how.currency)
    if amount > MOST_MONEY:
        raise RowProblem(_("This amount is too large. Check the number of zeros."))
    return amount or None


def describe(amount: int) -> str:
    """The debt in words."""
    return _("owes %(amount)s") % {"amount": shown(amount)}


def _clashes(rows: Sequence[tuple[int, int, int]]) -> list[tuple[int, str]]:
    said = _("A debt of %(amount)s came from a file already. Put it right on their page.")
    clashing = sort_out(rows, opening.from_files([pk for _number, pk, _amount in rows]))[1]
    return [(number, said % {"amount": shown(known)}) for number, known in clashing]


def _write(rows: Sequence[tuple[int, int, int]]) -> list[int]:
    """Opening debts by (row number, customer, amount), each person's once."""
    fresh = sort_out(rows, opening.from_files([pk for _number, pk, _amount in rows]))[0]
    return opening.write(list(fresh.items()))


def links(ids: Sequence[int]) -> list[Link]:
    """Names, with what they owe."""
    rows = CreditEntry.objects.filter(pk__in=ids).select_related("customer").order_by("pk")
    return [(row.customer.display_name, reverse("money:account", args=[row.customer_id])) for row in rows]


class OwedColumn:
    """The column of debts in a file of customers."""

    columns = (OWED,)
    takes_out = (ENTRY,)

    def read(self, cells: Cells, how: How) -> int | None:
        """What they owe."""
        return read_owed(cells, how)

    def describe(self, value: int) -> str:
        """It in words."""
        return describe(value)

    def look(self) -> None:
        """Nothing of the shop speaks against a debt."""

    def refuses(self, value: int, known: None) -> str:
        """Nothing speaks against a debt."""
        return ""

    def clashes(self, rows: Sequence[tuple[int, int, int]]) -> list[tuple[int, str]]:
        """Two files that speak of other debts of one person."""
        return _clashes(rows)

    def bring_in(self, rows: Sequence[tuple[int, int, int]]) -> dict[str, list[int]]:
        """Each person's once."""
        return {ENTRY: _write(rows)}

    def links(self, model: str, ids: Sequence[int]) -> list[Link]:
        """Names."""
        return links(ids)

    def take_out(self, model: str, ids: Sequence[int]) -> list[int]:
        """Delete those on which nothing was paid."""
        return opening.take_out(ids)


@dataclass(frozen=True, slots=True)
class OwedRow:
    """Plain values of a row of the book of debts."""

    name: str
    number: str
    amount: int
    due_on: date | None = None


class Credits:
    """Brings in a book of debts of people who are known."""

    kind = "credit"
    label = gettext_lazy("Debts from before")
    explanation = gettext_lazy("What customers still owe. One row per customer; they must be in the customer book.")
    example = (("customer", "phone", "owed"), ("Bu Siti", "", "125.000"), ("", "0812 3456 7890", "40.000"))
    columns = (
        PURCHASE_COLUMNS[0],
        PURCHASE_COLUMNS[1],
        Column(OWED.name, OWED.label, f"{OWED.synonyms}, amount, jumlah, nominal, total, sisa, saldo", required=True),
    )
    takes_out = (ENTRY,)

    def read(self, cells: Cells, how: How) -> OwedRow:
        """Who, and how much."""
        name, number = ((people.tidy((cells.get(key) or ("",))[0])) for key in ("customer", "phone"))
        if not name and not number:
            raise RowProblem(_("The customer is missing."))
        amount = read_owed(cells, how)
        if amount is None:
            raise RowProblem(_("Nothing is owed in this row."))
        return OwedRow(name, read_number(number) if number else "", amount)

    def describe(self, row: OwedRow) -> str:
        """Who, and how much."""
        return " · ".join(filter(None, (row.name, row.number, describe(row.amount))))

    def open(self, total: int) -> "Credits":
        """Nothing is remembered from slice to slice."""
        return self

    def skip(self, rows: Sequence[tuple[int, OwedRow]]) -> None:
        """They are in the ledger."""

    def bring_in(self, rows: Sequence[tuple[int, OwedRow]]) -> Brought:
        """Debts of people we know."""
        found: list[tuple[int, int, int]] = []
        problems: list[tuple[int, str]] = []
        for number, row in rows:
            try:
                found.append((number, _person(row).pk, row.amount))
            except RowProblem as problem:
                problems.append((number, str(problem)))
        refused = dict(_clashes(found))
        good = [item for item in found if item[0] not in refused]
        made = _write(good)
        return Brought(len(made), len(good) - len(made), [*problems, *refused.items()], {ENTRY: made})

    def links(self, model: str, ids: Sequence[int]) -> list[Link]:
        """Names."""
        return links(ids)

    def take_out(self, model: str, ids: Sequence[int]) -> list[int]:
        """Delete those on which nothing was paid."""
        return opening.take_out(ids)


def _person(row: OwedRow) -> Customer:
    """By the number, else by exactly that name."""
    if row.number and (found := customers.by_identity("phone", row.number)):
        return found
    same = customers.namesakes(row.name) if row.name else []
    if len(same) == 1:
        return same[0]
    if same:
        said = _("Several customers are called %(name)s. Add a column with their phone number.")
        raise RowProblem(said % {"name": row.name})
    raise RowProblem(_("Nobody in the customer book has this name or number. Bring in your customers first."))


OWED_COLUMN = OwedColumn()
CREDITS = Credits()
