"""Who handles a chat, until when it is put away, and whether anything is left to do."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from setia.conversations import events as verbs
from setia.conversations.actions.chats import locked, oldest_unanswered
from setia.conversations.models import Conversation, ConversationLabel, Label
from setia.core import clock, events
from setia.core.errors import DomainError
from setia.shops.models import Member
from setia.shops.rules import Right, may


@transaction.atomic
def assign(*, conversation: Conversation, to: Member | None, by: Member) -> bool:
    """Give a chat to somebody who may write in chats, or to nobody. False when it was theirs already."""
    if to is not None and (to.removed_at or not may(to.role, Right.CHAT)):
        raise DomainError(_("%(name)s may not write in chats.") % {"name": to.name}, code="no_right")
    chat = locked(conversation)
    if chat.assignee_id == (to.pk if to else None):
        return False
    before, chat.assignee = chat.assignee_id, to
    _touch(chat, "assignee")
    data = {"to": to.pk if to else None, "before": before, "by": by.pk}
    events.record(verbs.CHAT_ASSIGNED, subject=chat, customer_id=chat.customer_id, data=data)
    return True


@transaction.atomic
def snooze(*, conversation: Conversation, until: datetime, by: Member) -> Conversation:
    """Put a chat away until `until`, which must be ahead. It comes back by itself, and when the customer writes."""
    if until <= clock.now():
        raise DomainError(_("Choose a time that is still ahead."), code="past", field="until")
    chat = locked(conversation)
    chat.snoozed_until = chat.sorted_at = until
    _touch(chat, "snoozed_until", "sorted_at")
    data = {"until": until.isoformat(), "by": by.pk}
    events.record(verbs.CHAT_SNOOZED, subject=chat, customer_id=chat.customer_id, data=data)
    return chat


@transaction.atomic
def end_snooze(*, conversation: Conversation, by: Member) -> bool:
    """Take a chat back before its time. False when it was not put away."""
    chat = locked(conversation)
    if chat.snoozed_until is None:
        return False
    chat.snoozed_until, chat.sorted_at = None, chat.last_message_at
    _touch(chat, "snoozed_until", "sorted_at")
    events.record(verbs.CHAT_SNOOZED, subject=chat, customer_id=chat.customer_id, data={"until": None, "by": by.pk})
    return True


@transaction.atomic
def finish_chat(*, conversation: Conversation, by: Member) -> bool:
    """Nothing is left to do: the chat leaves the list, and nobody waits in it. False when it was done already."""
    chat = locked(conversation)
    if chat.done_at is not None:
        return False
    chat.done_at, chat.waiting_since, chat.unread = clock.now(), None, 0
    chat.snoozed_until, chat.sorted_at = None, chat.last_message_at
    _touch(chat, "done_at", "waiting_since", "unread", "snoozed_until", "sorted_at")
    events.record(verbs.CHAT_DONE, subject=chat, customer_id=chat.customer_id, data={"by": by.pk})
    return True


@transaction.atomic
def reopen_chat(*, conversation: Conversation, by: Member) -> bool:
    """Take «done» back: whoever waited waits again. False when it was open."""
    chat = locked(conversation)
    if chat.done_at is None:
        return False
    chat.done_at, chat.waiting_since = None, oldest_unanswered(chat)
    _touch(chat, "done_at", "waiting_since")
    events.record(verbs.CHAT_REOPENED, subject=chat, customer_id=chat.customer_id, data={"by": by.pk})
    return True


@transaction.atomic
def put_label(*, conversation: Conversation, label: Label, on: bool, by: Member) -> bool:
    """Put a label on a chat, or take it off. False when nothing changed."""
    if on:
        try:
            with transaction.atomic():
                ConversationLabel.objects.create(conversation=conversation, label=label)
        except IntegrityError:
            return False
    elif not ConversationLabel.objects.filter(conversation=conversation, label=label).delete()[0]:
        return False
    _touch(locked(conversation))
    data = {"label": label.pk, "on": on, "by": by.pk}
    events.record(verbs.CHAT_LABELLED, subject=conversation, customer_id=conversation.customer_id, data=data)
    return True


def _touch(chat: Conversation, *fields: str) -> None:
    """Write the fields and let pages that show the chat notice."""
    chat.revision += 1
    chat.save(update_fields=[*fields, "revision"])
