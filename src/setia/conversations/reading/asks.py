"""What has to be asked before anything may be booked. Codes, in the order they are asked."""

from collections.abc import Sequence
from typing import Any

from .drafts import Draft
from .items import holds_pieces
from .record import Intent, Item, Saved
from .schedule import Schedule


def open_points(
    intent: Intent | None,
    items: Sequence[Item],
    drafts: Sequence[Draft],
    *,
    schedule: Schedule,
    fulfilment: str | None,
    address: dict[str, Any] | None,
    payment: dict[str, Any] | None,
    mismatch: bool,
    earlier: str | None,
    known_customer: bool,
    saved: Saved | None,
) -> tuple[str, ...]:
    """Codes of everything unclear that this kind of message needs. A question needs nothing: it is answered first."""
    if intent == "cancel":
        return (*(() if earlier == "order_on_date" else ("which_order",)), "dp_handling")
    if intent == "complaint":
        return ("purchase_date_or_batch", "photo")
    if intent in ("order", "restock", "reorder"):
        asks = [*_goods(intent, items, drafts, mismatch), *_day(intent, schedule, fulfilment)]
        if fulfilment is None and intent != "restock":
            asks.append("fulfilment")
        asks += _place(fulfilment, address, saved, known=known_customer or intent != "order")
        if fulfilment == "expedition" and not payment:
            asks.append("payment")
        return tuple(dict.fromkeys(asks))
    if intent in ("change_add", "change_replace", "change_remove"):
        return _change(intent, items, schedule, earlier)
    return ()


def _goods(intent: Intent, items: Sequence[Item], drafts: Sequence[Draft], mismatch: bool) -> list[str]:
    if intent == "reorder":
        return ["confirm_items", *_per_item(items, drafts, variant=False)]
    if not items:
        return ["items"]
    return [*_per_item(items, drafts, variant=True), *(["qty"] if mismatch else [])]


def _per_item(items: Sequence[Item], drafts: Sequence[Draft], *, variant: bool) -> list[str]:
    asks: list[str] = []
    if any(item.product is None for item in items):
        asks.append("product")
    if variant and any(item.product and item.variant is None for item in items):
        asks.append("variant")
    if any(item.qty is None or item.qty_approx for item in items):
        asks.append("qty")
    if any(item.qty is not None and item.unit is None for item in items):
        asks.append("unit")
    packed = any(item.pack_size for item in items)
    for item, draft in zip(items, drafts, strict=True):
        if draft.pack_open or (packed and not item.pack_size and holds_pieces(item)):
            asks.append(f"pack_size:{item.variant or item.product}")
    return asks


def _day(intent: Intent, schedule: Schedule, fulfilment: str | None) -> list[str]:
    asks = list(schedule.asks)
    if schedule.day is None:
        beside_event = schedule.event_day is not None or schedule.leans
        asks.insert(0, "pickup_date" if beside_event and fulfilment == "pickup" else "date")
    return asks


def _place(fulfilment: str | None, address: dict[str, Any] | None, saved: Saved | None, *, known: bool) -> list[str]:
    if fulfilment not in ("delivery", "expedition") or (saved and saved.address):
        return []
    if address is None or set(address) == {"kota"}:
        return ["address_if_none_saved" if known else "address"]
    return ["address_if_none_saved"] if "ref" in address else []


def _change(intent: Intent, items: Sequence[Item], schedule: Schedule, earlier: str | None) -> tuple[str, ...]:
    asks: list[str] = []
    if earlier is None:
        asks.append("which_order")
    if intent == "change_add":
        if any(item.variant is None for item in items) or not items:
            asks.append("variant")
        if any(item.qty is None for item in items):
            asks.append("qty")
    if any(item.qty is not None and item.unit is None for item in items):
        asks.append("unit")
    if not items and schedule.day is None:
        asks.append("items")
    return tuple(asks)
