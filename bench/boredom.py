"""How well boredom is seen: precision and recall on simulated customers, some of whom were made bored.

    python -m bench.boredom

Regulars take one to three of seven tastes at a visit, with likes and a gap of their own (gamma gaps). Among 600 of
a shop a fifth become bored 60 to 120 days ago: the chance of all but their favourite falls to a fifth, gaps grow
1.6 to 2.4 times. Two other kinds must not be taken for them: people whose gaps only grow, and those whose variety only
narrows (a fifth each). Twenty shops, seeds 0 to 19.
"""

import numpy as np

from setia.insight import boredom

PEOPLE, SHOPS, TASTES, DAYS = 600, 20, 7, 540


def shop(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """A purchase log by taste, and what each person is: 0 unchanged, 1 bored, 2 only slower, 3 only narrower."""
    dice = np.random.default_rng(seed)
    role = dice.choice(4, size=PEOPLE, p=[0.4, 0.2, 0.2, 0.2])
    rows: list[tuple[int, int, int]] = []
    for one in range(PEOPLE):
        likes = dice.dirichlet(np.full(TASTES, 0.8))
        narrow = np.full(TASTES, 0.0)
        narrow[likes.argmax()] = 1.0
        later = 0.2 * likes + 0.8 * narrow
        gap, slower, turn = dice.gamma(6, 3.0) + 5, dice.uniform(1.6, 2.4), DAYS - dice.integers(60, 121)
        day = dice.uniform(0, gap)
        while day < DAYS:
            changed = day >= turn
            chances = later if changed and role[one] in (1, 3) else likes
            for taste in set(dice.choice(TASTES, size=dice.integers(1, 4), p=chances)):
                rows.append((one, int(day), int(taste)))
            day += dice.gamma(4, gap / 4) * (slower if changed and role[one] in (1, 2) else 1.0)
    who, when, what = np.array(rows).T
    return who, when, what, role


def measure(shops: int = SHOPS) -> tuple[float, float, np.ndarray]:
    """Precision, recall, and how many of each role were called bored."""
    called, total = np.zeros(4), np.zeros(4)
    for seed in range(shops):
        who, when, what, role = shop(seed)
        found = boredom.signal(who, when, what, until=DAYS, customers=PEOPLE)
        judged = ~np.isnan(found.gap_now)
        called += np.bincount(role[found.bored.astype(bool)], minlength=4)
        total += np.bincount(role[judged], minlength=4)
    return called[1] / called.sum(), called[1] / total[1], called / total


def main() -> None:
    precision, recall, shares = measure()
    print(f"{SHOPS} shops of {PEOPLE}, customers with at least {boredom.FEWEST_VISITS} visits")
    print(f"precision {precision:.2f}  recall {recall:.2f}")
    for name, share in zip(("unchanged", "bored", "only slower", "only narrower"), shares, strict=True):
        print(f"  called bored of the {name:<14}{share:6.1%}")


if __name__ == "__main__":
    main()
