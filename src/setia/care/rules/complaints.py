"""Pure decisions about complaints: how bad a kind is, what each way to make good costs and is worth, what is fair."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Final

SEVERE: Final = frozenset({"illness", "foreign"})
MAJOR: Final = frozenset({"mould", "stale", "short", "flavour", "raw", "late", "price", "deposit", "rude"})
# What `conversations.reading` calls the kinds.
READ_AS: Final[Mapping[str, str]] = {
    "sakit": "illness",
    "benda_asing": "foreign",
    "berjamur": "mould",
    "basi": "stale",
    "gosong": "burnt",
    "kurang_matang": "raw",
    "salah_rasa": "flavour",
    "hancur": "crushed",
    "kemasan_rusak": "packaging",
    "kurang_isi": "short",
    "terlambat": "late",
    "salah_alamat": "address",
    "salah_harga": "price",
    "pelayanan": "rude",
    "tekstur_keras": "hard",
    "tidak_enak": "taste",
}
# Kinds that come out of the oven or the sack: for these a batch is looked for.
OF_A_BATCH: Final = SEVERE | frozenset({"mould", "stale", "hard", "raw", "burnt", "taste"})
# Without a recipe a box is taken to cost this share of its price.
COST_SHARE: Final = 0.65
STEP: Final = 500
# Fewer similar cases say nothing about what is usual.
FEWEST_SIMILAR: Final = 3
# An offer this many times more (or less) than usual deserves a second thought.
FAR: Final = 2.0
REPEATED: Final = 3
WINDOW_DAYS: Final = 60


def severity(kind: str) -> str:
    """How bad a kind of complaint is before anybody has looked: `severe`, `major` or `minor`."""
    return "severe" if kind in SEVERE else "major" if kind in MAJOR else "minor"


def box_cost(price: int, cost: int | None) -> int:
    """What a box costs the shop: by its recipe, else `COST_SHARE` of its price, rounded up."""
    return cost if cost is not None else -int(-price * COST_SHARE // 1)


@dataclass(frozen=True)
class Way:
    """One way to make good. `value` is None where it cannot be said in rupiah (to be heard, to be visited)."""

    option: str
    cost: int
    value: int | None


def ways(*, boxes: int, price: int, cost: int | None, visit_cost: int) -> list[Way]:
    """Every way to make `boxes` (≥ 1) good that sell for `price` and cost `cost` (None: not known) each.

    A new box costs the shop what it takes to bake it and is worth its price to the customer: the cheapest way to be
    generous. Money costs what it is worth. Money off is half of what was spoilt, in steps of `STEP`, and at least one.
    """
    if boxes < 1 or price < 0:
        raise ValueError("A complaint is about at least one box with a price.")
    each = box_cost(price, cost)
    off = max(STEP, -(-(boxes * price) // (2 * STEP)) * STEP)
    return [
        Way("replace", boxes * each, boxes * price),
        Way("bonus", each, price),
        Way("discount", off, off),
        Way("refund", boxes * price, boxes * price),
        Way("visit", visit_cost, None),
        Way("apology", 0, None),
    ]


@dataclass(frozen=True)
class Usual:
    """What similar cases got: the middle, the least, the most, and how many there were."""

    middle: int
    least: int
    most: int
    n: int


def usual(values: Sequence[int]) -> Usual | None:
    """The usual of `values` (rupiah), or None without any."""
    return Usual(round(median(values)), min(values), max(values), len(values)) if values else None


def far_off(value: int, known: Usual | None) -> str:
    """`more` or `less` when `value` is more than `FAR` times above or below what at least `FEWEST_SIMILAR` got."""
    if known is None or known.n < FEWEST_SIMILAR or not known.middle:
        return ""
    if value > FAR * known.middle:
        return "more"
    return "less" if value < known.middle / FAR else ""


def cause_key(cause: str) -> str:
    """Causes that are written alike are one."""
    return " ".join(cause.split()).casefold()


def repeated(causes: Iterable[tuple[str, date]], today: date) -> dict[str, int]:
    """Causes that came up at least `REPEATED` times in the last `WINDOW_DAYS` days, with how often; most first."""
    since = today - timedelta(days=WINDOW_DAYS)
    counted = Counter(cause_key(cause) for cause, day in causes if cause_key(cause) and since < day <= today)
    return {cause: n for cause, n in counted.most_common() if n >= REPEATED}


@dataclass(frozen=True)
class Effect:
    """How often a cause came up in the days before an improvement was done, and in the days since (at most as many)."""

    before: int
    after: int
    days_after: int


def effect(days: Iterable[date], done_on: date, today: date) -> Effect:
    """Count, and nothing more: `WINDOW_DAYS` before `done_on`, and from it on for as long or until today."""
    rows = list(days)
    since, until = done_on - timedelta(days=WINDOW_DAYS), min(today, done_on + timedelta(days=WINDOW_DAYS - 1))
    before = sum(since <= day < done_on for day in rows)
    return Effect(before, sum(done_on <= day <= until for day in rows), max(0, (until - done_on).days + 1))


_ANGRY: Final = ("😡", "😠", "🤬", "😤", "👎", "💔")
_WORDS: Final = ("kecewa", "komplain", "keluhan", "nyesel", "kapok", "mengecewakan", "ga jadi langganan", "parah")


def upset(text: str) -> bool:
    """Whether words sound upset although no kind of complaint was read: words, faces, shouting."""
    low = text.casefold()
    if any(word in low for word in _WORDS) or any(face in text for face in _ANGRY):
        return True
    letters = [letter for letter in text if letter.isalpha()]
    shouted = len(letters) >= 12 and sum(letter.isupper() for letter in letters) > 0.8 * len(letters)
    return shouted and "!" in text
