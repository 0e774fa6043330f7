"""Write down tastes that were given."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from setia.catalog.models import Variant
from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.orders.models import Order
from setia.promotions import events as verbs
from setia.promotions.models import Bazaar, Sample, SampleWhere
from setia.shops.models import Member

MOST = 10_000


@transaction.atomic
def give_sample(
    *,
    variant: Variant,
    where: str,
    customer: Customer | None = None,
    count: int = 1,
    at: datetime | None = None,
    bazaar: Bazaar | None = None,
    order: Order | None = None,
    key: str | None = None,
    by: Member | None = None,
) -> Sample:
    """A taste of a variant: by name, or `count` without names. The same `key` again gives the first.

    Raises DomainError (fields `where`, `count`).
    """
    known = Sample.objects.filter(key=key).first() if key else None
    if known:
        return known
    if where not in SampleWhere.values:
        raise DomainError(_("Choose one of the list."), code="where", field="where")
    if not 0 < count <= MOST:
        raise DomainError(_("Write how many, from 1."), code="count", field="count")
    at = at or clock.now()
    try:
        with transaction.atomic():
            row = Sample.objects.create(
                variant=variant,
                customer=customer,
                where=where,
                bazaar=bazaar,
                order=order,
                count=count,
                at=at,
                given_on=current_shop().day_of(at),
                key=key or None,
                by=by,
            )
    except IntegrityError:
        known = Sample.objects.filter(key=key).first() if key else None
        if known is None:
            raise
        return known
    _record(row, "given")
    return row


def note_sample(*, event: Event) -> None:
    """On `counter.sampled`: the taste that orders wrote down."""
    variant = Variant.objects.filter(pk=event.data.get("variant_id")).first()
    if variant is None:
        return
    give_sample(
        variant=variant,
        where=SampleWhere.COUNTER,
        customer=Customer.objects.filter(pk=event.customer_id).first() if event.customer_id else None,
        at=event.at,
        key=f"event:{event.pk}",
        by=Member.objects.filter(pk=event.data.get("by")).first(),
    )


@transaction.atomic
def take_out(*, sample: Sample) -> bool:
    """It was a slip. False when it was out already."""
    changed = Sample.objects.filter(pk=sample.pk, removed_at=None).update(removed_at=clock.now())
    if changed:
        _record(sample, "taken out")
    return bool(changed)


@transaction.atomic
def put_back(*, sample: Sample) -> bool:
    """It was none. False when it counted."""
    changed = Sample.objects.filter(pk=sample.pk).exclude(removed_at=None).update(removed_at=None)
    if changed:
        _record(sample, "put back")
    return bool(changed)


def _record(row: Sample, change: str) -> None:
    data = {
        "change": change,
        "variant": row.variant_id,
        "where": row.where,
        "count": row.count,
        "bazaar": row.bazaar_id,
    }
    events.record(verbs.SAMPLED, subject=row, customer_id=row.customer_id, data=data)
