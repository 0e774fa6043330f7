"""A birthday or another yearly day of a customer: something to offer ahead, good wishes on the day."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from setia.customers import events as verbs
from setia.customers import queries as customers
from setia.customers.models import Customer, Occasion, OccasionKind
from setia.today.models import Phase
from setia.today.rules import Candidate
from setia.today.sources import offers
from setia.today.sources.words import CHANCES, speaking_to

KIND = "occasion"
PHASE = Phase.ENHANCE
LABEL = gettext_lazy("A day to remember")
WAKES = CHANCES | {verbs.OCCASION_ADDED, verbs.OCCASION_REMOVED, verbs.CONSENT_ANSWERED}

AHEAD_DAYS = 7
# Wishes that were put off on the day itself come back the day after.
BEHIND_DAYS = 1


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """Days of customers who agreed to be greeted: theirs today; within a week, if they take offers as well."""
    since, span = day - timedelta(days=BEHIND_DAYS), AHEAD_DAYS + BEHIND_DAYS
    near = customers.occasions_near(since, days=span, customer_id=customer_id)
    answers = offers.answers(sorted({occasion.customer_id for occasion, falls_on in near if falls_on > day}))
    for occasion, falls_on in near:
        days = (falls_on - day).days
        if occasion.kind == OccasionKind.MEMORIAL:
            if days > 0:
                yield _remembrance(occasion, falls_on, days)
            continue
        if days > 0 and not offers.welcome(answers.get(occasion.customer_id)):
            continue
        yield Candidate(
            key=f"{KIND}:{occasion.pk}:{falls_on:%Y%m%d}:{'ahead' if days > 0 else 'day'}",
            customer_id=occasion.customer_id,
            facts={"kind": occasion.kind, "label": occasion.label, "on": falls_on.isoformat(), "in": days},
            draft=_draft(occasion, days),
            weight=0.9 - max(0, days) * 0.05,
            lasts_days=max(1, days),
            begins=days >= 0,
        )


def _remembrance(occasion: Occasion, falls_on: date, days: int) -> Candidate:
    """They asked for it: before the day, quietly, whatever they said about offers; on the day itself nothing."""
    with speaking_to(occasion.customer) as name:
        draft = _(
            "%(name)s, as you asked: the day of remembrance is near. "
            "If you need parcels for it, we will prepare them for you. May it be a quiet day."
        ) % {"name": name}
    return Candidate(
        key=f"{KIND}:{occasion.pk}:{falls_on:%Y%m%d}:ahead",
        customer_id=occasion.customer_id,
        facts={"kind": occasion.kind, "label": occasion.label, "on": falls_on.isoformat(), "in": days},
        draft=draft,
        weight=0.9 - days * 0.05,
        lasts_days=days,
    )


def _draft(occasion: Occasion, days: int) -> str:
    with speaking_to(occasion.customer) as name:
        return _words(occasion.kind, days) % {"name": name}


def _words(kind: str, days: int) -> str:
    birthday = kind == OccasionKind.BIRTHDAY
    if days > 0:
        if birthday:
            return _("%(name)s, your birthday is near. Shall we make something for it?")
        return _("%(name)s, your special day is near. Shall we make something for it?")
    if days < 0:
        return _("%(name)s, a day late, but from the heart: we wish you health and joy.")
    if birthday:
        return _("Happy birthday, %(name)s! We wish you health and joy.")
    return _("%(name)s, we remember your special day and wish you well.")


def reason(facts: dict[str, Any], customer: Customer) -> str:
    """Which day, and how near."""
    what = facts["label"] or OccasionKind(facts["kind"]).label
    if facts["in"] < 0:
        return _("%(occasion)s was yesterday.") % {"occasion": what}
    if not facts["in"]:
        return _("%(occasion)s is today.") % {"occasion": what}
    in_days = ngettext("in %(n)s day", "in %(n)s days", facts["in"]) % {"n": facts["in"]}
    distance = _("tomorrow") if facts["in"] == 1 else in_days
    return _("%(occasion)s is %(distance)s, on %(day)s.") % {
        "occasion": what,
        "distance": distance,
        "day": date_format(date.fromisoformat(facts["on"]), "j F"),
    }
