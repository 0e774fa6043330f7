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
OWN_LIST = ("reseller", "intermediary")

# What labels name (Indonesian and international rules agree on these).
ALLERGENS = ("gluten", "milk", "egg", "peanut", "soy", "tree_nut", "sesame")


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


def pirt(text: str) -> str:
    """A P-IRT number as it is printed, `2063575010012-29`: 13 digits and the two of the year it ends.

    Reads it with or without dashes and the words before it. Raises ValueError for anything that is no such number.
    """
    found = re.fullmatch(r"(?:P-?IRT)?(?:NO)?(\d{13})-?(\d{2})", re.sub(r"[\s.:]", "", text.upper()))
    if found is None or found[1][0] == "0":
        raise ValueError(text)
    return f"{found[1]}-{found[2]}"


def pirt_ends(number: str) -> int:
    """The year to whose end a P-IRT number counts."""
    return 2000 + int(number[-2:])


def halal(text: str) -> str:
    """The number of a halal certificate: `ID` and 17 digits. Raises ValueError for anything else.

    The number of the decree (KH) is no such number, and must not be printed.
    """
    number = re.sub(r"[\s.-]", "", text.upper())
    if not re.fullmatch(r"ID\d{17}", number, re.ASCII):
        raise ValueError(text)
    return number


def in_season(day: date, sold_from: date | None, sold_until: date | None) -> bool:
    """Whether something with these bounds (inclusive) is sold on `day`."""
    return (sold_from is None or sold_from <= day) and (sold_until is None or day <= sold_until)


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
