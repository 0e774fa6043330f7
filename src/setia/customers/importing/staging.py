"""An uploaded file made into our own table: read once, whatever it was, so that every later look is quick and alike.

The table is a CSV in the folder of imports: row number, problem, cells. Its survey is what must be known before a row
is taken in: headings, how many rows, in which order dates are written.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from setia.core import ids
from setia.customers.importing import headers
from setia.customers.importing.cells import slashed
from setia.customers.importing.importer import Column
from setia.customers.importing.reading import LONGEST_CELL, Row, UnreadableFile, rows_of

MOST_COLUMNS = 100


@dataclass
class Survey:
    """What is known of a table. `named`: its first row named the columns. `dates`: by column, the first rows with a
    date that can only begin with the day, only with the month, or could be both (0: there is none).
    """

    header: list[str] = field(default_factory=list)
    named: bool = True
    rows: int = 0
    dates: dict[str, list[int]] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for the database."""
        return asdict(self)


def folder() -> Path:
    """Where tables wait; made when missing."""
    place = Path(settings.HOME) / "imports"
    place.mkdir(parents=True, exist_ok=True)
    return place


def table_path(name: str) -> Path:
    """The file of a table."""
    return folder() / name


def stage(source: Path, columns: Sequence[Column]) -> tuple[str, Survey]:
    """Make `source` into a table; returns its name and survey. Raises UnreadableFile, and leaves nothing then."""
    name = f"{ids.public_token()}.csv"
    path = table_path(name)
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            survey = _copy(rows_of(source), csv.writer(file), columns)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return name, survey


def _copy(rows: Iterator[Row], table: Any, columns: Sequence[Column]) -> Survey:
    number, first, problem = next(rows, (0, [], ""))
    if not first:
        raise UnreadableFile(_("This file is empty. Choose another, or save it again."), code="empty")
    if len(first) > MOST_COLUMNS:
        text = _("The first row has %(count)s cells; at most %(most)s can be read. Is this the right file?")
        raise UnreadableFile(text % {"count": len(first), "most": MOST_COLUMNS}, code="too_wide")
    survey = Survey(named=headers.names_columns(first, columns))
    if survey.named:
        survey.header = [cell[:80] for cell in first]
    else:
        survey.header = [_("Column %(letter)s") % {"letter": headers.letter(index)} for index in range(len(first))]
        _put(table, survey, (number, first, problem))
    for row in rows:
        _put(table, survey, row)
    if not survey.rows:
        text = _("This file holds only headings. Write the rows below them and choose it again.")
        raise UnreadableFile(text, code="only_headings")
    return survey


def _put(table: Any, survey: Survey, row: Row) -> None:
    number, cells, problem = row
    survey.rows += 1
    while len(cells) > len(survey.header) and not cells[-1]:
        cells.pop()
    if problem:
        cells = [cell[:LONGEST_CELL] for cell in cells[:MOST_COLUMNS]]
    elif len(cells) > len(survey.header):
        problem = _(
            "This row has more cells (%(cells)s) than there are headings (%(headings)s). Is a comma too many?"
        ) % {
            "cells": len(cells),
            "headings": len(survey.header),
        }
    else:
        for index, cell in enumerate(cells):
            # Most cells begin with a letter, or are longer than a date.
            if 6 <= len(cell) <= 24 and cell[0] in "0123456789" and (seen := slashed(cell)):
                _note_order(survey.dates.setdefault(str(index), [0, 0, 0]), number, *seen)
    table.writerow((number, problem, *cells))


def _note_order(seen: list[int], row: int, first: int, second: int) -> None:
    which = 0 if first > 12 else 1 if second > 12 else 2
    seen[which] = seen[which] or row


def read_table(name: str, *, skip: int = 0) -> Iterator[Row]:
    """Rows of a table, after the first `skip`. Raises FileNotFoundError when it is gone."""
    with table_path(name).open(encoding="utf-8", newline="") as file:
        for number, problem, *cells in islice(csv.reader(file), skip, None):
            yield int(number), cells, problem


def forget(name: str) -> None:
    """Delete a table that is not needed any more."""
    if name:
        table_path(name).unlink(missing_ok=True)
