"""What comes up again and again gets somebody who does something about it."""

from django.db import transaction
from django.utils.translation import gettext as _

from setia.care import events as verbs
from setia.care.models import Improvement
from setia.care.rules.complaints import cause_key
from setia.core import events
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.shops.models import Member


@transaction.atomic
def plan_improvement(*, cause: str, action: str, owner: Member | None) -> Improvement:
    """What is done against a cause, and by whom; a second word changes the open one."""
    cause = " ".join(cause.split())[:60]
    if not cause or not action.strip():
        raise DomainError(_("Write down what is done about it."), code="action", field="action")
    known = next(
        (row for row in Improvement.objects.filter(done_on=None) if cause_key(row.cause) == cause_key(cause)), None
    )
    if known is None:
        known = Improvement.objects.create(cause=cause, opened_on=current_shop().today())
    known.action, known.owner = action.strip()[:300], owner
    known.save(update_fields=["action", "owner"])
    events.record(verbs.IMPROVED, subject=known)
    return known


@transaction.atomic
def finish_improvement(*, improvement: Improvement) -> bool:
    """It is done; from today the cause is counted anew."""
    done = Improvement.objects.filter(pk=improvement.pk, done_on=None).update(done_on=current_shop().today())
    if done:
        events.record(verbs.IMPROVED, subject=improvement, data={"done": True})
    return bool(done)


@transaction.atomic
def reopen_improvement(*, improvement: Improvement) -> bool:
    """It was not done yet."""
    if Improvement.objects.filter(cause=improvement.cause, done_on=None).exists():
        raise DomainError(_("Something is being done about this cause already."), code="open")
    undone = Improvement.objects.filter(pk=improvement.pk).exclude(done_on=None).update(done_on=None)
    if undone:
        events.record(verbs.IMPROVED, subject=improvement, data={"done": False})
    return bool(undone)
