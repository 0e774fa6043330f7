"""What the kitchen needs for a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby

from django.db.models import Max, Q, Sum

from setia.catalog.models import Variant
from setia.orders.models import Baked, Expected, Line, Order, OrderState, SetPart, still_open


@dataclass(frozen=True)
class KitchenRow:
    """Boxes of a variant that are promised, `packed` of them ready; `pieces` in all where the pack size is known.

    `baked`: ticked off; `likely`: what the day will probably ask for in all, None where too little is known.
    """

    variant_id: int | None
    label: str
    quantity: int
    pack_size: int | None
    pieces: int | None
    packed: int = 0
    flavour: str = ""
    baked: int = 0
    likely: int | None = None

    @property
    def left(self) -> int:
        """Boxes still to pack."""
        return self.quantity - self.packed

    @property
    def wanted(self) -> int:
        """Boxes to bake: what is promised, or what will probably be asked for where that is more."""
        return max(self.quantity, self.likely or 0)

    @property
    def done(self) -> bool:
        """Whether as many as are wanted are baked or packed."""
        return max(self.baked, self.packed) >= self.wanted


def kitchen(day: date) -> list[KitchenRow]:
    """What the open orders of `day` need, most boxes first, one row per variant; gift sets count as what is in them."""
    promised = Order.objects.filter(still_open(), due_on=day)
    ready = promised.filter(state__in=(OrderState.READY, OrderState.UNDERWAY))
    lines = Line.objects.filter(order__in=promised).values("variant_id", "variant__pack_size", "variant__flavour")
    rows = lines.annotate(
        label=Max("label"), boxes=Sum("quantity"), packed=Sum("quantity", filter=Q(order__in=ready), default=0)
    ).order_by("-boxes", "label")
    found = [
        KitchenRow(
            variant_id=row["variant_id"],
            label=row["label"],
            quantity=row["boxes"],
            pack_size=row["variant__pack_size"],
            pieces=row["boxes"] * row["variant__pack_size"] if row["variant__pack_size"] else None,
            packed=row["packed"],
            flavour=row["variant__flavour"] or "",
        )
        for row in rows
    ]
    return _opened(found)


def _opened(rows: list[KitchenRow]) -> list[KitchenRow]:
    """The same with every gift set counted as its parts."""
    ids = [row.variant_id for row in rows if row.variant_id]
    parts = SetPart.objects.filter(whole__in=ids).select_related("part__product")
    inside: dict[int, list[SetPart]] = defaultdict(list)
    for part in parts:
        inside[part.whole_id].append(part)
    if not inside:
        return rows
    merged: dict[object, KitchenRow] = {}
    for row in rows:
        for piece in _pieces(row, inside):
            key = piece.variant_id or piece.label
            merged[key] = _added(merged[key], piece) if key in merged else piece
    return sorted(merged.values(), key=lambda row: (-row.quantity, row.label))


def _pieces(row: KitchenRow, inside: dict[int, list[SetPart]]) -> Iterable[KitchenRow]:
    if row.variant_id not in inside:
        return [row]
    return [
        KitchenRow(
            variant_id=part.part_id,
            label=part.part.label,
            quantity=row.quantity * part.quantity,
            pack_size=part.part.pack_size,
            pieces=row.quantity * part.quantity * part.part.pack_size if part.part.pack_size else None,
            packed=row.packed * part.quantity,
            flavour=part.part.flavour,
        )
        for part in inside[row.variant_id]
    ]


def _added(one: KitchenRow, two: KitchenRow) -> KitchenRow:
    pieces = one.pieces + two.pieces if one.pieces is not None and two.pieces is not None else None
    return replace(one, quantity=one.quantity + two.quantity, packed=one.packed + two.packed, pieces=pieces)


@dataclass(frozen=True)
class Flavour:
    """A flavour with its pack sizes; `pieces` summed over those with a known size."""

    name: str
    rows: list[KitchenRow] = field(default_factory=list)

    @property
    def pieces(self) -> int:
        """Pieces of all sizes to bake for it."""
        return sum(row.wanted * row.pack_size for row in self.rows if row.pack_size)


def bake_list(day: date) -> list[Flavour]:
    """The kitchen's day by flavour: what is promised, what will probably be asked for, what is baked. Four queries."""
    rows = {row.variant_id or row.label: row for row in kitchen(day)}
    baked = dict(Baked.objects.filter(day=day).values_list("variant_id", "quantity"))
    expected = dict(Expected.objects.filter(day=day).values_list("variant_id", "likely"))
    ids = [key for key in {*rows, *baked, *expected} if isinstance(key, int)]
    for variant in Variant.objects.filter(pk__in=ids).select_related("product"):
        row = rows.get(variant.pk) or KitchenRow(
            variant.pk, variant.label, 0, variant.pack_size, None, flavour=variant.flavour
        )
        likely = expected.get(variant.pk)
        rows[variant.pk] = replace(
            row,
            baked=baked.get(variant.pk, 0),
            likely=likely,
            flavour=variant.flavour or variant.product.name,
            pieces=row.pieces if likely is None else None,
        )
    wanted = [row for row in rows.values() if row.wanted or row.baked]
    wanted.sort(key=lambda row: (row.flavour or row.label, row.pack_size or 0, row.label))
    grouped = [Flavour(name, list(group)) for name, group in groupby(wanted, key=lambda row: row.flavour or row.label)]
    return sorted(grouped, key=lambda flavour: (-flavour.pieces, flavour.name))


@dataclass(frozen=True)
class Label:
    """One kind of label: what is in the box, baked when, best before when (None where the shelf life is not known)."""

    product: str
    label: str
    baked_on: date
    best_before: date | None
    count: int
    sticker: str = ""


def set_parts() -> list[SetPart]:
    """What is in every gift set of the shop."""
    rows = SetPart.objects.select_related("whole__product", "part__product")
    return list(rows.order_by("whole__product__position", "whole_id", "pk"))
