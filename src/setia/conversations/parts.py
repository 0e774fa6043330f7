"""What stands in a message beyond its words: lines of an order, contact cards, buttons, a product. Plain values in and
out; never fails, whatever shape a payload has."""

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from setia.core import phone


@dataclass(frozen=True)
class OrderLine:
    """One product of an order from the catalogue; `variant_id` when the article number is one of ours."""

    article: str
    quantity: int
    price: int | None
    label: str
    variant_id: int | None


@dataclass(frozen=True)
class Card:
    """A contact card with its first number that can be read (E.164)."""

    name: str
    number: str


@dataclass(frozen=True)
class Parts:
    """What a bubble shows below or above its words."""

    lines: list[OrderLine] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    product: str = ""
    forwarded: bool = False
    # What the customer wrote with an order.
    note: str = ""

    @property
    def basket(self) -> str:
        """The order as the query of the page that takes orders: `&boxes-7=2&boxes-9=1&note=…`."""
        known: dict[int, int] = {}
        for line in self.lines:
            if line.variant_id is not None:
                known[line.variant_id] = known.get(line.variant_id, 0) + line.quantity
        boxes = "".join(f"&boxes-{variant_id}={quantity}" for variant_id, quantity in known.items())
        return boxes + (f"&note={quote(self.note)}" if self.note else "")

    @property
    def unknown(self) -> list[str]:
        """Article numbers that are none of ours."""
        return [line.article for line in self.lines if line.variant_id is None]


def part(payload: Any, name: str) -> dict[str, Any]:
    """The object under a name; empty when there is none."""
    found = payload.get(name) if isinstance(payload, dict) else None
    return found if isinstance(found, dict) else {}


def _list(found: Any) -> list[dict[str, Any]]:
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def articles(payloads: Iterable[Any]) -> set[str]:
    """The article numbers that these payloads speak of."""
    found: set[str] = set()
    for payload in payloads:
        found |= {
            str(item.get("product_retailer_id") or "") for item in _list(part(payload, "order").get("product_items"))
        }
        found.add(str(part(part(payload, "context"), "referred_product").get("product_retailer_id") or ""))
        found |= set(_products_of(part(payload, "interactive")))
    return found - {""}


def of(payload: Any, variants: Mapping[str, tuple[int, str]]) -> Parts:
    """The parts of a payload. `variants`: id and label by article number."""
    asked = str(part(part(payload, "context"), "referred_product").get("product_retailer_id") or "")
    interactive = part(payload, "interactive")
    return Parts(
        lines=[_line(item, variants) for item in _list(part(payload, "order").get("product_items"))],
        cards=[_card(item) for item in _list(payload.get("contacts") if isinstance(payload, dict) else None)],
        choices=[*_choices(interactive), *(_label(article, variants) for article in _products_of(interactive))],
        product=_label(asked, variants) if asked else "",
        forwarded=bool(part(payload, "context").get("forwarded")),
        note=str(part(payload, "order").get("text") or "").strip()[:300],
    )


def _label(article: str, variants: Mapping[str, tuple[int, str]]) -> str:
    return variants[article][1] if article in variants else article


def _line(item: dict[str, Any], variants: Mapping[str, tuple[int, str]]) -> OrderLine:
    article = str(item.get("product_retailer_id") or "")
    return OrderLine(
        article=article,
        quantity=_whole(item.get("quantity")) or 1,
        price=_whole(item.get("item_price")),
        label=_label(article, variants),
        variant_id=variants[article][0] if article in variants else None,
    )


def _whole(value: Any) -> int | None:
    try:
        return min(max(0, int(float(value))), 1_000_000_000)
    except (TypeError, ValueError, OverflowError):
        return None


def _card(item: dict[str, Any]) -> Card:
    numbers = _list(item.get("phones"))
    return Card(
        name=str(part(item, "name").get("formatted_name") or part(item, "name").get("first_name") or "")[:120],
        number=next((found for number in numbers if (found := _number(number))), ""),
    )


def _number(number: dict[str, Any]) -> str:
    """The number on a card: WhatsApp's own (digits with the country's), else as it was typed."""
    named = str(number.get("wa_id") or "")
    for text in (f"+{named}" if named else "", str(number.get("phone") or "")):
        with contextlib.suppress(phone.PhoneError):
            return phone.normalise(text).e164
    return ""


def _choices(interactive: dict[str, Any]) -> list[str]:
    """The words on the buttons and lines of a message the shop sent."""
    action = part(interactive, "action")
    buttons = [str(part(item, "reply").get("title") or "") for item in _list(action.get("buttons"))]
    rows = [
        str(row.get("title") or "") for section in _list(action.get("sections")) for row in _list(section.get("rows"))
    ]
    return [title for title in (*buttons, *rows) if title]


def _products_of(interactive: dict[str, Any]) -> list[str]:
    action = part(interactive, "action")
    items = [item for section in _list(action.get("sections")) for item in _list(section.get("product_items"))]
    found = [str(item.get("product_retailer_id") or "") for item in items]
    return [article for article in (str(action.get("product_retailer_id") or ""), *found) if article]
