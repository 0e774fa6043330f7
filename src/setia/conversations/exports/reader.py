"""From the text of an export to its messages."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from setia.conversations.exports import marks

_HEADER: Final = re.compile(
    r"^(?P<open>\[?)(?P<a>\d{1,4})(?P<sep>[/.\-])(?P<b>\d{1,2})(?P=sep)(?P<c>\d{2,4})(?P<comma>,?)\s"
    r"(?P<hour>\d{1,2})(?P<dot>[.:])(?P<minute>\d{2})(?:(?P=dot)(?P<second>\d{2}))?"
    r"(?:\s?(?P<half>[AaPp])\.?\s?[Mm]\.?)?(?:\]\s?|\s-\s)(?P<rest>.*)$",
    re.DOTALL,
)
# WhatsApp writes ": " after a name; a time of day in a line of WhatsApp itself has no space.
_AUTHOR: Final = re.compile(r"^([^:\n]{1,100}):(?: (.*)|)$", re.DOTALL)


class ExportError(ValueError):
    """The file is no exported chat; `code` says why: `empty`, `dates`, `too_long`, `no_text`, `broken`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Line:
    """One message. `at` is the phone's wall clock; `file` the name of an attachment, "?" when it was left out."""

    at: datetime
    author: str
    text: str
    file: str = ""
    deleted: bool = False
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Export:
    """What a file holds. `ambiguous`: both orders of day and month fit; `lines` are then read day first."""

    lines: tuple[Line, ...]
    # Lines of WhatsApp itself, which are not brought in.
    system: int
    ambiguous: bool

    @property
    def authors(self) -> tuple[str, ...]:
        """Everybody who wrote, the first to write first."""
        return tuple(Counter(line.author for line in self.lines))


@dataclass(slots=True)
class _Raw:
    """A header with its text, before it is known which number is the day."""

    numbers: tuple[int, int, int]
    year_first: bool
    clock: tuple[int, int, int]
    text: str


def read(text: str, *, day_first: bool | None = None, latest: datetime | None = None) -> Export:
    """The messages of an export, in the file's order.

    `day_first` settles the order of day and month where the file leaves it open; `latest` is now on the phone's clock:
    nothing was written later. Raises ExportError for a text that is no export.
    """
    raw, dotted = _raw_lines(text)
    if not raw:
        raise ExportError("empty")
    moments, ambiguous = _moments(raw, day_first, dotted=dotted, latest=latest)
    lines, system = [], 0
    for moment, one in zip(moments, raw, strict=True):
        line = _line(moment, one.text)
        if line is None:
            system += 1
        else:
            lines.append(line)
    return Export(tuple(lines), system, ambiguous)


def _raw_lines(text: str) -> tuple[list[_Raw], bool]:
    """Headers with the lines that belong to them, and whether hours are written with a dot.

    The first header shows the form; a line of another form is part of a message, for somebody may have pasted a chat.
    """
    found: list[_Raw] = []
    form: tuple[object, ...] = ()
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        header = _HEADER.match(marks.without_leading(line))
        shape = _shape(header) if header else None
        if header is None or (form and shape != form):
            if found:
                found[-1].text += "\n" + line
            continue
        form = form or shape or ()
        found.append(_raw(header))
    for one in found:
        one.text = one.text.rstrip("\n")
    return found, bool(form) and form[2] == "."


def _shape(header: re.Match[str]) -> tuple[object, ...]:
    return (
        header["open"],
        header["sep"],
        header["dot"],
        header["comma"],
        header["second"] is None,
        header["half"] is None,
        len(header["a"]) == 4,
    )


def _raw(header: re.Match[str]) -> _Raw:
    hour = int(header["hour"])
    if header["half"]:
        hour = hour % 12 + (12 if header["half"] in "Pp" else 0)
    return _Raw(
        (int(header["a"]), int(header["b"]), int(header["c"])),
        len(header["a"]) == 4,
        (hour, int(header["minute"]), int(header["second"] or 0)),
        header["rest"],
    )


# --- Day and month ----------------------------------------------------------------------------------------------------


def _moments(
    raw: list[_Raw], day_first: bool | None, *, dotted: bool, latest: datetime | None
) -> tuple[list[datetime], bool]:
    """The moments of all lines, and whether the other order would have fitted as well."""
    if raw[0].year_first:
        moments = _dated(raw, day_first=False)
        if moments is None:
            raise ExportError("dates")
        return moments, False
    readings = {order: _dated(raw, day_first=order) for order in (True, False)}
    possible = {order: moments for order, moments in readings.items() if moments and _fits(moments, latest)}
    if not possible:
        possible = {order: moments for order, moments in readings.items() if moments}
    if not possible:
        raise ExportError("dates")
    if len(possible) == 1 or readings[True] == readings[False]:
        return next(iter(possible.values())), False
    # A chat goes forward; only a phone whose clock was wrong steps back.
    backward = {order: _steps_back(moments) for order, moments in possible.items()}
    if min(backward.values()) == 0 < max(backward.values()):
        return possible[min(backward, key=lambda order: backward[order])], False
    if dotted:
        # hours are written with a dot only where the day comes first
        return possible[True], False
    return possible[True if day_first is None else day_first], day_first is None


def _dated(raw: Iterable[_Raw], *, day_first: bool) -> list[datetime] | None:
    """All moments in one order of day and month; None when one of them does not exist."""
    moments = []
    try:
        for one in raw:
            a, b, c = one.numbers
            year, month, day = (a, b, c) if one.year_first else (c, b, a) if day_first else (c, a, b)
            full = year + (2000 if year < 100 else 0)
            moments.append(datetime(full, month, day, *one.clock))  # noqa: DTZ001  the phone does not say its zone
    except ValueError:
        return None
    return moments


def _fits(moments: list[datetime], latest: datetime | None) -> bool:
    # a day of grace: the phone may stand in another time zone
    return latest is None or (max(moments) - latest).total_seconds() < 86_400


def _steps_back(moments: list[datetime]) -> int:
    return sum(later < earlier for earlier, later in itertools.pairwise(moments))


# --- One message ------------------------------------------------------------------------------------------------------


def _line(at: datetime, rest: str) -> Line | None:
    """The message, or None for a line of WhatsApp itself."""
    parts = _AUTHOR.match(rest)
    if parts is None:
        return None
    author, words = marks.clean(parts[1]).strip(), parts[2] or ""
    if not author or marks.is_system(words):
        return None
    words, edited = marks.edited(words)
    if marks.is_deleted(words):
        return Line(at, author, "", deleted=True)
    file, words = marks.attachment(words)
    return Line(at, author, marks.clean(words).strip("\n"), file=file, edited=edited)
