"""Money as plain integers: whole rupiah, or the minor unit (sen, cent) of a shop with another currency.

Formatting follows what people here write ("Rp15.000", "Rp1,2 jt"), reading follows what they type, and an amount
that could mean two things is refused rather than guessed.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal

from babel.numbers import get_currency_precision, get_currency_symbol

Language = Literal["id", "en"]

LARGEST: Final = 10**15

_SEPARATORS: Final = {"id": (".", ","), "en": (",", ".")}
_SHORT: Final = {"id": (" rb", " jt", " M", " T"), "en": ("K", "M", "B", "T")}

_UNITS: Final = {
    **dict.fromkeys(("k", "rb", "rbu", "ribu", "rebu", "ewu"), 10**3),
    **dict.fromkeys(("jt", "juta"), 10**6),
    **dict.fromkeys(("miliar", "milyar"), 10**9),
}
_UNIT: Final = "|".join(sorted(_UNITS, key=len, reverse=True))
_WITH_UNIT: Final = re.compile(
    rf"(?P<whole>\d+)(?:[.,](?P<part>\d+))?\s*(?P<unit>{_UNIT})(?P<gap>\s*)(?P<rest>\d[\d.,]*\s*(?:{_UNIT})?)?"
)
_ABOUT: Final = re.compile(r"(?<=rb|bu|wu|jt|ta|\dk|ar)-?\s?an$")
_TAIL: Final = re.compile(r"[.,]?\s*-$|[.,]$")

_DIGITS: Final = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_POWERS: Final = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}
_GLUED: Final = re.compile(r"(?<=[a-z])(?<!\bse)(?=(?:belas|puluh|ratus|ribu|juta|miliar|triliun)\b)")
_SPELLINGS: Final = {
    "sewu": "seribu",
    "lapan": "delapan",
    "milyar": "miliar",
    "sejuta": "satu juta",
    "semiliar": "satu miliar",
    "semilyar": "satu miliar",
}

_REMEDIES: Final = {
    "empty": "Type an amount. Example: 15.000 or 15rb.",
    "negative": "Type the amount without a minus sign.",
    "ambiguous": "This can mean two amounts. Write it out in full, for example 15.000 or 1.500.000.",
    "decimals": "This currency has no smaller coins. Leave out the part after the comma.",
    "too_large": "This amount is too large. Check the number of zeros.",
    "garbage": "This is not an amount. Example: 15.000, 15rb or 1,5jt.",
}


class MoneyError(ValueError):
    """The text is not one amount; `code` is a key of the remedies, `message` says what to do."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.message = _REMEDIES[code]
        super().__init__(self.message)


@dataclass(frozen=True, slots=True)
class Reading:
    """An amount as written: `about` for "35rban" (a rough figure), `each` for "@35rb" (the price of one)."""

    amount: int
    about: bool = False
    each: bool = False


def minor_digits(currency: str) -> int:
    """How many decimals an amount of `currency` carries. Rupiah has none here: sen left use decades ago."""
    return 0 if currency == "IDR" else get_currency_precision(currency)


def _language(locale: str) -> Language:
    """The writing to use: "id", "id-id" and "id_ID" are Indonesian, all else English."""
    return "id" if locale[:2].lower() == "id" else "en"


def _scale(currency_digits: int) -> int:
    return int(10**currency_digits)


def format_money(amount: int, currency: str = "IDR", locale: str = "id") -> str:
    """An amount in minor units as text: "Rp15.000", "-Rp2.000"; in English "Rp 15,000"."""
    digits = minor_digits(currency)
    thousands, point = _SEPARATORS[_language(locale)]
    whole, part = divmod(abs(amount), _scale(digits))
    number = f"{whole:,}".replace(",", thousands) + (f"{point}{part:0{digits}}" if digits else "")
    return _with_symbol(number, amount < 0, currency, locale)


