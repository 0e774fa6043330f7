"""How soon, how long, and whether."""

from typing import Any, Final

from django.db import transaction

from setia.care import events as verbs
from setia.care.models import CareSettings
from setia.core import events

CHANGEABLE: Final = frozenset({"severe_hours", "major_hours", "minor_hours", "keep_days", "visit_cost", "asks"})


@transaction.atomic
def change_settings(**changes: Any) -> CareSettings:
    """Change the rules of care."""
    if unknown := set(changes) - CHANGEABLE:
        raise TypeError(f"Not a rule of care: {sorted(unknown)}")
    row, _new = CareSettings.objects.update_or_create(defaults=changes)
    events.record(verbs.CARE_CHANGED, data={"fields": sorted(changes)})
    return row
