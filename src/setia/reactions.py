"""THE list: which event wakes which action. A listener takes `event` and runs in its own transaction, once."""

from collections.abc import Mapping, Sequence

from setia.conversations import actions as conversations
from setia.conversations import events as conversation_events
from setia.core.events import Listener
from setia.customers import events as customer_events
from setia.loyalty import actions as loyalty
from setia.loyalty import events as loyalty_events
from setia.orders import events as order_events
from setia.today import actions as today

REACTIONS: Mapping[str, Sequence[Listener]] = {
    conversation_events.RECEIVED: [conversations.answer_automatically, loyalty.answer_balance, today.follow],
    conversation_events.QUEUED: [today.follow],
    conversation_events.SENT: [today.follow],
    customer_events.ARCHIVED: [today.follow],
    customer_events.CHANGED: [today.follow],
    customer_events.CONSENT_ANSWERED: [today.follow],
    customer_events.OCCASION_ADDED: [today.follow],
    customer_events.OCCASION_REMOVED: [today.follow],
    customer_events.RESTORED: [today.follow],
    customer_events.IMPORT_FINISHED: [today.start_over],
    customer_events.IMPORT_UNDONE: [today.start_over],
    order_events.PLACED: [today.follow],
    order_events.CHANGED: [today.follow],
    order_events.CONFIRMED: [today.follow],
    order_events.READY: [today.follow],
    order_events.ON_ITS_WAY: [today.follow],
    order_events.RETURNED: [loyalty.settle_order, today.follow],
    order_events.COMPLETED: [loyalty.settle_order, conversations.thank_for_order, today.follow],
    order_events.CANCELLED: [loyalty.settle_order, today.follow],
    order_events.REOPENED: [loyalty.settle_order, today.follow],
    order_events.PAID: [today.follow],
    loyalty_events.EARNED: [today.follow],
    loyalty_events.TAKEN_BACK: [today.follow],
    loyalty_events.REDEEMED: [today.follow],
    loyalty_events.GIVEN_BACK: [today.follow],
    loyalty_events.LAPSED: [today.follow],
    loyalty_events.CORRECTED: [today.follow],
    loyalty_events.SHARED: [today.follow],
}
