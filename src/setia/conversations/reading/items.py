"""From segments to order lines: inherited units, products, pack sizes and prices."""

from . import tastes, totals
from .catalogue import Catalogue, Product
from .drafts import Basket, Draft, Layout
from .goods import Stone
from .lexicon import BOXES
from .record import Item
from .segments import Segment


def gather(segments: list[Segment], layout: Layout, *, bare_counts: bool = False) -> Basket:
    """The lines of the message. `bare_counts`: a number alone is a line too, as in "kurangi 10"."""
    basket = Basket([_draft(segment) for segment in segments])
    _spread_packs(basket, segments, layout)
    spare_units = {draft.unit for draft in basket.drafts if draft.unit and not draft.counted and not _is_line(draft)}
    basket.drafts = [draft for draft in basket.drafts if _is_line(draft) or (bare_counts and draft.amount)]
    totals.spread_each(basket)
    totals.drop_mere_questions(basket, layout)
    totals.inherit_taste(basket)
    totals.take_boxes(basket)
    totals.take_subtotals(basket)
    totals.take_total(basket)
    totals.spread_taste(basket)
    totals.join_halves(basket)
    totals.share_counts(basket, evenly=layout.even)
    _fill_units(basket, spare_units)
    _fill_prices(basket)
    for draft in basket.drafts:
        draft.person = layout.person_at(draft.start)
    return basket


def finish(draft: Draft, catalogue: Catalogue, product: Product, *, inferred: bool) -> Item:
    """The draft as a record's item; the flavour in the catalogue's own code, or None when not sold or not clear."""
    amount = draft.amount if not draft.unshared else None
    exact = amount.exact if amount else None
    whole = exact is not None and (exact == int(exact) or draft.unit == "kg")
    variant, asked_for, candidates = _variant(draft, product)
    ranged = amount is not None and amount.low != amount.high
    if not draft.unit and draft.counted and len(product.units) == 1 and not draft.snack:
        draft.unit, draft.unit_inferred = product.units[0], True
    return Item(
        product=None if draft.snack else product.code,
        variant=variant,
        qty=(int(exact) if exact == int(exact) else exact) if whole and exact is not None else None,
        unit=draft.unit or None,
        pack_size=draft.pack or None,
        unit_inferred=draft.unit_inferred,
        product_inferred=inferred,
        qty_approx=bool(amount and amount.about),
        qty_min=int(amount.low) if amount and ranged else None,
        qty_max=int(amount.high) if amount and ranged else None,
        components=draft.parts,
        unit_price=draft.price or None,
        replaces=draft.replaces,
        person=draft.person or None,
        computed=draft.computed or None,
        asked_for=asked_for or draft.snack or None,
        candidates=candidates,
    )


def holds_pieces(item: Item) -> bool:
    """Whether the item is counted in something that has a pack size."""
    return item.unit in BOXES


