"""Why somebody bought elsewhere, when they told."""

from django.db import transaction
from django.utils.translation import gettext as _

from setia.care import events as verbs
from setia.care.models import Elsewhere, ElsewhereReason
from setia.core import events
from setia.core.errors import DomainError
from setia.customers.models import Customer
from setia.shops.models import Member


@transaction.atomic
def tell_elsewhere(*, customer: Customer, reason: str, note: str = "", by: Member | None) -> Elsewhere:
    """They told that they bought elsewhere."""
    if reason not in ElsewhereReason.values:
        raise DomainError(_("Choose the reason they told."), code="reason", field="reason")
    row: Elsewhere = Elsewhere.objects.create(customer=customer, reason=reason, note=note.strip()[:200], by=by)
    events.record(verbs.ELSEWHERE, subject=row, customer_id=customer.pk, data={"reason": reason})
    return row


@transaction.atomic
def take_back_elsewhere(*, elsewhere: Elsewhere) -> None:
    """It was a mistake."""
    events.record(
        verbs.ELSEWHERE, subject=elsewhere, customer_id=elsewhere.customer_id, data={"reason": "", "taken_back": True}
    )
    Elsewhere.objects.filter(pk=elsewhere.pk).delete()
