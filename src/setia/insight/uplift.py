"""Did a message bring orders, or would they have come anyway? Random hold-outs and honest intervals.

Before sending: `holdout_share`, `assign`, `detectable_effect`. Afterwards: `compare` (orders or money per customer,
adjusted by what was expected of each customer beforehand) or `compare_rates` (yes or no); `compare_blocks` and
`compare_rates_blocks` when people were drawn in several drawings with different shares. Over several campaigns of one
kind: `pool`. Everything is repeatable: the only dice are those of the seed that is stored with the campaign.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from setia.insight.arrays import Floats
from setia.insight.special import normal_quantile

COVERAGE = 0.8
STRATA = 4
LEVEL, POWER = 0.1, 0.8  # two-sided error and power of the detectable effect
POINTS = 400  # equally likely values that stand for one arm's rate
RATE_PRIOR = (1.0, 1.0)  # Beta; a shop that knows its usual rate should pass a stronger one
NORMAL = NormalDist()


@dataclass(frozen=True)
class Lift:
    """Effect of the message per customer written to: estimate, interval and the chance that it is above zero.

    `error`: standard error; `treated`, `held_out`: customers per arm; `worth`: how many times more customers an
    unadjusted comparison would have needed for the same precision.
    """

    effect: float
    low: float
    high: float
    chance_positive: float
    error: float
    treated: int
    held_out: int
    worth: float = 1.0


@dataclass(frozen=True, eq=False)
class Pooled:
    """Campaigns of one kind together.

    The usual `effect` with its `error`, the `spread` between campaigns (a standard deviation), and each campaign's own
    effect pulled towards the usual one, with an 80 % interval.
    """

    effect: float
    error: float
    spread: float
    effects: Floats
    low: Floats
    high: Floats


def holdout_share(customers: int) -> float:
    """Which share not to write to: half of a small audience, a quarter below 1,000, a tenth above."""
    if customers < 200:
        return 0.5
    return 0.25 if customers < 1000 else 0.1


def assign(expected: ArrayLike, seed: int, share: float | None = None, strata: int = STRATA) -> NDArray[np.bool_]:
    """True for the customers who are held out, drawn at random within groups alike in `expected`.

    expected: what each customer is expected to do without a message (a chance or a number of orders). The audience is
    cut into `strata` groups by it and the same share is drawn in each; the same seed and audience give the same draw.
    """
    wish = np.asarray(expected, dtype=float)
    part = holdout_share(len(wish)) if share is None else share
    if wish.ndim != 1 or not np.isfinite(wish).all():
        raise ValueError("expected must hold one number per customer.")
    if not 0 < part < 1 or strata < 1:
        raise ValueError("share must lie between 0 and 1, and there must be at least one stratum.")
    dice = np.random.default_rng(seed)
    shuffled = dice.permutation(len(wish))
    order = shuffled[np.argsort(wish[shuffled], kind="stable")]
    held = np.zeros(len(wish), bool)
    taken = 0
    done = 0
    for group in np.array_split(order, strata):
        done += len(group)
        wanted = int(np.floor(part * done + 0.5)) - taken  # of everybody up to here, so that the total is right as well
        held[dice.permutation(group)[:wanted]] = True
        taken += wanted
    return held


def compare(outcome: ArrayLike, held_out: ArrayLike, expected: ArrayLike | None = None) -> Lift:
    """Difference of mean outcome (orders or money per customer) between the arms, with an 80 % interval.

    expected: what was predicted for each customer *before* sending. Outcomes are then adjusted by
    theta (expected - mean expected), theta from both arms (CUPED; Deng, Xu, Kohavi & Walker 2013): the same effect with
    less noise.
    """
    y, held = np.asarray(outcome, dtype=float), np.asarray(held_out, dtype=bool)
    if y.shape != held.shape or y.ndim != 1 or not np.isfinite(y).all():
        raise ValueError("outcome and held_out must be two lists of the same length, without gaps.")
    treated, control = int((~held).sum()), int(held.sum())
    if min(treated, control) < 2:
        raise ValueError("Each arm needs at least two customers.")
    plain = _variance(y, held)
    if expected is not None:
        guess = np.asarray(expected, dtype=float)
        if guess.shape != y.shape or not np.isfinite(guess).all():
            raise ValueError("expected must hold one number per customer.")
        y = y - _slope(y, guess, held) * (guess - guess.mean())
    variance = _variance(y, held)
    worth = plain / variance if variance > 0 else 1.0
    return _lift(float(y[~held].mean() - y[held].mean()), variance, treated, control, worth)


def _slope(y: Floats, guess: Floats, held: NDArray[np.bool_]) -> float:
    """Regression slope within the arms, so that the effect itself does not enter."""
    above = below = 0.0
    for arm in (held, ~held):
        away = guess[arm] - guess[arm].mean()
        above += float(away @ y[arm])
        below += float(away @ away)
    return above / below if below > 0 else 0.0


def _variance(y: Floats, held: NDArray[np.bool_]) -> float:
    """Variance of the difference of means."""
    return sum(float(y[arm].var(ddof=1)) / int(arm.sum()) for arm in (held, ~held))


def _lift(effect: float, variance: float, treated: int, control: int, worth: float = 1.0) -> Lift:
    error = variance**0.5
    far = NORMAL.inv_cdf((1 + COVERAGE) / 2) * error
    chance = NORMAL.cdf(effect / error) if error > 0 else 0.5 + 0.5 * float(np.sign(effect))
    return Lift(effect, effect - far, effect + far, chance, error, treated, control, worth)


def compare_rates(
    orders_treated: int, treated: int, orders_held_out: int, held_out: int, prior: tuple[float, float] = RATE_PRIOR
) -> Lift:
    """Yes/no outcome: difference of two rates, each with a Beta prior; median, 80 % interval and P(lift > 0).

    The posterior of each arm is cut into 400 equally likely values; the 160,000 differences are its distribution.
    """
    if not (0 <= orders_treated <= treated and 0 <= orders_held_out <= held_out):
        raise ValueError("Each arm needs as many customers as orders, and no number may be negative.")
    if not (prior[0] > 0 and prior[1] > 0):
        raise ValueError("Both numbers of the prior must be more than zero.")
    arms = [
        _beta_points(prior[0] + yes, prior[1] + count - yes)
        for yes, count in ((orders_treated, treated), (orders_held_out, held_out))
    ]
    difference = np.subtract.outer(*arms).reshape(-1)
    low, middle, high = np.quantile(difference, [(1 - COVERAGE) / 2, 0.5, (1 + COVERAGE) / 2]).tolist()
    chance = float((difference > 0).mean() + (difference == 0).mean() / 2)
    return Lift(middle, low, high, chance, float(difference.std()), treated, held_out)


def comparable(held_out: ArrayLike, block: ArrayLike) -> NDArray[np.bool_]:
    """Who can be compared: those of drawings with at least two customers in each arm."""
    held, of = np.asarray(held_out, dtype=bool), np.asarray(block)
    kept = np.zeros(len(held), bool)
    for one in np.unique(of):
        here = of == one
        kept |= here & (min(int((here & held).sum()), int((here & ~held).sum())) >= 2)
    return kept


def compare_blocks(
    outcome: ArrayLike, held_out: ArrayLike, block: ArrayLike, expected: ArrayLike | None = None
) -> Lift:
    """`compare` within each drawing, joined by the number of its customers.

    Shares differ between drawings, and so may people: comparing all of one arm with all of the other would mix the two.
    Drawings with fewer than two customers in an arm tell nothing and are left out; ValueError when none is left.
    """
    y, held, of = np.asarray(outcome, dtype=float), np.asarray(held_out, dtype=bool), np.asarray(block)
    guess = None if expected is None else np.asarray(expected, dtype=float)
    parts = [
        (compare(y[here], held[here], None if guess is None else guess[here]), int(here.sum()))
        for here in _drawings(held, of)
    ]
    return _joined(parts)


def compare_rates_blocks(
    ordered: ArrayLike, held_out: ArrayLike, block: ArrayLike, prior: tuple[float, float] = RATE_PRIOR
) -> Lift:
    """`compare_rates` within each drawing, joined by the number of its customers. `ordered`: one yes or no each."""
    yes, held, of = np.asarray(ordered, dtype=bool), np.asarray(held_out, dtype=bool), np.asarray(block)
    parts = []
    for here in _drawings(held, of):
        counts = (int((yes & here & ~held).sum()), int((here & ~held).sum()))
        others = (int((yes & here & held).sum()), int((here & held).sum()))
        parts.append((compare_rates(*counts, *others, prior), int(here.sum())))
    return _joined(parts)


def _drawings(held: NDArray[np.bool_], of: NDArray[np.generic]) -> list[NDArray[np.bool_]]:
    kept = comparable(held, of)
    return [kept & (of == one) for one in np.unique(of[kept])]


def _joined(parts: list[tuple[Lift, int]]) -> Lift:
    """One drawing as it is; several by the normal approximation to the sum of their independent effects."""
    if not parts:
        raise ValueError("No drawing has two customers in each arm.")
    if len(parts) == 1:
        return parts[0][0]
    total = sum(size for _lift_, size in parts)
    effect = sum(one.effect * size / total for one, size in parts)
    variance = sum((one.error * size / total) ** 2 for one, size in parts)
    worth = sum(one.worth * size / total for one, size in parts)
    return _lift(effect, variance, sum(one.treated for one, _s in parts), sum(one.held_out for one, _s in parts), worth)


def _beta_points(a: float, b: float) -> Floats:
    """`POINTS` equally likely values of Beta(a, b), from its distribution on a fine grid of log-odds."""
    width = np.sqrt(1 / a + 1 / b)
    grid = np.linspace(-5.5, 5.5, 4001)
    odds = np.log(a / b) + width * np.sinh(grid)
    small = np.log1p(np.exp(-np.abs(odds)))
    log = -a * (np.maximum(-odds, 0) + small) - b * (np.maximum(odds, 0) + small)
    density = np.exp(log - log.max()) * np.cosh(grid)
    rising = np.cumsum(density)
    middles = (np.arange(POINTS) + 0.5) / POINTS
    points = np.interp(middles, (rising - density / 2) / rising[-1], odds)
    result: Floats = 1 / (1 + np.exp(-points))
    return result


def pool(effects: ArrayLike, errors: ArrayLike) -> Pooled:
    """Join campaigns of one kind: effects ~ N(usual, spread^2), estimates ~ N(effect, error^2).

    The spread is DerSimonian & Laird's (1986) moment estimate; each campaign is pulled towards the usual effect by as
    much as its own error deserves. This is what tempers the luck of a single campaign that looked too good.
    """
    effect, error = np.asarray(effects, dtype=float), np.asarray(errors, dtype=float)
    if effect.shape != error.shape or effect.ndim != 1 or not len(effect):
        raise ValueError("effects and errors must be two lists of the same length, with at least one campaign.")
    if not (np.isfinite(effect).all() and (error > 0).all() and np.isfinite(error).all()):
        raise ValueError("Effects must be numbers and errors more than zero.")
    weight = error**-2.0
    centre = float(weight @ effect / weight.sum())
    excess = float(weight @ (effect - centre) ** 2) - (len(effect) - 1)
    room = float(weight.sum() - (weight @ weight) / weight.sum())
    spread = max(excess / room, 0.0) ** 0.5 if room > 0 else 0.0
    weight = 1 / (error**2 + spread**2)
    usual, doubt = float(weight @ effect / weight.sum()), float(weight.sum() ** -0.5)
    keep = spread**2 / (error**2 + spread**2)
    pulled = keep * effect + (1 - keep) * usual
    deviation = np.sqrt(keep * error**2 + (1 - keep) ** 2 * doubt**2)
    far = float(normal_quantile((1 + COVERAGE) / 2)) * deviation
    return Pooled(usual, doubt, spread, pulled, pulled - far, pulled + far)


def detectable_effect(customers: int, base_rate: float, share: float | None = None, explained: float = 0.0) -> float:
    """Smallest rise of a rate that would be noticed with 80 % power (two-sided 10 % test, normal approximation).

    customers: the whole audience; base_rate: how many order without a message; share: held out (default
    `holdout_share`); explained: R^2 of the prediction the comparison is adjusted by. Returns a difference of rates, at
    most 1 - base_rate: then nothing can be noticed.
    """
    part = holdout_share(customers) if share is None else share
    if not (0 < base_rate < 1 and 0 < part < 1 and 0 <= explained < 1):
        raise ValueError("base_rate and share must lie between 0 and 1, explained must be at least 0 and less than 1.")
    control, treated = part * customers, (1 - part) * customers
    if min(control, treated) < 1:
        return 1 - base_rate
    reach, power = NORMAL.inv_cdf(1 - LEVEL / 2), NORMAL.inv_cdf(POWER)

    noise_left = float((1 - explained) ** 0.5)

    def shortfall(effect: float) -> float:
        """How far the effect is from being noticed; falls as the effect grows."""
        raised = base_rate + effect
        mean = (treated * raised + control * base_rate) / customers
        equal = mean * (1 - mean) * (1 / treated + 1 / control)
        unequal = raised * (1 - raised) / treated + base_rate * (1 - base_rate) / control
        noise = reach * float(np.sqrt(equal)) + power * float(np.sqrt(max(unequal, 0.0)))
        return noise_left * noise - effect

    low, high = 0.0, 1 - base_rate
    if shortfall(high) > 0:
        return high
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if shortfall(middle) > 0 else (low, middle)
    return high
