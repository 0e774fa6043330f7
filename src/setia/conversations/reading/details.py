"""The smaller fields of a reading, and what its texts need: names, pack sizes, how to address the sender."""

from typing import Any

from .catalogue import Catalogue
from .drafts import Basket
from .lexicon import HONORIFICS
from .line import Line
from .record import Item
from .schedule import Schedule


def total_mentioned(line: Line) -> int | None:
    """The sum the customer reckons with ("jadi 175rb"), in rupiah."""
    place = line.first(r"(?:total|jadi|totalnya|semua)(?: (?:nya|semua|jadi|:|=))* Rp(?P<sum>\d+)")
    return int(place["sum"]) if place else None


def whole_total(basket: Basket) -> int | None:
    """The total count named for several lines, when it is one number."""
    exact = basket.total.exact if basket.total else None
    return int(exact) if exact is not None and exact == int(exact) else None


def window(schedule: Schedule) -> dict[str, str] | None:
    """First and last day an open date may be, as a record."""
    if schedule.window is None:
        return None
    first, last = schedule.window
    return {"from": first.isoformat(), "to": last.isoformat()}


def complaint_record(trouble: str | None, items: tuple[Item, ...]) -> dict[str, Any] | None:
    """What is wrong, and with how many."""
    if trouble is None:
        return None
    counted = next((item for item in items if item.qty is not None), None)
    return {
        "type": trouble,
        "affected_qty": counted.qty if counted else None,
        "unit": counted.unit if counted else None,
    }


def pack_choices(items: tuple[Item, ...], catalogue: Catalogue) -> dict[str, tuple[int, ...]]:
    """Pack sizes to offer, by the code they are asked for."""
    found = {}
    for item in items:
        if product := catalogue.product(item.product):
            variant = next((variant for variant in product.variants if variant.code == item.variant), None)
            found[item.variant or product.code] = product.sizes(variant)
    return found


def names(items: tuple[Item, ...], catalogue: Catalogue) -> dict[str, str]:
    """Codes to names, for texts."""
    names = {"campur": "campur", "bebas": "rasa bebas"}
    for product in catalogue.products:
        names[product.code] = product.name
        names |= {variant.code: variant.name for variant in product.variants}
    used = {
        code
        for item in items
        for code in (item.product, item.variant, item.replaces, *item.components, *item.candidates)
    }
    return {code: name for code, name in names.items() if code in used}


def honorific(sender: str | None) -> str:
    """How the sender is spoken to in our answer: from the name the shop knows, else a plain "Kak"."""
    first = (sender or "").split()[:1]
    word = first[0].lower().strip(".") if first else ""
    titles = {"bu": "Bu", "ibu": "Bu", "pak": "Pak", "bapak": "Pak", "mbak": "Mbak", "mas": "Mas"}
    return titles.get(word, word.title() if word in HONORIFICS else "Kak")
