"""Rows of an uploaded file, whatever program wrote it, one at a time.

CSV in UTF-8, UTF-16 or Windows' letters, divided by comma, semicolon, tab or bar; XLSX; contacts of a phone (vCard).
What cannot be read says which row and what to do.
"""

import codecs
import csv
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from setia.core.errors import DomainError
from setia.customers.importing import vcards
from setia.customers.importing.cells import plain

BLOCK = 1 << 16
DELIMITERS = ",;\t|"
LARGEST_FILE = 50 * 1024 * 1024
# What a spreadsheet of that size honestly unpacks to; more is a trap.
LARGEST_UNPACKED = 600 * 1024 * 1024
# Rows are read one by one; all other parts of a spreadsheet (its words, its styles) are held at once.
LARGEST_PART = 64 * 1024 * 1024
# Nothing somebody typed is packed closer.
CLOSEST_PACKED = 150
LONGEST_CELL = 5_000
# Elements within elements; a spreadsheet has a dozen, and every open one is held.
DEEPEST = 100

_WEB_PAGE = re.compile(rb"\s*<(?:!doctype|html|head|body|table|meta|style|script|\?xml|!--)", re.IGNORECASE)
_CARD = re.compile(r"\s*BEGIN:VCARD\s", re.IGNORECASE)
# `="0812…"`, by which programs keep a number a text; any other = is a formula.
_AS_TEXT = re.compile(r'="([^"]*)"')
_FORMULA = re.compile(r"=\s*[-+@A-Za-z0-9(\"']")

# (row number as the spreadsheet shows it, its cells, or no cells and a problem)
Row = tuple[int, list[str], str]


class UnreadableFile(DomainError):
    """The file as a whole cannot be read; the text says what to do."""

    def __init__(self, message: str, *, code: str = "unreadable") -> None:
        super().__init__(message, code=code, field="file")


def rows_of(path: Path) -> Iterator[Row]:
    """Rows that hold anything, headings included, with the numbers a spreadsheet shows. Raises UnreadableFile."""
    with path.open("rb") as file:
        start = file.read(BLOCK)
    if not start.strip():
        raise UnreadableFile(_("This file is empty. Choose another, or save it again."), code="empty")
    if start.startswith(b"PK\x03\x04"):
        yield from _spreadsheet(path)
        return
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        text = _("This is an old Excel file, or one with a password. Save it as .xlsx without a password, or as CSV.")
        raise UnreadableFile(text, code="old_excel")
    if _WEB_PAGE.match(start.removeprefix(codecs.BOM_UTF8)):
        text = _("This is a web page, whatever its name. Open it in your spreadsheet and save it as .xlsx or CSV.")
        raise UnreadableFile(text, code="web_page")
    encoding = _encoding(path, start)
    if b"\0" in start and not encoding.startswith("utf-16"):
        raise UnreadableFile(
            _("This is not a table. Save it from your spreadsheet as CSV or .xlsx."), code="not_a_table"
        )
    if _CARD.match(start.decode(encoding, "ignore").lstrip("\ufeff")):
        yield from _cards(path, encoding)
    else:
        yield from _csv(path, encoding)


def _cards(path: Path, encoding: str) -> Iterator[Row]:
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        yield from vcards.rows_of(file)


def _encoding(path: Path, start: bytes) -> str:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # Without a mark: every other byte of plain letters is nothing.
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(start) >= 8 and start[offset:64:2].count(0) >= 0.9 * len(start[offset:64:2]):
            return encoding
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _csv(path: Path, encoding: str) -> Iterator[Row]:
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        first = file.readline(BLOCK)
        told = first.strip().lower()
        skipped = int(told.startswith("sep=") and len(told) == 5)
        delimiter = first.strip()[4] if skipped else _delimiter(first + file.read(BLOCK))
        file.seek(0)
        for _line in range(skipped):
            file.readline()
        yield from _records(_Lines(file), delimiter, skipped)


class _Lines:
    """The lines of a file; those of the present record are remembered, for when it is broken."""

    def __init__(self, file: Iterator[str]) -> None:
        self.file = file
        self.taken: list[str] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self.file)
        self.taken.append(line)
        return line


