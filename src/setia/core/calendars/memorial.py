"""The days on which a Javanese family remembers someone who died.

Offer these only to a customer who asked for it, with consent, and never with a cheerful message.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from setia.core.calendars.javanese import Weton, weton

# Day k counts the day of death as the first; one and two years are Javanese years of 354 days.
DAYS: Final = (
    ("geblag", 1),
    ("nelung dina", 3),
    ("mitung dina", 7),
    ("matang puluh dina", 40),
    ("nyatus dina", 100),
    ("mendhak pisan", 354),
    ("mendhak pindho", 708),
    ("nyewu dina", 1000),
)


@dataclass(frozen=True, slots=True)
class Selamatan:
    """A day of remembrance: its Javanese `name`, the `nth` day counted from the death, its date and weton."""

    name: str
    nth: int
    day: date
    weton: Weton


def selamatan(death: date) -> list[Selamatan]:
    """All days of remembrance after a death, first to last.

    Families reckon the second year differently, so a date is a proposal to confirm. By custom a death after sunset
    belongs to the next day: pass that day.
    """
    days = ((name, nth, death + timedelta(nth - 1)) for name, nth in DAYS)
    return [Selamatan(name, nth, day, weton(day)) for name, nth, day in days]
