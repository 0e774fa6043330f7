"""Counts that belong to several lines: "masing-masing", totals with a rest, halves, and counts nobody has split."""

from itertools import pairwise
from typing import Final

from .drafts import Basket, Draft, Layout
from .text import Amount

_NEAR: Final = 1.3
_SENTENCE: Final = 3.0


def spread_each(basket: Basket) -> None:
    """ "ijo, keju masing2 5 kotak": the count belongs to every flavour beside it that has none."""
    for at, draft in enumerate(basket.drafts):
        if not draft.each or draft.amount is None:
            continue
        reached = _uncounted(basket.drafts[:at][::-1]) or _uncounted(basket.drafts[at + 1 :])
        for other in reached:
            other.amount, other.unit, other.pack = draft.amount, other.unit or draft.unit, other.pack or draft.pack
        _free_header(basket, draft, reached)
        others = any(other.counted and other is not draft for other in basket.drafts)
        if not draft.taste and not draft.snack and (reached or others):
            draft.emptied = True
    basket.drafts = [draft for draft in basket.drafts if not draft.emptied]


def _free_header(basket: Basket, each: Draft, reached: list[Draft]) -> None:
    """ "24 kotak, rasanya ijo keju coklat susu masing-masing 6": the total stood beside the first flavour by chance."""
    part = each.amount.exact if each.amount else None
    first = min((draft.start for draft in reached), default=-1)
    header = next((draft for draft in basket.drafts[::-1] if draft.start < first), None)
    if header is None or not header.amount or not header.taste or not part or header.each:
        return
    shared = len(reached) + (each.taste != "") + 1
    if header.amount.exact == part * shared and part != header.amount.exact:
        basket.total, header.amount = header.amount, each.amount
        for draft in (each, *reached):
            draft.unit, draft.pack = draft.unit or header.unit, draft.pack or header.pack


def spread_taste(basket: Basket) -> None:
    """ "Bu Sri 10 kotak, Bu Yati 5 kotak, ijo semua": one flavour for all counts that have none."""
    everyone = [draft for draft in basket.drafts if draft.everything and draft.taste]
    if len(everyone) == 1:
        bare = [draft for draft in basket.drafts if draft.amount and not draft.taste and not draft.snack]
        for draft in bare:
            draft.taste, draft.parts = everyone[0].taste, everyone[0].parts
        if bare and not everyone[0].counted:
            basket.drafts.remove(everyone[0])


def _uncounted(drafts: list[Draft]) -> list[Draft]:
    reached = []
    for draft in drafts:
        if draft.counted or not draft.taste:
            break
        reached.append(draft)
    return reached


def drop_mere_questions(basket: Basket, layout: Layout) -> None:
    """ "Durian ada? Kalau tidak nanas 2 kotak", "coklat dan keju. Coklat 12, keju 8": beside counted lines, what was
    only asked about or only announced is no line of its own."""
    counted = [draft for draft in basket.drafts if draft.counted]
    elsewhere = any(not layout.asked_at(draft.start) for draft in counted)
    for draft in counted:
        bare = [other for other in counted if other is not draft and not other.taste]
        if elsewhere and bare and draft.amount == Amount(1, 1) and layout.asked_at(draft.start):
            draft.amount = None
    named = {draft.taste for draft in counted if draft.taste and draft.counted}
    _take_later_packs(basket, layout)

    def idle(draft: Draft) -> bool:
        if draft.counted:
            return False
        asked = elsewhere and layout.asked_at(draft.start)
        return (bool(draft.taste) and draft.taste in named) or (asked and (bool(named) or not draft.taste))

    basket.drafts = [draft for draft in basket.drafts if not idle(draft)]


