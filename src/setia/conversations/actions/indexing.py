"""Words of messages in the search index."""

from setia.conversations.models import Message
from setia.core import search

KIND = "message"


def index_message(message: Message) -> None:
    """Write the words of a message into the index anew; one without words leaves it."""
    if message.text.strip():
        search.put(KIND, [(message.pk, message.text)])
    elif message.edited_at or message.removed_at:
        search.drop(KIND, [message.pk])
