"""What deposit is asked for, until when, and what becomes of it when an order is called off.

Whole units throughout; what is kept and what goes back always add up to what was paid.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Final

# A deposit is asked for in steps people can pay in cash.
STEP: Final = 1_000


@dataclass(frozen=True, slots=True)
class Terms:
    """The owner's rules; see `models.OrderTerms` for the words."""

    kind: str = "none"
    percent: int = 50
    amount: int = 0
    above: int = 0
    pay_within_days: int = 2
    free_until_days: int = 3
    kept_before: int = 0
    kept_after: int = 100

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Terms":
        """From what an order keeps; an empty one asks for nothing."""
        return cls(**kept)

    def as_kept(self) -> dict[str, Any]:
        """As an order keeps them."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Asked:
    """A deposit that is asked for, and the last day to pay it. `due` is 0 when none is."""

    due: int
    until: date | None


@dataclass(frozen=True, slots=True)
class Split:
    """What stays with the shop of money that was paid, and what goes back."""

    kept: int
    back: int


def asked(terms: Terms, total: int, *, placed_on: date, due_on: date) -> Asked:
    """The deposit for an order of `total`: nothing below the threshold, never more than the total.

    A percentage is rounded up to a step that can be paid in cash. The last day is some days after ordering, but not
    after the last day of calling off, and never before the day of ordering.
    """
    if terms.kind == "none" or total <= 0 or total < terms.above:
        return Asked(0, None)
    wanted = terms.amount if terms.kind == "amount" else -(-total * terms.percent // (100 * STEP)) * STEP
    due = min(wanted, total)
    if due <= 0:
        return Asked(0, None)
    until = min(placed_on + timedelta(days=terms.pay_within_days), last_free_day(terms, due_on))
    return Asked(due, max(until, placed_on))


def last_free_day(terms: Terms, due_on: date) -> date:
    """The last day on which the first, milder share counts."""
    return due_on - timedelta(days=terms.free_until_days)


def on_calling_off(terms: Terms, *, paid: int, deposit_due: int, on: date, due_on: date) -> Split:
    """What becomes of `paid` when the order is called off `on` a day: a share of the deposit stays, the rest goes back.

    Only the deposit may be kept; what was paid beyond it always goes back. Without a deposit everything goes back.
    """
    share = terms.kept_before if on <= last_free_day(terms, due_on) else terms.kept_after
    deposit = min(max(paid, 0), deposit_due)
    kept = deposit * share // 100
    return Split(kept, paid - kept)
