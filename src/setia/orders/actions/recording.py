"""What every event of an order tells."""

from typing import Any

from setia.core import events
from setia.orders.models import Order


def record(verb: str, order: Order, **more: Any) -> None:
    """Record an event of the order with number, total, channel and state as they are now."""
    data = {"number": order.number, "total": order.total, "channel": order.channel, "state": order.state}
    events.record(verb, subject=order, customer_id=order.customer_id, data=data | more)
