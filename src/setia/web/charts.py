"""Geometry of the small pictures: plain numbers for SVG partials, no drawing, no database."""

from collections.abc import Callable, Sequence
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


# --- Columns, lines with a band, ranks, grids -------------------------------------------------------------------------

HEIGHT, FOOT, HEAD = 120.0, 18.0, 14.0
SHADES = 5
_ROOM = HEIGHT - FOOT - HEAD


@dataclass(frozen=True)
class Bar:
    """One column: where it stands, what it is (`label`) and counts (`shown`), where it leads.

    A table for screen readers tells all of them; drawn is the label where `marked` and the number where `numbered`.
    """

    x: float
    y: float
    width: float
    height: float
    middle: float
    label: str
    shown: str
    url: str
    faint: bool
    marked: bool
    numbered: bool


def bars(
    rows: Sequence[tuple[str, float, str, str]],
    *,
    mark: Callable[[int], bool] = lambda _place: True,
    number: Callable[[int], bool] = lambda _place: True,
    faint_last: bool = False,
) -> list[Bar]:
    """Columns from left to right on WIDTH × HEIGHT: rows of (label, value, value as text, url or ``).

    `mark` and `number` say by their place from the left below and above which columns something is written, where all
    would be too crowded. `faint_last`: the last one is not complete yet (this month) and drawn so. Values below zero
    count as zero.
    """
    if not rows:
        return []
    most = max(max(value for _label, value, _shown, _url in rows), 1e-9)
    step = WIDTH / len(rows)
    return [
        Bar(
            x=round(step * place + step * 0.14, 1),
            y=round(HEIGHT - FOOT - _ROOM * max(value, 0.0) / most, 1),
            width=round(step * 0.72, 1),
            height=round(_ROOM * max(value, 0.0) / most, 1),
            middle=round(step * (place + 0.5), 1),
            label=label,
            shown=shown,
            url=url,
            faint=faint_last and place == len(rows) - 1,
            marked=mark(place),
            numbered=number(place),
        )
        for place, (label, value, shown, url) in enumerate(rows)
    ]


@dataclass(frozen=True)
class Line:
    """A line with a band around it: SVG path data, the ends of the scale, and the points for a table."""

    path: str
    band: str
    least: float
    most: float
    points: list[tuple[str, float, float | None, float | None]]


def line(points: Sequence[tuple[str, float, float | None, float | None]]) -> Line:
    """Lay out (label, value, low or None, high or None) from left to right on WIDTH × HEIGHT.

    The scale holds every value and the band and always begins at zero or below. A single point is a level line.
    """
    values = [number for _label, *numbers in points for number in numbers if number is not None]
    least, most = min([0.0, *values]), max([1e-9, *values])

    def x(place: int) -> float:
        return round(MARGIN + (WIDTH - 2 * MARGIN) * place / max(1, len(points) - 1), 1)

    def y(value: float) -> float:
        return round(HEIGHT - FOOT - _ROOM * (value - least) / (most - least), 1)

    middle = [f"{x(place)} {y(value)}" for place, (_label, value, _low, _high) in enumerate(points)]
    if len(middle) == 1:
        middle.append(f"{WIDTH - MARGIN} {y(points[0][1])}")
    banded = [(n, low, high) for n, (_l, _v, low, high) in enumerate(points) if low is not None and high is not None]
    upper = [f"{x(n)} {y(high)}" for n, _low, high in banded]
    lower = [f"{x(n)} {y(low)}" for n, low, _high in banded]
    return Line(
        path=f"M{' L'.join(middle)}" if middle else "",
        band=f"M{' L'.join([*upper, *reversed(lower)])}Z" if len(upper) > 1 else "",
        least=least,
        most=most,
        points=list(points),
    )


@dataclass(frozen=True)
class Rank:
    """One row of a ranking: `width` of 100 is its bar."""

    label: str
    shown: str
    width: float
    url: str
    more: str


def ranks(rows: Sequence[tuple[str, float, str, str, str]]) -> list[Rank]:
    """Rows of (label, value, value as text, url or ``, a word more or ``), each with a bar relative to the longest."""
    most = max([1e-9, *(value for _label, value, *_rest in rows)])
    return [
        Rank(label, shown, round(100 * max(value, 0.0) / most, 1), url, more) for label, value, shown, url, more in rows
    ]


@dataclass(frozen=True)
class Cell:
    """One cell of a grid: its text, its shade (0…SHADES, -1 unknown yet) and where it leads."""

    shown: str
    shade: int
    url: str


def shade(share: float | None) -> int:
    """0 for nothing, else 1…SHADES by fifths of a share (0…1); -1 for what is not known yet."""
    if share is None:
        return -1
    return 0 if share <= 0 else min(SHADES, 1 + int(share * SHADES))
