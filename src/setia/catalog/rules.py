"""Pure decisions about products and prices."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest

# A box of snacks costs tens of thousands; more than this is a slip of the finger.
MOST_MONEY = 100_000_000
MOST_PIECES = 1_000
LONGEST_SHELF_LIFE = 3_650

# Kinds of customer that may have a list of their own. Everyone else pays the list for everyone (the empty kind).
EVERYONE = ""
OWN_LIST = frozenset({"reseller"})


def list_of(customer_kind: str) -> str:
    """The price list of a kind of customer: its own where it may have one, else the one for everyone."""
    return customer_kind if customer_kind in OWN_LIST else EVERYONE


def slug(text: str) -> str:
    """Lower case letters and digits with dashes: `Kacang hijau 10` -> `kacang-hijau-10`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def sku_for(words: str, taken: Collection[str], *, longest: int = 40) -> str:
    """A code made from a variant's words, not in `taken`, at most `longest` characters: `keju-10`, then `keju-10-2`."""
    base = slug(words)[: longest - 4].strip("-") or "item"
    candidate, number = base, 1
    while candidate in taken:
        number += 1
        candidate = f"{base}-{number}"
    return candidate


def tidy(text: str) -> str:
    """Single spaces, none at the ends."""
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Span:
    """An amount that counts from a day until the next one begins (`until` inclusive, None: until further notice)."""

    amount: int
    valid_from: date
    until: date | None


def spans(history: Iterable[tuple[date, int]]) -> list[Span]:
    """A list's prices of one variant, `(first day, amount)` in any order, as spans, oldest first."""
    steps = sorted(dict(history).items())
    ends = [day - timedelta(days=1) for day, _amount in steps[1:]]
    return [Span(amount, day, end) for (day, amount), end in zip_longest(steps, ends)]


def on(history: Iterable[Span], day: date) -> Span | None:
    """The span that counts on `day`; None before the first."""
    return next(
        (span for span in history if span.valid_from <= day and (span.until is None or day <= span.until)), None
    )
