"""The week at a glance, and one member's page: numbers against their own past, praise first."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from setia.shops import queries as shops
from setia.shops.access import ShopRequest, door
from setia.shops.models import Member
from setia.shops.rules import Right
from setia.team import actions, queries, rules, wording
from setia.team.access import get_colleague
from setia.team.forms import NoteForm
from setia.team.models import ChecklistKind
from setia.web.charts import bars

BACK = 7
DAYS = timedelta(days=7)


def _monday(request: ShopRequest) -> date:
    """The week asked for (`?week=2026-11-23`, any of its days), at most this one."""
    this = queries.monday_of(request.shop.today())
    try:
        return min(this, queries.monday_of(date.fromisoformat(request.GET.get("week", ""))))
    except ValueError:
        return this


@require_safe
@door(Right.SEE, section="menu")
def week(request: ShopRequest) -> HttpResponse:
    """Everybody's week for managers, each beside their own usual; a helper is led to the own one."""
    if not request.member.manages:
        return redirect("team:member", request.member.pk)
    monday = _monday(request)
    people = list(shops.members())
    told = queries.weeks([person.pk for person in people], monday, back=BACK)
    context = {
        "people": [(person, told[person.pk][0], _sentences(told[person.pk])) for person in people],
        "today": queries.shifts_between(request.shop.today(), request.shop.today()),
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "before": monday - DAYS,
        "after": monday + DAYS if monday < queries.monday_of(request.shop.today()) else None,
        "open_candidates": queries.candidates().filter(decided_at=None).count(),
        "tab": "week",
    }
    return render(request, "team/week.html", context)


def _sentences(weeks: list[rules.Week]) -> list[tuple[bool, str]]:
    return [(word.up, wording.sentence(word)) for word in rules.words(weeks[0], weeks[1:])]


def page(member: Member, request: ShopRequest, form: NoteForm) -> dict[str, Any]:
    """Everything a member's page names."""
    monday = queries.monday_of(request.shop.today())
    weeks = queries.weeks([member.pk], monday, back=BACK)[member.pk]
    chart = [
        (date_format(monday - DAYS * place, "j/n"), float(week.customers), str(week.customers), "")
        for place, week in reversed(list(enumerate(weeks)))
    ]
    return {
        "person": member,
        "own": member.pk == request.member.pk,
        "manages": request.member.manages,
        "week": weeks[0],
        "sentences": _sentences(weeks),
        "chart": bars(chart, faint_last=True) if any(value for _l, value, _s, _u in chart) else None,
        "seen": queries.observations_of(member),
        "unseen": queries.unseen_count(member),
        "checklist": queries.checklist(ChecklistKind.ONBOARDING, member=member),
        "lessons": [(lesson, queries.passed(member).get(lesson.pk)) for lesson in queries.lessons()],
        "log": queries.trainings_of(member)[:20],
        "shifts": queries.shifts_between(request.shop.today(), request.shop.today() + DAYS).filter(member=member),
        "form": form,
        "tab": "week",
    }


@require_safe
@door(Right.SEE, section="menu")
def member(request: ShopRequest, pk: int) -> HttpResponse:
    """One member: this week against the own past, what was seen, what was learnt."""
    return render(request, "team/member.html", page(get_colleague(request, pk), request, NoteForm()))


@require_POST
@door(Right.SEE, section="menu")
def seen(request: ShopRequest, pk: int) -> HttpResponse:
    """The member has read what was seen of them (only they can say so)."""
    person = get_colleague(request, pk)
    if person.pk == request.member.pk:
        actions.confirm_seen(member=person)
    return redirect("team:member", pk)


@require_POST
@door(Right.MANAGE, section="menu")
def note(request: ShopRequest, pk: int) -> HttpResponse:
    """What was taught today."""
    person, form = get_colleague(request, pk), NoteForm(request.POST)
    if not form.is_valid():
        return render(request, "team/member.html", page(person, request, form), status=422)
    actions.note_training(member=person, note=form.cleaned_data["note"], by=request.member)
    messages.success(request, _("Written down."))
    return redirect("team:member", pk)
