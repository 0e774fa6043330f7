"""Pure decisions about goods that lie with somebody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

MOST_BOXES: Final = 5_000


class Impossible(ValueError):
    """A visit that cannot be: `code` is `empty`, `quantity` or `more_than_there`; `variant_id` says of what."""

    def __init__(self, code: str, variant_id: int = 0) -> None:
        super().__init__(code)
        self.code, self.variant_id = code, variant_id


@dataclass(frozen=True, slots=True)
class Move:
    """What happened to one variant at a visit: sold and taken back of what lay there, then brought anew."""

    variant_id: int
    sold: int = 0
    returned: int = 0
    delivered: int = 0

    @property
    def change(self) -> int:
        """By how much more lies there afterwards."""
        return self.delivered - self.sold - self.returned


def out_there(moves: Iterable[Move]) -> dict[int, int]:
    """How much of each variant lies there after these moves; variants of which nothing does are left out."""
    sums: dict[int, int] = {}
    for move in moves:
        sums[move.variant_id] = sums.get(move.variant_id, 0) + move.change
    return {variant_id: boxes for variant_id, boxes in sums.items() if boxes}


def checked(moves: Iterable[Move], there: Mapping[int, int]) -> list[Move]:
    """The moves that move something. Raises Impossible when nothing does, for odd numbers, and when more would be sold
    or taken back than lay there before: what is brought at this visit cannot have been sold yet.
    """
    real = [move for move in moves if move.sold or move.returned or move.delivered]
    if not real:
        raise Impossible("empty")
    if len({move.variant_id for move in real}) != len(real):
        raise Impossible("quantity")
    for move in real:
        if (
            min(move.sold, move.returned, move.delivered) < 0
            or max(move.sold, move.returned, move.delivered) > MOST_BOXES
        ):
            raise Impossible("quantity", move.variant_id)
        if move.sold + move.returned > there.get(move.variant_id, 0):
            raise Impossible("more_than_there", move.variant_id)
    return real


def to_settle(sold: Iterable[tuple[int, int, int]]) -> dict[tuple[int, int], int]:
    """`(variant, price, boxes)` that were sold, summed by variant and price: the lines of the settlement."""
    sums: dict[tuple[int, int], int] = {}
    for variant_id, price, boxes in sold:
        if boxes:
            sums[variant_id, price] = sums.get((variant_id, price), 0) + boxes
    return sums


def amount(lines: Mapping[tuple[int, int], int]) -> int:
    """What the lines cost together."""
    return sum(price * boxes for (_variant_id, price), boxes in lines.items())