def _records(lines: _Lines, delimiter: str, before: int) -> Iterator[Row]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = before
    while True:
        number += 1
        lines.taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "expected after" not in str(error):
                raise UnreadableFile(_endless(str(error)) % {"row": number}, code="open_quote") from error
            yield number, [plain("".join(lines.taken))], _('A quotation mark (") stands inside a cell. Take it out.')
            continue
        cells = [plain(cell) for cell in cells]
        if any(cells):
            problem = _too_long(cells)
            if any(cell[:1] == "=" for cell in cells):
                cells = [_AS_TEXT.sub(r"\1", cell) for cell in cells]
                problem = problem or _formula(cells)
            yield number, cells, problem


def _formula(cells: list[str]) -> str:
    if not any(_FORMULA.match(cell) for cell in cells):
        return ""
    return _("A cell holds a formula. Copy the values only (“Paste values”), then choose the file again.")


def _endless(error: str) -> str:
    if "field limit" in error:
        return _(
            'Row %(row)s holds a cell with more text than a table can take, or a quotation mark (") that is never '
            "closed. Mend that row, then choose the file again."
        )
    return _(
        'Row %(row)s opens a quotation mark (") that is never closed. Take it out or close it, '
        "then choose the file again."
    )


def _delimiter(text: str) -> str:
    """The mark that divides most rows into the same, largest number of cells."""
    best, most = ",", 1
    lines = text.splitlines()[:50]
    for mark in DELIMITERS:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark) if any(row))
        if widths:
            width, often = widths.most_common(1)[0]
            if width > most and often >= 0.6 * widths.total():
                best, most = mark, width
    return best


def _broken() -> str:
    return _("This spreadsheet cannot be opened. Open it, save it again as .xlsx or CSV, and choose that file.")


def _spreadsheet(path: Path) -> Iterator[Row]:
    try:
        with zipfile.ZipFile(path) as archive:
            _check_parts(archive)
        # Not at the head of this module: what a shop needs once would take room in every process from the start.
        from openpyxl import load_workbook

        # As an open file: by its path the library would judge it by its ending.
        with path.open("rb") as file:
            yield from _sheet(load_workbook(file, read_only=True, data_only=True))
    except UnreadableFile:
        raise
    except Exception as error:  # a damaged file fails wherever the library happens to be
        raise UnreadableFile(_broken(), code="damaged") from error


def _check_parts(archive: zipfile.ZipFile) -> None:
    """Refuse what unpacks to more than a small server bears, and parts that declare words of their own."""
    parts = archive.infolist()
    large = [part for part in parts if not part.filename.startswith("xl/worksheets/") and part.file_size > LARGEST_PART]
    packed = [
        part
        for part in parts
        if part.file_size > LARGEST_PART // 8 and part.file_size > CLOSEST_PACKED * part.compress_size
    ]
    if large or packed or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise UnreadableFile(_("This spreadsheet is too large. Divide it into several."), code="too_large")
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableFile(_("This file has a password. Save it without one."), code="password")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as file:
                if b"<!DOCTYPE" in file.read(BLOCK).replace(b"\0", b"").upper():
                    raise UnreadableFile(_broken(), code="damaged")
            with archive.open(part) as file:
                _check_depth(file)


def _check_depth(file: IO[bytes]) -> None:
    """Refuse XML with elements nested deeper than any program writes them."""
    depth = 0

    def begin(_name: str, _attributes: Any) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise UnreadableFile(_broken(), code="damaged")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    while block := file.read(BLOCK):
        parser.Parse(block)


def _sheet(book: Any) -> Iterator[Row]:
    """Rows of the first sheet that holds any."""
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        found = False
        for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
            cells = [_text(value) for value in values]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                found = True
                yield number, cells, _too_long(cells)
        if found:
            return


def _text(value: Any) -> str:
    """A spreadsheet's value as it would be typed: whole numbers without a point, dates as 2026-11-23."""
    if value is None:
        return ""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _too_long(cells: list[str]) -> str:
    if max(map(len, cells)) <= LONGEST_CELL:
        return ""
    return _("A cell holds more than %(most)s characters. Shorten it.") % {"most": LONGEST_CELL}
