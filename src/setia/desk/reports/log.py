"""The purchase log of everybody who may stand in a list, as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from setia.desk.reports.spans import Span
from setia.orders import queries as orders
from setia.segments import queries as segments


@dataclass(frozen=True, eq=False)
class Log:
    """One row per person and day. `ids`: the people; `who`: places in it; `day`: ordinals; `first`: per person."""

    ids: Any
    who: Any
    day: Any
    first: Any

    def times(self, span: Span) -> Any:
        """On how many days of the span each person bought."""
        inside = (self.day >= span.since.toordinal()) & (self.day <= span.until.toordinal())
        return np.bincount(self.who[inside], minlength=len(self.ids))

    def circle(self, span: Span) -> "Circle":
        """Who bought in the span, in three parts that together are everybody who did."""
        bought = self.times(span) > 0
        new = bought & (self.first >= span.since.toordinal())
        kept = bought & (self.times(span.run_up) > 0)
        return Circle(int(new.sum()), int(kept.sum()), int((bought & ~new & ~kept).sum()))


@dataclass(frozen=True)
class Circle:
    """New: bought for the first time. Kept: also within the twelve weeks before. Back: after a longer time."""

    new: int
    kept: int
    back: int

    @property
    def buyers(self) -> int:
        return self.new + self.kept + self.back


def read(people: Sequence[int] | None = None) -> Log:
    """The log now; two queries."""
    ids, days, _amounts = orders.purchase_log()
    customer, day = np.asarray(ids, dtype=np.int64), np.asarray(days, dtype=np.int64)
    here = np.isin(customer, np.asarray(segments.people_ids() if people is None else people, dtype=np.int64))
    known, who = np.unique(customer[here], return_inverse=True)
    first = np.full(len(known), 10**7)
    np.minimum.at(first, who, day[here])
    return Log(known, who, day[here], first)


def around(log: Log, customers: Sequence[int], days: Sequence[int], width: int) -> tuple[int, float, float] | None:
    """Purchases per person in the `width` days before a day of theirs and in as many after it: (people, before, after).

    The day itself counts for neither. None when nobody is left; people without a purchase count as zero.
    """
    if not len(customers):
        return None
    ids, when = np.asarray(customers, dtype=np.int64), np.asarray(days, dtype=np.int64)
    order = np.argsort(ids, kind="stable")
    ids, when = ids[order], when[order]
    owner = log.ids[log.who] if len(log.ids) else np.empty(0, np.int64)
    before = after = 0
    place = np.searchsorted(ids, owner)
    mine = (place < len(ids)) & (ids[np.minimum(place, len(ids) - 1)] == owner)
    distance = log.day[mine] - when[place[mine]]
    before = int(((distance < 0) & (distance >= -width)).sum())
    after = int(((distance > 0) & (distance <= width)).sum())
    return len(ids), before / len(ids), after / len(ids)
