"""The invented shop's truth against what Setia would say of it, over 200 seeds, without a database.

Lift: of suggestions held back by lot, and of campaigns with a hold-out joined by `uplift.pool`; how many of the 80 %
intervals hold the true effect. Choice: what twelve words a week bring by the ranking, at random, or to who was not seen
longest.
"""

import os
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from bench.common import line, set_up_without_tables

SEEDS = int(os.environ.get("BENCH_SEEDS", "200"))
TODAY = date(2026, 11, 23)
# Weeks back of the campaigns, and of the mornings on which each way of choosing picks.
CAMPAIGNS, MORNINGS, PICKS = (52, 44, 36, 28, 20, 12), (40, 32, 24, 16, 8), 12


@dataclass
class Side:
    """The people who bought before a day: history in numbers, what they would do by themselves, the true effect."""

    people: np.ndarray
    expected: np.ndarray
    chance: np.ndarray
    value: np.ndarray
    unseen: np.ndarray
    would: np.ndarray
    effect: np.ndarray
    order: np.ndarray


def main() -> None:
    covered: dict[str, list[bool]] = {"suggestions": [], "campaigns pooled": []}
    width: dict[str, list[float]] = {name: [] for name in covered}
    brought: dict[str, list[float]] = {"ranking": [], "random": [], "longest not seen": [], "best possible": []}
    with TemporaryDirectory(prefix="setia-bench-") as folder:
        set_up_without_tables(Path(folder))
        for seed in range(SEEDS):
            _one(seed, covered, width, brought)
    # what chance leaves of a true 80 % over so many shops, twice its standard error either way
    least, most = (0.8 + side * (0.16 / SEEDS) ** 0.5 for side in (-2, 2))
    print(f"{SEEDS} invented shops, each with another seed")
    for name, kept in covered.items():
        share = float(np.mean(kept))
        line(
            f"80 % intervals that hold the truth: {name}",
            f"{share:.1%}",
            f"{least:.1%} … {most:.1%}",
            least <= share <= most,
        )
        line("    middle half-width of the interval", f"{float(np.median(width[name])):.3f}")
    ours = np.array(brought["ranking"])
    for name, sums in brought.items():
        more = ours.sum() / max(1.0, float(np.sum(sums)))
        wins = float((ours > np.array(sums)).mean())
        line(f"true value brought a shop: {name}", f"Rp {np.mean(sums):,.0f}")
        if name in ("random", "longest not seen"):
            line("    the ranking against it", f"{more:.2f}×, more in {wins:.0%} of shops", "> 1×", more > 1)


def _one(seed: int, covered: Any, width: Any, brought: Any) -> None:
    from setia.demo import simulator, truth

    alive = simulator.simulate(TODAY, seed=seed)
    _suggestions(truth, alive, covered["suggestions"], width["suggestions"])
    still = simulator.simulate(TODAY, seed=seed, alive=False)
    dice = np.random.default_rng([seed, 2])
    _campaigns(still, dice, seed, covered["campaigns pooled"], width["campaigns pooled"])
    _choices(still, dice, brought)


def _suggestions(truth: Any, history: Any, covered: list[bool], width: list[float]) -> None:
    from setia.insight import uplift

    arms = list(truth.arms(history.words, truth.by_person(history.purchases)))
    shown = [came for held, came in arms if not held]
    held = [came for back, came in arms if back]
    if len(held) < 2:
        return
    lift = uplift.compare_rates(sum(shown), len(shown), sum(held), len(held))
    covered.append(lift.low <= truth.mean_effect(history.words) <= lift.high)
    width.append((lift.high - lift.low) / 2)


