"""Whether a day has room."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from setia.core.errors import DomainError
from setia.orders import queries
from setia.orders.models import DayPlan, Order


def check_room(day: date, boxes: int, *, beside: Order | None = None) -> None:
    """Raises DomainError (field `due_on`, code `closed` or `full`) when the day takes no more orders or has no room.

    `beside`: an order that is among those of the day already. Inside a transaction: who asks for the same day waits.
    """
    plan, _made = DayPlan.objects.get_or_create(day=day)
    DayPlan.objects.select_for_update().get(pk=plan.pk)
    load = queries.load_of(day, without=beside)
    if load.closed:
        raise DomainError(_("No orders are taken for this day."), code="closed", field="due_on")
    if not load.fits(boxes):
        room = max(0, load.room or 0)
        text = ngettext(
            "This day is full: there is room for %(n)s more box.",
            "This day is full: there is room for %(n)s more boxes.",
            room,
        )
        raise DomainError(text % {"n": room}, code="full", field="due_on")
