"""A place got free on a day somebody waits for."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy, ngettext

from setia.customers.models import Customer
from setia.orders import events as verbs
from setia.orders import queries as orders
from setia.today.models import Phase
from setia.today.rules import Candidate
from setia.today.sources.words import SPOKEN_TO, speaking_to

KIND = "waiting"
PHASE = Phase.ENHANCE
LABEL = gettext_lazy("A place got free")
WAKES = SPOKEN_TO | {verbs.WAITS, verbs.WAITS_NO_MORE, verbs.CANCELLED, verbs.CHANGED}


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """Who is on the waiting list of a day that has room for them now; who asked first comes first."""
    for entry in orders.can_be_served(day, customer_id=customer_id):
        if entry.customer is None:
            continue  # their name stands on the page of the day; there is nobody to write to
        yield Candidate(
            key=f"{KIND}:{entry.pk}",
            customer_id=entry.customer_id,
            facts={"day": entry.day.isoformat(), "boxes": entry.boxes},
            draft=_draft(entry),
            weight=0.9 if (entry.day - day).days <= 2 else 0.6,
            lasts_days=max(1, (entry.day - day).days),
        )


def _draft(entry: Any) -> str:
    with speaking_to(entry.customer) as name:
        values = {"name": name, "boxes": entry.boxes, "day": date_format(entry.day, "l, j F")}
        text = ngettext(
            "%(name)s, good news: for %(day)s there is room for your %(boxes)s box now. Shall we write it down?",
            "%(name)s, good news: for %(day)s there is room for your %(boxes)s boxes now. Shall we write it down?",
            entry.boxes,
        )
        return text % values


def reason(facts: dict[str, Any], customer: Customer) -> str:
    """For which day, how many boxes."""
    values = {"day": date_format(date.fromisoformat(facts["day"]), "l, j F"), "n": facts["boxes"]}
    text = ngettext(
        "Waits for %(n)s box on %(day)s, and there is room now.",
        "Waits for %(n)s boxes on %(day)s, and there is room now.",
        facts["boxes"],
    )
    return text % values
