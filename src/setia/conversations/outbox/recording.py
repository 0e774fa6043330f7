"""The answer to our request, written down. A status may have been quicker: then there is nothing left to decide."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import F

from setia.conversations import rules
from setia.conversations.actions.channels import hold_channel, stop_channel
from setia.conversations.channels.whatsapp_cloud.client import Accepted, Answer, Done, NotSent, Refused
from setia.conversations.channels.whatsapp_cloud.errors import HOLDS, Behaviour, Then, behaviour
from setia.conversations.inbox.parking import settle_waiting
from setia.conversations.models import Channel, Conversation, Message, MessageStatus
from setia.conversations.outbox.outcome import News, act_on_failure, heed, told
from setia.conversations.outbox.preparing import Posting
from setia.core import clock, faults
from setia.core.work import WorkState, backoff

# With no connection at all the queue waits, and looks again more and more slowly.
NO_CONNECTION_FIRST: Final = 5.0
NO_CONNECTION_MOST: Final = 300.0
# A message nobody could hand over for so long is shown as not sent: it would only puzzle the customer now.
TOO_LATE: Final = timedelta(hours=24)


@transaction.atomic
def record(posting: Posting, answer: Answer) -> None:
    """Write down what the answer says. The message is looked up anew: it may have moved on meanwhile."""
    rows = Message.objects.select_for_update(of=("self",)).select_related("conversation__channel", "customer")
    message = rows.get(pk=posting.message_id)
    if isinstance(answer, Accepted):
        told(message, News(status=MessageStatus.ACCEPTED, at=clock.now(), wamid=answer.wamid))
        _calm_down(message)
        settle_waiting(message.conversation.channel, answer.wamid)
    elif message.lease != posting.lease or message.work_state != WorkState.WAITING:
        # Settled by a status, or taken for dead and marked as uncertain: the answer adds nothing.
        return
    elif isinstance(answer, Refused):
        _refused(message, answer)
    elif isinstance(answer, NotSent):
        _no_connection(message, answer.error)
    else:
        error = "answered without an id" if isinstance(answer, Done) else answer.error
        _end(message, MessageStatus.UNKNOWN, error=error)
    faults.point("outbox.written")


def _calm_down(message: Message) -> None:
    """It went through: pauses that were counted in a row begin anew."""
    Conversation.objects.filter(pk=message.conversation_id).exclude(holds=0).update(holds=0, held_until=None)
    Channel.objects.filter(pk=message.conversation.channel_id).exclude(holds=0).update(holds=0)


def _refused(message: Message, answer: Refused) -> None:
    meaning = behaviour(answer.code, answer.http)
    channel, at = message.conversation.channel, clock.now()
    if meaning.then is Then.STOP_CHANNEL:
        _wait(message, at, answer)
        stop_channel(channel=channel, reason=f"error:{answer.code}")
    elif meaning.then is Then.SLOW_DOWN:
        until = at + _pause(channel, meaning, answer)
        Channel.objects.filter(pk=channel.pk).update(holds=F("holds") + 1)
        hold_channel(channel=channel, until=until)
        _wait(message, until, answer)
    elif meaning.then is Then.DELAY_RECIPIENT:
        until = at + rules.pair_pause(message.conversation.holds + 1)
        _wait(message, until, answer, hold_chat=True)
    elif meaning.then is Then.TRY_AGAIN and message.attempts < meaning.tries:
        _wait(message, at + meaning.wait, answer, hold_chat=True, counted=True)
    elif meaning.then in HOLDS and meaning.again and _is_held(meaning.then, message):
        heed(message, answer.code)
        _wait(message, at + meaning.wait, answer)
    elif meaning.then is Then.STOP_TEMPLATE and meaning.again and message.template_name:
        heed(message, answer.code)
        _wait(message, at + rules.TEMPLATE_PAUSE, answer)
    elif meaning.then is Then.TRY_AGAIN and answer.http >= 500:
        # Their trouble did not pass; with an answer of this kind it is not even certain that nothing went out.
        _end(message, MessageStatus.UNKNOWN, error=answer.details)
    else:
        _end(message, MessageStatus.FAILED, code=answer.code, error=answer.details)
        act_on_failure(message, answer.code)


def _is_held(then: Then, message: Message) -> bool:
    """Whether the pause that this refusal asks for holds the refused message itself."""
    if then is Then.HOLD_PROMOTIONS:
        return message.purpose == rules.PROMOTION
    return then is Then.HOLD_PAID or (message.kind == "template" and message.purpose != rules.PROMOTION)


def _pause(channel: Channel, meaning: Behaviour, answer: Refused) -> timedelta:
    """What WhatsApp asks for, else the table's pause, doubled with every time in a row; an hour at most."""
    if answer.wait:
        return timedelta(seconds=min(answer.wait, 3600))
    return backoff(channel.holds + 1, first=meaning.wait.total_seconds())


def _no_connection(message: Message, error: str) -> None:
    """Nothing left this machine. The message waits, and with it what the customer is to get after it."""
    at = clock.now()
    if at - message.at > TOO_LATE:
        _end(message, MessageStatus.FAILED, code=rules.Refusal.NO_ANSWER, error=error)
        act_on_failure(message, rules.Refusal.NO_ANSWER)
        return
    pause = backoff(message.attempts, first=NO_CONNECTION_FIRST, most=NO_CONNECTION_MOST)
    _back_to_queue(message, at + pause, error=error, hold_chat=True, counted=True)


def _wait(
    message: Message, until: datetime, answer: Refused, *, hold_chat: bool = False, counted: bool = False
) -> None:
    _back_to_queue(message, until, error=answer.details, code=answer.code, hold_chat=hold_chat, counted=counted)


def _back_to_queue(
    message: Message,
    until: datetime,
    *,
    error: str,
    code: int | None = None,
    hold_chat: bool = False,
    counted: bool = False,
) -> None:
    """Try again from `until` on. `hold_chat`: what comes after waits too. `counted`: this try was one of the few."""
    changes: dict[str, Any] = {
        "status": MessageStatus.QUEUED,
        "error": error[:2000],
        "error_code": code,
        "lease": None,
        "leased_until": None,
    }
    if not hold_chat:
        changes["due_at"] = until
    if not counted:
        changes["attempts"] = max(0, message.attempts - 1)
    Message.objects.filter(pk=message.pk).update(**changes)
    chat: dict[str, Any] = {"revision": F("revision") + 1}
    if hold_chat:
        chat |= {"held_until": until, "holds": F("holds") + 1}
    Conversation.objects.filter(pk=message.conversation_id).update(**chat)


def _end(message: Message, status: str, *, code: int | None = None, error: str = "") -> None:
    message.status, message.work_state, message.lease, message.leased_until = status, WorkState.DONE, None, None
    message.error_code, message.error = code, error[:2000]
    if status == MessageStatus.FAILED:
        message.failed_at = clock.now()
    message.save(update_fields=["status", "work_state", "lease", "leased_until", "error_code", "error", "failed_at"])
    Conversation.objects.filter(pk=message.conversation_id).update(revision=F("revision") + 1)
