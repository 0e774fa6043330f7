"""Pure decisions on how much a past may say, and who is called loyal."""

from enum import Enum, auto


class Evidence(Enum):
    """How much may be said of a customer's rhythm."""

    NONE = auto()
    RANGE = auto()
    FULL = auto()


def evidence(purchases: int) -> Evidence:
    """Fewer than 2 gaps between purchases: nothing; 2 or 3: a range; from 4 gaps on a rhythm and lateness."""
    gaps = purchases - 1
    if gaps < 2:
        return Evidence.NONE
    return Evidence.RANGE if gaps < 4 else Evidence.FULL


# A gap that only one in ten of their gaps exceeds is no longer «within rhythm».
WITHIN_RHYTHM = 0.10
LOYAL_PURCHASES = 3


def is_loyal(purchases: int, lateness: float | None) -> bool:
    """At least three purchases and still within the own rhythm (`lateness`: share of own gaps that are longer)."""
    return purchases >= LOYAL_PURCHASES and lateness is not None and lateness >= WITHIN_RHYTHM
