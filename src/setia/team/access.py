"""Doors: candidates are the managers' business; results are seen by the one they are about, and by managers."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from setia.shops.access import ShopRequest, get_member
from setia.shops.models import Member
from setia.team import queries
from setia.team.models import Candidate, Lesson, Observation, Shift


def get_colleague(request: ShopRequest, pk: int) -> Member:
    """A member whose results this member may see: their own, or anybody's for managers; else 404."""
    if pk != request.member.pk and not request.member.manages:
        raise Http404
    return get_member(request, pk)


def get_candidate(request: ShopRequest, pk: int) -> Candidate:
    """A candidate of this shop, or 404."""
    candidate: Candidate = get_object_or_404(queries.candidates(), pk=pk)
    return candidate


def get_lesson(request: ShopRequest, pk: int) -> Lesson:
    """A lesson of this shop, or 404."""
    lesson: Lesson = get_object_or_404(queries.all_lessons(), pk=pk)
    return lesson


def get_shift(request: ShopRequest, pk: int) -> Shift:
    """A shift of this shop that the member may touch: their own, or any for managers; else 404."""
    shifts = queries.all_shifts() if request.member.manages else queries.all_shifts().filter(member=request.member)
    shift: Shift = get_object_or_404(shifts, pk=pk)
    return shift


def get_observation(request: ShopRequest, pk: int) -> Observation:
    """An observation of this shop, or 404."""
    observation: Observation = get_object_or_404(queries.all_observations(), pk=pk)
    return observation
