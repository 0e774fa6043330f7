"""Pure decisions on how much a past may say, and who is called loyal."""

from enum import Enum, auto


class Evidence(Enum):
    """How much may be said of a customer's rhythm."""

    NONE = auto()
    RANGE = auto()
    FULL = auto()


# Purchases with 2 gaps between them, and with 4.
RANGE_PURCHASES, FULL_PURCHASES = 3, 5


def evidence(purchases: int) -> Evidence:
    """Fewer than 2 gaps between purchases: nothing; 2 or 3: a range; from 4 gaps on a rhythm and lateness."""
    if purchases < RANGE_PURCHASES:
        return Evidence.NONE
    return Evidence.RANGE if purchases < FULL_PURCHASES else Evidence.FULL


# A gap that only one in ten of their gaps exceeds is no longer «within rhythm».
WITHIN_RHYTHM = 0.10
LOYAL_PURCHASES = 3


def is_loyal(purchases: int, lateness: float | None) -> bool:
    """At least three purchases and still within the own rhythm (`lateness`: share of own gaps that are longer)."""
    return purchases >= LOYAL_PURCHASES and lateness is not None and lateness >= WITHIN_RHYTHM
