"""Doors of groups: what belongs to another shop does not exist."""

from django.shortcuts import get_object_or_404

from setia.segments import queries
from setia.segments.models import Segment
from setia.shops.access import ShopRequest


def get_segment(request: ShopRequest, pk: int, *, removed: bool = False) -> Segment:
    """A saved group of this shop (`removed`: one that was taken out), or 404."""
    segment: Segment = get_object_or_404(queries.saved(removed=removed), pk=pk)
    return segment
