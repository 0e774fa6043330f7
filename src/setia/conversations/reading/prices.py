"""Amounts of money in a message, each joined into one token "Rp35000" before any number is taken for a quantity."""

import re
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
    for match in reversed(list(_MARKED.finditer(text))):
        inside = [i for i, token in enumerate(found) if match.start() <= token.start < match.end()]
        if not inside or _counts_goods(found, match.group(), inside[-1] + 1):
            continue
        token = _token(match.group(), found[inside[0]].start, found[inside[-1]].end)
        if token:
            found = [*found[: inside[0]], token, *found[inside[-1] + 1 :]]
    return found


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


def _counts_goods(found: list[Token], written: str, after: int) -> bool:
    plain = not written.lower().startswith("rp")
    return plain and after < len(found) and bool(_GOODS.match(found[after].sym))


def _token(written: str, start: int, end: int) -> Token | None:
    try:
        amount = read_money(written.rstrip(".,")).amount
    except MoneyError:
        return None
    return Token(written, start, end, f"Rp{amount}") if amount >= 500 else None
