"""A loss of data: what is known, what was done, who was told and when (article 46)."""

from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import clock, events
from setia.core.errors import DomainError
from setia.customers import events as verbs
from setia.customers.models import Breach
from setia.shops.models import Member

FIELDS: Final = ("happened", "what", "which_data", "who", "done")


def _clean(fields: dict[str, Any]) -> dict[str, str]:
    cleaned = {name: str(fields.get(name, "")).strip() for name in FIELDS}
    if not cleaned["what"]:
        raise DomainError(_("Write what happened."), code="what_missing", field="what")
    return cleaned


@transaction.atomic
def note_breach(*, by: Member | None = None, **fields: Any) -> Breach:
    """Write down a loss of data; the 72 hours run from now."""
    breach = Breach.objects.create(by=by, **_clean(fields))
    events.record(verbs.BREACH, subject=breach, data={"change": "noted"})
    return breach


@transaction.atomic
def change_breach(*, breach: Breach, **fields: Any) -> Breach:
    """Complete what is known."""
    for name, value in _clean(fields).items():
        setattr(breach, name, value)
    breach.save(update_fields=list(FIELDS))
    events.record(verbs.BREACH, subject=breach, data={"change": "changed"})
    return breach


@transaction.atomic
def tell(*, breach: Breach, whom: str, told: bool = True) -> Breach:
    """The agency, or the people it concerns, were told; or not after all."""
    if whom not in ("agency", "people"):
        raise ValueError(whom)
    setattr(breach, f"{whom}_told_at", clock.now() if told else None)
    breach.save(update_fields=[f"{whom}_told_at"])
    events.record(verbs.BREACH, subject=breach, data={"change": f"{whom}_told" if told else f"{whom}_not_told"})
    return breach
