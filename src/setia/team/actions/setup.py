"""What the owner looks for, ticks off and observes: begun with a usual list, changed at will."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.core.scope import current_shop
from setia.team import defaults
from setia.team import events as verbs
from setia.team.models import Behaviour, ChecklistItem, ChecklistKind, Criterion, TeamSettings

Retirable = Criterion | ChecklistItem | Behaviour


@transaction.atomic
def prepare(*, event: Event | None = None) -> bool:
    """Write down the usual criteria, checklists and behaviours in the shop's language, the first time only.

    Woken when a shop is opened.
    """
    if TeamSettings.objects.exists():
        return False
    TeamSettings.objects.get_or_create()
    with translation.override(current_shop().language):
        Criterion.objects.bulk_create(Criterion(label=_(text), weight=weight) for text, weight in defaults.CRITERIA)
        for kind, texts in ((ChecklistKind.TRIAL, defaults.TRIAL), (ChecklistKind.ONBOARDING, defaults.ONBOARDING)):
            ChecklistItem.objects.bulk_create(
                ChecklistItem(kind=kind, text=_(text), position=place) for place, text in enumerate(texts)
            )
        Behaviour.objects.bulk_create(
            Behaviour(label=_(text), good=good, weight=weight) for text, good, weight in defaults.BEHAVIOURS
        )
    return True


@transaction.atomic
def change_settings(*, keep_declined_days: int) -> None:
    """How long what is personal about a declined candidate is kept: 1 to 365 days."""
    if not 1 <= keep_declined_days <= 365:
        raise DomainError(_("Choose between 1 and 365 days."), code="days", field="keep_declined_days")
    TeamSettings.objects.update_or_create(defaults={"keep_declined_days": keep_declined_days})
    events.record(verbs.TEAM_CHANGED, data={"keep_declined_days": keep_declined_days})


@transaction.atomic
def add_criterion(*, label: str, weight: int = 3) -> Criterion:
    """Look for this in candidates, too; a retired one of the same name comes back."""
    row, _new = Criterion.objects.update_or_create(label=label.strip(), defaults={"weight": weight, "retired_at": None})
    events.record(verbs.TEAM_CHANGED, subject=row)
    return row


@transaction.atomic
def add_checklist_item(*, kind: str, text: str) -> ChecklistItem:
    """One more line of a checklist, at its end; a retired one of the same words comes back."""
    last = ChecklistItem.objects.filter(kind=kind).order_by("-position").first()
    row, _new = ChecklistItem.objects.update_or_create(
        kind=kind, text=text.strip(), defaults={"position": last.position + 1 if last else 0, "retired_at": None}
    )
    events.record(verbs.TEAM_CHANGED, subject=row)
    return row


@transaction.atomic
def add_behaviour(*, label: str, good: bool, weight: int = 1) -> Behaviour:
    """Something else to look at; a retired one of the same name comes back."""
    row, _new = Behaviour.objects.update_or_create(
        label=label.strip(), defaults={"good": good, "weight": weight, "retired_at": None}
    )
    events.record(verbs.TEAM_CHANGED, subject=row)
    return row


@transaction.atomic
def retire(*, row: Retirable) -> None:
    """No longer used; what was written with it stays."""
    if type(row).objects.filter(pk=row.pk, retired_at=None).update(retired_at=clock.now()):
        events.record(verbs.TEAM_CHANGED, subject=row)
