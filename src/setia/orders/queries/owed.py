"""Money that was paid ahead, and money that is late."""

from datetime import date

from django.db.models import F

from setia.orders.consignment import queries as consignment
from setia.orders.credit import book
from setia.orders.models import Order, OrderState, still_open

MOST = 200


def deposits_held() -> list[Order]:
    """Open orders for which something was paid ahead, the next due first: the shop owes boxes for this money."""
    rows = Order.objects.filter(still_open(), paid__gt=0).select_related("customer")
    return list(rows.order_by("due_on", "number")[:MOST])


def unpaid_orders(today: date) -> list[Order]:
    """Handed over or due before today, and not paid: who is behind, the oldest first."""
    rows = Order.objects.filter(total__gt=F("paid"), due_on__lt=today).exclude(state=OrderState.CANCELLED)
    return list(rows.select_related("customer").order_by("due_on", "number")[:MOST])


def owes_or_holds(customer_id: int) -> bool:
    """Whether an account with the person is not even: money on credit (either way), goods, or sales to settle."""
    return bool(book.balance(customer_id) or consignment.out_there(customer_id) or consignment.to_settle(customer_id))
