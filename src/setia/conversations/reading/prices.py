"""Amounts of money in a message, each joined into one token "Rp35000" before any number is taken for a quantity."""

import re
from bisect import bisect_left
from typing import Final

from setia.core.money import MoneyError, read_money

from .text import Token

_MARKED: Final = re.compile(
    r"\brp\.?\s?\d[\d.,]*\d?(?:\s?(?:rb|rbu|ribu|rebu|k|jt|juta)\b)?(?:,-)?"
    r"|(?<![\w.,])\d[\d.,]*\s?(?:(?:rb|rbu|ribu|rebu|ewu|jt|juta)(?:\d{1,3})?(?:an)?\b|k\b(?!\w))",
    re.IGNORECASE,
)
_GOODS: Final = re.compile(r"U:|V:|P:|biji|orang|tamu|undangan")
_SLANG: Final = {"cepek": 100_000, "gopek": 500_000, "gocap": 50_000, "goban": 50_000, "ceban": 10_000, "goceng": 5_000}


def join_money(text: str, found: list[Token]) -> list[Token]:
    """Replace "35rb", "Rp35.000,-", "1,5jt" by one token; a count of goods ("2 ribu biji") stays a number."""
    joined: list[Token] = []
    at = 0
    for match in _MARKED.finditer(text):
        first, last = _within(found, at, match.start(), match.end())
        if last <= first or _counts_goods(found, match.group(), last):
            continue
        if token := _token(match.group(), found[first].start, found[last - 1].end):
            joined += [*found[at:first], token]
            at = last
    return [*joined, *found[at:]]


def mark_money(found: list[Token]) -> None:
    """After numbers are joined: "sejuta", "seket ewu" and a bare "35.000" are money unless a unit follows."""
    for at, token in enumerate(found):
        if token.sym in _SLANG:
            token.sym, token.amount = f"Rp{_SLANG[token.sym]}", None
            continue
        value = token.amount.exact if token.amount else None
        if value is None or value < 1000 or token.role or value != int(value):
            continue
        after = found[at + 1].sym if at + 1 < len(found) else ""
        spelled = not token.text.isdigit()
        if not _GOODS.match(after) and (spelled or value >= 10_000):
            token.sym, token.amount = f"Rp{value:.0f}", None


def _within(found: list[Token], at: int, start: int, end: int) -> tuple[int, int]:
    """The tokens from `at` on that begin inside the given characters, as a range of positions."""
    first = bisect_left(found, start, lo=at, key=lambda token: token.start)
    return first, bisect_left(found, end, lo=first, key=lambda token: token.start)


def _counts_goods(found: list[Token], written: str, after: int) -> bool:
    plain = not written.lower().startswith("rp")
    return plain and after < len(found) and bool(_GOODS.match(found[after].sym))


def _token(written: str, start: int, end: int) -> Token | None:
    try:
        amount = read_money(written.rstrip(".,")).amount
    except MoneyError:
        return None
    return Token(written, start, end, f"Rp{amount}") if amount >= 500 else None
