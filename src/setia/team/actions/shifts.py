"""When people work, and when they came and went."""

from datetime import date, time, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.shops.models import Member
from setia.team import events as verbs
from setia.team.models import Shift


@transaction.atomic
def plan_shift(*, member: Member, day: date, starts: time, ends: time, note: str = "") -> Shift:
    """Somebody works on a day from `starts` to `ends`. Raises DomainError where it overlaps another shift of theirs."""
    if ends <= starts:
        raise DomainError(_("The end must lie after the beginning."), code="order", field="ends")
    if Shift.objects.filter(member=member, day=day, starts__lt=ends, ends__gt=starts).exists():
        raise DomainError(
            _("%(name)s already works at that time.") % {"name": member.name}, code="overlap", field="starts"
        )
    try:
        with transaction.atomic():
            shift: Shift = Shift.objects.create(member=member, day=day, starts=starts, ends=ends, note=note.strip())
    except IntegrityError as error:  # two devices at once
        text = _("%(name)s already works at that time.") % {"name": member.name}
        raise DomainError(text, code="overlap", field="starts") from error
    events.record(verbs.SHIFT_CHANGED, subject=shift)
    return shift


@transaction.atomic
def remove_shift(*, shift: Shift) -> None:
    """Take a planned shift out. Raises DomainError when it was worked."""
    if not Shift.objects.filter(pk=shift.pk, came_at=None).delete()[0]:
        raise DomainError(_("This shift was worked; it stays."), code="worked")
    events.record(verbs.SHIFT_CHANGED, data={"removed": shift.pk})


@transaction.atomic
def copy_week(*, monday: date) -> int:
    """Plan the week of `monday` like the week before, where nothing is planned for a person yet. How many were made."""
    week = timedelta(days=7)
    members = set(Member.objects.filter(removed_at=None).values_list("pk", flat=True))
    planned = set(
        Shift.objects.filter(day__gte=monday, day__lt=monday + week).values_list("member_id", "day").distinct()
    )
    before = Shift.objects.filter(day__gte=monday - week, day__lt=monday, member_id__in=members)
    new = [
        Shift(member_id=shift.member_id, day=shift.day + week, starts=shift.starts, ends=shift.ends)
        for shift in before
        if (shift.member_id, shift.day + week) not in planned
    ]
    Shift.objects.bulk_create(new)
    if new:
        events.record(verbs.SHIFT_CHANGED, data={"copied": len(new), "week": monday.isoformat()})
    return len(new)


@transaction.atomic
def come(*, shift: Shift) -> bool:
    """The member is here. Only on the shift's day; a second tap changes nothing."""
    if shift.day != current_shop().today():
        raise DomainError(_("Coming and going is written down on the day itself."), code="day")
    came = Shift.objects.filter(pk=shift.pk, came_at=None).update(came_at=clock.now())
    if came:
        events.record(verbs.SHIFT_WORKED, subject=shift, data={"came": True})
    return bool(came)


@transaction.atomic
def leave(*, shift: Shift) -> bool:
    """The member goes home. A second tap changes nothing."""
    left = Shift.objects.filter(pk=shift.pk, left_at=None).exclude(came_at=None).update(left_at=clock.now())
    if left:
        events.record(verbs.SHIFT_WORKED, subject=shift, data={"came": False})
    return bool(left)
