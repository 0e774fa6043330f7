"""Bringing in paper cards from a file: `customer, phone, stamps, points`, one row per card.

Only people who are in the customer book get one: whom a row means is told by the number, else by exactly that name.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.core.errors import DomainError
from setia.customers import queries as customers
from setia.customers import rules as people
from setia.customers.importing import Brought, Cells, Column, How, Link, RowProblem
from setia.customers.importing.cells import read_number
from setia.customers.importing.importer import sort_out
from setia.customers.models import Customer
from setia.loyalty import actions, queries
from setia.loyalty.models import LedgerEntry, Unit
from setia.loyalty.rules import LARGEST
from setia.orders.importing.purchases import COLUMNS as PURCHASE_COLUMNS

ENTRY = LedgerEntry._meta.label_lower
# By unit.
Held = dict[str, int]

STAMPS = Column(
    "stamps",
    gettext_lazy("Stamps on the paper card"),
    "stamps, stamp, stamp card, cap, jumlah cap, stempel, jumlah stempel, kartu cap, kartu stempel, opening stamps, "
    "cap awal",
)
POINTS = Column(
    "points",
    gettext_lazy("Points so far"),
    "points, point, points balance, point balance, loyalty points, opening points, poin, jumlah poin, saldo poin, "
    "total poin, sisa poin, poin awal, poin member",
)
COLUMNS = (
    PURCHASE_COLUMNS[0],
    PURCHASE_COLUMNS[1],
    replace(STAMPS, required=True, unless="points"),
    replace(POINTS, synonyms=f"{POINTS.synonyms}, balance"),
)


@dataclass(frozen=True, slots=True)
class CardRow:
    """Plain values of a card; `number` in E.164 or empty."""

    name: str
    number: str
    stamps: int
    points: int


def _text(cells: Mapping[str, Sequence[str]], name: str) -> str:
    values = cells.get(name)
    return people.tidy(values[0]) if values and values[0] else ""


# Programs that count parts of a point write 12.50; whole ones count here.
_PARTS = re.compile(r"[.,]\d{1,2}$")


def _count(cells: Cells, name: str) -> int:
    text = _PARTS.sub("", _text(cells, name)).replace(".", "").replace(",", "")
    if not text or text == "-":
        return 0
    if not re.fullmatch(r"[0-9]{1,12}", text) or int(text) > LARGEST:
        raise RowProblem(_("“%(text)s” is not a number of points or stamps.") % {"text": text[:20]})
    return int(text)


class Pass:
    """One pass through a file."""

    def skip(self, rows: Sequence[tuple[int, CardRow]]) -> None:
        """They are on the cards."""

    def bring_in(self, rows: Sequence[tuple[int, CardRow]]) -> Brought:
        """What stands on the paper cards of people we know; whose card came from a file before stays as it is."""
        brought = Brought(made={ENTRY: []})
        for number, row in rows:
            try:
                made = _bring_in(row)
            except (RowProblem, DomainError) as problem:
                brought.problems.append((number, str(problem)))
            else:
                brought.created += bool(made)
                brought.matched += not made
                brought.made[ENTRY] += made
        return brought


def _bring_in(row: CardRow) -> list[int]:
    customer = _person(row)
    times = LedgerEntry.objects.filter(key__startswith=f"correct:file:{customer.pk}:").count()
    key = f"file:{customer.pk}:{times}"
    rows = LedgerEntry.objects.filter(key__in=[f"opening:{unit}:{key}" for unit in Unit.values])
    if rows.exists():
        return []
    actions.open_balance(customer=customer, stamps=row.stamps, points=row.points, key=key)
    return list(rows.values_list("pk", flat=True))


def _person(row: CardRow) -> Customer:
    if row.number:
        found = customers.by_identity("phone", row.number)
        if found is not None:
            return found
    same = customers.namesakes(row.name) if row.name else []
    if len(same) == 1:
        return same[0]
    if same:
        said = _("Several customers are called %(name)s. Add a column with their phone number.")
        raise RowProblem(said % {"name": row.name})
    raise RowProblem(_("Nobody in the customer book has this name or number. Bring in your customers first."))


class Cards:
    """Brings in paper cards."""

    kind = "cards"
    label = gettext_lazy("Paper cards")
    explanation = gettext_lazy("Stamps or points that customers have already. One row per customer.")
    example = (("customer", "phone", "stamps"), ("Bu Siti", "", "7"), ("", "0812 3456 7890", "3"))
    columns = COLUMNS
    takes_out = (ENTRY,)

    def read(self, cells: Cells, how: How) -> CardRow:
        """A card."""
        name, number = _text(cells, "customer"), _text(cells, "phone")
        if not name and not number:
            raise RowProblem(_("The customer is missing."))
        row = CardRow(name, read_number(number) if number else "", _count(cells, "stamps"), _count(cells, "points"))
        if not row.stamps and not row.points:
            raise RowProblem(_("There is nothing on this card."))
        return row

    def describe(self, row: CardRow) -> str:
        """Who, and how many."""
        held = (f"{row.stamps} ◉" if row.stamps else "", f"{row.points} ★" if row.points else "")
        return " · ".join(filter(None, (row.name, row.number, *held)))

    def open(self, total: int) -> Pass:
        """Begin a pass through a file."""
        return Pass()

    def links(self, model: str, ids: Sequence[int]) -> list[Link]:
        """Names, with their cards."""
        rows = LedgerEntry.objects.filter(pk__in=ids, customer__isnull=False).select_related("customer").order_by("pk")
        return [(row.customer.display_name, reverse("loyalty:card", args=[row.customer_id])) for row in rows]

    def take_out(self, model: str, ids: Sequence[int]) -> list[int]:
        """Take what was brought in off the cards again, by a row of its own; what was spent of is kept."""
        kept: list[int] = []
        rows = LedgerEntry.objects.filter(pk__in=ids).select_related("account").annotate(drawn=Sum("draws__amount"))
        for row in rows.order_by("pk"):
            if row.drawn or row.customer_id is None:
                kept.append(row.pk)
            else:
                actions.take_out_opening(entry=row)
        return kept


class CardColumns:
    """The columns of points and stamps in a file of customers."""

    columns = (STAMPS, POINTS)
    takes_out = (ENTRY,)

    def read(self, cells: Cells, how: How) -> Held | None:
        """What they have, by unit."""
        held = {unit: count for unit in Unit.values if (count := _count(cells, unit))}
        return held or None

    def describe(self, value: Held) -> str:
        """How many."""
        return " · ".join(f"{count} {'◉' if unit == Unit.STAMPS else '★'}" for unit, count in value.items())

    def look(self) -> Collection[str]:
        """What the programme counts."""
        return queries.programme().units

    def refuses(self, value: Held, known: Collection[str]) -> str:
        """The programme may not count them."""
        if all(unit in known for unit in value):
            return ""
        return _("The programme does not count these. Turn them on in its rules first.")

    def clashes(self, rows: Sequence[tuple[int, int, Held]]) -> list[tuple[int, str]]:
        """Two files that speak of one card otherwise."""
        said = _("A card of theirs came from a file already, with other numbers. Put it right on their page.")
        return [(number, said) for number, _known in sort_out(rows, self._known(rows))[1]]

    def bring_in(self, rows: Sequence[tuple[int, int, Held]]) -> dict[str, list[int]]:
        """What stands on the cards; whose card came from a file before stays as it is."""
        fresh = sort_out(rows, self._known(rows))[0]
        held = {(pk, unit): count for pk, units in fresh.items() for unit, count in units.items()}
        return {ENTRY: actions.write_opening(held)}

    @staticmethod
    def _known(rows: Sequence[tuple[int, int, Held]]) -> dict[int, Held]:
        known: dict[int, Held] = {}
        for (pk, unit), amount in actions.from_files(pk for _number, pk, _held in rows).items():
            known.setdefault(pk, {})[unit] = amount
        return known

    def links(self, model: str, ids: Sequence[int]) -> list[Link]:
        """Names, with their cards."""
        return CARDS.links(model, ids)

    def take_out(self, model: str, ids: Sequence[int]) -> list[int]:
        """Without a trace where nothing else stood on the card."""
        return actions.take_out_cards(ids)


CARDS = Cards()
CARD_COLUMNS = CardColumns()
