"""Pure decisions of something new: where it stands, and what may be said of how it was taken up."""

from datetime import date, timedelta
from typing import Final

# How it was taken up is read after so many days.
UPTAKE_DAYS: Final = 30
STEPS: Final = ("idea", "tasting", "announce", "counting", "over")


def step(*, has_variant: bool, tasted: int, announced_on: date | None, today: date) -> str:
    """Where it stands: `idea` (no product yet), `tasting` (nobody tasted it), `announce`, `counting`, `over`."""
    if announced_on is not None:
        return "over" if today > announced_on + timedelta(days=UPTAKE_DAYS) else "counting"
    if not has_variant:
        return "idea"
    return "announce" if tasted else "tasting"


def until(announced_on: date) -> date:
    """The last day that counts."""
    return announced_on + timedelta(days=UPTAKE_DAYS)
