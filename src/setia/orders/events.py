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
RATED = verb("order.rated", "A customer said at the counter how it tasted, 1 to 5")
SAMPLED = verb("counter.sampled", "A taste was given at the counter")
TERMS = verb("order_terms.changed", "The rules for deposits and delivery changed")
DAY_PLANNED = verb("day.planned", "A day takes another number of boxes, or no orders any more")
WAITS = verb("waiting.added", "Somebody waits for a place on a full day")
WAITS_NO_MORE = verb("waiting.ended", "Somebody on the waiting list got a place, or does not want one any more")
BAKED = verb("kitchen.baked", "The kitchen ticked off what was baked for a day")
SET_FILLED = verb("gift_set.changed", "What is in a gift set changed")
CREDIT_OWED = verb(
    "credit.owed", "Somebody owes more (bought on credit, owed from before), or less for goods that came back"
)
CREDIT_PAID = verb("credit.paid", "Money came in for what somebody owes")
CREDIT_CORRECTED = verb("credit.corrected", "A part of a debt was let go, or an entry was put right")
CREDIT_TERMS = verb("credit.terms", "How long and how much somebody may owe was agreed")
CONSIGNMENT_VISITED = verb("consignment.visited", "Goods were brought to a reseller, sold there or taken back")
CONSIGNMENT_SETTLED = verb("consignment.settled", "What a reseller sold was settled")
ACCOUNTS_CHANGED = verb("accounts.changed", "The shop's QRIS code or an account was set, or is used no more")
TILL_COUNTED = verb("till.counted", "The till of a day was counted, or the count taken back")
