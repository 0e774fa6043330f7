"""Lines of a change to an earlier order: what replaces what, what is added or taken away, and new totals."""

from typing import Final

from .drafts import Basket, Draft, Layout
from .goods import Stone
from .items import gather
from .line import Line
from .record import Intent
from .segments import cut

_SWAP: Final = r"ganti|ubah|pindah|jadi(?= (?:rasa )?(?:#|V:))"
_INTO: Final = r"jadi|dengan|ke|sama|menjadi"
_CLAUSE_ENDS: Final = frozenset({",", ".", "¶", ";", "untuk", "yang", "tapi"})
_MORE_OR_LESS: Final = r"tambah|kurangi|coret|hapus|dihapus|batal(?= #)"


def claim_new_total(line: Line) -> tuple[int | None, bool]:
    """ "kurangi 10 jadi 20": the total after the change, claimed; and whether only that is said ("kurangi jadi 3").

    A total on its own is not claimed: it is the new amount of the line.
    """
    verb = line.first(_MORE_OR_LESS, claimed=True)
    total = verb and line.first(
        r"jadi(?: (?:semua|total|cuma|tinggal|nya|kabeh))* #(?P<n>\d{1,4})(?: U:\w+)?", start=verb.end
    )
    if not verb or not total:
        return None, False
    if any(token.amount and not token.role for token in line.tokens[verb.end : total.start]):
        line.claim(total.start, total.end, "total")
        return int(total["n"]), False
    return None, True


def claim_what_stays(line: Line) -> None:
    """ "keju 2 kotak tetap" is not part of what changes."""
    for kept in list(line.find("tetap", claimed=True)):
        start, end = kept.start, kept.end
        while start and line.tokens[start - 1].sym not in _CLAUSE_ENDS:
            start -= 1
        while end < len(line.tokens) and line.tokens[end].sym not in _CLAUSE_ENDS:
            end += 1
        if any(token.sym.startswith("V:") for token in line.tokens[start:end]):
            line.claim(start, end, "kept")


def changed_lines(line: Line, found: list[Stone], layout: Layout, intent: Intent) -> Basket:
    """The lines an order is changed by; what is not said again (unit, flavour) comes from the part before the verb."""
    if intent == "change_replace":
        return _replacement(line, found, layout)
    basket = _more_or_less(line, found, layout)
    unit = next((token.sym[2:] for token in line.tokens if token.role == "total" and token.sym.startswith("U:")), "")
    for draft in basket.drafts if unit else ():
        draft.unit, draft.unit_inferred = draft.unit or unit, draft.unit_inferred or not draft.unit
    return basket


def _more_or_less(line: Line, found: list[Stone], layout: Layout) -> Basket:
    """The lines after "tambah" or "kurangi", when counts stand on both sides of it; else all of them."""
    verb = line.first(_MORE_OR_LESS, claimed=True)
    before = [stone for stone in found if verb and stone.at < verb.start]
    after = [stone for stone in found if verb and stone.at > verb.start]
    asked = line.first("tolong", claimed=True)
    if asked and any(s.at < asked.start for s in before) and not any(stone.kind == "count" for stone in after):
        # "pesanan lusa keju 10, tolong coklatnya juga 5 ditambah": the verb comes last, the wish after "tolong".
        before, after = [s for s in found if s.at < asked.start], [s for s in found if s.at > asked.start]
    if not any(stone.kind == "count" for stone in after) or not any(stone.kind == "count" for stone in before):
        return gather(cut(found), layout)
    old, new = _drafts(before, layout), _drafts(after, layout)
    for draft in new:
        if len(old) == 1 and not draft.taste:
            draft.taste, draft.parts, draft.product = old[0].taste, old[0].parts, old[0].product
        if len(old) == 1 and not draft.unit:
            draft.unit, draft.unit_inferred = old[0].unit, bool(old[0].unit)
    return Basket(new)


def _replacement(line: Line, found: list[Stone], layout: Layout) -> Basket:
    """The lines after a swap ("yang 10 kotak ijo ganti keju"), each knowing what it replaces."""
    for swap in reversed(list(line.find(_SWAP, claimed=True))):
        old, new = _sides(line, found, swap.start)
        before, after = _drafts(old, layout), _drafts(new, layout)
        if after:
            return Basket(_replaced(before, after))
    return gather(cut(found), layout)


def _sides(line: Line, found: list[Stone], at: int) -> tuple[list[Stone], list[Stone]]:
    """Stones before and after the swap; "ganti keju jadi kumbu" has both behind it."""
    old = [stone for stone in found if stone.at < at]
    new = [stone for stone in found if stone.at > at]
    if not any(stone.kind in ("taste", "count") for stone in old):
        for into in line.find(_INTO, claimed=True, start=at):
            first = [stone for stone in new if stone.at < into.start]
            second = [stone for stone in new if stone.at > into.start]
            if first and second:
                return first, second
    return old, new


def _drafts(found: list[Stone], layout: Layout) -> list[Draft]:
    if found:
        found[0].gap = 0.0
    drafts = gather(cut(found), layout, bare_counts=True).drafts
    return [draft for draft in drafts if draft.taste or draft.counted]


def _replaced(before: list[Draft], after: list[Draft]) -> list[Draft]:
    """Each new line takes over the old one's amount where it says none of its own."""
    if len(before) == 2 and before[0].taste and before[1].amount and not before[1].taste:
        # "pesan 6 kotak keju, yang 2 kotak ganti coklat": the second count is the part that changes.
        before[1].taste, before[1].unit = before[0].taste, before[1].unit or before[0].unit
        before = before[1:]
    if len(after) == 1 and len(before) > 1:
        new = after[0]
        return [
            _taking_over(old, Draft(new.start, taste=new.taste, parts=new.parts, unit=new.unit, product=new.product))
            for old in before
        ]
    return [_taking_over(before[0], new) for new in after] if len(before) == 1 else after


def _taking_over(old: Draft, new: Draft) -> Draft:
    if new.amount is None:
        new.amount, new.unit_inferred = old.amount, old.unit_inferred
    new.unit, new.pack, new.product = new.unit or old.unit, new.pack or old.pack, new.product or old.product
    if not new.taste:
        new.taste = old.taste
    elif old.taste and old.taste != new.taste:
        new.replaces = old.taste.partition(":")[2]
    return new
