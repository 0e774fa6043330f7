"""What complaints amount to: causes that keep coming up, what is done against them, the last ninety days."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from setia.care.models import Complaint, ComplaintState, Improvement, Settlement, SettlementState
from setia.care.queries.complaints import came_back
from setia.care.rules import complaints as rules
from setia.core import clock
from setia.core.scope import current_shop


def _causes(since: date) -> list[tuple[str, date]]:
    zone = current_shop().zone
    rows = Complaint.objects.filter(opened_at__date__gte=since).exclude(cause="").exclude(state=ComplaintState.DROPPED)
    return [(cause, at.astimezone(zone).date()) for cause, at in rows.values_list("cause", "opened_at")]


def repeated_causes() -> list[tuple[str, int]]:
    """Causes that keep coming up and that nobody does anything about yet: as written last, how often in 60 days."""
    today = current_shop().today()
    rows = _causes(today - timedelta(days=rules.WINDOW_DAYS + 1))
    written = {rules.cause_key(cause): cause for cause, _day in rows}
    taken = {rules.cause_key(row.cause) for row in Improvement.objects.filter(done_on=None)}
    found = rules.repeated(rows, today)
    return [(written[key], n) for key, n in found.items() if key not in taken]


def improvements() -> list[tuple[Improvement, rules.Effect | None]]:
    """What is done against causes: open ones first; of those done, how often before and since."""
    rows = list(Improvement.objects.select_related("owner").order_by("-pk"))
    rows.sort(key=lambda row: row.done_on is not None)
    today = current_shop().today()
    done = [row.done_on for row in rows if row.done_on]
    causes = _causes(min(done) - timedelta(days=rules.WINDOW_DAYS + 1)) if done else []
    return [(row, _effect(row, causes, today)) for row in rows]


def _effect(row: Improvement, causes: list[tuple[str, date]], today: date) -> rules.Effect | None:
    if row.done_on is None:
        return None
    same = [day for cause, day in causes if rules.cause_key(cause) == rules.cause_key(row.cause)]
    return rules.effect(same, row.done_on, today)


@dataclass(frozen=True)
class Counts:
    """The last ninety days: how many, by kind, answered in time, content, what it cost, who came back."""

    n: int
    kinds: list[tuple[str, int]]
    causes: list[tuple[str, int]]
    in_time: int
    answered: int
    content: int
    asked: int
    cost: int
    back: int
    back_of: int


def counts(days: int = 90) -> Counts:
    """What the last days amount to."""
    since = clock.now() - timedelta(days=days)
    rows = list(Complaint.objects.filter(opened_at__gte=since).exclude(state=ComplaintState.DROPPED))
    answered = [row for row in rows if row.answered_at]
    asked = [row for row in rows if row.content is not None]
    costs = Settlement.objects.filter(complaint__in=rows, state=SettlementState.DONE).values_list("cost", flat=True)
    back = [one for one in came_back(rows).values() if not one.waiting]
    causes = Counter(row.cause for row in rows if row.cause)
    return Counts(
        n=len(rows),
        kinds=Counter(row.get_kind_display() for row in rows).most_common(),
        causes=causes.most_common(),
        in_time=sum(row.answered_at <= row.due_at for row in answered if row.answered_at),
        answered=len(answered),
        content=sum(bool(row.content) for row in asked),
        asked=len(asked),
        cost=sum(costs),
        back=sum(one.on is not None for one in back),
        back_of=len(back),
    )
