"""Who still owes what."""

from datetime import date, timedelta

from django.db.models import F, QuerySet

from setia.orders.models import Order, OrderState

# Older debts are no matter of the day any more.
LOOK_BACK = timedelta(days=60)


def balances_due(day: date, customer_id: int | None = None) -> QuerySet[Order]:
    """Orders due on `day` or up to 60 days before it, not called off, of which something is unpaid; with customers."""
    rows = Order.objects.filter(total__gt=F("paid"), due_on__range=(day - LOOK_BACK, day))
    rows = rows.exclude(state=OrderState.CANCELLED).select_related("customer").order_by("due_on", "number")
    return rows if customer_id is None else rows.filter(customer_id=customer_id)