def _variant(draft: Draft, product: Product) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Code, the unknown flavour asked for, and the possible codes when the name fits several."""
    kind, _, key = draft.taste.partition(":")
    if kind == "A":
        fitting = [variant.code for variant in map(product.variant, key.split("|")) if variant]
        return (fitting[0], None, ()) if len(fitting) == 1 else (None, None, tuple(fitting))
    if kind != "V":
        return None, key or None, ()
    if key in tastes.ANY_SHOP:
        return key, None, ()
    found = product.variant(key)
    return (found.code, None, ()) if found else (None, key, ())


def _draft(segment: Segment) -> Draft:
    count, taste = segment.get("count"), segment.get("taste")
    unit, pack, price = segment.get("unit"), segment.get("pack"), segment.get("price")
    product, snack = segment.get("product"), segment.get("snack")
    return Draft(
        start=segment.start,
        count_at=count.at if count else segment.start,
        taste=taste.word if taste else "",
        parts=taste.parts if taste else (),
        amount=count.amount if count else None,
        word=count.word if count else "",
        unit=unit.word if unit else "",
        product=product.word if product else "",
        snack=snack.word if snack else "",
        pack=pack.number if pack else 0,
        pack_open=bool(pack and not pack.number),
        price=price.number if price else 0,
        unit_last=bool(unit and taste and count and unit.at > taste.at > count.at),
        rest=bool(count and count.rest),
        asked=bool(count and count.asked),
        each=segment.get("each") is not None,
        everything=_all_of(segment, taste),
        taste_first=bool(taste and (not count or taste.at < count.at)),
        gap=segment.stones[0].gap,
    )


def _all_of(segment: Segment, taste: Stone | None) -> bool:
    """ "ijo semua", "semua ijo": the word stands right beside the flavour."""
    every = segment.get("all")
    if every is None or taste is None:
        return False
    return every.at - taste.end in (0, 1) or taste.at - every.end in (0, 1)


def _is_line(draft: Draft) -> bool:
    """Something named, or a count with a unit or a pack size; a bare number is nothing."""
    if draft.taste or draft.snack or draft.product or draft.word:
        return True
    return draft.amount is not None and bool(draft.unit or draft.pack or draft.each or draft.asked)


def _spread_packs(basket: Basket, segments: list[Segment], layout: Layout) -> None:
    """ "semua isi 10", or "isi 10" as a clause of its own after several lines, holds for all of them."""
    asked = {s.number for segment in segments for s in segment.stones if s.kind == "pack" and layout.asked_at(s.at)}
    said = {s.number for segment in segments for s in segment.stones if s.kind == "pack"}
    offered = said - asked if len(asked) > 1 else said
    for draft, segment in zip(basket.drafts, segments, strict=True):
        pack = segment.get("pack")
        if pack is None or (pack.number and pack.number not in offered):
            continue
        alone = not (draft.taste or draft.counted or draft.product or draft.snack)
        beside = [
            s for s in segment.stones if s.kind in ("all", "each") and abs(s.at - pack.at) <= pack.end - pack.at + 1
        ]
        apart = _apart(segment, pack) and sum(bool(s.get("pack")) for s in segments) == 1
        if alone or beside or (apart and sum(d.counted for d in basket.drafts) > 1):
            for other in basket.drafts:
                other.pack = other.pack or pack.number
                other.pack_open = other.pack_open or not pack.number


def _apart(segment: Segment, pack: Stone) -> bool:
    """ "…, isi 10" or "…, kotak isi 10": a clause of its own."""
    at = segment.stones.index(pack)
    before = segment.stones[at - 1] if at else None
    unit = before if before and before.kind == "unit" else None
    if unit and unit.described:
        return True
    return pack.gap >= 0.6 or (unit is not None and unit.gap >= 0.6)


def _fill_units(basket: Basket, spare: set[str]) -> None:
    """A count without a unit takes the one unit the message uses, or "kotak" when a pack size was said. A pack
    size said with that unit at the end of the list goes with it."""
    _describe_earlier(basket.drafts)
    used = {draft.unit for draft in basket.drafts if draft.unit} or spare
    last = basket.drafts[-1] if basket.drafts else None
    if last and last.unit and last.pack and sum(bool(draft.pack or draft.unit) for draft in basket.drafts) == 1:
        for draft in basket.drafts:
            draft.pack = last.pack if draft.counted else draft.pack
    packed = any(draft.pack for draft in basket.drafts)
    for draft in basket.drafts:
        if draft.unit or not draft.counted or draft.snack:
            continue
        if len(used) == 1:
            draft.unit, draft.unit_inferred = next(iter(used)), True
        elif not used and packed:
            draft.unit, draft.unit_inferred = "kotak", True


def _describe_earlier(drafts: list[Draft]) -> None:
    """ "6 ijo 6 keju kotak isi 20": the box named after the last flavour is the box of those before it too."""
    for at, draft in enumerate(drafts):
        if not (draft.unit_last and draft.pack):
            continue
        for other in drafts[:at][::-1]:
            if other.unit or other.pack or not other.counted or not other.taste:
                break
            other.unit, other.unit_inferred, other.pack = draft.unit, True, draft.pack


def _fill_prices(basket: Basket) -> None:
    """One price at the end of the list is the price of each line before it."""
    priced = [draft for draft in basket.drafts if draft.price]
    if len(priced) == 1 and priced[0] is basket.drafts[-1]:
        for draft in basket.drafts:
            draft.price = draft.price or priced[0].price
