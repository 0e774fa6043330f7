"""Yearly days that are near, on three calendars, as something the database can look for."""

from datetime import date, timedelta

from django.db.models import Q

from setia.core import calendars
from setia.customers.models import Calendar


def near(today: date, days: int) -> Q:
    """Yearly days that fall between `today` and `days` later, on their own calendars, as ranges of days of a month."""
    if days >= 366:
        return Q()
    found = Q(pk__in=[])
    for name, stretches in _stretches(today, days).items():
        for (month, first), last in stretches.items():
            found |= Q(calendar=name, month=month, day__gte=first, day__lte=last)
    return found


def _stretches(today: date, days: int) -> dict[str, dict[tuple[int, int], int]]:
    """Per calendar {(month, first day): last day}; a month's last day stands for those it does not have this year."""
    found: dict[str, dict[tuple[int, int], int]] = {name: {} for name in Calendar.values}
    begun: dict[str, tuple[int, int]] = {}
    for distance in range(days + 1):
        then = today + timedelta(days=distance)
        for name, (month, day), (_next, after) in zip(
            found, _dates(then), _dates(then + timedelta(days=1)), strict=True
        ):
            if name not in begun or begun[name][0] != month:
                begun[name] = (month, day)
            last = 31 if after == 1 else day
            found[name][begun[name]] = max(last, found[name].get(begun[name], 0))
    return found


def _dates(day: date) -> list[tuple[int, int]]:
    """(month, day) on each calendar, in the order of `Calendar`."""
    hijri, javanese = calendars.to_hijri(day), calendars.to_javanese(day)
    known = {
        Calendar.GREGORIAN: (day.month, day.day),
        Calendar.HIJRI: (hijri.month, hijri.day),
        Calendar.JAVANESE: (javanese.month, javanese.day),
    }
    return [known[Calendar(name)] for name in Calendar.values]