def _take_later_packs(basket: Basket, layout: Layout) -> None:
    """ "ijo 3, keju 3. Kejunya isi 20, ijonya isi 10": a pack size said afterwards, by the name of the flavour."""
    for at, draft in enumerate(basket.drafts):
        if draft.counted or not draft.taste or not draft.pack or layout.asked_at(draft.start):
            continue
        same = [other for other in basket.drafts[:at] if other.counted and other.taste == draft.taste]
        if len(same) == 1 and not same[0].pack:
            same[0].pack = draft.pack


def take_subtotals(basket: Basket) -> None:
    """ "ijo 5 kotak: yang 1 isi 10, yang 4 isi 20" (or "sisanya isi 20"): counts without a flavour that share out the
    one before them."""
    for at, header in enumerate(basket.drafts):
        parts = _without_taste(basket.drafts[at + 1 :])
        total = header.amount.exact if header.amount else None
        rests = [draft for draft in parts if draft.word == "rest"]
        said = sum(draft.amount.exact or 0 for draft in parts if draft.amount)
        if not header.taste or total is None or len(parts) < 2:
            continue
        if (said == total and not rests) or (len(rests) == 1 and said < total):
            _fill_words(rests, parts, total)
            for draft in parts:
                draft.taste, draft.product = header.taste, header.product
                draft.unit, draft.pack = draft.unit or header.unit, draft.pack or header.pack
            basket.total = header.amount
            basket.drafts.remove(header)
            return


def _without_taste(drafts: list[Draft]) -> list[Draft]:
    """The lines from here on that only count, up to the first that names something."""
    parts = []
    for draft in drafts:
        if draft.taste or draft.product or not (draft.word == "rest" or (draft.amount and draft.amount.exact)):
            break
        parts.append(draft)
    return parts


def take_boxes(basket: Basket) -> None:
    """ "80 box isi 4 (2 keju 2 ijo)": counts that fill one pack say what is in each box, not how many boxes."""
    for at, header in enumerate(basket.drafts):
        inside = [draft for draft in basket.drafts[at + 1 :] if draft.taste and draft.amount and not draft.unit]
        filled = sum(draft.amount.exact or 0 for draft in inside if draft.amount)
        mixed = header.taste in ("", "V:campur") and header.amount is not None and header.pack
        if mixed and len(inside) > 1 and filled == header.pack and header.amount != Amount(filled, filled):
            header.taste, header.parts = "V:campur", tuple(draft.taste[2:] for draft in inside)
            basket.drafts = [draft for draft in basket.drafts if draft not in inside]
            return


def inherit_taste(basket: Basket) -> None:
    """ "keju isi 10 3 kotak, isi 20 1 kotak", "3 kotak keju, sisanya 7 kotak besok": more of the flavour just named."""
    for before, draft in pairwise(basket.drafts):
        same_breath = draft.gap < _SENTENCE and before.taste_first and before.pack and before.counted
        more = (draft.pack and same_breath) or draft.rest
        if more and draft.amount and not draft.taste and not draft.snack:
            draft.taste, draft.parts, draft.taste_first = before.taste, before.parts, True


def take_total(basket: Basket) -> None:
    """ "75 kotak. ijo 40 keju 20 sisanya coklat": a count of everything, checked or filling the rest."""
    lines = [draft for draft in basket.drafts if draft.taste and draft.counted]
    words = [draft for draft in lines if draft.word]
    for header in basket.drafts:
        others = [draft for draft in lines if draft is not header]
        if header.amount is None or header.amount.exact is None or not others or header.each:
            continue
        total = header.amount.exact
        sum_of_others = sum(draft.amount.exact or 0 for draft in others if draft.amount)
        first = header is basket.drafts[0] or (basket.drafts[0].loose and header is basket.drafts[1])
        named = bool(header.taste) and header.taste != "V:campur"
        fits = sum_of_others == total and len(others) > 1
        if named or not (fits or (first and (words or _belongs(header, others)))):
            continue
        basket.total = header.amount
        basket.mismatch = not words and sum_of_others != total
        _fill_words(words, others, total)
        for draft in others:
            draft.unit, draft.unit_inferred = draft.unit or header.unit, draft.unit_inferred or not draft.unit
            draft.pack, draft.product = draft.pack or header.pack, draft.product or header.product
        basket.drafts.remove(header)
        return


