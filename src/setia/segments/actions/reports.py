"""Goals, nightly figures of the reports, and the owner's letter. What they hold is counted above (`setia.desk`)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.segments import events as verbs
from setia.segments.models import Goal, Letter, LetterPlan, Report
from setia.segments.rules import MEASURES
from setia.shops.models import Member

LATEST_HOUR: Final = 23
MOST: Final = Decimal(10) ** 12


@transaction.atomic
def set_goal(*, measure: str, target: Decimal | None, by: Member | None = None) -> Goal | None:
    """Set what is to be reached of a measure; without a target there is no goal any more."""
    if measure not in MEASURES:
        raise DomainError(_("There is no such goal."))
    if target is not None and not 0 < target <= MOST:
        raise DomainError(_("A goal is a number above zero."))
    if target is None:
        Goal.objects.filter(measure=measure).delete()
        goal = None
    else:
        goal, _made = Goal.objects.update_or_create(
            shop=current_shop(), measure=measure, defaults={"target": target, "set_at": clock.now(), "by": by}
        )
    told = None if target is None else str(target)
    events.record(verbs.GOAL_SET, subject=goal, data={"measure": measure, "target": told})
    return goal


@transaction.atomic
def keep_reports(*, day: date, reports: Mapping[str, Any]) -> int:
    """Put the figures of a day in the place of those of before, by name. Returns how many there are."""
    for name, data in reports.items():
        Report.objects.update_or_create(shop=current_shop(), name=name, defaults={"day": day, "data": data})
    events.record(verbs.REPORTED, data={"day": day.isoformat(), "names": sorted(reports)})
    return len(reports)


@transaction.atomic
def write_letter(*, week: date, facts: Mapping[str, Any]) -> Letter:
    """Write the letter of the week that begins on a Monday; one that is there already stays as it is."""
    letter, made = Letter.objects.get_or_create(
        shop=current_shop(), week=week, defaults={"facts": dict(facts), "written_at": clock.now()}
    )
    if made:
        events.record(verbs.LETTER_WRITTEN, subject=letter, data={"week": week.isoformat()})
    return letter


@transaction.atomic
def plan_letter(*, on: bool, hour: int, phone: str = "") -> LetterPlan:
    """Say whether and at which hour of Monday the letter comes, and to which number (E.164, empty: the shop's)."""
    if not 0 <= hour <= LATEST_HOUR:
        raise DomainError(_("An hour lies between 0 and 23."))
    plan, _made = LetterPlan.objects.update_or_create(
        shop=current_shop(), defaults={"on": on, "hour": hour, "phone": phone}
    )
    events.record(verbs.LETTER_PLANNED, subject=plan, data={"on": on, "hour": hour})
    return plan
