"""Why a regular customer may be staying away: the first of these that has evidence, else unknown.

1. They told so themselves (within a year). 2. A complaint not settled to their content since half a year. 3. Most of
their last three orders came after the promised day. 4. What they usually take became dearer by a tenth or more in the
90 days around their last purchase. 5. The signal of boredom. It is a guess for a talk, never a fact about a person.
"""

from dataclasses import dataclass
from typing import Final, Literal

RISE: Final = 0.1

Reason = Literal["told", "complaint", "late", "price", "bored", "unknown"]


@dataclass(frozen=True)
class Evidence:
    """What is known of one customer: the reason told ("" none), complaints not made good, late of their last orders,
    by which share their favourite became dearer, whether they seem bored."""

    told: str = ""
    complaints: int = 0
    late: int = 0
    orders: int = 0
    rise: float = 0.0
    bored: bool = False


def likely(known: Evidence) -> Reason:
    """The reason most likely, by the order above."""
    if known.told:
        return "told"
    if known.complaints:
        return "complaint"
    if known.orders and known.late * 2 > known.orders:
        return "late"
    if known.rise >= RISE:
        return "price"
    return "bored" if known.bored else "unknown"
