"""Words of messages in the search index."""

from collections.abc import Iterable

from setia.conversations.models import Message, MessageVersion, ServiceReview
from setia.core import search

KIND = "message"


def index_message(message: Message) -> None:
    """Write the words of a message into the index anew; one without words leaves it."""
    if message.text.strip():
        search.put(KIND, [(message.pk, message.text)])
    elif message.edited_at or message.removed_at:
        search.drop(KIND, [message.pk])


def index_messages(messages: Iterable[Message]) -> None:
    """The same for many that are new."""
    search.put(KIND, [(message.pk, message.text) for message in messages if message.text.strip()])


def drop_messages(ids: Iterable[int]) -> None:
    """Take messages out of the index, a few hundred at a time."""
    known = list(ids)
    for start in range(0, len(known), 500):
        search.drop(KIND, known[start : start + 500])


def forget_words(customer_id: int) -> None:
    """Somebody is erased: their messages can no longer be found, and what came with them beyond words goes as well."""
    said = Message.objects.filter(customer_id=customer_id)
    drop_messages(said.values_list("pk", flat=True))
    MessageVersion.objects.filter(message__customer_id=customer_id).update(text="", payload={})
    ServiceReview.objects.filter(conversation__customer_id=customer_id).update(note="")
    said.update(payload={})
