"""Pure sums about a till."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Takings:
    """What came in and what went back by one way of paying."""

    came: int
    went: int
    moves: int

    @property
    def net(self) -> int:
        """What stayed."""
        return self.came - self.went


def by_method(moves: Iterable[tuple[str, int]]) -> dict[str, Takings]:
    """`(method, signed amount)` summed by method, in the order they first come."""
    sums: dict[str, Takings] = {}
    for method, amount in moves:
        known = sums.get(method, Takings(0, 0, 0))
        sums[method] = Takings(known.came + max(0, amount), known.went + max(0, -amount), known.moves + 1)
    return sums


def expected(opening: int, takings: Mapping[str, Takings], taken_out: int) -> int:
    """The cash that should be in the till: what was in it and what came, less what went back or was taken out."""
    cash = takings.get("cash")
    return opening + (cash.net if cash else 0) - taken_out
