"""Public feasts of Indonesia, each with how sure its date is.

Fixed and Easter-based feasts are computed. Islamic feasts come from the joint decree where one is known (it may differ
from the moon by a day: it is what closes the schools) and from the Hijri calendar otherwise. Imlek, Nyepi and Waisak
are known only for the years of the table; later years have none until somebody adds the decreed date.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from setia.core.calendars.hijri import from_hijri, is_estimate, to_hijri

Basis = Literal["fixed", "decree", "easter", "hijri", "javanese", "custom", "owner"]


@dataclass(frozen=True, slots=True)
class Feast:
    """One feast day. `estimate`: may still move by a day; `basis`: what the date rests on."""

    code: str
    name_id: str
    name_en: str
    day: date
    estimate: bool
    basis: Basis


NAMES: Final = {
    "new_year": ("Tahun Baru", "New Year"),
    "isra_mikraj": ("Isra Mikraj", "Isra and Mi'raj"),
    "imlek": ("Imlek", "Chinese New Year"),
    "ramadan": ("Awal Ramadan", "First day of Ramadan"),
    "nyepi": ("Nyepi", "Nyepi, Day of Silence"),
    "good_friday": ("Wafat Yesus Kristus", "Good Friday"),
    "easter": ("Paskah", "Easter"),
    "idul_fitri": ("Idulfitri", "Eid al-Fitr"),
    "labour_day": ("Hari Buruh", "Labour Day"),
    "ascension": ("Kenaikan Yesus Kristus", "Ascension Day"),
    "waisak": ("Waisak", "Vesak"),
    "idul_adha": ("Iduladha", "Eid al-Adha"),
    "pancasila": ("Hari Lahir Pancasila", "Pancasila Day"),
    "islamic_new_year": ("Tahun Baru Islam", "Islamic New Year"),
    "independence": ("Hari Kemerdekaan", "Independence Day"),
    "maulid": ("Maulid Nabi", "Birthday of the Prophet"),
    "christmas": ("Natal", "Christmas"),
}

_FIXED: Final = {
    "new_year": (1, 1),
    "labour_day": (5, 1),
    "pancasila": (6, 1),
    "independence": (8, 17),
    "christmas": (12, 25),
}
_FROM_EASTER: Final = {"good_friday": -2, "easter": 0, "ascension": 39}
# Hijri month and day.
_HIJRI: Final = {
    "isra_mikraj": (7, 27),
    "ramadan": (9, 1),
    "idul_fitri": (10, 1),
    "idul_adha": (12, 10),
    "islamic_new_year": (1, 1),
    "maulid": (3, 12),
}
# Dates of the government's joint decrees for 2025, 2026 and 2027. Idulfitri and Iduladha 2027 are missing because
# they stay open until the moon is sighted.
_DECREED: Final = {
    code: tuple(map(date.fromisoformat, days))
    for code, days in {
        "isra_mikraj": ("2025-01-27", "2026-01-16", "2027-01-05", "2027-12-26"),
        "imlek": ("2025-01-29", "2026-02-17", "2027-02-06"),
        "nyepi": ("2025-03-29", "2026-03-19", "2027-03-08"),
        "idul_fitri": ("2025-03-31", "2026-03-21"),
        "waisak": ("2025-05-12", "2026-05-31", "2027-05-20"),
        "idul_adha": ("2025-06-06", "2026-05-27"),
        "islamic_new_year": ("2025-06-27", "2026-06-16", "2027-06-06"),
        "maulid": ("2025-09-05", "2026-08-25", "2027-08-15"),
    }.items()
}


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8)."""
    century, part = divmod(year, 100)
    golden = year % 19
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (part // 4) - moon - part % 4) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def feast_days(code: str, year: int) -> list[Feast]:
    """The days of one feast in a Gregorian year: one, two (Isra Mikraj 2027), or none where none is known."""
    return [
        Feast(code, *NAMES[code], day, estimate, basis)
        for day, estimate, basis in _days(code, year)
        if day.year == year
    ]


def public_feasts(year: int) -> list[Feast]:
    """All feasts of a Gregorian year by date. Shared leave days (cuti bersama) are not among them."""
    return sorted((feast for code in NAMES for feast in feast_days(code, year)), key=lambda feast: feast.day)


def _days(code: str, year: int) -> Iterator[tuple[date, bool, Basis]]:
    if code in _FIXED:
        yield date(year, *_FIXED[code]), False, "fixed"
    elif code in _FROM_EASTER:
        yield easter(year) + timedelta(_FROM_EASTER[code]), False, "easter"
    elif decreed := [day for day in _DECREED.get(code, ()) if day.year == year]:
        yield from ((day, False, "decree") for day in decreed)
    elif code in _HIJRI:
        month, day = _HIJRI[code]
        first = to_hijri(date(year, 1, 1)).year
        for hijri_year in range(first, first + 3):
            yield from_hijri(hijri_year, month, day), is_estimate(hijri_year, month), "hijri"
