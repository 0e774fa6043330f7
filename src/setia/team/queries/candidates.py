"""Reads about people who want to work here."""

from dataclasses import dataclass

from django.db.models import QuerySet

from setia.shops.models import Member
from setia.team import rules
from setia.team.models import Candidate, ChecklistItem, Criterion, Mark, TeamSettings, Tick


def candidates() -> QuerySet[Candidate]:
    """Everybody whose data are still here, latest first."""
    rows = Candidate.objects.filter(erased_at=None).select_related("member", "decided_by")
    return rows.order_by("-applied_on", "-pk")


def criteria() -> QuerySet[Criterion]:
    """What is looked for, the weightiest first."""
    return Criterion.objects.filter(retired_at=None).order_by("-weight", "pk")


def marks_of(candidate: Candidate) -> dict[int, int]:
    """The candidate's scores by criterion id."""
    return dict(Mark.objects.filter(candidate=candidate).values_list("criterion_id", "score"))


@dataclass(frozen=True)
class Fitting:
    """A candidate with how well they fit (1 to 5, None without marks) and how much of the checklist is done."""

    candidate: Candidate
    fit: float | None
    done: int


def fitting(rows: QuerySet[Candidate]) -> list[Fitting]:
    """Candidates in the order of `rows`, each with fit and progress; three queries for any number."""
    found = list(rows)
    ids = [row.pk for row in found]
    marks: dict[int, list[tuple[int, int]]] = {pk: [] for pk in ids}
    for pk, score, weight in Mark.objects.filter(candidate_id__in=ids).values_list(
        "candidate_id", "score", "criterion__weight"
    ):
        marks[pk].append((score, weight))
    ticked = list(Tick.objects.filter(candidate_id__in=ids).values_list("candidate_id", flat=True))
    return [Fitting(row, rules.fit(marks[row.pk]), ticked.count(row.pk)) for row in found]


def checklist(
    kind: str, *, candidate: Candidate | None = None, member: Member | None = None
) -> list[tuple[ChecklistItem, Tick | None]]:
    """The lines of a checklist in order, each with its tick by this candidate or member."""
    ticks = {tick.item_id: tick for tick in Tick.objects.filter(candidate=candidate, member=member)}
    items = ChecklistItem.objects.filter(kind=kind, retired_at=None).order_by("position", "pk")
    return [(item, ticks.get(item.pk)) for item in items]


def keep_declined_days() -> int:
    """For how many days a declined candidate's data are kept."""
    row = TeamSettings.objects.first() or TeamSettings()
    return int(row.keep_declined_days)
