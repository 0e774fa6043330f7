"""Money off next time, agreed for a complaint: see the contract in `orders.deductions`."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from setia.care.actions import settling
from setia.care.models import Option, Settlement, SettlementState
from setia.core.errors import DomainError
from setia.orders.deductions import DeductionLine, Quote
from setia.orders.models import AdjustmentKind, Order
from setia.shops.models import Member

SOURCE = "care"


class Settlements:
    """What was agreed, ticked from the start: nobody has to remember it."""

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
        """What this customer was promised and did not use yet."""
        if customer_id is None:
            return []
        rows = Settlement.objects.filter(
            complaint__customer_id=customer_id, option=Option.DISCOUNT, state=SettlementState.ACCEPTED
        )
        label = _("Agreed for a complaint")
        return [
            Quote(AdjustmentKind.SETTLEMENT, SOURCE, str(row.pk), row.value, label, automatic=True)
            for row in rows.order_by("pk")
        ]

    def settle(self, *, order: Order, quote: Quote, by: Member | None) -> None:
        """It is taken: what was agreed is done."""
        row = Settlement.objects.select_related("complaint").filter(pk=quote.reference).first()
        if row is None or row.complaint.customer_id != order.customer_id:
            raise DomainError(_("This was agreed with somebody else."), code="settlement", field="code")
        if not settling.settle(settlement=row, order=order):
            raise DomainError(_("This was taken off already."), code="settlement", field="code")

    def take_back(self, *, order: Order, quote: Quote) -> None:
        """The order was called off: it may be taken off another."""
        row = Settlement.objects.filter(pk=quote.reference, order=order).first()
        if row is not None:
            settling.unsettle(settlement=row)


SETTLEMENTS = Settlements()
