"""What orders record."""

from setia.core.events import verb

PLACED = verb("order.placed", "An order was taken")
CONFIRMED = verb("order.confirmed", "The shop confirmed an order")
READY = verb("order.ready", "An order is packed and waits")
COMPLETED = verb("order.completed", "An order was handed over and closed")
CANCELLED = verb("order.cancelled", "An order was called off")
REOPENED = verb("order.reopened", "A step of an order was taken back")
CHANGED = verb("order.changed", "Lines, day or way of delivery of an open order changed")
PAID = verb("payment.recorded", "Money came in for an order, or went back")
