"""Lines of a change to an earlier order: what replaces what, and amounts said as the new total."""

from typing import Final

from .goods import Stone
from .items import Basket, Draft, gather
from .line import Line
from .segments import cut

_SWAP: Final = r"ganti|ubah|pindah"
_INTO: Final = r"jadi|dengan|ke|sama|menjadi"


def gather_replacement(line: Line, found: list[Stone], newlines: list[int]) -> tuple[Basket, bool]:
    """The lines after a swap ("yang 10 kotak ijo ganti keju"), each knowing what it replaces.

    Returns the basket and whether anything was swapped; counts, units and pack sizes not said again stay as they were.
    """
    swaps = list(line.find(_SWAP, claimed=True))
    for swap in reversed(swaps):
        old, new = _sides(line, found, swap.start)
        before, after = _drafts(old, newlines), _drafts(new, newlines)
        if not after and len(before) > 1:
            continue
        if after:
            return Basket(_replaced(before, after)), True
    return gather(cut(found), {}, newlines), False


def _sides(line: Line, found: list[Stone], at: int) -> tuple[list[Stone], list[Stone]]:
    """Stones before and after the swap; "ganti keju jadi kumbu" has both behind it."""
    old = [stone for stone in found if stone.at < at]
    new = [stone for stone in found if stone.at > at]
    if not any(stone.kind in ("taste", "count") for stone in old):
        into = [place for place in line.find(_INTO, claimed=True, start=at)]
        for place in into:
            first = [stone for stone in new if stone.at < place.start]
            second = [stone for stone in new if stone.at > place.start]
            if first and second:
                return first, second
    return old, new


def _drafts(found: list[Stone], newlines: list[int]) -> list[Draft]:
    if found:
        found[0].gap = 0.0
    return [draft for draft in gather(cut(found), {}, newlines).drafts if draft.taste or draft.counted]


def _replaced(before: list[Draft], after: list[Draft]) -> list[Draft]:
    """Each new line takes over the old one's amount where it says none of its own."""
    if len(after) == 1 and len(before) > 1:
        new = after[0]
        return [
            _taking_over(old, Draft(new.start, new.taste, new.parts, unit=new.unit, product=new.product))
            for old in before
        ]
    old = before[0] if len(before) == 1 else None
    return [_taking_over(old, new) for new in after] if old else after


def _taking_over(old: Draft, new: Draft) -> Draft:
    if new.amount is None:
        new.amount, new.unit, new.unit_inferred = old.amount, new.unit or old.unit, old.unit_inferred
    new.unit = new.unit or (old.unit if new.unit_inferred or not new.unit else new.unit)
    new.pack = new.pack or old.pack
    new.product = new.product or old.product
    if not new.taste:
        new.taste = old.taste
    elif old.taste and old.taste != new.taste:
        new.replaces = old.taste.partition(":")[2]
    return new
