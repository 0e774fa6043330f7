"""Did it work? Counted at night: tests with people left out by lot, pooled; and before and after, as exactly that.

An area with such figures adds one function to `TRIALS` (with people left out) or to `moments.MOMENTS` (without).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import NormalDist
from typing import Any, Final

from setia.care import queries as care
from setia.care.models import Settlement, SettlementState
from setia.core import clock
from setia.desk.reports.log import Log, around
from setia.desk.reports.moments import MOMENTS
from setia.desk.reports.spans import LATELY
from setia.insight import uplift
from setia.promotions.models import Campaign
from setia.today import queries as today

YEAR: Final = 365
# Fewer people than this on a side and nothing is said.
ENOUGH: Final = 20
# The chance to say of any source at all that it is better, though none is.
DOUBT: Final = 0.1
REACH: Final = NormalDist().inv_cdf((1 + uplift.COVERAGE) / 2)


@dataclass(frozen=True)
class Trial:
    """One test with people left out by lot: by how much the share that bought rose (a fraction of 1), with its standard
    error; people on each side."""

    kind: str
    effect: float
    error: float
    treated: int
    held_out: int


def _suggestions() -> list[Trial]:
    """Suggestions of Today, of which the lot held some back."""
    lift = today.effect().lift
    return [Trial("prompt", lift.effect, lift.error, lift.treated, lift.held_out)] if lift else []


def _campaigns() -> list[Trial]:
    """Campaigns whose window is over. Those of one drawing whose windows overlap compare the same people: one test."""
    done = Campaign.objects.filter(measured_at__isnull=False, removed_at=None, starts_on__isnull=False)
    rows = [row for row in done.order_by("hold_out_id", "starts_on", "pk") if (row.result or {}).get("rate")]
    return [together([row.result["rate"] for row in mine]) for mine in apart(rows)]


def apart(rows: Iterable[Campaign]) -> list[list[Campaign]]:
    """Campaigns ordered by drawing and start, those with people in common in one list."""
    groups: list[list[Campaign]] = []
    last: date | None = None
    for row in rows:
        same = groups and row.hold_out_id is not None and groups[-1][-1].hold_out_id == row.hold_out_id
        if same and last is not None and row.starts_on <= last:
            groups[-1].append(row)
            last = max(last, row.ends_on)
        else:
            groups.append([row])
            last = row.ends_on
    return groups


def together(rates: Sequence[Mapping[str, float]]) -> Trial:
    """Results on the same people as one: their mean, and no more certain for being several."""
    size = len(rates)
    return Trial(
        "campaign",
        sum(rate["effect"] for rate in rates) / size,
        sum(rate["error"] for rate in rates) / size,
        max(int(rate["treated"]) for rate in rates),
        max(int(rate["held_out"]) for rate in rates),
    )


# What left people out by lot: functions that return their tests.
TRIALS: tuple[Callable[[], Sequence[Trial]], ...] = (_suggestions, _campaigns)


def count(day: date, log: Log, funnel: Mapping[str, Any]) -> dict[str, Any]:
    """Pooled tests by kind; four weeks before and after what had no test; and what else there is to learn from."""
    trials = [trial for source in TRIALS for trial in source()]
    until = day - timedelta(days=LATELY + 1)
    tests = [pooled(kind, mine) for kind, mine in by_kind(trials).items()]
    # beside a test before and after would only mislead
    tested = {row["kind"] for row in tests if not thin(row)}
    return {
        "tests": tests,
        "moments": [row for kind, days in MOMENTS if kind not in tested and (row := _moment(kind, days(until), log))],
        "back": [list(row) for row in settlements_back()],
        "loyal_by_source": loyal_by_source(funnel["all"], funnel["source"]),
    }


def loyal_by_source(whole: Sequence[int], rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Sources whose buyers are loyal more often than all others: [source, loyal, of, loyal of the others, of them].

    With many sources one of them is always the best; so each must be surer, as many times as there are sources.
    """
    found = []
    for source, buyers, _second, loyal, _messenger in rows:
        others, rest = whole[0] - buyers, whole[2] - loyal
        if min(buyers, others) >= ENOUGH:
            sure = uplift.compare_rates(loyal, buyers, rest, others).chance_positive
            if sure >= 1 - DOUBT / len(rows):
                found.append([source, loyal, buyers, rest, others])
    return found


def settlements_back() -> list[tuple[str, int, int]]:
    """By way of making good, in a year: (its code, how many bought again within 60 days, of how many)."""
    since = clock.now() - timedelta(days=YEAR)
    done = Settlement.objects.filter(state=SettlementState.DONE, done_at__gte=since).order_by("pk")
    ways = dict(done.values_list("complaint_id", "option"))
    found: dict[str, list[bool]] = defaultdict(list)
    for complaint, one in care.came_back(care.complaints().filter(pk__in=ways)).items():
        if not one.waiting:
            found[ways[complaint]].append(one.on is not None)
    return sorted(((way, sum(came), len(came)) for way, came in found.items()), key=lambda row: (-row[2], row[0]))


def by_kind(trials: Iterable[Trial]) -> dict[str, list[Trial]]:
    """Tests that can be pooled, by kind: those with an error, in the order of the kinds."""
    found: dict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        if trial.error > 0:
            found[trial.kind].append(trial)
    return dict(sorted(found.items()))


def pooled(kind: str, trials: Sequence[Trial]) -> dict[str, Any]:
    """The tests of one kind together: the rise of the share that bought, with the ends between which 8 of 10 lie."""
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


def _moment(kind: str, days: Mapping[int, date], log: Log) -> dict[str, Any] | None:
    found = around(log, list(days), [day.toordinal() for day in days.values()], LATELY)
    if found is None:
        return None
    people, before, after = found
    return {"kind": kind, "people": people, "before": round(before, 4), "after": round(after, 4)}
