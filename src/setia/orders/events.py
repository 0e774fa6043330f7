"""What orders record."""

from setia.core.events import verb

PLACED = verb("order.placed", "An order was taken")
CONFIRMED = verb("order.confirmed", "The shop confirmed an order")
READY = verb("order.ready", "An order is packed and waits")
ON_ITS_WAY = verb(
    "order.on_its_way", "An order left the shop: by its own rider, a courier, or somebody it goes along with"
)
COMPLETED = verb("order.completed", "An order was handed over and closed")
CANCELLED = verb("order.cancelled", "An order was called off")
REOPENED = verb("order.reopened", "A step of an order was taken back")
CHANGED = verb("order.changed", "Lines, day or way of delivery of an open order changed")
RETURNED = verb("order.returned", "Boxes of a completed order came back, or money was taken off it afterwards")
PAID = verb("payment.recorded", "Money came in for an order, or went back")