def short_money(amount: int, currency: str = "IDR", locale: str = "id") -> str:
    """An amount rounded to one decimal of a big unit, for charts and headlines: "Rp125 rb", "Rp1,2 jt"."""
    whole = abs(amount) // _scale(minor_digits(currency))
    if whole < 1000:
        return format_money(amount, currency, locale)
    names = _SHORT[_language(locale)]
    units = enumerate(names, start=1)
    sizes = (((whole * 10 + 1000**power // 2) // 1000**power, name) for power, name in units)
    tenths, unit = next(size for size in sizes if size[0] < 10_000 or size[1] == names[-1])
    whole, tenth = divmod(tenths, 10)
    number = f"{whole}{_SEPARATORS[_language(locale)][1]}{tenth}" if tenth else str(whole)
    return _with_symbol(f"{number}{unit}", amount < 0, currency, locale)


def parse_money(text: str, currency: str = "IDR", locale: str = "id") -> int:
    """The amount in minor units that a person wrote in a form or a chat. Raises MoneyError; see `read_money`."""
    return read_money(text, currency, locale).amount


def read_money(text: str, currency: str = "IDR", locale: str = "id") -> Reading:
    """Read "15.000", "Rp15.000,-", "15rb", "1,5jt", "1jt2", "setengah juta", "lima belas ribu", "@35rb", "35rban".

    Groups of three digits are thousands whichever mark stands between them; a single decimal part means something
    only before a unit ("1,5jt"). Raises MoneyError with code empty, negative, ambiguous, decimals, too_large or
    garbage. `locale` matters only to currencies with three decimals, where "1.500" has two meanings.
    """
    body = _plain(text)
    each = body.startswith("@")
    body = _without_symbol(body.removeprefix("@").strip(), currency)
    if body.startswith("-") or re.fullmatch(r"\(.*\d.*\)", body):
        raise MoneyError("negative")
    body = _TAIL.sub("", body).strip()
    bare = _ABOUT.sub("", body)
    reading = Reading(0, about=bare != body, each=each)
    if not bare:
        raise MoneyError("garbage" if text.strip() else "empty")
    amount = _amount(bare.strip(), minor_digits(currency), locale)
    if amount > LARGEST:
        raise MoneyError("too_large")
    return replace(reading, amount=amount)


def round_cash(amount: int, step: int) -> int:
    """The nearest multiple of `step` (the smallest coin in the till); a half goes down, in the buyer's favour.

    Raises ValueError for a step below one.
    """
    if step < 1:
        raise ValueError("The rounding step must be at least 1.")
    return -((-2 * amount + step) // (2 * step)) * step


def in_words(amount: int, locale: Literal["id"] = "id") -> str:
    """The amount spelled out for a receipt: 125500 is "seratus dua puluh lima ribu lima ratus" (Indonesian only)."""
    if amount < 0:
        return f"minus {in_words(-amount)}"
    if amount == 0:
        return _DIGITS[0]
    if amount >= 1000 * _POWERS["triliun"]:
        raise MoneyError("too_large")
    words: list[str] = []
    for name, power in reversed(_POWERS.items()):
        count, amount = divmod(amount, power)
        if count:
            words += ["seribu"] if (name, count) == ("ribu", 1) else [*_hundreds(count), name]
    return " ".join(words + _hundreds(amount))


def _hundreds(number: int) -> list[str]:
    """Words of a number below one thousand; none for zero."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = [] if not hundreds else ["seratus"] if hundreds == 1 else [_DIGITS[hundreds], "ratus"]
    if tens == 1:
        return words + (["sepuluh"] if ones == 0 else ["sebelas"] if ones == 1 else [_DIGITS[ones], "belas"])
    return words + ([_DIGITS[tens], "puluh"] if tens else []) + ([_DIGITS[ones]] if ones else [])


@lru_cache(maxsize=64)
def _symbol(currency: str, locale: str) -> str:
    if currency == "IDR":
        return "Rp" if _language(locale) == "id" else "Rp "
    symbol = get_currency_symbol(currency, _language(locale))
    return f"{symbol} " if symbol[-1:].isalpha() else symbol


def _with_symbol(number: str, negative: bool, currency: str, locale: str) -> str:
    return f"{'-' if negative else ''}{_symbol(currency, locale)}{number}"


def _plain(text: str) -> str:
    """Lower case, one kind of space and of dash, nothing invisible."""
    folded = unicodedata.normalize("NFKC", text).replace("\N{MINUS SIGN}", "-").casefold()
    kept = (
        "-" if unicodedata.category(c) == "Pd" else c for c in folded if unicodedata.category(c) not in ("Cf", "Cc")
    )
    return " ".join("".join(kept).split())


def _without_symbol(text: str, currency: str) -> str:
    marks = {currency, get_currency_symbol(currency, "id"), get_currency_symbol(currency, "en")}
    marks |= {"rp.", "rp"} if currency == "IDR" else set()
    for mark in sorted(marks, key=len, reverse=True):
        if text.lstrip("-").startswith(mark.casefold()):
            return text.replace(mark.casefold(), "", 1).strip()
    return text


def _amount(text: str, digits: int, locale: str) -> int:
    if not text.isascii() or len(text) > 400:
        raise MoneyError("garbage")
    if text[0].isalpha():
        return _from_words(text) * _scale(digits)
    if match := _WITH_UNIT.fullmatch(text):
        return _scaled(match, digits)
    return _from_digits(text, digits, locale)


def _from_digits(text: str, digits: int, locale: str) -> int:
    """ "15000", "15.000", "15,000", "15 000", and with decimals where the currency has them or they are zero."""
    thousands, point = (map(re.escape, _SEPARATORS[_language(locale)])) if digits > 2 else ("[.,]", "[.,]")
    match = re.fullmatch(
        rf"(?:(?P<grouped>[1-9]\d{{0,2}}(?:(?P<mark>{thousands}| )\d{{3}})(?:(?P=mark)\d{{3}})*)|(?P<plain>0|[1-9]\d*))"
        rf"(?:(?P<point>{point})(?P<part>\d+))?",
        text,
    )
    if not match or (match["point"] and match["point"] == match["mark"]):
        raise MoneyError("garbage")
    whole = int(re.sub(r"\D", "", match["grouped"] or match["plain"]))
    part = match["part"] or ""
    if len(part) <= digits:
        return whole * _scale(digits) + int(part.ljust(digits, "0") or 0)
    if digits == 0 and not match["grouped"]:
        raise MoneyError("ambiguous")
    if int(part[digits:]):
        raise MoneyError("decimals")
    return whole * _scale(digits) + int(part[:digits] or 0)


def _scaled(match: re.Match[str], digits: int) -> int:
    """A number with its unit: "15rb", "1,5jt", "1jt2", "1jt 200rb", "15rb500"."""
    unit, part, rest = _UNITS[match["unit"]], match["part"] or "", (match["rest"] or "").strip()
    if len(part) > 2 or (part and rest):
        raise MoneyError("ambiguous")
    amount = Decimal(f"{match['whole']}.{part or 0}") * unit
    if rest:
        amount += _after_unit(rest, unit, tight=not match["gap"])
    if amount != int(amount):
        raise MoneyError("ambiguous")
    return int(amount) * _scale(digits)


def _after_unit(rest: str, unit: int, *, tight: bool) -> Decimal:
    """What follows the unit: decimals of it ("1jt2" is 1.200.000) or a smaller amount ("1jt 200rb")."""
    if rest.isdigit() and (len(rest) == 3 or (len(rest) < 3 and tight and unit >= 10**6)):
        return Decimal(f"0.{rest}") * unit
    smaller = Decimal(_amount(rest, 0, "id"))
    if not 1000 <= smaller < unit:
        raise MoneyError("ambiguous")
    return smaller


def _from_words(text: str) -> int:
    """Indonesian words for an amount. Whatever `in_words` would not say back is refused."""
    spaced = " ".join(_SPELLINGS.get(word, word) for word in _GLUED.sub(" ", text).split())
    head, half, unit = spaced.partition("setengah")
    if half:
        power = _POWERS.get(unit.strip())
        if not power:
            raise MoneyError("garbage")
        return (2 * (_from_words(head) if head else 0) + 1) * power // 2
    total = group = digit = 0
    for word in spaced.replace("sepuluh", "satu puluh").replace("sebelas", "satu belas").split():
        if word in _DIGITS:
            digit = _DIGITS.index(word)
        elif word == "belas":
            group, digit = group + 10 + digit, 0
        elif word in ("puluh", "ratus"):
            group, digit = group + digit * (10 if word == "puluh" else 100), 0
        elif word == "seratus":
            group += 100
        elif word in _POWERS or word == "seribu":
            total, group, digit = total + (group + digit or 1) * _POWERS.get(word, 1000), 0, 0
    amount = total + group + digit
    if amount > LARGEST or in_words(amount) != spaced.strip():
        raise MoneyError("garbage")
    return amount
