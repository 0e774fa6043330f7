"""Feast days people name in orders, and the Javanese five-day week. Facts only; the rules of reading are in `dates`."""

from datetime import date
from typing import Final

# First civil day of each feast in Indonesia, 2025 to 2030 (and the next Lebaran). Up to 2026 as decreed; later ones
# follow the MABIMS month starts and may move by a day, so they are always given as estimates and confirmed.
_TABLE: Final = {
    "ramadan": ("2025-03-01", "2026-02-19", "2027-02-08", "2028-01-28", "2029-01-16", "2030-01-06", "2030-12-26"),
    "lebaran": ("2025-03-31", "2026-03-21", "2027-03-10", "2028-02-27", "2029-02-15", "2030-02-04", "2031-01-25"),
    "kupatan": ("2025-04-07", "2026-03-28", "2027-03-17", "2028-03-05", "2029-02-22", "2030-02-11"),
    "idul_adha": ("2025-06-06", "2026-05-27", "2027-05-17", "2028-05-05", "2029-04-25", "2030-04-14"),
    "tahun_baru_islam": ("2025-06-27", "2026-06-16", "2027-06-06", "2028-05-26", "2029-05-15", "2030-05-04"),
    "maulid": ("2025-09-05", "2026-08-25", "2027-08-15", "2028-08-04", "2029-07-24", "2030-07-13"),
}
_FIXED: Final = {"natal": (12, 25), "tahun_baru": (1, 1), "17_agustus": (8, 17)}
_LAST_DECREED: Final = date(2026, 12, 31)

PASARAN: Final = {"legi": 0, "manis": 0, "pahing": 1, "paing": 1, "pon": 2, "wage": 3, "kliwon": 4}
_LEGI: Final = date(1945, 8, 17)


def next_feast(feast: str, today: date) -> date | None:
    """The feast's next day, today included; None for feasts and years outside the table."""
    if feast in _FIXED:
        month, day = _FIXED[feast]
        years = (today.year, today.year + 1)
        return next(
            (d for d in (date(year, month, day) for year in years if year <= date.max.year) if d >= today), None
        )
    return next((day for day in map(date.fromisoformat, _TABLE.get(feast, ())) if day >= today), None)


def is_estimate(feast: str, day: date) -> bool:
    """Whether that date still depends on the moon or a decree."""
    return feast in _TABLE and day > _LAST_DECREED


def pasaran(day: date) -> int:
    """Place of the day in the Javanese week: 0 Legi, 1 Pahing, 2 Pon, 3 Wage, 4 Kliwon (17 August 1945 was Legi)."""
    return (day - _LEGI).days % 5
