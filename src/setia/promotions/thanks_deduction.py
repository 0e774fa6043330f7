"""What a free box or money off for telling a friend takes off an order: see the contract in `orders.deductions`."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from setia.core import events
from setia.core.errors import DomainError
from setia.orders.deductions import DeductionLine, Quote
from setia.orders.models import AdjustmentKind, Order
from setia.promotions import events as verbs
from setia.promotions.models import Referral, ReferralState, Thanks
from setia.promotions.queries import referrals as queries
from setia.shops.models import Member

SOURCE = "referral"


class FriendThanks:
    """Thanks that wait, at the counter and in the order form."""

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
        """What waits for this customer and this basket has room for."""
        waiting = queries.unused(customer_id) if customer_id is not None else []
        return [quote for row in waiting if (quote := _quote(row, lines))]

    def settle(self, *, order: Order, quote: Quote, by: Member | None) -> None:
        """Mark it used, once."""
        free = Referral.objects.filter(pk=quote.reference, state=ReferralState.SETTLED, used_in=None)
        if not free.update(used_in=order):
            raise DomainError(_("This was used already."), code="used", field="code")
        _record(int(quote.reference), order, "used")

    def take_back(self, *, order: Order, quote: Quote) -> None:
        """It waits again."""
        if Referral.objects.filter(pk=quote.reference, used_in=order).update(used_in=None):
            _record(int(quote.reference), order, "given back")


FRIEND_THANKS = FriendThanks()


def _record(referral_id: int, order: Order, change: str) -> None:
    row = Referral.objects.get(pk=referral_id)
    data = {"change": change, "order": order.pk, "reward": row.reward}
    events.record(verbs.REFERRAL_USED, subject=row, customer_id=row.teller_id, data=data)


def _quote(row: Referral, lines: Sequence[DeductionLine]) -> Quote | None:
    if row.reward == Thanks.DISCOUNT:
        return Quote(AdjustmentKind.GIFT, SOURCE, str(row.pk), row.amount, _("Thanks for telling a friend"))
    prices = [line.unit_price for line in lines if row.variant_id in (None, line.variant_id)]
    if not prices:
        return None
    return Quote(AdjustmentKind.GIFT, SOURCE, str(row.pk), min(prices), _("A free box for telling a friend"))
