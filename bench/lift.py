"""How often campaigns are said to have helped: thousands of simulated ones whose true effect is known.

`PYTHONPATH=src python -m bench.lift` (no shop, no database). Every audience is drawn, held out and compared by
`setia.insight.uplift` as the product does it.
"""

import sys
from dataclasses import dataclass
from typing import Final

import numpy as np

from setia.insight import uplift

SEED: Final = 20_260_714
CAMPAIGNS: Final = 1000
SIZES: Final = (200, 500, 1000, 2000)
TRUTHS: Final = (0.0, 0.05)
BASE: Final = 0.2  # of those not written to order anyway
UNEVEN: Final = 6.0  # the Beta distribution of the customers' own chances: the higher, the more alike they are
SURE: Final = 0.9


@dataclass(frozen=True)
class Rates:
    """Shares of campaigns: said to help with 90 % certainty, and with the truth inside the 80 % interval.

    `shown`: the mean estimate of those that are said to be sure (the winner's curse).
    """

    sure: float
    covered: float
    shown: float


def simulate(customers: int, truth: float, *, campaigns: int, seed: int = SEED, share: float | None = None) -> Rates:
    """Campaigns to `customers` people each, of whom `truth` more order because of the message."""
    dice = np.random.default_rng((seed, customers, round(1000 * truth)))
    sure = covered = 0
    shown = []
    for campaign in range(campaigns):
        chance = dice.beta(BASE * UNEVEN, (1 - BASE) * UNEVEN, customers)
        held = uplift.assign(chance, seed + campaign, share)
        # the message wins some of those who would not have ordered: `truth` of everybody, on average
        won = dice.random(customers) < truth / (1 - BASE)
        ordered = (dice.random(customers) < chance) | (won & ~held)
        found = uplift.compare_rates(
            int(ordered[~held].sum()), int((~held).sum()), int(ordered[held].sum()), int(held.sum())
        )
        sure += found.chance_positive > SURE
        covered += found.low <= truth <= found.high
        if found.chance_positive > SURE:
            shown.append(found.effect)
    mean = float(np.mean(shown)) if shown else float("nan")
    return Rates(sure / campaigns, covered / campaigns, mean)


def main(campaigns: int = CAMPAIGNS) -> None:
    print(f"{campaigns} campaigns per row, {BASE:.0%} order anyway, hold-outs as the product draws them")
    print(f"{'customers':>9}{'held out':>10}{'truth':>8}{'90 % sure':>12}{'truth inside':>14}{'shown when sure':>17}")
    for customers in SIZES:
        for truth in TRUTHS:
            found = simulate(customers, truth, campaigns=campaigns)
            kind = "false" if truth == 0 else "found"
            print(
                f"{customers:>9,}{uplift.holdout_share(customers):>10.0%}{100 * truth:>+8.0f}"
                f"{found.sure:>6.1%} {kind}{found.covered:>14.1%}{100 * found.shown:>+17.1f}"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CAMPAIGNS)
