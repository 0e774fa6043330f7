"""Are the predictions right? Hold-outs on real purchase logs, 540 small shops, demand of a real bakery.

    python -m bench.insight_accuracy

Needs the development requirements, which carry the logs.
"""

from typing import Any

import numpy as np

from bench import logs
from setia.insight import buying, demand, rhythm, summary
from setia.insight.arrays import Floats
from setia.insight.gaps import find_gaps

# mean absolute error per customer published for these hold-outs, BG/NBD and MBG/NBD by maximum likelihood
CDNOW_ERROR = {"bg": 0.785, "mbg": 0.765}
BAKERY_ERROR = {"bg": 2.754, "mbg": 2.751}


def split(log: Any, until: int, days: int) -> tuple[summary.Summary, Any, Floats]:
    """What was known on day `until`, who had bought by then, and their orders in the `days` days after."""
    customer, day, amount = log
    known = summary.summarise(customer, day, amount, until=until)
    after = (day > until) & (day <= until + days)
    visitor, _ = summary.visits(customer[after], day[after])
    return known, known.bought, np.bincount(visitor, minlength=len(known.x))[known.bought].astype(float)


def holdout(name: str, log: Any, weeks: int, published: dict[str, float]) -> None:
    """Fit on the first `weeks`, predict as many again."""
    known, bought, actual = split(log, weeks * 7 - 1, weeks * 7)
    history = (known.x[bought], known.t_x[bought] / 7, known.T[bought] / 7)
    print(f"\n{name}: {len(bought):,} customers, {weeks} weeks to learn and to predict, {actual.sum():.0f} orders came")
    print(f"  {'':<14}{'error':>8}{'published':>11}{'total':>8}{'correlation':>13}{'Brier':>8}{'covered':>9}")
    for model in ("bg", "mbg"):
        for prior in (None, buying.WEAK_PRIOR):
            fit = buying.fit(*history, model=model, prior=prior)  # type: ignore[arg-type]
            expected, chance, _ = fit.outlook(weeks)
            total = fit.total_purchases(weeks, *history)
            error = np.abs(expected - actual).mean()
            brier = np.square(chance - (actual > 0)).mean()
            inside = "yes" if total.low <= actual.sum() <= total.high else "no"
            label = f"{model.upper()} {'ML' if prior is None else 'MAP'}"
            print(
                f"  {label:<14}{error:8.3f}{published[model]:11.3f}{expected.sum() / actual.sum() - 1:+8.0%}"
                f"{np.corrcoef(expected, actual)[0, 1]:13.3f}{brier:8.3f}{inside:>9}"
            )


def small_shops() -> None:
    """540 shops of 50 to 500 customers drawn from three logs, 8 to 30 weeks old, the next 8 weeks held out."""
    dice = np.random.default_rng(20)
    sources = {
        "cdnow": logs.cdnow(),
        "bakery": logs.complete_journey("PASTRY"),
        "grocer": logs.complete_journey(),
    }
    print(
        "\n540 small shops (20 of each kind), MBG/NBD with the weak prior; p90 of the error of the total, Brier score"
    )
    unusable = 0
    for name, log in sources.items():
        for weeks in (8, 16, 30):
            known, bought, actual = split(log, weeks * 7 - 1, 56)
            for customers in (50, 150, 500):
                errors, briers, plain = [], [], []
                for _ in range(20):
                    chosen = dice.choice(len(bought), customers, replace=False)
                    rows, came = bought[chosen], actual[chosen]
                    history = (known.x[rows], known.t_x[rows] / 7, known.T[rows] / 7)
                    fit = buying.fit(*history, prior=buying.WEAK_PRIOR)
                    expected, chance, _ = fit.outlook(8)
                    usable = fit.converged and not fit.at_boundary and np.isfinite(expected).all()
                    unusable += not usable
                    errors.append(abs(expected.sum() / max(came.sum(), 1) - 1))
                    briers.append(np.square(chance - (came > 0)).mean())
                    plain.append((came > 0).mean() * (1 - (came > 0).mean()))
                print(
                    f"  {name:<8}{weeks:>3} weeks{customers:>5} customers   p90 {np.quantile(errors, 0.9):5.2f}"
                    f"   Brier {np.mean(briers):.3f} (constant {np.mean(plain):.3f})"
                )
    print(f"  unusable fits: {unusable} of 540")


def lateness() -> None:
    """How often is the next gap longer than promised, and who of the late comes back?"""
    print("\nRhythm: share of next gaps longer than the limit that 5 / 10 / 20 / 50 % should exceed, and comebacks")
    for name, log in (("bakery", logs.complete_journey("PASTRY")), ("grocer", logs.complete_journey())):
        customer, day, _ = log
        gaps = find_gaps(customer, day, until=int(day.max()))
        ends = np.cumsum(gaps.count) - 1
        last = ends[gaps.count >= 3]
        before, total = gaps.count.astype(float), gaps.total.copy()
        before[gaps.count >= 3] -= 1
        total[gaps.count >= 3] -= gaps.length[last]
        shop = rhythm.fit(before, total)
        longer = shop.chance_longer(gaps.length[last], gaps.count_before[last], gaps.total_before[last])
        shares = " / ".join(f"{(longer < limit).mean():.1%}" for limit in (0.05, 0.1, 0.2, 0.5))
        back = rhythm.comeback(gaps, shop)
        rates = ", ".join(f"{level:g}: {rate:.0%}" for level, rate in zip(back.levels, back.rate, strict=True))
        print(f"  {name:<8}{shares}   back within 8 weeks by lateness {rates}")


def bakery_demand() -> None:
    """Two-week forecasts of the ten best-selling kinds of a real bakery, 14 origins."""
    result = demand.backtest(logs.bakery_products(), 6, horizon=14, origins=14)
    print("\nDemand of a bakery, 14 origins of 14 days, ten products: MASE / pinball")
    for method, score in result.scores.items():
        print(f"  {method:<16}{score.mase:6.3f} /{score.pinball:6.3f}{'   chosen' if method == result.best else ''}")


def main() -> None:
    """Everything, in half a minute."""
    holdout("CDNOW", logs.cdnow("CDNOW_sample.txt"), 39, CDNOW_ERROR)
    holdout("Bakery department", logs.complete_journey("PASTRY"), 26, BAKERY_ERROR)
    small_shops()
    lateness()
    bakery_demand()


if __name__ == "__main__":
    main()
