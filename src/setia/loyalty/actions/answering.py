"""The balance, told when it is asked for in the chat."""

from setia.conversations import actions as conversations
from setia.core import events
from setia.core.models import Event
from setia.loyalty import chat, queries


@events.only_if(lambda message: message.kind == "text" and chat.asks_for_balance(message.text))
def answer_balance(*, event: Event) -> None:
    """On `message.received`: tell the balance when exactly that was asked for. At most once a message."""
    programme = queries.programme()
    if not programme.is_on or not programme.answers:
        return
    message = conversations.answerable(event)
    if message is None or message.kind != "text" or not chat.asks_for_balance(message.text):
        return
    conversations.queue_message(
        customer=message.customer,
        text=chat.balance_answer(message.customer),
        purpose="balance",
        reference=f"message:{message.pk}",
        conversation=message.conversation,
    )
