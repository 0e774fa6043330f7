"""Reads about what members learn, when they work, what was seen of them."""

from datetime import date

from django.db.models import QuerySet

from setia.shops.models import Member
from setia.team.models import Behaviour, Lesson, Observation, Shift, Training


def all_lessons() -> QuerySet[Lesson]:
    """Every lesson, retired ones too."""
    return Lesson.objects.order_by("pk")


def lessons() -> QuerySet[Lesson]:
    """Lessons to learn, in the order they were written."""
    return Lesson.objects.filter(retired_at=None).order_by("pk")


def passed(member: Member) -> dict[int, Training]:
    """What the member did with each lesson, by lesson id."""
    return {row.lesson_id: row for row in Training.objects.filter(member=member).exclude(lesson=None)}


def trainings_of(member: Member) -> QuerySet[Training]:
    """The member's training log: lessons passed and remarks, latest first."""
    rows = Training.objects.filter(member=member).exclude(lesson__isnull=False, passed_at=None)
    return rows.select_related("lesson", "by").order_by("-at", "-pk")


def all_shifts() -> QuerySet[Shift]:
    """Every shift, with its member."""
    return Shift.objects.select_related("member").order_by("day", "starts", "pk")


def shifts_between(first: date, last: date) -> QuerySet[Shift]:
    """Shifts from one day to another (both included), with their members."""
    return all_shifts().filter(day__gte=first, day__lte=last)


def behaviours() -> QuerySet[Behaviour]:
    """What is looked at: good things first, the weightier before."""
    return Behaviour.objects.filter(retired_at=None).order_by("-good", "-weight", "pk")


def all_observations() -> QuerySet[Observation]:
    """Everything seen, latest first."""
    return Observation.objects.select_related("behaviour", "by", "member").order_by("-at", "-pk")


def observations_of(member: Member, *, limit: int = 30) -> list[Observation]:
    """What was seen of the member lately: praise first, then what could be better, each latest first."""
    rows = list(all_observations().filter(member=member)[:limit])
    return sorted(rows, key=lambda row: not row.behaviour.good)


def unseen_count(member: Member) -> int:
    """How many observations the member has not read."""
    return int(Observation.objects.filter(member=member, seen_at=None).count())