def _campaigns(history: Any, dice: Any, seed: int, covered: list[bool], width: list[float]) -> None:
    from setia.insight import uplift
    from setia.insight.special import normal_quantile

    found, true = [], []
    for number, weeks in enumerate(CAMPAIGNS):
        side = _side(history, TODAY - timedelta(weeks=weeks))
        held = uplift.assign(side.expected, seed=1000 * seed + number)
        came = side.would | ((dice.random(len(held)) < side.effect) & ~held)
        found.append(uplift.compare(came.astype(float), held, side.expected))
        true.append(float(side.effect.mean()))
    pooled = uplift.pool([lift.effect for lift in found], [lift.error for lift in found])
    far = float(normal_quantile(0.9)) * pooled.error
    covered.append(abs(pooled.effect - float(np.mean(true))) <= far)
    width.append(far)


def _choices(history: Any, dice: Any, brought: dict[str, list[float]]) -> None:
    """Each morning twelve people by each way; what the words truly bring is told by the effect, not by luck."""
    from setia.insight import choice

    sums = dict.fromkeys(brought, 0.0)
    for weeks in MORNINGS:
        side = _side(history, TODAY - timedelta(weeks=weeks))
        waits = np.flatnonzero(side.unseen >= 7)
        waiting = set(waits.tolist())
        worth = [
            choice.worth(value=float(side.value[n]), chance=float(side.chance[n])).gain if n in waiting else -1.0
            for n in range(len(side.people))
        ]
        true = side.effect * side.order
        orders = {
            "ranking": waits[np.argsort(-np.array(worth)[waits], kind="stable")],
            "random": dice.permutation(waits),
            "longest not seen": waits[np.argsort(-side.unseen[waits], kind="stable")],
            "best possible": waits[np.argsort(-true[waits], kind="stable")],
        }
        for name, rows in orders.items():
            sums[name] += float(true[rows[:PICKS]].sum())
    for name, value in sums.items():
        brought[name].append(value)


def _side(history: Any, day: date) -> Side:
    """Everybody who bought at least once before `day`, as Setia scores them, and the truth beside it."""
    from setia.demo import truth
    from setia.insight import buying, choice, value
    from setia.insight.summary import summarise

    per = truth.by_person(history.purchases)
    people = sorted(
        person for person, rows in per.items() if rows[0].day < day and history.people[person].kind == "end"
    )
    before = [[row for row in per[person] if row.day < day] for person in people]
    who = np.repeat(np.arange(len(people)), [len(rows) for rows in before])
    days = np.array([row.day.toordinal() for rows in before for row in rows])
    money = np.array([_worth(row) for rows in before for row in rows])
    known = summarise(who, days, money, until=day.toordinal(), customers=len(people))
    past = (known.x, known.t_x / 7, known.T / 7)
    fit = buying.fit(*past, model="mbg", prior=buying.WEAK_PRIOR)
    spend = value.fit(known.x, known.repeat_mean, prior=value.WEAK_PRIOR)
    weeks = choice.OUTCOME_DAYS / 7
    would = np.array([truth.ordered_between([row.day for row in per[person]], day) for person in people])
    gone = np.array([truth.gone(history, person, day) for person in people])
    won = np.where(gone, truth.true_effect(gone=True), truth.true_effect(gone=False))
    return Side(
        people=np.array(people),
        expected=fit.expected_purchases(weeks, *past),
        chance=np.clip(fit.chance_of_order(weeks, *past), 0, 1),
        value=spend.customer_value(fit, 52, *past, known.repeat_mean).expected,
        unseen=np.array([day.toordinal() - rows[-1].day.toordinal() for rows in before]),
        would=would,
        effect=np.where(would, 0.0, won),
        order=np.array([_after(per[person], day) for person in people]),
    )


def _worth(purchase: Any) -> float:
    from setia.demo import cast

    return float(sum(cast.VARIANTS[variant].price * boxes for variant, boxes in purchase.items))


def _after(rows: list[Any], day: date) -> float:
    """What a visit more is truly worth: the mean of the person's visits over both years."""
    place = bisect_left([row.day for row in rows], day)
    return float(np.mean([_worth(row) for row in rows[: max(1, place)]]))


if __name__ == "__main__":
    main()
