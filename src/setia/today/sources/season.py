"""A celebration is near for which this customer ordered last time."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from setia.core.calendars import Season
from setia.customers import events as customer_verbs
from setia.customers.models import Customer
from setia.orders import events as verbs
from setia.orders import queries as orders
from setia.promotions.queries import seasons
from setia.today.models import Phase
from setia.today.rules import Candidate
from setia.today.sources import offers
from setia.today.sources.settled import settled
from setia.today.sources.words import CHANCES, speaking_to

KIND = "season"
PHASE = Phase.ENHANCE
LABEL = gettext_lazy("Celebration near")
WAKES = CHANCES | {customer_verbs.CONSENT_ANSWERED, verbs.PLACED, verbs.CANCELLED}

# Early enough to plan a big order, late enough to be thinking of it. Who put it off gets it back until the last days.
FROM_DAYS, UNTIL_DAYS, LATEST_DAYS = 7, 28, 2
LAST_TIME_DAYS = 400
# A season of months, or one of every month, is no occasion to write.
LONGEST_DAYS = 45
NO_OCCASION = {"payday", "sura"}
# More than a shop can write to in the three weeks; the biggest orders first.
MOST = 150


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """Customers who bought for the same celebration last time (lunar years are shorter), without an open order."""
    near = _near(day, tuple(sorted(seasons.shifts().items())))
    past = settled(KIND) if near and customer_id is None else frozenset()
    for season, before in near:
        buyers = orders.buyers_between(before.starts, before.ends, customer_id=customer_id)
        new = [(customer, boxes) for customer, boxes in buyers if _key(season, customer) not in past]
        for customer, boxes, welcome in islice(_may_be_asked(new), MOST):
            yield _candidate(day, season, customer, boxes, welcome=welcome)


def _may_be_asked(buyers: list[tuple[Customer, int]]) -> Iterator[tuple[Customer, int, bool]]:
    """Those without an open order who did not say no, and whether they said yes."""
    for start in range(0, len(buyers), offers.SLICE):
        part = buyers[start : start + offers.SLICE]
        ids = [customer.pk for customer, _boxes in part]
        answers, busy = offers.answers(ids), orders.with_open_order(ids)
        for customer, boxes in part:
            if customer.pk not in busy and not offers.refused(answers.get(customer.pk)):
                yield customer, boxes, offers.welcome(answers.get(customer.pk))


def _key(season: Season, customer: Customer) -> str:
    return f"{KIND}:{season.code}:{season.starts:%Y%m}:{customer.pk}"


def _candidate(day: date, season: Season, customer: Customer, boxes: int, *, welcome: bool) -> Candidate:
    days = (season.starts - day).days
    weight = min(0.85, 0.4 + boxes / 100)
    return Candidate(
        key=_key(season, customer),
        customer_id=customer.pk,
        facts={
            "id": season.name_id,
            "en": season.name_en,
            "in": days,
            "boxes": boxes,
            "estimate": season.estimate,
            "welcome": welcome,
        },
        draft=_draft(customer, season) if welcome else "",
        weight=weight,
        lasts_days=days,
        begins=days >= FROM_DAYS,
    )


@lru_cache(maxsize=64)
def _near(day: date, moved: tuple[tuple[str, int], ...]) -> list[tuple[Season, Season]]:
    """Celebrations to write for on `day`, each with the one before, where the shop keeps them."""
    shifts = dict(moved)
    near = seasons.calendar((day + timedelta(days=LATEST_DAYS), day + timedelta(days=UNTIL_DAYS)), shifts)
    ahead = [season for season in near if (season.starts - day).days >= LATEST_DAYS and _is_occasion(season)]
    return [(season, before) for season in ahead if (before := _last_time(season.code, day, shifts))]


def _is_occasion(season: Season) -> bool:
    long = (season.ends - season.starts).days > LONGEST_DAYS
    return not (season.memorial or long or season.code in NO_OCCASION)


def _last_time(code: str, day: date, shifts: dict[str, int]) -> Season | None:
    past = [
        season
        for season in seasons.calendar((day - timedelta(days=LAST_TIME_DAYS), day - timedelta(days=200)), shifts)
        if season.code == code and season.ends < day
    ]
    return past[-1] if past else None


def _draft(customer: Customer, season: Season) -> str:
    with speaking_to(customer) as name:
        return _("%(name)s, %(season)s is coming. Shall we set boxes aside for you again, as last time?") % {
            "name": name,
            "season": _name(season.name_id, season.name_en),
        }


def _name(indonesian: str, english: str) -> str:
    return indonesian if get_language() == "id" else english


def reason(facts: dict[str, Any], customer: Customer) -> str:
    """Which celebration, when, and what they took last time."""
    boxes = ngettext("%(n)s box", "%(n)s boxes", facts["boxes"]) % {"n": facts["boxes"]}
    values = {"season": _name(facts["id"], facts["en"]), "days": facts["in"], "boxes": boxes}
    if facts["estimate"]:
        sentence = (
            _("%(season)s begins in about %(days)s days (estimated date). Took %(boxes)s for it last time.") % values
        )
    else:
        sentence = _("%(season)s begins in %(days)s days. Took %(boxes)s for it last time.") % values
    return sentence if facts["welcome"] else f"{sentence} {offers.in_person()}"
