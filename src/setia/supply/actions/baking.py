"""Batches: baked, checked, sold, called back; complaints traced to them."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from setia.catalog.models import Variant
from setia.core import clock, events, ids
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.core.scope import current_shop
from setia.shops import public
from setia.shops.models import Member
from setia.supply import events as verbs
from setia.supply.models import Batch, BatchLot, Lot, TracedComplaint

CHANGEABLE = ("note", "photo", "boxes")
# The kind of public link that opens a batch's page.
LINK: Final = "batch"


@transaction.atomic
def bake(
    *,
    variant: Variant,
    boxes: int,
    lots: Iterable[Lot],
    baked_on: date | None = None,
    baked_by: Member | None = None,
    note: str = "",
    photo: str = "",
) -> Batch:
    """A batch of a variant, baked today or on an earlier day from these lots; best before by the product's shelf life.

    Raises DomainError for a day to come, no boxes, or a lot that was sent back or had expired.
    """
    day = baked_on or current_shop().today()
    used = list(lots)
    if day > current_shop().today():
        raise DomainError(_("This day has not come yet."), code="future", field="baked_on")
    if boxes < 1:
        raise DomainError(_("How many boxes came out?"), code="boxes", field="boxes")
    for lot in used:
        if lot.verdict == "rejected" or (lot.expires_on is not None and lot.expires_on < day):
            raise DomainError(
                _("%(material)s, lot %(lot)s, must not be used: sent back or expired.")
                % {"material": lot.material.name, "lot": lot.label},
                code="bad_lot",
                field="lots",
            )
    life = variant.product.shelf_life_days
    batch = Batch(
        variant=variant,
        baked_on=day,
        boxes=boxes,
        baked_by=baked_by,
        note=note.strip(),
        photo=photo,
        best_before=day + timedelta(days=life) if life else None,
    )
    _number(batch)
    BatchLot.objects.bulk_create(BatchLot(batch=batch, lot=lot) for lot in used)
    public.token_for(LINK, batch.pk)
    events.record(verbs.BATCH_BAKED, subject=batch, data={"variant": variant.pk, "boxes": boxes})
    return batch


def _number(batch: Batch) -> None:
    """A code people can read to each other: the day and three letters, `281126-bdk`."""
    for _try in range(20):
        batch.code = f"{batch.baked_on:%d%m%y}-{ids.short_code(3)}"
        try:
            with transaction.atomic():
                batch.save()
            return
        except IntegrityError:
            continue
    raise DomainError(_("No code is free for this day. Try again."), code="code")


@transaction.atomic
def change_batch(*, batch: Batch, **changes: Any) -> Batch:
    """Change note, photo or boxes."""
    fields = [field for field in CHANGEABLE if field in changes and getattr(batch, field) != changes[field]]
    for field in fields:
        setattr(batch, field, changes[field])
    if fields:
        batch.save(update_fields=fields)
    return batch


@transaction.atomic
def set_sold_until(*, batch: Batch, day: date | None) -> None:
    """The last day on which boxes of the batch were handed over; None while there are some left."""
    if day is not None and day < batch.baked_on:
        raise DomainError(_("It was not baked yet on that day."), code="day", field="sold_until")
    Batch.objects.filter(pk=batch.pk).update(sold_until=day)


@transaction.atomic
def recall(*, batch: Batch, reason: str) -> bool:
    """Call a batch back, with the reason that its page then says. False when it was called back already."""
    if not reason.strip():
        raise DomainError(_("Say in one sentence what is wrong."), code="reason", field="reason")
    changed = Batch.objects.filter(pk=batch.pk, recalled_at=None).update(
        recalled_at=clock.now(), recall_reason=reason.strip()
    )
    if changed:
        events.record(verbs.BATCH_RECALLED, subject=batch, data={"recalled": True})
    return bool(changed)


@transaction.atomic
def take_back_recall(*, batch: Batch) -> None:
    """It was not so."""
    if Batch.objects.filter(pk=batch.pk).exclude(recalled_at=None).update(recalled_at=None, recall_reason=""):
        events.record(verbs.BATCH_RECALLED, subject=batch, data={"recalled": False})


def trace_complaint(*, event: Event) -> None:
    """A complaint named a batch, another one, or none any more (`data`: complaint, batch, kind): counted once."""
    complaint, batch_id = event.data.get("complaint") or event.subject_id, event.data.get("batch")
    if complaint is None:
        return
    if batch_id is None:
        TracedComplaint.objects.filter(complaint_id=complaint).delete()
    elif Batch.objects.filter(pk=batch_id).exists():
        TracedComplaint.objects.update_or_create(
            complaint_id=complaint,
            defaults={"batch_id": batch_id, "kind": str(event.data.get("kind", ""))[:30], "at": event.at},
        )
