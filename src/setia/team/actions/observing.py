"""What was seen at the counter: two taps, and the helper sees it."""

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import clock, events
from setia.core.errors import DomainError
from setia.shops.models import Member
from setia.team import events as verbs
from setia.team.models import Behaviour, Observation


@transaction.atomic
def observe(*, member: Member, behaviour: Behaviour, by: Member, note: str = "", device_key: str = "") -> Observation:
    """Write down what was seen of a member; posting the same `device_key` twice is one observation.

    Raises DomainError for observing oneself.
    """
    if member.pk == by.pk:
        raise DomainError(_("Nobody observes themselves. Let somebody else do it."), code="self", field="member")
    if device_key and (known := Observation.objects.filter(device_key=device_key).first()):
        return known
    row: Observation = Observation.objects.create(
        member=member, behaviour=behaviour, by=by, note=note.strip(), device_key=device_key or None
    )
    events.record(verbs.OBSERVED, subject=member, data={"good": behaviour.good, "behaviour": behaviour.pk})
    return row


@transaction.atomic
def take_back(*, observation: Observation) -> None:
    """It was a mistake."""
    Observation.objects.filter(pk=observation.pk).delete()


@transaction.atomic
def confirm_seen(*, member: Member) -> int:
    """The member has read what was seen of them. How many were new."""
    return int(Observation.objects.filter(member=member, seen_at=None).update(seen_at=clock.now()))
