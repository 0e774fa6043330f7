"""A celebration is near for which this customer ordered last time."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.core import calendars
from setia.customers import queries as customers
from setia.customers.models import Customer, Purpose
from setia.orders import queries as orders
from setia.today.models import Phase
from setia.today.rules import Candidate
from setia.today.sources.words import speaking_to

KIND = "season"
PHASE = Phase.ENHANCE
LABEL = gettext_lazy("Celebration near")
WAKES: frozenset[str] = frozenset()

# Early enough to plan a big order, late enough to be thinking of it.
FROM_DAYS, UNTIL_DAYS = 7, 28
LAST_TIME_DAYS = 400
# A season of months, or one of every month, is no occasion to write.
LONGEST_DAYS = 45
NO_OCCASION = {"payday", "sura"}


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """Customers who may be written to and ordered for the same celebration last time (lunar years differ by 11 days)."""
    for season in calendars.seasons((day + timedelta(days=FROM_DAYS), day + timedelta(days=UNTIL_DAYS))):
        if not _is_occasion(season) or not FROM_DAYS <= (season.starts - day).days <= UNTIL_DAYS:
            continue
        before = _last_time(season.code, day)
        if before is None:
            continue
        buyers = orders.buyers_between(before.starts, before.ends, customer_id=customer_id)
        allowed = customers.may_be_written_to([customer.pk for customer, _boxes in buyers], Purpose.PROMOTION)
        for customer, boxes in buyers:
            if customer.pk in allowed:
                yield Candidate(
                    key=f"{KIND}:{season.code}:{season.starts:%Y%m}:{customer.pk}",
                    customer_id=customer.pk,
                    facts={
                        "id": season.name_id,
                        "en": season.name_en,
                        "in": (season.starts - day).days,
                        "boxes": boxes,
                        "estimate": season.estimate,
                    },
                    draft=_draft(customer, season),
                    weight=min(0.85, 0.4 + boxes / 100),
                    lasts_days=(season.starts - day).days,
                )


def _is_occasion(season: Any) -> bool:
    long = (season.ends - season.starts).days > LONGEST_DAYS
    return not (season.memorial or long or season.code in NO_OCCASION)


def _last_time(code: str, day: date) -> Any:
    past = [
        season
        for season in calendars.seasons((day - timedelta(days=LAST_TIME_DAYS), day - timedelta(days=200)))
        if season.code == code and season.ends < day
    ]
    return past[-1] if past else None


def _draft(customer: Customer, season: Any) -> str:
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
        return _("%(season)s begins in about %(days)s days (estimated date). Took %(boxes)s for it last time.") % values
    return _("%(season)s begins in %(days)s days. Took %(boxes)s for it last time.") % values
