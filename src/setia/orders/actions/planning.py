"""Days that differ, and the waiting list."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import events
from setia.core.errors import DomainError
from setia.customers.models import Customer
from setia.orders import events as verbs
from setia.orders.actions.placing import check_day
from setia.orders.models import DayPlan, Order, Waiting, WaitingState
from setia.orders.rules import MOST_BOXES
from setia.shops.models import Member


@transaction.atomic
def plan_day(*, day: date, capacity: int | None = None, closed: bool = False, reason: str = "") -> DayPlan:
    """Say how many boxes a day takes (None: as usual), or that it takes no orders any more. Open orders stay."""
    plan, _made = DayPlan.objects.update_or_create(
        day=day, defaults={"capacity": capacity, "closed": closed, "reason": reason.strip()[:80]}
    )
    data = {"day": day.isoformat(), "capacity": capacity, "closed": closed}
    events.record(verbs.DAY_PLANNED, subject=plan, data=data)
    return plan


@transaction.atomic
def wait(
    *, day: date, boxes: int, customer: Customer | None = None, name: str = "", note: str = "", by: Member | None = None
) -> Waiting:
    """Put somebody on the waiting list of a day. Asking again for the same day changes the number of boxes.

    Raises DomainError with the field: a day that is over, no boxes, nobody's name.
    """
    check_day(day)
    name = " ".join(name.split())[:120]
    if not 1 <= boxes <= MOST_BOXES:
        raise DomainError(_("How many boxes do they want?"), code="quantity", field="boxes")
    if customer is None and not name:
        raise DomainError(_("Write a name, so that you can tell them."), code="name", field="name")
    found, made = Waiting.objects.get_or_create(
        day=day,
        customer=customer,
        name="" if customer else name,
        state=WaitingState.WAITING,
        defaults={"boxes": boxes, "note": note.strip()[:300], "by": by},
    )
    if not made:
        found.boxes, found.note = boxes, note.strip()[:300] or found.note
        found.save(update_fields=["boxes", "note"])
    data = {"day": day.isoformat(), "boxes": boxes}
    events.record(verbs.WAITS, subject=found, customer_id=found.customer_id, data=data)
    return found


@transaction.atomic
def stop_waiting(*, waiting: Waiting, order: Order | None = None) -> Waiting:
    """They got a place (with their `order`), or do not want one any more. Twice is once."""
    state = WaitingState.ORDERED if order else WaitingState.GONE
    if Waiting.objects.filter(pk=waiting.pk, state=WaitingState.WAITING).update(state=state, order=order):
        data = {"day": waiting.day.isoformat(), "boxes": waiting.boxes, "state": str(state)}
        events.record(verbs.WAITS_NO_MORE, subject=waiting, customer_id=waiting.customer_id, data=data)
    waiting.refresh_from_db()
    return waiting
