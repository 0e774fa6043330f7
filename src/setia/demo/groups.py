"""Two groups the owner of the demo shop made: one that renews itself, one that stays as it was."""

from setia.segments import actions
from setia.segments.models import SegmentKind
from setia.segments.rules import all_of, condition
from setia.shops.models import Member


def write_groups() -> None:
    """Lovers of Keju out of town who may be written to; and the regulars she asked to the bazaar."""
    owner = Member.objects.get(role="owner")
    cheese = all_of(
        condition("bought", {"what": "f:Keju", "days": 90}),
        condition("town", {"where": "out"}),
        condition("consent", {"purpose": "promotion", "state": "given"}),
    )
    actions.save_segment(name="Pecinta keju luar kota", rule=cheese, by=owner)
    regulars = all_of(condition("group", {"groups": ["3", "4"]}), condition("reachable"))
    actions.save_segment(name="Undangan bazar alun-alun", rule=regulars, kind=SegmentKind.FIXED, by=owner)
