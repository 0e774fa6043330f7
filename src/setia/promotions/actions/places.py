"""Set goals for places, change them, take them out and put them back."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.promotions import events as verbs
from setia.promotions.models import PlaceGoal
from setia.promotions.queries import places as queries
from setia.promotions.rules.places import counted
from setia.shops.models import Member

MOST = 100_000


@transaction.atomic
def set_goal(*, place: str, whole: bool = False, customers: int, by_day: date, by: Member | None = None) -> PlaceGoal:
    """So many customers in a district (`whole`: a regency) by a day.

    Raises DomainError (fields `customers`, `by_day`, `place`).
    """
    place = " ".join(place.split())
    _check(place, customers, by_day)
    if PlaceGoal.objects.filter(place=place, whole=whole, by_day=by_day, removed_at=None).exists():
        raise DomainError(
            _("There is a goal for this place and day already: change that one."), code="twice", field="place"
        )
    there = queries.customers_by_district(current_shop().today())
    row = PlaceGoal.objects.create(
        place=place, whole=whole, customers=customers, by_day=by_day, started_with=counted(place, whole, there), by=by
    )
    _record(row, "set")
    return row


@transaction.atomic
def change_goal(*, goal: PlaceGoal, customers: int, by_day: date) -> PlaceGoal:
    """Another number or day; the place stays. Raises DomainError as `set_goal` does."""
    _check(goal.place, customers, by_day, stands=goal.by_day)
    goal.customers, goal.by_day = customers, by_day
    goal.save(update_fields=["customers", "by_day"])
    _record(goal, "changed")
    return goal


@transaction.atomic
def remove_goal(*, goal: PlaceGoal, comes_back: bool = False) -> bool:
    """Take it out, or put it back. False when it was so already."""
    rows = PlaceGoal.objects.filter(pk=goal.pk, removed_at__isnull=not comes_back)
    changed = rows.update(removed_at=None if comes_back else clock.now())
    if changed:
        _record(goal, "put back" if comes_back else "taken out")
    return bool(changed)


def _check(place: str, customers: int, by_day: date, stands: date | None = None) -> None:
    if not place:
        raise DomainError(_("Choose a place."), code="place", field="place")
    if not 0 < customers <= MOST:
        raise DomainError(_("Write how many, from 1."), code="customers", field="customers")
    if by_day <= current_shop().today() and by_day != stands:
        raise DomainError(_("Choose a day that is still to come."), code="day", field="by_day")


def _record(row: PlaceGoal, change: str) -> None:
    data = {"change": change, "place": row.place, "customers": row.customers, "by_day": row.by_day.isoformat()}
    events.record(verbs.PLACE_GOAL_CHANGED, subject=row, data=data)
