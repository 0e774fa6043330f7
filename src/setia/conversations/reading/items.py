"""From segments to order lines: shared counts, totals and rests, inherited units, products and pack sizes."""

from dataclasses import dataclass, field
from typing import Final

from . import tastes
from .catalogue import Catalogue, Product
from .goods import Stone
from .lexicon import BOXES
from .record import Item
from .segments import Segment
from .text import Amount

_NEAR: Final = 1.3


@dataclass(slots=True)
class Draft:
    """An order line while it is put together. `loose` means that only a product was named, nothing to order yet."""

    start: int
    taste: str = ""
    parts: tuple[str, ...] = ()
    amount: Amount | None = None
    word: str = ""
    unit: str = ""
    unit_inferred: bool = False
    product: str = ""
    snack: str = ""
    pack: int = 0
    pack_open: bool = False
    price: int = 0
    each: bool = False
    asked: bool = False
    everything: bool = False
    taste_first: bool = False
    gap: float = 0.0
    person: str = ""
    computed: str = ""
    replaces: str | None = None
    unshared: bool = False
    emptied: bool = False

    @property
    def counted(self) -> bool:
        """Whether anything is said about how many."""
        return self.amount is not None or bool(self.word)

    @property
    def loose(self) -> bool:
        """Only a product, or a flavour nobody sells that no count belongs to."""
        return not self.counted and not self.pack and (not self.taste or (self.taste[0] == "X" and not self.product))


@dataclass(frozen=True, slots=True)
class Layout:
    """The form of the message, as token positions: line ends, sentences that end in "?", where a person's part begins."""

    newlines: tuple[int, ...]
    questions: tuple[tuple[int, int], ...]
    shares: dict[int, str] = field(default_factory=dict)

    def asked_at(self, at: int) -> bool:
        """Whether the token stands in a question."""
        return any(start <= at < end for start, end in self.questions)

    def person_at(self, at: int) -> str:
        """Whose part of a shared order this is, "" for nobody's."""
        begun = [start for start in self.shares if start < at]
        if not begun or any(max(begun) < end < at for end in self.newlines):
            return ""
        return self.shares[max(begun)]


@dataclass(slots=True)
class Basket:
    """All lines of a message, and the total it names ("75 kotak: …")."""

    drafts: list[Draft] = field(default_factory=list)
    total: Amount | None = None
    mismatch: bool = False

    @property
    def real(self) -> list[Draft]:
        """The lines that ask for something in particular."""
        return [draft for draft in self.drafts if not draft.loose]


def gather(segments: list[Segment], layout: Layout, *, bare_counts: bool = False) -> Basket:
    """The lines of the message. `bare_counts`: a number alone is a line too, as in "kurangi 10"."""
    basket = Basket([_draft(segment) for segment in segments])
    _spread_packs(basket, segments, layout)
    spare_units = {draft.unit for draft in basket.drafts if draft.unit and not draft.counted and not _is_line(draft)}
    basket.drafts = [draft for draft in basket.drafts if _is_line(draft) or (bare_counts and draft.amount)]
    _spread_each(basket)
    _drop_mere_questions(basket, layout)
    _take_subtotals(basket)
    _take_total(basket)
    _join_halves(basket)
    _share_counts(basket)
    _fill_units(basket, spare_units)
    _fill_prices(basket)
    for draft in basket.drafts:
        draft.person = layout.person_at(draft.start)
    return basket


def finish(draft: Draft, catalogue: Catalogue, product: Product, *, inferred: bool) -> Item:
    """The draft as a record's item; the flavour in the catalogue's own code, or None when it is not sold or not clear."""
    amount = draft.amount if not draft.unshared else None
    exact = amount.exact if amount else None
    whole = exact is not None and (exact == int(exact) or draft.unit == "kg")
    variant, asked_for, candidates = _variant(draft, product)
    ranged = amount is not None and amount.low != amount.high
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
        asked=bool(count and count.asked),
        each=segment.get("each") is not None,
        everything=segment.get("all") is not None,
        taste_first=bool(taste and (not count or taste.at < count.at)),
        gap=segment.stones[0].gap,
    )


def _is_line(draft: Draft) -> bool:
    """Something named, or a count with a unit or a pack size; a bare number is nothing."""
    if draft.taste or draft.snack or draft.product:
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


