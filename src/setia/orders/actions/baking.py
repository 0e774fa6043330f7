"""What the kitchen ticks off."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from setia.catalog.models import Variant
from setia.core import clock, events
from setia.core.errors import DomainError
from setia.orders import events as verbs
from setia.orders.models import Baked
from setia.orders.rules import MOST_BOXES
from setia.shops.models import Member


@transaction.atomic
def tick_off(*, day: date, variant: Variant, quantity: int, by: Member | None = None) -> Baked:
    """So many boxes of a variant are baked for the day, in all: saying it twice changes nothing.

    Raises DomainError (field `quantity`) for a number that cannot be.
    """
    if not 0 <= quantity <= MOST_BOXES:
        raise DomainError(_("This number of boxes cannot be."), code="quantity", field="quantity")
    row, made = Baked.objects.select_for_update().get_or_create(day=day, variant=variant, defaults={"quantity": 0})
    if made or row.quantity != quantity:
        row.quantity, row.at, row.by = quantity, clock.now(), by
        row.save(update_fields=["quantity", "at", "by"])
        data = {"day": day.isoformat(), "variant_id": variant.pk, "quantity": quantity}
        events.record(verbs.BAKED, subject=row, data=data)
    return row
