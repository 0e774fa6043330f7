"""What offers and vouchers take off an order: see the contract in `orders.deductions`."""

from collections.abc import Sequence
from datetime import date

from setia.orders.deductions import DeductionLine, Quote
from setia.orders.models import AdjustmentKind, Order
from setia.promotions.actions import offers as actions
from setia.promotions.models import OfferKind
from setia.promotions.queries import offers as queries
from setia.shops.models import Member

SOURCE = "offers"
GIFTS = (OfferKind.BUY_GET, OfferKind.SAMPLE)


class Offers:
    """At the counter, in the order form, from a chat and on the public page. `reference`: offer, or offer.voucher."""

    source = SOURCE

    def quote(
        self,
        *,
        customer_id: int | None,
        lines: Sequence[DeductionLine],
        channel: str,
        code: str,
        on: date,
        delivery_fee: int,
    ) -> list[Quote]:
        """What holds for this basket now; offers for everybody are ticked from the start."""
        found = queries.holding(
            customer_id=customer_id, lines=lines, channel=channel, code=code, on=on, delivery_fee=delivery_fee
        )
        return [
            Quote(
                kind=_kind(held),
                source=SOURCE,
                reference=f"{held.offer.pk}.{held.voucher.pk}" if held.voucher else f"{held.offer.pk}",
                amount=held.amount,
                label=f"{held.offer.name} ({held.voucher.code})" if held.voucher else held.offer.name,
                by_code=held.voucher is not None,
                automatic=held.voucher is None,
            )
            for held in found
        ]

    def settle(self, *, order: Order, quote: Quote, by: Member | None) -> None:
        """Count it, under the offer's own row."""
        offer, voucher = _read(quote)
        actions.use_offer(order=order, offer_id=offer, voucher_id=voucher, amount=quote.amount, by=by)

    def take_back(self, *, order: Order, quote: Quote) -> None:
        """It may be used again."""
        actions.give_offer_back(order=order, offer_id=_read(quote)[0])


OFFERS = Offers()


def _kind(held: queries.Held) -> str:
    if held.offer.kind == OfferKind.DELIVERY:
        return AdjustmentKind.BROUGHT
    if held.voucher is not None:
        return AdjustmentKind.VOUCHER
    return AdjustmentKind.GIFT if held.offer.kind in GIFTS else AdjustmentKind.DISCOUNT


def _read(quote: Quote) -> tuple[int, int | None]:
    offer, _dot, voucher = quote.reference.partition(".")
    return int(offer), int(voucher) if voucher else None
