"""What the columns of a file hold, by their headings in Indonesian and English. Pure."""

import re
from collections.abc import Sequence

from setia.core import search
from setia.customers.importing.importer import Column

# Marks, what stands in brackets, and numbers of their own: `Phone 2`, `Phone 1 - Value`.
_MARKS = re.compile(r"\(.*?\)|\[.*?\]|[^a-z0-9 ]+|\b\d+\b")
# Six digits are a number of something, not its name.
_DATA = re.compile(r"(?:\D*\d){6}|@|^\W*(?:rp\W*)?\d[\d.,]*$", re.IGNORECASE)


def key(heading: str) -> str:
    """A heading as it is compared: `*No. HP (WA)` is `no hp`, `Phone 2` is `phone`."""
    return " ".join(_MARKS.sub(" ", search.fold(heading)).split())


def guess(headings: Sequence[str], columns: Sequence[Column]) -> list[str]:
    """The column each heading stands for, `` where none: by synonym, the first heading wins where only one may."""
    meanings = {synonym: column for column in columns for synonym in column.synonyms.split(", ")}
    taken: set[str] = set()
    found = []
    for heading in headings:
        column = meanings.get(key(heading))
        if column is None or (column.name in taken and not column.several):
            found.append("")
        else:
            taken.add(column.name)
            found.append(column.name)
    return found


def names_columns(cells: Sequence[str], columns: Sequence[Column]) -> bool:
    """Whether a first row names the columns: a known heading is in it, or nothing in it looks like data."""
    return any(guess(cells, columns)) or not any(_DATA.search(cell) for cell in cells)


def letter(index: int) -> str:
    """The spreadsheet's name of a column: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def missing(mapping: Sequence[str], columns: Sequence[Column]) -> list[Column]:
    """Required columns that no heading stands for."""
    return [
        column
        for column in columns
        if column.required and column.name not in mapping and not (column.unless and column.unless in mapping)
    ]


def doubled(mapping: Sequence[str], columns: Sequence[Column]) -> list[Column]:
    """Columns that are chosen more often than they may."""
    return [column for column in columns if not column.several and list(mapping).count(column.name) > 1]
