"""Did it work? Counted at night: tests with people left out by lot, pooled; and before and after, as exactly that.

An area with such figures adds one function to `TRIALS` (with people left out) or to `MOMENTS` (without).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import NormalDist
from typing import Any, Final

from django.db.models import Max, Min

from setia.conversations.models import Message
from setia.core.scope import current_shop
from setia.desk.reports.log import Log, around
from setia.desk.reports.spans import LATELY
from setia.insight import uplift
from setia.loyalty.models import LedgerEntry
from setia.today.models import Prompt, PromptState

# Fewer people than this on a side and nothing is said.
ENOUGH: Final = 20
REACH: Final = NormalDist().inv_cdf((1 + uplift.COVERAGE) / 2)


@dataclass(frozen=True)
class Trial:
    """One test with people left out by lot: purchases more per person, with the standard error; people on each side."""

    kind: str
    effect: float
    error: float
    treated: int
    held_out: int


Days = dict[int, date]


def _on_card(until: date) -> Days:
    """The day on which each person's card of points or stamps began."""
    rows = LedgerEntry.objects.filter(day__lte=until, customer__isnull=False, amount__gt=0).order_by()
    return dict(rows.values_list("customer_id").annotate(on=Min("day")))


def _prompted(until: date) -> Days:
    """The last day on which each person was written to because Today said so."""
    return _days(
        Prompt.objects.filter(state=PromptState.SENT, customer__isnull=False, acted_at__isnull=False)
        .order_by()
        .values_list("customer_id")
        .annotate(at=Max("acted_at")),
        until,
    )


def _thanked(until: date) -> Days:
    """The day on which each person was first thanked by a message."""
    rows = Message.objects.filter(purpose__in=("thanks", "thanks_first"), sent_at__isnull=False).order_by()
    return _days(rows.values_list("customer_id").annotate(at=Min("sent_at")), until)


def _days(rows: Iterable[tuple[int, Any]], until: date) -> Days:
    zone = current_shop().zone
    found = {customer: at.astimezone(zone).date() for customer, at in rows}
    return {customer: day for customer, day in found.items() if day <= until}


# Campaigns and prompts that left people out by lot: functions that return their tests.
TRIALS: tuple[Callable[[], Sequence[Trial]], ...] = ()
# What happened to people without anybody left out: (kind, function of the last day that may count).
MOMENTS: tuple[tuple[str, Callable[[date], Days]], ...] = (
    ("card", _on_card),
    ("prompt", _prompted),
    ("thanks", _thanked),
)


def count(today: date, log: Log) -> dict[str, Any]:
    """Pooled tests by kind, and four weeks before and after what had no test."""
    trials = [trial for source in TRIALS for trial in source()]
    until = today - timedelta(days=LATELY + 1)
    return {
        "tests": [pooled(kind, mine) for kind, mine in by_kind(trials).items()],
        "moments": [row for kind, days in MOMENTS if (row := _moment(kind, days(until), log))],
    }


def by_kind(trials: Iterable[Trial]) -> dict[str, list[Trial]]:
    """Tests that can be pooled, by kind: those with an error, in the order of the kinds."""
    found: dict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        if trial.error > 0:
            found[trial.kind].append(trial)
    return dict(sorted(found.items()))


def pooled(kind: str, trials: Sequence[Trial]) -> dict[str, Any]:
    """The tests of one kind together: more purchases per person with the ends between which 8 of 10 such lie."""
    together = uplift.pool([trial.effect for trial in trials], [trial.error for trial in trials])
    return {
        "kind": kind,
        "tests": len(trials),
        "treated": sum(trial.treated for trial in trials),
        "held_out": sum(trial.held_out for trial in trials),
        "effect": round(together.effect, 4),
        "low": round(together.effect - REACH * together.error, 4),
        "high": round(together.effect + REACH * together.error, 4),
    }


def thin(test: dict[str, Any]) -> bool:
    """Whether too few people were in a test to say anything."""
    return min(test["treated"], test["held_out"]) < ENOUGH


def _moment(kind: str, days: Days, log: Log) -> dict[str, Any] | None:
    found = around(log, list(days), [day.toordinal() for day in days.values()], LATELY)
    if found is None:
        return None
    people, before, after = found
    return {"kind": kind, "people": people, "before": round(before, 4), "after": round(after, 4)}
