"""THE list: which event wakes which action. A listener takes `event` and runs in its own transaction, once."""

from collections.abc import Mapping, Sequence

from setia.conversations import actions as conversations
from setia.conversations import events as conversation_events
from setia.core.events import Listener
from setia.orders import events as order_events

REACTIONS: Mapping[str, Sequence[Listener]] = {
    conversation_events.RECEIVED: [conversations.answer_automatically],
    order_events.COMPLETED: [conversations.thank_for_order],
}
