"""What Today shows beside the prompts."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from setia.conversations import evening
from setia.conversations import queries as conversations
from setia.core import calendars
from setia.core.calendars import Season
from setia.orders import queries as orders
from setia.promotions.queries import seasons as celebrations
from setia.segments import queries as segments
from setia.segments.models import Letter
from setia.shops.models import Member, Shop
from setia.shops.rules import Right, may
from setia.today import queries as today
from setia.today import together as many

COMING_DAYS = 75


@dataclass(frozen=True)
class Coming:
    """A celebration ahead."""

    name: str
    days: int
    season: Season


def greeting(now: datetime, name: str) -> str:
    """A greeting for the hour."""
    if now.hour < 11:
        return _("Good morning, %(name)s.") % {"name": name}
    if now.hour < 15:
        return _("Good day, %(name)s.") % {"name": name}
    if now.hour < 18:
        return _("Good afternoon, %(name)s.") % {"name": name}
    return _("Good evening, %(name)s.") % {"name": name}


def coming(shop: Shop) -> list[Coming]:
    """The next celebrations."""
    day = shop.today()
    indonesian = get_language() == "id"
    seasons = [
        season
        for season in celebrations.calendar((day, day + timedelta(days=COMING_DAYS)))
        if season.starts >= day and not season.memorial and season.code != "payday"
    ]
    return [
        Coming(season.name_id if indonesian else season.name_en, (season.starts - day).days, season)
        for season in sorted(seasons, key=lambda season: season.starts)[:4]
    ]


def _javanese(day: date) -> str:
    """The market day and the day of the Javanese month: `Kliwon, 13 Jumadilakir`."""
    return f"{str(calendars.weton(day)).split()[1]}, {' '.join(str(calendars.to_javanese(day)).split()[:-2])}"


def _evening_check(day: date, member: Member) -> int:
    """How many of the day's chats deserve a look, when the shop's day is over and the reader manages it."""
    if not may(member.role, Right.MANAGE) or not evening.is_after_hours():
        return 0
    return evening.left_to_check(day)


def _letter(day: date, member: Member) -> Letter | None:
    """This week's letter, on Monday and Tuesday, for those who manage the shop."""
    if not may(member.role, Right.MANAGE) or day.weekday() > 1:
        return None
    return segments.letter_of(day - timedelta(days=day.weekday()))


def context(shop: Shop, member: Member) -> dict[str, Any]:
    """Everything the home template names."""
    now = shop.now()
    day = now.date()
    cards = today.open_prompts(private=member.manages)
    kitchen = orders.kitchen(day + timedelta(days=1))
    boxes = sum(row.quantity for row in kitchen)
    return {
        "greeting": greeting(now, member.name),
        "day": day,
        "javanese": _javanese(day),
        "groups": today.by_phase(cards),
        "count": len(cards),
        "left": today.duties_left(cards, private=member.manages) if cards else 0,
        "acted": 0 if cards else today.acted_today(datetime.combine(day, time.min, tzinfo=shop.zone)),
        "may_write": may(member.role, Right.CHAT),
        "loyal": segments.loyal_count(),
        "again": orders.repeat_share(day),
        "tomorrow": day + timedelta(days=1),
        "kitchen": kitchen[:6],
        "kitchen_boxes": boxes,
        "capacity_left": max(0, shop.daily_capacity - boxes) if shop.daily_capacity else None,
        "coming": coming(shop),
        "together": many.together() if member.manages else [],
        "unread_chats": conversations.unread_count(),
        "letter": _letter(day, member),
        "evening_check": _evening_check(day, member),
        "empty_shop": not cards and not orders.any_order(),
    }
