"""Standards, and looking at lots and batches."""

from django.db import transaction
from django.utils.translation import gettext as _

from setia.catalog.models import Product
from setia.core import clock, events
from setia.core.errors import DomainError
from setia.shops.models import Member
from setia.supply import events as verbs
from setia.supply.models import Batch, Inspection, Lot, Material, Standard, Verdict


@transaction.atomic
def add_standard(*, text: str, material: Material | None = None, product: Product | None = None) -> Standard:
    """One more point to look at, of a material or a product."""
    if not text.strip():
        raise DomainError(_("Write down what to look at."), code="text", field="text")
    row: Standard = Standard.objects.create(text=text.strip(), material=material, product=product)
    events.record(verbs.RECIPE_CHANGED, subject=row)
    return row


@transaction.atomic
def retire_standard(*, standard: Standard) -> None:
    """No longer looked at; earlier checks keep it."""
    if Standard.objects.filter(pk=standard.pk, retired_at=None).update(retired_at=clock.now()):
        events.record(verbs.RECIPE_CHANGED, subject=standard)


@transaction.atomic
def inspect(
    *,
    verdict: str,
    points: list[tuple[str, bool]],
    by: Member,
    lot: Lot | None = None,
    batch: Batch | None = None,
    note: str = "",
    photo: str = "",
) -> Inspection:
    """A lot or a batch was looked at. The latest verdict counts.

    Raises DomainError when it is accepted with a remark, or sent back, without a word why.
    """
    if verdict != Verdict.ACCEPTED and not note.strip():
        raise DomainError(_("Write one sentence about what was not right."), code="note", field="note")
    row: Inspection = Inspection.objects.create(
        lot=lot,
        batch=batch,
        verdict=verdict,
        points=[[text, bool(met)] for text, met in points],
        note=note.strip(),
        photo=photo,
        by=by,
    )
    seen = lot or batch
    assert seen is not None
    type(seen).objects.filter(pk=seen.pk).update(verdict=verdict)
    events.record(verbs.INSPECTED, subject=seen, data={"verdict": verdict})
    return row
