"""What to say beside a basket: at most a few friendly sentences, none without evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from setia.catalog import queries as catalog
from setia.catalog.queries import Offer
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.orders.models import HintKind
from setia.orders.queries import baskets, planning
from setia.web import amounts

MOST: Final = 2
# Below this part of the threshold nobody buys up to free delivery.
NEAR: Final = 0.6


@dataclass(frozen=True)
class Suggestion:
    """A sentence beside the basket. `variant_id`: what one tap adds; none where there is nothing to add by itself."""

    kind: str
    sentence: str
    variant_id: int | None = None
    label: str = ""
    price: int = 0

    @property
    def key(self) -> str:
        """What a form sends back: that it was shown."""
        return f"{self.kind}:{self.variant_id or ''}"


def suggestions(
    *, customer_id: int | None, name: str, basket: dict[int, int], offers: Sequence[Offer], brought: bool
) -> list[Suggestion]:
    """What goes with the basket, what the customer has never tried, what fills up the delivery; three queries or so.

    `basket`: boxes by variant; `offers`: what is sold, at the customer's prices; `brought`: it is delivered.
    """
    sold = {offer.variant_id: offer for offer in offers}
    found: list[Suggestion] = []
    taken = {_taste(sold[variant_id]) for variant_id in basket if variant_id in sold}
    if basket:
        found += _together(basket, sold, taken)
        if brought:
            found += _filling(basket, sold)
    if customer_id is not None:
        found += _new(customer_id, name, sold, taken | {_taste_of(s, sold) for s in found})
    return found[:MOST]


def beside_draft(customer: Customer | None, basket: dict[int, int], *, brought: bool = False) -> list[Suggestion]:
    """The same for an order that was only read from a message; nothing while it holds nothing."""
    if not basket:
        return []
    kind = customer.kind if customer else "end"
    return suggestions(
        customer_id=customer.pk if customer else None,
        name=customer.display_name if customer else "",
        basket=basket,
        offers=catalog.sellable(kind=kind, day=current_shop().today()),
        brought=brought,
    )


def _taste(offer: Offer) -> tuple[str, str]:
    return offer.product, offer.flavour


def _taste_of(suggestion: Suggestion, sold: dict[int, Offer]) -> tuple[str, str]:
    return _taste(sold[suggestion.variant_id]) if suggestion.variant_id in sold else ("", "")


def _together(basket: dict[int, int], sold: dict[int, Offer], taken: set[tuple[str, str]]) -> list[Suggestion]:
    for pair in baskets.pairings(list(basket), people=False):
        other, first = sold.get(pair.other_id), sold.get(pair.variant_id)
        if other is None or first is None or _taste(other) in taken:
            continue
        values = {"first": first.flavour or first.label, "other": other.label}
        text = _("Who takes %(first)s often takes %(other)s with it.") % values
        return [Suggestion(HintKind.TOGETHER, text, other.variant_id, other.label, other.price)]
    return []


def _new(customer_id: int, name: str, sold: dict[int, Offer], taken: set[tuple[str, str]]) -> list[Suggestion]:
    had = baskets.tried(customer_id)
    tastes = {_taste(sold[variant_id]) for variant_id in had if variant_id in sold}
    scores: dict[int, float] = {}
    for pair in baskets.pairings(sorted(had), people=True):
        if pair.other_id in sold and _taste(sold[pair.other_id]) not in tastes | taken:
            scores[pair.other_id] = scores.get(pair.other_id, 0.0) + pair.lift - 1
    if not scores:
        return []
    other = sold[min(scores, key=lambda variant_id: (-scores[variant_id], variant_id))]
    values = {"name": name, "other": other.label}
    text = _("%(name)s has never tried %(other)s, and people with the same taste like it.") % values
    return [Suggestion(HintKind.NEW, text, other.variant_id, other.label, other.price)]


def _filling(basket: dict[int, int], sold: dict[int, Offer]) -> list[Suggestion]:
    terms = planning.terms()
    goods = sum(sold[variant_id].price * boxes for variant_id, boxes in basket.items() if variant_id in sold)
    if terms.free_delivery_above and NEAR * terms.free_delivery_above <= goods < terms.free_delivery_above:
        missing = amounts.shown(terms.free_delivery_above - goods)
        return [Suggestion(HintKind.FILL, _("%(amount)s more, and delivery is free.") % {"amount": missing})]
    boxes, size = sum(basket.values()), terms.boxes_per_delivery
    left = size - boxes % size if size and boxes % size else 0
    if left and size and left <= size // 3:
        text = ngettext(
            "%(n)s more box fits into the same delivery.", "%(n)s more boxes fit into the same delivery.", left
        )
        return [Suggestion(HintKind.FILL, text % {"n": left})]
    return []
