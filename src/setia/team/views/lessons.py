"""Small lessons with a check; the steps of the first days."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.team import actions, queries
from setia.team.access import get_colleague, get_lesson
from setia.team.forms import LessonForm
from setia.team.models import ChecklistKind, Lesson
from setia.web.forms import refusals


@require_safe
@door(Right.SEE, section="menu")
def lessons(request: ShopRequest) -> HttpResponse:
    """What there is to learn, and what one has learnt."""
    done = queries.passed(request.member)
    rows = [(lesson, done.get(lesson.pk)) for lesson in queries.lessons()]
    return render(request, "team/lessons.html", {"rows": rows, "manages": request.member.manages, "tab": "lessons"})


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.SEE, section="menu")
def lesson(request: ShopRequest, pk: int) -> HttpResponse:
    """Read it, answer its question."""
    row = get_lesson(request, pk)
    context: dict[str, Any] = {"lesson": row, "manages": request.member.manages, "tab": "lessons"}
    if request.method == "POST":
        choice = request.POST.get("choice", "")
        if choice.isdecimal() and int(choice) < len(row.choices):
            if actions.answer(lesson=row, member=request.member, choice=int(choice)):
                messages.success(request, _("Right. “%(title)s” is in your book.") % {"title": row.title})
                return redirect("team:lessons")
            context["wrong"] = int(choice)
        else:
            context["missing"] = True
    context["choices"] = _shuffled(row, request.member.pk)
    context["passed"] = queries.passed(request.member).get(row.pk)
    return render(request, "team/lesson.html", context, status=422 if request.method == "POST" else 200)


def _shuffled(lesson: Lesson, turn: int) -> list[tuple[int, str]]:
    """The answers, begun at another place for each member, so that the right one is not always the first."""
    rows = list(enumerate(lesson.choices))
    start = (turn + lesson.pk) % len(rows)
    return rows[start:] + rows[:start]


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def write(request: ShopRequest, pk: int | None = None) -> HttpResponse:
    """Write a lesson, or change it."""
    row = get_lesson(request, pk) if pk is not None else None
    initial = None
    if row is not None:
        right_first = [row.choices[row.right], *(text for place, text in enumerate(row.choices) if place != row.right)]
        initial = {
            "title": row.title,
            "body": row.body,
            "question": row.question,
            "choices": "\n".join(right_first),
        }
    form = LessonForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data | {"choices": form.cleaned_data["choices"].splitlines(), "right": 0}
        with refusals(form):
            saved = actions.save_lesson(**fields, lesson=row)
            messages.success(request, _("Saved."))
            return redirect("team:lesson", saved.pk)
    context = {"form": form, "lesson": row, "tab": "lessons"}
    return render(request, "team/lesson_form.html", context, status=422 if form.errors else 200)


@require_POST
@door(Right.MANAGE, section="menu")
def step(request: ShopRequest, pk: int, item: int) -> HttpResponse:
    """A step of a member's first days is done, or not after all."""
    person = get_colleague(request, pk)
    rows = queries.checklist(ChecklistKind.ONBOARDING, member=person)
    line, ticked = next(((row, tick) for row, tick in rows if row.pk == item), (None, None))
    if line is None:
        raise Http404
    if ticked:
        actions.untick(item=line, member=person)
    else:
        actions.tick(item=line, member=person, by=request.member)
    return redirect("team:member", pk)
