"""What is learned at the counter besides the sale: how it tasted, and who was given a taste."""

from django.db import transaction
from django.utils.translation import gettext as _

from setia.catalog.models import Variant
from setia.core import events
from setia.core.errors import DomainError
from setia.customers.models import Customer
from setia.orders import events as verbs
from setia.orders.actions.recording import record
from setia.orders.models import Order
from setia.shops.models import Member


@transaction.atomic
def rate(*, order: Order, score: int) -> Order:
    """How it tasted, 1 (bad) to 5 (very good). The same again changes nothing; another score replaces it.

    Raises DomainError (field `score`) for any other number.
    """
    if not 1 <= score <= 5:
        raise DomainError(_("Tap one of the five faces."), code="score", field="score")
    row = Order.objects.select_for_update().get(pk=order.pk)
    if row.rating != score:
        before, row.rating = row.rating, score
        row.save(update_fields=["rating"])
        record(verbs.RATED, row, score=score, before=before)
    order.rating = score
    return order


@transaction.atomic
def give_sample(*, variant: Variant, customer: Customer | None = None, by: Member | None = None) -> None:
    """A taste of a variant was given away, to somebody by name or not."""
    events.record(
        verbs.SAMPLED,
        subject=variant,
        customer_id=customer.pk if customer else None,
        data={"variant_id": variant.pk, "by": by.pk if by else None},
    )
