"""What may be said about tastes from few people."""

from typing import Final

# Fewer people by name than this, and no share is shown.
ENOUGH: Final = 20
WITHIN_DAYS: Final = 14


def percent(bought: int, people: int) -> int | None:
    """How many of a hundred bought; None for too few people to say."""
    return round(100 * bought / people) if people >= ENOUGH else None
