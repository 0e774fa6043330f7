"""Contacts of a phone (vCard 2.1, 3.0, 4.0) as rows of a table, one card after the other.

Lines are taken one by one and what is of no use here (pictures, sounds, keys) is dropped while it is read, so that a
card with a picture of four megabytes takes no more memory than one without. What a line means is told by `vobject`.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final, TextIO

from django.utils.translation import gettext as _
from vobject.base import ContentLine, ParseError, textLineToContentLine

from setia.core import phone
from setia.customers.importing.cells import plain

HEADER: Final = ("Name", "Nickname", "Phone", "Email", "Birthday", "Address", "District", "Note")
LINE: Final = 1 << 16
# Longer than any cell may be: the row is refused, and nothing larger is kept until then.
LONGEST: Final = 20_000
MOST_LINES: Final = 500

_WANTED: Final = frozenset({"FN", "N", "NICKNAME", "TEL", "EMAIL", "BDAY", "ADR", "ORG", "NOTE", "AGENT"})
_NAME: Final = re.compile(r"(?:[\w-]+\.)?([\w-]+)[;:]")
_QUOTED: Final = re.compile(r"[;=]QUOTED-PRINTABLE[;:]", re.IGNORECASE)
_PARTS: Final = re.compile(r"(?<!\\);")
_ESCAPE: Final = re.compile(r"\\(.)")
_DAY: Final = re.compile(r"(\d{4}|--)-?(\d{2})-?(\d{2})(?:T.*)?", re.IGNORECASE)
# What phones write for a birthday without a year.
_NO_YEAR: Final = ("--", "1604")

# (number of the card, its cells, or no cells and a problem)
Row = tuple[int, list[str], str]


def rows_of(file: TextIO) -> Iterator[Row]:
    """The headings, then a row per card, numbered from 1."""
    yield 0, list(HEADER), ""
    number, card, inner = 0, None, 0
    for line in _logical(file):
        mark = line.strip().upper()
        if mark == "BEGIN:VCARD":
            if card is not None and card and card[-1].upper().startswith("AGENT"):
                inner += 1  # the card of an assistant inside
                continue
            if card is not None:  # its end is missing
                number += 1
                yield _row(number, card)
            card, inner = [], 0
        elif mark == "END:VCARD":
            if inner:
                inner -= 1
            elif card is not None:
                number += 1
                yield _row(number, card)
                card = None
        elif card is not None and not inner and len(card) < MOST_LINES:
            card.append(line)
    if card:
        number += 1
        yield _row(number, card)


def _logical(file: TextIO) -> Iterator[str]:
    """Whole lines, unfolded, of what is wanted; all others are dropped as they come."""
    held, wanted, whole = "", False, True
    while part := file.readline(LINE):
        text = part.rstrip("\r\n").lstrip("\ufeff")
        soft = wanted and held.endswith("=") and bool(_QUOTED.search(held[:200]))
        if not whole or soft or text[:1] in (" ", "\t"):
            if wanted and len(held) < LONGEST:
                held = held[:-1] + text if soft else held + (text[1:] if whole else text)
        else:
            if wanted:
                yield held
            found = _NAME.match(text)
            wanted = found is not None and (found[1].upper() in _WANTED or found[1].upper() in ("BEGIN", "END"))
            held = text if wanted else ""
        whole = part.endswith(("\n", "\r"))
    if wanted:
        yield held


def _row(number: int, card: list[str]) -> Row:
    said: dict[str, list[str]] = defaultdict(list)
    for line in card:
        found = _read(line)
        if found is None:
            text = _("This card holds a line that cannot be read: “%(line)s”.") % {"line": line[:40]}
            return number, [plain(line[:200])], text
        said[found.name].append(str(found.value))
    cells = [plain(cell) for cell in _cells(said)]
    problem = _("A cell holds more than %(most)s characters. Shorten it.") % {"most": 5_000}
    return number, cells, problem if max(map(len, cells)) > 5_000 else ""


def _read(line: str) -> ContentLine | None:
    """A line with its value decoded; without a charset UTF-8 first, then Windows' letters."""
    for text in (line, line.replace(":", ";CHARSET=windows-1252:", 1)):
        try:
            return textLineToContentLine(text)
        except (ParseError, LookupError, ValueError):
            continue
    return None


def _cells(said: dict[str, list[str]]) -> tuple[str, ...]:
    organisations = [", ".join(filter(None, _split(value))) for value in said["ORG"]]
    name = next(filter(None, map(_unescaped, said["FN"])), "") or next(filter(None, map(_full_name, said["N"])), "")
    if not name and organisations:
        name = organisations.pop(0)
    numbers, others = _numbers(said["TEL"])
    birthday, notes = "", [_unescaped(note) for note in said["NOTE"]]
    for text in said["BDAY"][:1]:
        birthday = _birthday(text)
        notes += [] if birthday or not text else [_unescaped(text)]
    notes += organisations
    if others:
        notes.append(_("Other numbers: %(numbers)s") % {"numbers": ", ".join(others)})
    address, district = _address(said["ADR"])
    nickname = next((_unescaped(value.replace("\\,", " ").split(",")[0]) for value in said["NICKNAME"]), "")
    emails = [mail for mail in (_unescaped(value).removeprefix("mailto:") for value in said["EMAIL"]) if "@" in mail]
    return (
        *(name, nickname, " / ".join(numbers), " ::: ".join(emails), birthday, address, district),
        ", ".join(dict.fromkeys(filter(None, notes))),
    )


def _split(value: str) -> list[str]:
    return [_unescaped(part).strip() for part in _PARTS.split(value)]


def _unescaped(value: str) -> str:
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value).strip()


def _full_name(value: str) -> str:
    """Family; given; additional; prefix; suffix in the order in which they are said."""
    family, given, additional, prefix, suffix = [*_split(value), "", "", "", "", ""][:5]
    return " ".join(filter(None, (prefix, given, additional, family, suffix)))


def _numbers(values: list[str]) -> tuple[list[str], list[str]]:
    """Numbers one can call, and the others (110, *123#): they are kept in the note, and no reason to refuse a card."""
    good: list[str] = []
    others: list[str] = []
    for value in values:
        text = _unescaped(value)
        if text.lower().startswith("tel:"):
            text = text[4:].split(";")[0]
        try:
            good += [phone.normalise(part).e164 for part in phone.split(text)]
        except phone.PhoneError:
            others.append(text)
    return list(dict.fromkeys(good)), list(filter(None, others))


def _birthday(text: str) -> str:
    found = _DAY.fullmatch(text.strip())
    if not found:
        return ""
    return f"--{found[2]}-{found[3]}" if found[1] in _NO_YEAR else f"{found[1]}-{found[2]}-{found[3]}"


def _address(values: list[str]) -> tuple[str, str]:
    """Street and town of the first address that has any."""
    for value in values:
        parts = [*_split(value), "", "", "", "", "", "", ""]
        street = ", ".join(filter(None, (parts[2], parts[1])))
        if street or parts[3]:
            return " ".join(street.split()), parts[3]
    return "", ""
