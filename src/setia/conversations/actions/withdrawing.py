"""Messages that are not to leave after all: a campaign was stopped."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from setia.conversations.models import ChannelKind, Conversation, Message, MessageStatus
from setia.core import clock
from setia.core.work import WorkState


@transaction.atomic
def withdraw(*, message_ids: Iterable[int]) -> list[int]:
    """Take back those that did not leave yet, by one conditional UPDATE; ids of those that were still here.

    A message that is just being posted is not stopped: it is said to have left. One that a person opened in the app may
    have been sent; it stays for that person to answer.
    """
    ids = list(message_ids)
    still = Message.objects.filter(pk__in=ids, direction="out", status=MessageStatus.QUEUED)
    chats = set(still.values_list("conversation_id", flat=True))
    moment = clock.now()
    by_hand = Conversation.objects.filter(channel__kind=ChannelKind.APP).values("pk")
    for rows in (still.filter(work_state=WorkState.WAITING), still.filter(conversation_id__in=by_hand)):
        rows.update(
            status=MessageStatus.SKIPPED, work_state=WorkState.DONE, lease=None, leased_until=None, failed_at=moment
        )
    Conversation.objects.filter(pk__in=chats).update(revision=F("revision") + 1)
    gone = Message.objects.filter(pk__in=ids, status=MessageStatus.SKIPPED, failed_at=moment)
    return list(gone.values_list("pk", flat=True))
