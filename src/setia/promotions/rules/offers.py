"""Pure decisions of offers: what comes off a basket, whether an offer holds, which of several go together.

Amounts are whole rupiah, rounded down. Nothing here is more than the goods, or their delivery, cost.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

TOGETHER: Final = "together"


@dataclass(frozen=True)
class Item:
    """One line of a basket."""

    variant_id: int
    quantity: int
    price: int


@dataclass(frozen=True)
class Terms:
    """An offer as plain values; see `models.Offer`. `parts`: boxes by variant of one bundle."""

    kind: str
    percent: int = 0
    amount: int = 0
    most: int = 0
    buy: int = 0
    get: int = 0
    variant_id: int | None = None
    parts: Mapping[int, int] = field(default_factory=dict)


def reduction(terms: Terms, items: Sequence[Item], delivery_fee: int = 0) -> int:
    """What comes off these goods; of free delivery, what comes off its fee."""
    if terms.kind == "delivery":
        return max(0, min(terms.amount, delivery_fee))
    goods = sum(item.quantity * item.price for item in items)
    about = [item for item in items if terms.variant_id in (None, item.variant_id)]
    of_these = sum(item.quantity * item.price for item in about)
    if terms.kind == "percent":
        off = of_these * terms.percent // 100
        off = min(off, terms.most) if terms.most else off
    elif terms.kind == "amount":
        off = min(terms.amount, of_these)
    elif terms.kind == "buy_get":
        off = _free_of(about, terms.buy, terms.get)
    elif terms.kind == "bundle":
        off = _bundle(terms, items)
    elif terms.kind == "sample":
        # the free box lies in the basket, and something else is bought
        free = next((item.price for item in items if item.variant_id == terms.variant_id), 0)
        off = free if free < goods else 0
    else:
        off = 0
    return max(0, min(off, goods))


def _free_of(items: Sequence[Item], buy: int, get: int) -> int:
    """Of every `buy + get` boxes the cheapest `get` of the whole are free."""
    if buy < 1 or get < 1:
        return 0
    free = sum(item.quantity for item in items) // (buy + get) * get
    off = 0
    for item in sorted(items, key=lambda one: one.price):
        taken = min(free, item.quantity)
        off, free = off + taken * item.price, free - taken
    return off


def _bundle(terms: Terms, items: Sequence[Item]) -> int:
    """Whole bundles in the basket cost `amount` each."""
    have: dict[int, int] = {}
    price: dict[int, int] = {}
    for item in items:
        have[item.variant_id] = have.get(item.variant_id, 0) + item.quantity
        price[item.variant_id] = min(item.price, price.get(item.variant_id, item.price))
    if not terms.parts or any(quantity < 1 for quantity in terms.parts.values()):
        return 0
    bundles = min(have.get(variant, 0) // quantity for variant, quantity in terms.parts.items())
    normal = sum(price.get(variant, 0) * quantity for variant, quantity in terms.parts.items())
    return bundles * max(0, normal - terms.amount)


@dataclass(frozen=True)
class Conditions:
    """For whom, where, when, from which purchase on. Empty means: everybody, everywhere, always."""

    starts_on: date
    ends_on: date | None = None
    channels: Sequence[str] = ()
    weekdays: Sequence[int] = ()
    customer_kind: str = ""
    district: str = ""
    first_only: bool = False
    least_purchase: int = 0


@dataclass(frozen=True)
class Situation:
    """A basket at the moment: `kind`, `district` and `purchases` of its customer ("" and 0 when nobody is known)."""

    on: date
    channel: str
    goods: int
    known: bool = False
    kind: str = ""
    district: str = ""
    purchases: int = 0


def holds(conditions: Conditions, now: Situation) -> bool:
    """Whether the offer is for this basket at all."""
    wanted = conditions
    about_people = bool(wanted.customer_kind or wanted.district or wanted.first_only)
    return (
        wanted.starts_on <= now.on
        and (wanted.ends_on is None or now.on <= wanted.ends_on)
        and (not wanted.channels or now.channel in wanted.channels)
        and (not wanted.weekdays or now.on.weekday() in wanted.weekdays)
        and now.goods >= wanted.least_purchase
        and (now.known or not about_people)
        and wanted.customer_kind in ("", now.kind)
        and wanted.district.casefold() in ("", now.district.casefold())
        and not (wanted.first_only and now.purchases)
    )


def room(*, limit: int, used: int, budget: int, spent: int, amount: int) -> bool:
    """Whether one more use of `amount` stays within limit and budget (0: without)."""
    return (not limit or used < limit) and (not budget or spent + amount <= budget)


@dataclass(frozen=True)
class Choice:
    """An offer that holds, and what it would take off."""

    key: int
    amount: int
    stacking: str
    by_code: bool = False


def together(choices: Sequence[Choice]) -> list[Choice]:
    """Which go together: what a code stands for first; then the single one, or all that go with others, whichever
    takes more off."""
    coded = [choice for choice in choices if choice.by_code]
    free = [choice for choice in choices if not choice.by_code]
    friends = [choice for choice in free if choice.stacking == TOGETHER]
    if coded:
        first = coded[:1]
        return first + (friends if first[0].stacking == TOGETHER else [])
    alone = [choice for choice in free if choice.stacking != TOGETHER]
    best = sorted(alone, key=lambda choice: (-choice.amount, choice.key))[:1]
    if best and best[0].amount >= sum(choice.amount for choice in friends):
        return best
    return friends


# Letters and digits that are not mistaken for one another when read aloud or from paper.
ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def code_key(text: str) -> str:
    """A typed code as it is kept: capitals and digits, no spaces or dashes."""
    return "".join(letter for letter in text.upper() if letter.isalnum())[:20]
