"""Calendars a shop in Java lives by: Javanese, Hijri as Indonesia keeps it, public feasts and seasons of orders.

Pure functions on dates: no clock, no database. `docs/algorithms/calendars.md` tells how each date is found and how
sure it is.
"""

from setia.core.calendars.error import CalendarError
from setia.core.calendars.feasts import Feast, easter, feast_days, public_feasts
from setia.core.calendars.hijri import HijriDate, from_hijri, hijri_month_length, is_estimate, to_hijri
from setia.core.calendars.javanese import JavaneseDate, Weton, days_of_weton, from_javanese, to_javanese, weton
from setia.core.calendars.memorial import Selamatan, selamatan
from setia.core.calendars.occasions import CalendarName, next_occurrence
from setia.core.calendars.seasons import Season, seasons

__all__ = [
    "CalendarError",
    "CalendarName",
    "Feast",
    "HijriDate",
    "JavaneseDate",
    "Season",
    "Selamatan",
    "Weton",
    "days_of_weton",
    "easter",
    "feast_days",
    "from_hijri",
    "from_javanese",
    "hijri_month_length",
    "is_estimate",
    "next_occurrence",
    "public_feasts",
    "seasons",
    "selamatan",
    "to_hijri",
    "to_javanese",
    "weton",
]
