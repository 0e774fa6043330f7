"""When the shop is open, in words a customer understands; and the hours of automatic messages."""

from datetime import datetime, time, timedelta

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setia.conversations.models import AutoReply
from setia.core.scope import current_shop
from setia.shops import queries as shops
from setia.shops.models import Shop
from setia.shops.rules import WEEKDAYS

AHEAD = 14


def is_closed(shop: Shop) -> bool:
    """Whether nobody is in the shop now. A shop that never wrote down its hours is never closed."""
    now = shop.now()
    if not shop.opening_hours:
        return False
    span = _span(shop, now)
    return span is None or not span[0] <= now.time() < span[1] or now.date() in _closures(now)


def _closures(now: datetime) -> set[object]:
    return set(shops.closed_days(since=now.date(), until=now.date() + timedelta(days=AHEAD)))


def _span(shop: Shop, day: datetime) -> tuple[time, time] | None:
    hours = shop.opening_hours.get(WEEKDAYS[day.weekday()])
    return (time.fromisoformat(hours[0]), time.fromisoformat(hours[1])) if hours else None


def opens_words(shop: Shop, language: str) -> str:
    """When the shop opens next: `besok jam 07.00`, `Senin jam 07.00`; empty when that is not known."""
    now = shop.now()
    closures = _closures(now)
    for distance in range(AHEAD):
        day = now + timedelta(days=distance)
        span = _span(shop, day)
        if span is None or day.date() in closures or (distance == 0 and now.time() >= span[0]):
            continue
        with translation.override(language):
            clock = f"{span[0]:%H.%M}" if language == "id" else f"{span[0]:%H:%M}"
            name = _("today") if distance == 0 else _("tomorrow") if distance == 1 else date_format(day, "l")
            return _("%(day)s at %(time)s") % {"day": name, "time": clock}
    return ""


def within(row: AutoReply | None) -> bool:
    """Whether an automatic message may be sent now by its own hours. They may cross midnight."""
    return next_within(row) is None


def next_within(row: AutoReply | None) -> datetime | None:
    """When the hours of an automatic message begin; None while they last, or without any."""
    if row is None or row.hours_from is None or row.hours_until is None:
        return None
    now = current_shop().now()
    begins, ends, clock = row.hours_from, row.hours_until, now.time()
    inside = begins <= clock < ends if begins < ends else clock >= begins or clock < ends
    if inside:
        return None
    start = now.replace(hour=begins.hour, minute=begins.minute, second=0, microsecond=0)
    return start if start > now else start + timedelta(days=1)
