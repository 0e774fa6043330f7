"""Pure decisions about cost, margin, suppliers and dearer materials.

Money is whole rupiah; amounts of material are Decimal in the material's unit; margins are shares of the price.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from math import ceil
from statistics import median
from typing import Final

# Prices end like this: nobody sells a box for 20.137.
STEP: Final = 500
# Fewer deliveries say nothing about a supplier.
FEWEST_LOTS: Final = 3
# How much each part counts in a supplier's score.
WEIGHTS: Final = {"checks": 0.4, "punctual": 0.25, "price": 0.2, "complaints": 0.15}


def batch_cost(
    lines: Mapping[int, Decimal], prices: Mapping[int, int], *, labour: int = 0, energy: int = 0
) -> int | None:
    """What one baking costs: sum of quantity × price per unit, plus labour and energy, rounded up to a rupiah.

    `lines`: quantity by material id; `prices`: rupiah per unit by material id. None while a price is not known: a cost
    with a hole would be too low.
    """
    if any(material not in prices for material in lines):
        return None
    materials = sum((quantity * prices[material] for material, quantity in lines.items()), Decimal(0))
    return int(materials.to_integral_value(rounding=ROUND_CEILING)) + labour + energy


def box_cost(batch: int, boxes: int) -> int:
    """What one box costs when a baking gives `boxes` of them: rounded up, so that the boxes never cost too little."""
    if boxes < 1:
        raise ValueError("A baking gives at least one box.")
    return -(-batch // boxes)


def margin(price: int, cost: int) -> float:
    """What is kept of a price, as a share of it; below zero when it costs more than it brings."""
    if price <= 0:
        raise ValueError("A price is more than zero.")
    return (price - cost) / price


def price_for(cost: int, target: float, *, step: int = STEP) -> int:
    """The lowest price in steps that keeps at least `target` (0…<1) of itself: ceil(cost / (1 − target))."""
    if not 0 <= target < 1:
        raise ValueError("A wanted margin lies between 0 and 1.")
    exact = cost / (1 - target)
    price = max(step, ceil(exact / step - 1e-9) * step)
    while margin(price, cost) < target - 1e-12:
        price += step
    return price


def pack_for(pack_size: int, cost: int, price: int, target: float) -> int | None:
    """How many pieces the same price pays for, if the cost falls with the pieces; None when not even one less would do.

    Never more than the pack has, never below half of it: a box half empty is no box.
    """
    affordable = int(pack_size * price * (1 - target) / cost) if cost else pack_size
    wanted = min(affordable, pack_size)
    return wanted if pack_size / 2 <= wanted < pack_size else None


@dataclass(frozen=True)
class Score:
    """A supplier by figures, each 0…1 (1 is best); None where there is too little to tell."""

    lots: int
    checks: float | None
    punctual: float | None
    price: float | None
    complaints: float | None

    @property
    def total(self) -> int | None:
        """0…100: the known parts by weight; None under `FEWEST_LOTS` deliveries."""
        if self.lots < FEWEST_LOTS:
            return None
        known = {name: value for name in WEIGHTS if (value := getattr(self, name)) is not None}
        weight = sum(WEIGHTS[name] for name in known)
        return round(100 * sum(WEIGHTS[name] * value for name, value in known.items()) / weight) if weight else None


def supplier_score(
    *,
    verdicts: Sequence[str],
    lots: int,
    late_days: Sequence[int],
    price_ratios: Sequence[float],
    batches: int,
    complaints: int,
) -> Score:
    """How a supplier does.

    `verdicts` of inspected lots (accepted 1, with a remark ½, sent back 0); `late_days` of lots with a promised day (a
    day late costs a third); `price_ratios`: own price over the median price of all suppliers of that material at the
    time (10 % dearer costs half); `complaints` traced to `batches` baked from the lots (one in ten batches costs
    everything).
    """
    marks = {"accepted": 1.0, "noted": 0.5, "rejected": 0.0}
    checks = sum(marks[verdict] for verdict in verdicts) / len(verdicts) if verdicts else None
    punctual = sum(max(0.0, 1 - max(0, days) / 3) for days in late_days) / len(late_days) if late_days else None
    price = None
    if price_ratios:
        price = min(1.0, max(0.0, 1 - (median(price_ratios) - 1) * 5))
    traced = max(0.0, 1 - 10 * complaints / batches) if batches else None
    return Score(lots, checks, punctual, price, traced)


@dataclass(frozen=True)
class Change:
    """Boxes a week before and after an earlier change of a variant's price, as the shop itself lived through it."""

    price_before: int
    price_after: int
    weekly_before: float
    weekly_after: float


def demand_kept(changes: Sequence[Change]) -> tuple[float, float, float] | None:
    """What the own past says of demand after a rise: the median share kept, the lowest and the highest.

    Only rises count, only where at least two boxes a week were sold before; None under two of them.
    """
    kept = [
        change.weekly_after / change.weekly_before
        for change in changes
        if change.price_after > change.price_before and change.weekly_before >= 2
    ]
    return (median(kept), min(kept), max(kept)) if len(kept) >= 2 else None
