"""Gift sets: a variant with its own price that holds boxes of others."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from setia.catalog.models import Variant
from setia.core import events
from setia.core.errors import DomainError
from setia.orders import events as verbs
from setia.orders.models import SetPart


@transaction.atomic
def fill_set(*, whole: Variant, parts: Mapping[int, int]) -> list[SetPart]:
    """Say what is in a set: boxes by variant; nothing makes it an ordinary variant again.

    Raises DomainError (field `parts`) when it would hold itself, another set, something unknown, or be part of one.
    """
    wanted = {variant_id: boxes for variant_id, boxes in parts.items() if boxes > 0}
    known = set(Variant.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    if whole.pk in wanted or known != set(wanted):
        raise DomainError(_("Choose what is in the set from your flavours."), code="part", field="parts")
    nested = SetPart.objects.filter(whole__in=wanted).exists() or SetPart.objects.filter(part=whole).exists()
    if wanted and nested:
        raise DomainError(_("A set cannot hold another set."), code="nested", field="parts")
    SetPart.objects.filter(whole=whole).delete()
    rows = [SetPart(whole=whole, part_id=variant_id, quantity=boxes) for variant_id, boxes in wanted.items()]
    made = SetPart.objects.bulk_create(rows)
    events.record(verbs.SET_FILLED, subject=whole, data={"parts": {str(pk): boxes for pk, boxes in wanted.items()}})
    return made
