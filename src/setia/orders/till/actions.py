"""Count the till."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.orders import events as verbs
from setia.orders.models import TillDay
from setia.orders.rules import MOST_MONEY
from setia.orders.till import queries, rules
from setia.shops.models import Member


@transaction.atomic
def count(
    *, day: date, opening: int, counted: int, taken_out: int = 0, note: str = "", by: Member | None = None
) -> TillDay:
    """Close the till of a day with what was counted. Counting the same day again replaces it; the event keeps both.

    Raises DomainError for a day to come (field `day`) and amounts that cannot be.
    """
    if day > current_shop().today():
        raise DomainError(_("This day has not come yet."), code="future", field="day")
    for field, amount in (("opening", opening), ("counted", counted), ("taken_out", taken_out)):
        if not 0 <= amount <= MOST_MONEY:
            raise DomainError(_("Enter an amount of zero or more."), code="amount", field=field)
    expected = rules.expected(opening, queries.day_of(day).takings, taken_out)
    row, _new = TillDay.objects.update_or_create(
        day=day,
        defaults={
            "opening": opening,
            "counted": counted,
            "taken_out": taken_out,
            "expected": expected,
            "note": note.strip()[:300],
            "closed_at": clock.now(),
            "closed_by": by,
        },
    )
    data = {"day": day.isoformat(), "opening": opening, "counted": counted, "taken_out": taken_out}
    events.record(verbs.TILL_COUNTED, subject=row, data=data | {"expected": expected})
    return row


@transaction.atomic
def reopen(*, day: date) -> bool:
    """Take the count of a day back. False when there is none."""
    row = TillDay.objects.filter(day=day).first()
    if row is None:
        return False
    data = {"day": day.isoformat(), "counted": row.counted, "taken_back": True}
    events.record(verbs.TILL_COUNTED, subject=row, data=data)
    row.delete()
    return True