def _belongs(header: Draft, others: list[Draft]) -> bool:
    """A count without a flavour, then only flavours with smaller counts and no units of their own: a total."""
    total = header.amount.exact if header.amount else None
    smaller = all(d.amount and d.amount.exact and total and d.amount.exact < total for d in others)
    return smaller and not any(draft.unit for draft in others)


def _fill_words(words: list[Draft], others: list[Draft], total: float) -> None:
    """Work out "sisanya" and "separo"; left open when it does not come out even."""
    halves = [draft for draft in words if draft.word == "half"]
    for draft in halves:
        if total % 2 == 0:
            draft.amount, draft.computed = Amount(total / 2, total / 2), f"{total:g}/2"
    rests = [draft for draft in words if draft.word == "rest"]
    parts = [draft.amount.exact for draft in others if draft.amount]
    if len(rests) == 1 and all(part is not None for part in parts):
        left = total - sum(part for part in parts if part)
        if left > 0:
            rests[0].amount = Amount(left, left)
            rests[0].computed = "-".join(f"{part:g}" for part in (total, *(part for part in parts if part)))


def join_halves(basket: Basket) -> None:
    """ "Stok kumbu masih ada? Aku 2 kotak": one flavour and one count in two sentences are one line."""
    real = basket.real
    counts = [draft for draft in real if draft.counted and not draft.taste and not draft.snack]
    tastes_only = [draft for draft in real if draft.taste and not draft.counted]
    if len(real) == 2 and len(counts) == len(tastes_only) == 1 and not _different_products(counts[0], tastes_only[0]):
        count, taste = counts[0], tastes_only[0]
        count.taste, count.parts = taste.taste, taste.parts
        count.product, count.pack = count.product or taste.product, count.pack or taste.pack
        count.pack_open = count.pack_open or taste.pack_open
        basket.drafts.remove(taste)


def _different_products(one: Draft, other: Draft) -> bool:
    """Whether the two name different products."""
    return bool(one.product and other.product and one.product != other.product)


def share_counts(basket: Basket, *, evenly: bool) -> None:
    """ "12 kotak ijo sama keju": one count, two flavours, and no word on how to split it. Nobody guesses; `evenly` says
    that the message itself splits it in equal parts."""
    drafts = basket.drafts
    for at, draft in enumerate(drafts):
        if draft.amount is None or not draft.taste or draft.each or draft.word:
            continue
        shared = _bare_before(drafts, at) if draft.taste_first else _bare_after(drafts, at)
        if not shared:
            continue
        basket.total = basket.total or draft.amount
        for other in shared:
            other.unit, other.pack = other.unit or draft.unit, other.pack or draft.pack
        _split([draft, *shared], draft.amount, evenly=evenly)


def _split(lines: list[Draft], total: Amount, *, evenly: bool) -> None:
    """Equal parts where that was said and comes out even; else every part stays open."""
    part = (total.exact or 0) / len(lines)
    for draft in lines:
        if evenly and part and part == int(part):
            draft.amount, draft.computed = Amount(part, part), f"{total.exact:g}/{len(lines)}"
        else:
            draft.unshared = True


def _bare_after(drafts: list[Draft], at: int) -> list[Draft]:
    found = []
    for draft in drafts[at + 1 :]:
        if draft.counted or draft.taste[:2] not in ("V:", "A:") or draft.gap > _NEAR or draft.product:
            break
        found.append(draft)
    return found


def _bare_before(drafts: list[Draft], at: int) -> list[Draft]:
    found: list[Draft] = []
    gap = drafts[at].gap
    for draft in drafts[:at][::-1]:
        if draft.counted or draft.taste[:2] not in ("V:", "A:") or gap > _NEAR:
            break
        found.append(draft)
        gap = draft.gap
    return found[::-1]