def _spread_each(basket: Basket) -> None:
    """ "ijo, keju masing2 5 kotak": the count belongs to every flavour beside it that has none."""
    for at, draft in enumerate(basket.drafts):
        if not draft.each or draft.amount is None:
            continue
        reached = _uncounted(basket.drafts[:at][::-1]) or _uncounted(basket.drafts[at + 1 :])
        for other in reached:
            other.amount, other.unit, other.pack = draft.amount, other.unit or draft.unit, other.pack or draft.pack
        if reached and not draft.taste:
            draft.emptied = True
    basket.drafts = [draft for draft in basket.drafts if not draft.emptied]


def _uncounted(drafts: list[Draft]) -> list[Draft]:
    reached = []
    for draft in drafts:
        if draft.counted or not draft.taste:
            break
        reached.append(draft)
    return reached


def _take_total(basket: Basket) -> None:
    """ "75 kotak. ijo 40 keju 20 sisanya coklat": a count of everything, checked against the lines or filling the rest."""
    lines = [draft for draft in basket.drafts if draft.taste and draft.counted]
    words = [draft for draft in lines if draft.word]
    known = [draft.amount.exact for draft in lines if draft.amount]
    for header in basket.drafts:
        others = [draft for draft in lines if draft is not header]
        if header.amount is None or header.amount.exact is None or not others or header.each:
            continue
        total = header.amount.exact
        sum_of_others = sum(
            value
            for draft, value in zip([d for d in lines if d.amount], known, strict=True)
            if draft is not header and value
        )
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


def _drop_mere_questions(basket: Basket, layout: Layout) -> None:
    """ "Durian ada? Kalau tidak nanas 2 kotak", "coklat dan keju. Coklat 12, keju 8": beside lines with counts, what was
    only asked about or only announced is no line of its own."""
    counted = [draft for draft in basket.drafts if draft.counted]
    named = {draft.taste for draft in counted if draft.taste}
    elsewhere = any(not layout.asked_at(draft.start) for draft in counted)

    def idle(draft: Draft) -> bool:
        if draft.counted:
            return False
        asked = elsewhere and layout.asked_at(draft.start)
        return (bool(draft.taste) and draft.taste in named) or (asked and (bool(named) or not draft.taste))

    basket.drafts = [draft for draft in basket.drafts if not idle(draft)]


def _take_subtotals(basket: Basket) -> None:
    """ "ijo 5 kotak: yang 1 isi 10, yang 4 isi 20": counts without a flavour that add up to the one before them."""
    for at, header in enumerate(basket.drafts):
        parts = []
        for draft in basket.drafts[at + 1 :]:
            if draft.taste or draft.product or draft.amount is None or draft.amount.exact is None:
                break
            parts.append(draft)
        total = header.amount.exact if header.amount else None
        if header.taste and len(parts) > 1 and total == sum(d.amount.exact or 0 for d in parts if d.amount):
            for draft in parts:
                draft.taste, draft.product, draft.unit = header.taste, header.product, draft.unit or header.unit
            basket.total = header.amount
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


def _join_halves(basket: Basket) -> None:
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


def _share_counts(basket: Basket) -> None:
    """ "12 kotak ijo sama keju": one count, two flavours, and no word on how to split it. Nobody guesses."""
    drafts = basket.drafts
    for at, draft in enumerate(drafts):
        if draft.amount is None or not draft.taste or draft.each or draft.word:
            continue
        after = _bare_after(drafts, at) if not draft.taste_first else []
        before = _bare_before(drafts, at) if draft.taste_first else []
        shared = [*before, *after]
        if not shared:
            continue
        basket.total = basket.total or draft.amount
        for other in shared:
            other.unit, other.pack = other.unit or draft.unit, other.pack or draft.pack
            other.unshared = True
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


def _fill_units(basket: Basket, spare: set[str]) -> None:
    """A count without a unit takes the one unit the message uses, or "kotak" when a pack size was said. A pack size said
    with that unit at the end of the list goes with it."""
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


def _fill_prices(basket: Basket) -> None:
    """One price at the end of the list is the price of each line before it."""
    priced = [draft for draft in basket.drafts if draft.price]
    if len(priced) == 1 and priced[0] is basket.drafts[-1]:
        for draft in basket.drafts:
            draft.price = draft.price or priced[0].price


def holds_pieces(item: Item) -> bool:
    """Whether the item is counted in something that has a pack size."""
    return item.unit in BOXES
