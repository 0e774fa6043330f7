"""Reading single cells: texts, dates in any usual writing, amounts, mobile numbers. Pure.

Dates: `2026-11-23`, `23/11/2026`, `23.11.26`, `23 November 2026`, `Nov 23, 2026` and Excel's day numbers. Whether 3/4
is in April or in March is the file's secret: it is decided once for the whole file (`date_order`), or asked.
"""

import re
from datetime import date, timedelta
from typing import Final, Literal

from django.utils.translation import gettext as _
from phonenumbers import PhoneMetadata

from setia.core import money, phone
from setia.customers.importing.importer import RowProblem

_MONTH_NAMES: Final = (
    "jan januari january", "feb februari pebruari february", "mar maret march", "apr april", "mei may",
    "jun juni june", "jul juli july", "agu agt ags agustus aug august", "sep sept september", "okt oktober oct october",
    "nov nop november nopember", "des desember dec december",
)  # fmt: skip
_MONTHS: Final = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}

_TIME: Final = r"(?:[ T,]+\d{1,2}[:.]\d{2}.*)?"
_ISO: Final = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_SHORT: Final = re.compile(rf"(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}|\d{{2}}){_TIME}")
_DAY_WORD: Final = re.compile(rf"(?:[^\W\d]+, *)?(\d{{1,2}})[ \-./]*([^\W\d]+)[ \-./]*(\d{{4}}|\d{{2}}){_TIME}")
_WORD_DAY: Final = re.compile(rf"([^\W\d]+)\.? *(\d{{1,2}}),? *(\d{{4}}){_TIME}")
_SERIAL: Final = re.compile(r"(\d{5})(?:[.,]\d+)?")

# Day 0 of Excel's calendar, as it is counted after its 29 February 1900 that never was.
_EXCEL_ZERO: Final = date(1899, 12, 30)
_OLDEST: Final = date(1900, 1, 1)

# The library's own pattern of a mobile number here: what it says is valid, and nothing else.
_MOBILE: Final = re.compile(PhoneMetadata.metadata_for_region("ID").mobile.national_number_pattern)
_PLAIN_MOBILE: Final = re.compile(r"(?:\+?62|0|)(8[1-9][0-9]{7,10})")
_MARKS: Final = str.maketrans("", "", " -.")
_PLAIN_AMOUNT: Final = re.compile(r"0|[1-9][0-9]{0,11}|[1-9][0-9]{0,2}(?:(?:\.[0-9]{3}){1,3}|(?:,[0-9]{3}){1,3})")
# Programs that know cents write 76000.00 and 76.000,00.
_NO_CENTS: Final = re.compile(r"(?<=\d)[.,]00$")
_GROUPED: Final = str.maketrans("", "", ".,")

Order = Literal["day", "month", "mixed", "unknown", "plain"]


def plain(text: str) -> str:
    """A cell's text without what cannot be seen: no control characters, single spaces, none around."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return " ".join(
        "".join(" " if c == "\n" or c.isspace() else c for c in text if c.isprintable() or c.isspace()).split()
    )


def slashed(text: str) -> tuple[int, int] | None:
    """The first two numbers of a date whose order must be known (`23/11/2026`); None for any other text."""
    found = _SHORT.fullmatch(text)
    return (int(found[1]), int(found[2])) if found else None


def date_order(day_seen: bool, month_seen: bool, either_seen: bool) -> Order:
    """What a file's dates say: `day_seen` a date that can only begin with the day, `month_seen` only with the month,
    `either_seen` one that could be both. `plain`: no date of that writing at all."""
    if day_seen and month_seen:
        return "mixed"
    if day_seen or month_seen:
        return "day" if day_seen else "month"
    return "unknown" if either_seen else "plain"


def read_date(text: str, *, today: date, day_first: bool | None) -> date:
    """The day a cell speaks of, not after `today`. Raises RowProblem."""
    year, month, day = _date_parts(text, today, day_first)
    try:
        found = date(year, month, day)
    except ValueError as error:
        if 12 < month <= 31 and day <= 12:
            said = _(
                "There is no month %(month)s in “%(text)s”: day and month stand the other way round than elsewhere."
            )
            raise RowProblem(said % {"month": month, "text": text}) from error
        raise RowProblem(_("There is no such day: “%(text)s”.") % {"text": text}) from error
    if found > today:
        raise RowProblem(_("This date is in the future: “%(text)s”. Check day, month and year.") % {"text": text})
    if found < _OLDEST:
        raise RowProblem(_("This date is too long ago: “%(text)s”. Check the year.") % {"text": text})
    return found


def _date_parts(text: str, today: date, day_first: bool | None) -> tuple[int, int, int]:
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _SHORT.fullmatch(text):
        first, second = int(found[1]), int(found[2])
        if day_first is None:
            raise RowProblem(_("Say first whether “%(text)s” begins with the day or the month.") % {"text": text})
        day, month = (first, second) if day_first else (second, first)
        return _year(found[3], today), month, day
    if (found := _DAY_WORD.fullmatch(text)) and (month := _MONTHS.get(found[2].lower(), 0)):
        return _year(found[3], today), month, int(found[1])
    if (found := _WORD_DAY.fullmatch(text)) and (month := _MONTHS.get(found[1].lower(), 0)):
        return int(found[3]), month, int(found[2])
    if found := _SERIAL.fullmatch(text):
        day = _EXCEL_ZERO + timedelta(days=int(found[1]))
        return day.year, day.month, day.day
    if not text:
        raise RowProblem(_("The date is missing."))
    raise RowProblem(_("“%(text)s” is not a date. Write it like 2026-11-23 or 23/11/2026.") % {"text": text[:40]})


def _year(text: str, today: date) -> int:
    """Two digits are the latest such year that has begun."""
    year = int(text)
    if len(text) == 4:
        return year
    return 2000 + year if 2000 + year <= today.year else 1900 + year


def read_amount(text: str, currency: str = "IDR") -> int:
    """An amount of a cell in minor units of the currency (whole rupiah). Raises RowProblem."""
    if currency == "IDR":
        text = _NO_CENTS.sub("", text)
    if currency == "IDR" and _PLAIN_AMOUNT.fullmatch(text):
        return int(text.translate(_GROUPED))
    if not text:
        raise RowProblem(_("The amount is missing."))
    try:
        return money.parse_money(text, currency)
    except money.MoneyError as error:
        said = _("The amount “%(text)s” cannot be taken in. %(remedy)s")
        raise RowProblem(said % {"text": text[:40], "remedy": _(error.message)}) from error


def read_number(text: str) -> str:
    """A phone number of a cell as E.164. Raises RowProblem.

    Plain mobile numbers, nearly all there are, are judged by the library's pattern alone; the rest goes the long way.
    """
    found = None if text.endswith(".0") else _PLAIN_MOBILE.fullmatch(text.translate(_MARKS))
    if found and _MOBILE.fullmatch(found[1]):
        return f"+62{found[1]}"
    try:
        return phone.normalise(text).e164
    except phone.PhoneError as error:
        remedy = _(error.message)
        if error.suggestion:
            remedy += " " + _("Is it %(number)s?") % {"number": phone.pretty(error.suggestion)}
        said = _("The number “%(text)s” cannot be taken in. %(remedy)s")
        raise RowProblem(said % {"text": text[:40], "remedy": remedy}) from error


def read_numbers(text: str) -> list[str]:
    """All phone numbers of a cell, E.164, each once. Raises RowProblem."""
    if _PLAIN_MOBILE.fullmatch(text.translate(_MARKS)):
        return [read_number(text)]
    return list(dict.fromkeys(read_number(part) for part in phone.split(text)))
