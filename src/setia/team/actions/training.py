"""Learning: lessons with a check, the steps of the first days, remarks of the one who taught."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from setia.core import clock, events
from setia.core.errors import DomainError
from setia.shops.models import Member
from setia.team import events as verbs
from setia.team.models import Candidate, ChecklistItem, Lesson, Tick, Training


@transaction.atomic
def save_lesson(
    *, title: str, body: str, question: str, choices: list[str], right: int, lesson: Lesson | None = None
) -> Lesson:
    """Write a lesson or change it. `choices`: two to four answers, of which number `right` (from 0) is right.

    Who passed it before has passed it. Raises DomainError for too few answers or a title that is taken.
    """
    answers = [text.strip() for text in choices if text.strip()]
    if not 2 <= len(answers) <= 4 or not 0 <= right < len(answers):
        raise DomainError(_("Give two to four answers and say which one is right."), code="choices", field="choices")
    taken = Lesson.objects.filter(title=title.strip())
    if lesson is not None:
        taken = taken.exclude(pk=lesson.pk)
    if taken.exists():
        raise DomainError(_("There is a lesson with this title already."), code="title", field="title")
    row = lesson or Lesson()
    row.title, row.body, row.question = title.strip(), body.strip(), question.strip()
    row.choices, row.right = answers, right
    row.save()
    events.record(verbs.TEAM_CHANGED, subject=row)
    return row


@transaction.atomic
def answer(*, lesson: Lesson, member: Member, choice: int) -> bool:
    """A member answers the question of a lesson; returns whether it was right. Every try is counted until passed."""
    row, _new = Training.objects.get_or_create(lesson=lesson, member=member)
    right = choice == lesson.right
    open_rows = Training.objects.filter(pk=row.pk, passed_at=None)
    if open_rows.update(tries=F("tries") + 1, **({"passed_at": clock.now()} if right else {})) and right:
        events.record(verbs.TRAINED, subject=member, data={"lesson": lesson.pk})
    return right


@transaction.atomic
def note_training(*, member: Member, note: str, by: Member) -> Training:
    """What a member was taught today, in words."""
    if not note.strip():
        raise DomainError(_("Write down what was taught."), code="note", field="note")
    row: Training = Training.objects.create(member=member, note=note.strip(), by=by)
    events.record(verbs.TRAINED, subject=member)
    return row


@transaction.atomic
def tick(*, item: ChecklistItem, by: Member, candidate: Candidate | None = None, member: Member | None = None) -> Tick:
    """A line of a checklist is done, for one candidate or one member."""
    if (candidate is None) == (member is None):
        raise TypeError("A line is ticked for a candidate or for a member.")
    row, new = Tick.objects.get_or_create(item=item, candidate=candidate, member=member, defaults={"by": by})
    if new:
        events.record(verbs.TRAINED if member else verbs.CANDIDATE_CHANGED, subject=member or candidate)
    return row


@transaction.atomic
def untick(*, item: ChecklistItem, candidate: Candidate | None = None, member: Member | None = None) -> None:
    """It is not done after all."""
    Tick.objects.filter(item=item, candidate=candidate, member=member).delete()
