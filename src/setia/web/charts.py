"""Geometry of the small pictures: plain numbers for SVG partials, no drawing, no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, MARGIN = 340.0, 12.0


@dataclass(frozen=True)
class Strip:
    """A rhythm strip: x positions (0…WIDTH) of purchases, of the window of the next one, and of today."""

    buys: list[float]
    today: float
    due_from: float | None
    due_width: float | None
    first_day: date


def rhythm_strip(
    days: Sequence[date], today: date, gap_low: float | None, gap_high: float | None, most: int = 14
) -> Strip:
    """Lay out the latest `most` purchase days and the expected window `last + gap_low … last + gap_high` (days).

    The scale spans from the first day drawn to today or the end of the window, whichever is later. `days` must not
    be empty.
    """
    drawn = sorted(days)[-most:]
    last = drawn[-1]
    window = None
    if gap_low is not None and gap_high is not None:
        window = (last + timedelta(days=round(gap_low)), last + timedelta(days=round(gap_high)))
    end = max([today, last, *(window or ())])
    length = max(1, (end - drawn[0]).days)

    def x(day: date) -> float:
        return round(MARGIN + (WIDTH - 2 * MARGIN) * (day - drawn[0]).days / length, 1)

    return Strip(
        buys=[x(day) for day in drawn],
        today=x(today),
        due_from=x(window[0]) if window else None,
        due_width=round(max(6.0, x(window[1]) - x(window[0])), 1) if window else None,
        first_day=drawn[0],
    )
