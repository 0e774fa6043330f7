"""People who want to work here: managers see them, the owner decides."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setia.shops import fresh_links
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right, may
from setia.team import actions, queries
from setia.team.access import get_candidate
from setia.team.forms import CandidateForm, DecisionForm, MarksForm, TrialForm
from setia.team.models import Candidate, ChecklistKind
from setia.team.pictures import PHOTOS
from setia.web import photos
from setia.web.forms import refusals


@require_safe
@door(Right.MANAGE, section="menu")
def candidates(request: ShopRequest) -> HttpResponse:
    """Who wants to work here, and what became of earlier ones."""
    rows = queries.fitting(queries.candidates())
    context = {
        "open": [row for row in rows if row.candidate.is_open],
        "decided": [row for row in rows if not row.candidate.is_open],
        "lines": len(queries.checklist(ChecklistKind.TRIAL)),
        "keep_days": queries.keep_declined_days(),
        "tab": "candidates",
    }
    return render(request, "team/candidates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def new(request: ShopRequest) -> HttpResponse:
    """Somebody asks for work."""
    form = CandidateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            with photos.replacing(form.cleaned_data, folder=PHOTOS) as fields:
                candidate = actions.add_candidate(**fields)
            messages.success(request, _("Saved. Now plan a trial shift."))
            return redirect("team:candidate", candidate.pk)
    return render(
        request, "team/candidate_form.html", {"form": form, "tab": "candidates"}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@door(Right.MANAGE, section="menu")
def edit(request: ShopRequest, pk: int) -> HttpResponse:
    """Change name, phone, note, photo."""
    candidate = get_candidate(request, pk)
    known = {name: getattr(candidate, name) for name in ("name", "phone", "note")}
    form = CandidateForm(request.POST or None, request.FILES or None, initial=known)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            with photos.replacing(form.cleaned_data, candidate.photo, folder=PHOTOS) as fields:
                actions.change_candidate(candidate=candidate, **fields)
            messages.success(request, _("Saved."))
            return redirect("team:candidate", pk)
    context = {"form": form, "candidate": candidate, "tab": "candidates"}
    return render(request, "team/candidate_form.html", context, status=422 if form.errors else 200)


def _page(request: ShopRequest, candidate: Candidate, status: int = 200, **forms: Any) -> HttpResponse:
    (row,) = queries.fitting(queries.candidates().filter(pk=candidate.pk))
    criteria, known = queries.criteria(), queries.marks_of(candidate)
    context = {
        "candidate": row.candidate,
        "fit": row.fit,
        "checklist": queries.checklist(ChecklistKind.TRIAL, candidate=candidate),
        "marks": forms.get("marks") or MarksForm(criteria=criteria, known=known),
        "trial": forms.get("trial") or TrialForm(initial={"trial_on": candidate.trial_on or request.shop.today()}),
        "decision": forms.get("decision") or DecisionForm(),
        "owns": may(request.member.role, Right.OWN),
        "keep_days": queries.keep_declined_days(),
        "tab": "candidates",
    }
    return render(request, "team/candidate.html", context, status=status)


@require_safe
@door(Right.MANAGE, section="menu")
def candidate(request: ShopRequest, pk: int) -> HttpResponse:
    """One candidate: criteria, trial shift, decision."""
    return _page(request, get_candidate(request, pk))


@require_safe
@door(Right.MANAGE, section="menu")
def photo(request: ShopRequest, pk: int) -> HttpResponseBase:
    """The candidate's picture, for managers only."""
    found = get_candidate(request, pk)
    if not found.photo:
        raise Http404
    return photos.response(found.photo, folder=PHOTOS, small=True)


@require_POST
@door(Right.MANAGE, section="menu")
def marks(request: ShopRequest, pk: int) -> HttpResponse:
    """How the candidate does."""
    found = get_candidate(request, pk)
    form = MarksForm(request.POST, criteria=queries.criteria(), known={})
    if not form.is_valid():
        return _page(request, found, 422, marks=form)
    actions.mark(candidate=found, scores=form.scores, by=request.member)
    messages.success(request, _("Saved."))
    return redirect("team:candidate", pk)


@require_POST
@door(Right.MANAGE, section="menu")
def trial(request: ShopRequest, pk: int) -> HttpResponse:
    """Plan the trial shift."""
    found, form = get_candidate(request, pk), TrialForm(request.POST)
    if form.is_valid():
        with refusals(form):
            actions.plan_trial(candidate=found, day=form.cleaned_data["trial_on"])
            messages.success(request, _("The trial shift is planned."))
            return redirect("team:candidate", pk)
    return _page(request, found, 422, trial=form)


@require_POST
@door(Right.MANAGE, section="menu")
def line(request: ShopRequest, pk: int, item: int) -> HttpResponse:
    """A line of the trial shift's checklist is done, or not after all."""
    found = get_candidate(request, pk)
    rows = queries.checklist(ChecklistKind.TRIAL, candidate=found)
    wanted, ticked = next(((row, tick) for row, tick in rows if row.pk == item), (None, None))
    if wanted is None:
        raise Http404
    if ticked:
        actions.untick(item=wanted, candidate=found)
    else:
        actions.tick(item=wanted, candidate=found, by=request.member)
    return redirect("team:candidate", pk)


@require_POST
@door(Right.OWN, section="menu")
def decision(request: ShopRequest, pk: int) -> HttpResponse:
    """Taken on (leads to the invitation's link) or not."""
    found, form = get_candidate(request, pk), DecisionForm(request.POST)
    hire = request.POST.get("hire") == "1"
    if form.is_valid():
        with refusals(form):
            token = actions.decide(candidate=found, hire=hire, by=request.member, **form.cleaned_data)
            if not hire:
                messages.success(request, _("Written down. Tell them kindly."))
                return redirect("team:candidate", pk)
            text = _("Hello %(name)s, welcome to %(shop)s! This link lets you in. It works once, for 7 days:")
            fresh_links.keep(request, "join", token, found.name, text)
            return redirect("shops:link")
    return _page(request, found, 422, decision=form)


@require_POST
@door(Right.OWN, section="menu")
def reopening(request: ShopRequest, pk: int) -> HttpResponse:
    """Take the decision back."""
    if actions.reopen(candidate=get_candidate(request, pk)):
        messages.success(request, _("The decision was taken back."))
    else:
        messages.error(request, _("This person works here already. Change that under «People who work here»."))
    return redirect("team:candidate", pk)
