"""Days on which the shop is closed."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import events
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.shops import events as verbs
from setia.shops.models import Closure

MOST_DAYS = 60


@transaction.atomic
def close_days(*, first: date, last: date, reason: str = "") -> list[Closure]:
    """Close the shop from `first` to `last` (inclusive); days that are closed already get the new reason."""
    if last < first:
        raise DomainError(_("The last day lies before the first."), code="order", field="last")
    length = (last - first).days + 1
    if length > MOST_DAYS:
        raise DomainError(
            _("That is %(days)s days. Close at most %(most)s days at once.") % {"days": length, "most": MOST_DAYS},
            code="too_long",
            field="last",
        )
    closures = [
        Closure.objects.update_or_create(
            shop=current_shop(), day=first + timedelta(days=number), defaults={"reason": reason.strip()}
        )[0]
        for number in range(length)
    ]
    events.record(verbs.CLOSED, subject=current_shop(), data={"first": first.isoformat(), "last": last.isoformat()})
    return closures


@transaction.atomic
def reopen_day(*, closure: Closure) -> None:
    """The shop is open on this day after all."""
    if Closure.objects.filter(pk=closure.pk).delete()[0]:
        events.record(verbs.REOPENED, subject=current_shop(), data={"day": closure.day.isoformat()})
