"""Which people a request is about: a saved group (`segment=<id>`), or whoever the rule in its parameters finds."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.http import QueryDict

from setia.segments import building, queries
from setia.segments.access import get_segment
from setia.segments.building import Draft
from setia.segments.conditions import Choices
from setia.segments.models import Segment, SegmentKind, Traits
from setia.segments.rules import RuleError, names_people, read
from setia.shops.access import ShopRequest


@dataclass(frozen=True)
class Selection:
    """The people of a list; `query`: the parameters that lead to it again."""

    draft: Draft
    segment: Segment | None
    rows: QuerySet[Traits]
    query: str
    # Whether these are found without looking at everybody.
    few: bool = False

    @cached_property
    def size(self) -> int:
        return self.rows.count()

    @property
    def title(self) -> str:
        return self.segment.name if self.segment else ""

    @property
    def sentence(self) -> str:
        return self.draft.sentence


def selected(request: ShopRequest) -> Selection:
    """Who is meant; 404 for a group of another shop. Two queries at most, before the rows are read."""
    choices = Choices.of_shop()
    number = request.GET.get("segment", "")
    if number:
        return of_segment(get_segment(request, int(number) if number.isascii() and number.isdecimal() else 0), choices)
    draft = building.draft(request.GET, choices)
    return Selection(draft, None, queries.profiles(draft.rule), draft.query, names_people(draft.rule))


def of_segment(segment: Segment, choices: Choices) -> Selection:
    """The people of a saved group. A rule that can no longer be read finds nobody."""
    try:
        draft, rows = building.of_rule(read(segment.rule), choices), queries.profiles_of(segment)
    except RuleError:
        draft, rows = building.draft(QueryDict(), choices), Traits.objects.none()
    few = segment.kind == SegmentKind.FIXED or names_people(draft.rule)
    return Selection(draft, segment, rows, f"segment={segment.pk}", few)
