"""What the bringing in of files asks of a kind of file (customers, purchases), and the words they share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from django.utils.functional import Promise

Link = tuple[str, str]

Cells = Mapping[str, Sequence[str]]


class RowProblem(Exception):
    """A row that cannot be taken in. The text says what to do, in the reader's language."""


@dataclass(frozen=True)
class Column:
    """Something a column of the file may hold. `synonyms`: headings in small letters without marks, comma between."""

    name: str
    label: str | Promise
    synonyms: str
    required: bool = False
    # Not required when this other column is there.
    unless: str = ""
    # Two columns may hold it together: first and last name, two phones.
    several: bool = False
    is_date: bool = False


@dataclass(frozen=True)
class How:
    """How cells are to be read: `day_first` for 3/4/2026, the shop's day (nothing is later) and its money."""

    today: date
    day_first: bool | None = None
    currency: str = "IDR"


@dataclass
class Brought:
    """What became of one slice: how many were new or known already, problems by row, ids of what was made by model."""

    created: int = 0
    matched: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)
    made: dict[str, list[int]] = field(default_factory=dict)


class Session(Protocol):
    """One pass through a file."""

    def skip(self, rows: Sequence[tuple[int, Any]]) -> None:
        """Rows that an earlier pass, broken off, has brought in."""

    def bring_in(self, rows: Sequence[tuple[int, Any]]) -> Brought:
        """Write one slice of (row number, read row), inside the caller's transaction, with queries that do not grow."""


class Importer(Protocol):
    """A kind of file. `takes_out`: the models it makes, in the order in which they are taken out again."""

    kind: str
    label: str | Promise
    # What becomes of the rows, for somebody who is about to choose a file.
    explanation: str | Promise
    # Rows as they may look, headings first.
    example: Sequence[Sequence[str]]
    columns: tuple[Column, ...]
    takes_out: tuple[str, ...]

    def read(self, cells: Cells, how: How) -> Any:
        """One row of plain values, from the cells by column name. Pure. Raises RowProblem."""

    def describe(self, row: Any) -> str:
        """The row in a few words, for the preview."""

    def open(self, total: int) -> Session:
        """Begin a pass through a file of `total` rows."""

    def links(self, model: str, ids: Sequence[int]) -> list[Link]:
        """(words, address) of some of what it made, for the report of what was kept."""

    def take_out(self, model: str, ids: Sequence[int]) -> list[int]:
        """Delete what a slice made, inside the caller's transaction; returns the ids that are kept, being in use."""


class Extra(Protocol):
    """Columns that an area above adds to the file of customers: points, debts. Taken out before the people are."""

    columns: tuple[Column, ...]
    takes_out: tuple[str, ...]

    def read(self, cells: Cells, how: How) -> Any:
        """What the cells of a row say; None when nothing. Pure. Raises RowProblem."""

    def describe(self, value: Any) -> str:
        """It in a few words, for the preview."""

    def look(self) -> Any:
        """What of the shop speaks for or against values; asked once for a whole file."""

    def refuses(self, value: Any, known: Any) -> str:
        """Why it cannot be taken in whoever's it is; empty when it can. Asked before the person is written down.

        `known`: what `look` saw. Pure.
        """

    def clashes(self, rows: Sequence[tuple[int, int, Any]]) -> list[tuple[int, str]]:
        """Rows (number, id of the customer, value) that say another thing than a file or row before: number, words."""

    def bring_in(self, rows: Sequence[tuple[int, int, Any]]) -> dict[str, list[int]]:
        """Write what is new, inside the caller's transaction, without events; ids of what was made, by model."""

    def links(self, model: str, ids: Sequence[int]) -> list[Link]:
        """As of an Importer."""

    def take_out(self, model: str, ids: Sequence[int]) -> list[int]:
        """As of an Importer; leaves no trace where nothing happened since."""


def sort_out(
    rows: Sequence[tuple[int, int, Any]], there: Mapping[int, Any]
) -> tuple[dict[int, Any], list[tuple[int, Any]]]:
    """What is new by customer, and (row number, what is known) where a row says another thing. The same is no news."""
    known, fresh, clashing = dict(there), dict[int, Any](), list[tuple[int, Any]]()
    for number, pk, value in rows:
        if pk not in known:
            known[pk] = fresh[pk] = value
        elif known[pk] != value:
            clashing.append((number, known[pk]))
    return fresh, clashing


IMPORTERS: dict[str, Importer] = {}


def install(*importers: Importer) -> None:
    """Take the list of kinds (done once at start, from `setia.recurring`)."""
    IMPORTERS.clear()
    IMPORTERS.update({importer.kind: importer for importer in importers})
