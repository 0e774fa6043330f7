"""The people who serve: praise that was not said yet, a trial today, somebody who waits for an answer."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from setia.core.scope import current_shop
from setia.team import events as verbs
from setia.team import queries as team
from setia.team.models import CandidateState
from setia.today.models import Phase
from setia.today.rules import NOBODY, Candidate

KIND = "staff"
PHASE = Phase.RETAIN
LABEL = gettext_lazy("Your team")
WAKES = frozenset(
    {verbs.OBSERVED, verbs.CANDIDATE_ADDED, verbs.CANDIDATE_CHANGED, verbs.CANDIDATE_DECIDED, verbs.CANDIDATE_ERASED}
)

# Praise is worth most while it is fresh; who asked to work here should hear something within so many days.
PRAISE_DAYS, ANSWER_DAYS = 7, 3
MOST = 5


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """Of candidates and members, a few each; with no customer's name."""
    if customer_id in (None, NOBODY):
        yield from _candidates(day)
        yield from _praise(day)


def _candidates(day: date) -> Iterator[Candidate]:
    rows = team.candidates().filter(state__in=[CandidateState.APPLIED, CandidateState.TRIAL])
    for one in rows.order_by("applied_on", "pk")[: 4 * MOST]:
        what = _what(one, day)
        if what:
            key = f"{KIND}:{what}:{one.pk}:{one.trial_on or one.applied_on:%Y%m%d}"
            facts = {"what": what, "id": one.pk, "name": one.name, "since": (day - one.applied_on).days}
            yield Candidate(key, None, facts, weight=0.9 if what == "trial" else 0.6, lasts_days=14)


def _what(one: Any, day: date) -> str:
    if one.state == CandidateState.TRIAL and one.trial_on:
        return "trial" if one.trial_on == day else "decide" if one.trial_on < day else ""
    return "answer" if (day - one.applied_on).days >= ANSWER_DAYS else ""


def _praise(day: date) -> Iterator[Candidate]:
    since = datetime.combine(day - timedelta(days=PRAISE_DAYS), time.min, tzinfo=current_shop().zone)
    rows = team.all_observations().filter(behaviour__good=True, seen_at=None, at__gte=since, member__removed_at=None)
    unsaid = list(rows[: 10 * MOST])
    latest = {row.member_id: row for row in reversed(unsaid)}
    counts = Counter(row.member_id for row in unsaid)
    for member, row in sorted(latest.items())[:MOST]:
        facts = {"what": "praise", "id": member, "name": row.member.name, "seen": row.behaviour.label}
        yield Candidate(
            f"{KIND}:praise:{row.pk}", None, facts | {"n": counts[member]}, weight=0.5, lasts_days=PRAISE_DAYS
        )


def title(facts: dict[str, Any]) -> str:
    """Who it is about."""
    return str(facts["name"])


def link(facts: dict[str, Any]) -> tuple[str, int]:
    """The page where it is settled."""
    return ("team:member" if facts["what"] == "praise" else "team:candidate"), facts["id"]


def reason(facts: dict[str, Any], customer: None) -> str:
    """What to say or decide."""
    if facts["what"] == "trial":
        return _("Is on trial today. Go through the list together and say at the end how it was.")
    if facts["what"] == "decide":
        return _("The trial is over. Decide, and tell them today, whichever way.")
    if facts["what"] == "answer":
        days = ngettext("%(since)s day", "%(since)s days", facts["since"]) % facts
        return _("Asked to work here %(days)s ago and waits for an answer.") % {"days": days}
    return ngettext(
        "%(n)s good thing was seen and not read yet: “%(seen)s”. Say it to them in person.",
        "%(n)s good things were seen and not read yet, the latest: “%(seen)s”. Say it to them in person.",
        facts["n"],
    ) % {"n": facts["n"], "seen": facts["seen"]}
