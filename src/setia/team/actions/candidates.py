"""Somebody who wants to work here: written down, tried, taken on or not, forgotten in time."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.core.scope import current_shop
from setia.shops import actions as shops
from setia.shops.models import Member
from setia.team import events as verbs
from setia.team.models import Candidate, CandidateState, Criterion, Mark, TeamSettings

CHANGEABLE = ("name", "phone", "note", "photo")


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise DomainError(_("Write down the name."), code="name", field="name")
    return name


@transaction.atomic
def add_candidate(*, name: str, phone: str = "", note: str = "", photo: str = "") -> Candidate:
    """Somebody who asked for work, today. Raises DomainError without a name."""
    candidate = Candidate.objects.create(
        name=_name(name), phone=phone, note=note.strip(), photo=photo, applied_on=current_shop().today()
    )
    events.record(verbs.CANDIDATE_ADDED, subject=candidate)
    return candidate


@transaction.atomic
def change_candidate(*, candidate: Candidate, **changes: Any) -> Candidate:
    """Change name, phone, note or photo."""
    if unknown := set(changes) - set(CHANGEABLE):
        raise TypeError(f"Not a changeable field of a candidate: {sorted(unknown)}")
    if "name" in changes:
        changes["name"] = _name(changes["name"])
    changed = [field for field, value in changes.items() if getattr(candidate, field) != value]
    for field in changed:
        setattr(candidate, field, changes[field])
    if changed:
        candidate.save(update_fields=changed)
        events.record(verbs.CANDIDATE_CHANGED, subject=candidate, data={"fields": sorted(changed)})
    return candidate


@transaction.atomic
def plan_trial(*, candidate: Candidate, day: date) -> None:
    """Work on trial on `day` (today or later). Raises DomainError once decided or for a day that is over."""
    if day < current_shop().today():
        raise DomainError(_("This day is over. Choose today or a later day."), code="past", field="trial_on")
    open_ones = Candidate.objects.filter(pk=candidate.pk, state__in=(CandidateState.APPLIED, CandidateState.TRIAL))
    if not open_ones.update(state=CandidateState.TRIAL, trial_on=day):
        raise DomainError(_("This was decided already. Take the decision back first."), code="decided")
    events.record(verbs.CANDIDATE_CHANGED, subject=candidate, data={"trial_on": day.isoformat()})


@transaction.atomic
def mark(*, candidate: Candidate, scores: dict[int, int], by: Member) -> None:
    """How the candidate does: scores 1 to 5 by criterion id; others keep theirs."""
    known = {row.pk: row for row in Criterion.objects.filter(pk__in=scores)}
    for pk, score in scores.items():
        Mark.objects.update_or_create(candidate=candidate, criterion=known[pk], defaults={"score": score, "by": by})
    if scores:
        events.record(verbs.CANDIDATE_CHANGED, subject=candidate, data={"marks": len(scores)})


@transaction.atomic
def decide(*, candidate: Candidate, hire: bool, reason: str, by: Member, role: str = "cashier") -> str:
    """Take on, or not, with a reason. Returns the token of the invitation of a person taken on, else ``.

    Raises DomainError when it was decided already, or without a reason.
    """
    if not reason.strip():
        raise DomainError(_("Write one sentence why: it helps with the next decision."), code="reason", field="reason")
    state = CandidateState.HIRED if hire else CandidateState.DECLINED
    decided = Candidate.objects.filter(
        pk=candidate.pk, state__in=(CandidateState.APPLIED, CandidateState.TRIAL), erased_at=None
    ).update(state=state, reason=reason.strip(), decided_at=clock.now(), decided_by=by)
    if not decided:
        raise DomainError(_("This was decided already. Take the decision back first."), code="decided")
    token = ""
    if hire:
        invitation, token = shops.invite(name=candidate.name, role=role, by=by)
        Candidate.objects.filter(pk=candidate.pk).update(invitation=invitation)
    events.record(verbs.CANDIDATE_DECIDED, subject=candidate, data={"hired": hire})
    return token


@transaction.atomic
def reopen(*, candidate: Candidate) -> bool:
    """Take a decision back; the invitation of somebody who has not joined yet opens nothing any more."""
    decided = Candidate.objects.filter(pk=candidate.pk, member=None, erased_at=None).exclude(decided_at=None)
    row = decided.select_related("invitation").first()
    if row is None:
        return False
    if row.invitation is not None:
        shops.withdraw_invitation(invitation=row.invitation)
    back = CandidateState.TRIAL if row.trial_on else CandidateState.APPLIED
    decided.update(state=back, decided_at=None, decided_by=None, reason="", invitation=None)
    events.record(verbs.CANDIDATE_DECIDED, subject=candidate, data={"hired": None})
    return True


def follow_joined(*, event: Event) -> None:
    """A helper joined: if with the invitation of a candidate, they are the same person from now on."""
    if event.data.get("invitation") and event.subject_id:
        Candidate.objects.filter(invitation_id=event.data["invitation"], member=None).update(member_id=event.subject_id)


@transaction.atomic
def erase_declined() -> list[str]:
    """Erase what is personal about those declined longer ago than the shop keeps it.

    Returns the tokens of their pictures, which the caller removes after the transaction.
    """
    settings = TeamSettings.objects.first() or TeamSettings()
    until = clock.now() - timedelta(days=settings.keep_declined_days)
    rows = Candidate.objects.filter(state=CandidateState.DECLINED, erased_at=None, decided_at__lt=until)
    gone = list(rows.select_for_update())
    for candidate in gone:
        candidate.marks.all().delete()
        candidate.ticks.all().delete()
        events.record(verbs.CANDIDATE_ERASED, subject=candidate)
    Candidate.objects.filter(pk__in=[row.pk for row in gone]).update(
        name="", phone="", note="", reason="", photo="", erased_at=clock.now()
    )
    return [row.photo for row in gone if row.photo]
