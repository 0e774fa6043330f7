"""The steps from a raw message to a line of symbols, in their one order."""

import re
from dataclasses import replace
from itertools import pairwise
from typing import Final

from setia.core import phone

from .catalogue import Catalogue
from .lexicon import MONTHS
from .line import Line
from .numbers import join_numbers
from .prices import join_money, mark_money
from .text import Token, clean, tokens

_LIKE_A_PHONE: Final = re.compile(r"(?<![\w.,/])(?:\+?62|0)[\s.-]?8\d{1,3}(?:[\s.-]?(?!08)\d{3,5}){1,3}(?!\d)")
_LINKS: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_REDUPLICATED: Final = re.compile(r"[^\W\d_]+")


def prepare(raw: str, catalogue: Catalogue) -> Line:
    """Clean, cut, spell, name the goods, then join phones, money and numbers."""
    text = clean(raw)
    found = _without_echo(tokens(text))
    found = _without_phones(text, found)
    for token in found:
        if not token.role and token.sym.isalpha():
            token.sym = _spelled(token, catalogue)
    _join_passives(found)
    _name_months(found)
    found = catalogue.label(found)
    found = join_money(text, found)
    found = join_numbers(found)
    mark_money(found)
    return Line(text, found)


def _spelled(token: Token, catalogue: Catalogue) -> str:
    vocabulary = catalogue.vocabulary
    if token.doubled and (whole := vocabulary.canonical(f"{token.sym}2")) != f"{token.sym}2":
        return whole
    return vocabulary.canonical(token.sym)


def _join_passives(found: list[Token]) -> None:
    """ "di ambil" is one word: somebody else fetches it."""
    for before, token in pairwise(found):
        if before.sym == "di" and token.sym in ("ambil", "antar", "kirim") and not before.role:
            token.sym, before.role = {"ambil": "diambil", "antar": "diantar", "kirim": "dikirim"}[token.sym], "joined"


def _without_echo(found: list[Token]) -> list[Token]:
    """ "masing-masing" and "ijo-ijo" as one doubled word."""
    kept: list[Token] = []
    at = 0
    while at < len(found):
        token = found[at]
        if at + 2 < len(found) and found[at + 1].sym == "-" and token.sym.isalpha() and found[at + 2].sym == token.sym:
            kept.append(replace(token, doubled=True, end=found[at + 2].end))
            at += 3
        else:
            kept.append(token)
            at += 1
    return kept


def _without_phones(text: str, found: list[Token]) -> list[Token]:
    """Phone numbers and links as one used-up token each, so that their digits count nothing; also what only looks like
    a phone number, which is then not the customer's number but no quantity either."""
    spans = [(match.start(), match.end(), "~link") for match in _LINKS.finditer(text)]
    at = 0
    for number in phone.find(text):
        begin = text.find(number.raw, at)
        if begin >= 0:
            at = begin + len(number.raw)
            spans.append((begin, at, f"~phone{number.e164}"))
    taken = [range(start, end) for start, end, _ in spans]
    for match in _LIKE_A_PHONE.finditer(text):
        if not any(match.start() in span for span in taken):
            spans.append((match.start(), match.end(), "~digits"))
    for start, end, symbol in spans:
        inside = [i for i, token in enumerate(found) if start <= token.start < end]
        if inside:
            role = symbol.removeprefix("~")
            joined = Token(text[start:end], found[inside[0]].start, found[inside[-1]].end, symbol, role=role)
            found = [*found[: inside[0]], joined, *found[inside[-1] + 1 :]]
    return found


def _name_months(found: list[Token]) -> None:
    """Month names count only next to a number or "bulan": "mei", "mar" and "jun" are also people."""
    for at, token in enumerate(found):
        if token.sym in MONTHS:
            before = found[at - 1].sym if at else ""
            if before.startswith("#") or before in ("bulan", "akhir", "awal", "pertengahan"):
                token.sym = MONTHS[token.sym]
