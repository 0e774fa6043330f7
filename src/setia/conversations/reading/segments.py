"""Cutting the stones into order lines: the cheapest way to make every line whole.

A line has at most one count, unit, flavour, product and pack size. A line without a count or without a flavour costs,
and so does reaching across commas, sentences and unknown words. Both habits, "2 keju" and "keju 2", come out whole, and
in a message written in one habit the other never pays. Dynamic programming over at most a few hundred stones.
"""

from dataclasses import dataclass, field
from typing import Final

from .goods import Stone

_MISSING: Final = 2.0
_ONLY_PRODUCT: Final = 0.5
_LOOSE: Final = 1.0
_BARE: Final = 3.5
_LONGEST: Final = 8
_ONCE: Final = ("count", "unit", "taste", "pack", "price")


@dataclass(slots=True)
class Segment:
    """The stones of one line."""

    stones: list[Stone] = field(default_factory=list)

    def get(self, kind: str) -> Stone | None:
        """The first stone of that kind."""
        return next((stone for stone in self.stones if stone.kind == kind), None)

    @property
    def start(self) -> int:
        """Token position of the first stone."""
        return self.stones[0].at


def cut(found: list[Stone]) -> list[Segment]:
    """The stones as lines, cheapest first choice; equal costs prefer fewer lines."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(found) + 1):
        choices = []
        for start in range(max(0, end - _LONGEST), end):
            price = _cost(found[start:end])
            if price is not None:
                choices.append((best[start][0] + price, start))
        best.append(min(choices, key=lambda choice: (round(choice[0], 6), choice[1])))
    lines: list[Segment] = []
    end = len(found)
    while end:
        start = best[end][1]
        lines.append(Segment(found[start:end]))
        end = start
    return lines[::-1]


def _cost(stones: list[Stone]) -> float | None:
    """What one line costs, or None when it cannot be one line."""
    kinds = [stone.kind for stone in stones]
    if any(kinds.count(kind) > 1 for kind in _ONCE) or kinds.count("product") + kinds.count("snack") > 1:
        return None
    reach = sum(stone.gap for stone in stones[1:])
    if set(kinds) == {"product"}:
        return reach + _ONLY_PRODUCT
    if not {"count", "taste", "product", "snack"} & set(kinds):
        return reach + _LOOSE
    if set(kinds) == {"count"}:
        return _BARE
    missing = ("count" not in kinds) + (not {"taste", "snack"} & set(kinds))
    return reach + _MISSING * missing + _order_cost(stones)


def _order_cost(stones: list[Stone]) -> float:
    """A unit belongs right after its count, a pack size to what stands before it; else the line is less likely."""
    first = stones[0]
    cost = 0.6 if first.kind == "pack" and first.gap < 0.3 and len(stones) > 1 else 0.0
    for at, stone in enumerate(stones):
        astray = at == 0 or stones[at - 1].kind != "count"
        if stone.kind == "unit" and astray and any(s.kind == "count" for s in stones):
            cost += 0.8 if stone.word != "biji" else 0.2
    return cost
