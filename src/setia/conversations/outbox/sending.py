"""The outbox at work: claim, mark as being sent, post, record. Only the posting happens outside the database."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q

from setia.conversations import templating
from setia.conversations.actions.channels import stop_channel
from setia.conversations.actions.templates import note_picture
from setia.conversations.channels.whatsapp_cloud import client, media
from setia.conversations.channels.whatsapp_cloud.errors import Then, behaviour
from setia.conversations.models import ChannelKind, ChannelState, Direction, Message, MessageStatus, ReadReceipt
from setia.conversations.outbox import recording
from setia.conversations.outbox.drawing import draw
from setia.conversations.outbox.preparing import Posting, prepare, prepare_receipt
from setia.core import clock, faults, work
from setia.core.scope import open_shop

log = logging.getLogger(__name__)

# Longer than the slowest answer we wait for: a claim that outlives its lease did not survive.
LEASE: Final = timedelta(seconds=90)
AT_ONCE: Final = 8
RECEIPT_TRIES: Final = 3


def settle_outbox(limit: int = AT_ONCE) -> int:
    """Send what is due in every shop, at most one message per customer at a time. Returns how many were taken."""
    # Two steps: which rows may go is a question across tables, taking them is a condition on the row alone, so that
    # two workers on PostgreSQL cannot both win.
    rows = work.claim(Message.across_shops.filter(pk__in=_next(limit)), limit=limit, lease=LEASE)
    faults.point("outbox.claimed")
    rows = list(Message.across_shops.filter(pk__in=[row.pk for row in rows]).select_related("shop")) if rows else []
    postings = []
    for row in rows:
        with open_shop(row.shop):
            draw(row)
            posting = prepare(row)
        if posting:
            postings.append(posting)
    faults.point("outbox.sending")
    answers = _post_all(postings)
    faults.point("outbox.posted")
    for posting, answer in zip(postings, answers, strict=True):
        with open_shop(posting.shop):
            _keep_picture(posting)
            recording.record(posting, answer)
        faults.point("outbox.recorded")
    return len(rows)


def _keep_picture(posting: Posting) -> None:
    """Remember how WhatsApp calls the picture of a template that it was just given."""
    place = templating.picture_of(posting.body.get("template")) if posting.template_id and posting.file else None
    if posting.template_id and place and place.get("id"):
        number = posting.path.partition("/")[0]
        note_picture(template_id=posting.template_id, number=number, media_id=place["id"])


def _next(limit: int) -> list[int]:
    """Ids of messages that may leave now: the number works, is not held, and nothing older waits for the customer."""
    at = clock.now()
    waiting = Message.across_shops.filter(direction=Direction.OUT, work_state=work.WorkState.WAITING, due_at__lte=at)
    older = waiting.filter(conversation=OuterRef("conversation"), pk__lt=OuterRef("pk"))
    rows = waiting.filter(
        Q(leased_until=None) | Q(leased_until__lt=at),
        Q(conversation__held_until=None) | Q(conversation__held_until__lte=at),
        Q(conversation__channel__held_until=None) | Q(conversation__channel__held_until__lte=at),
        # Whoever died while sending left a message whose fate is settled even when the number is stopped.
        Q(conversation__channel__state=ChannelState.ACTIVE) | Q(status=MessageStatus.SENDING),
        ~Exists(older),
        conversation__channel__kind=ChannelKind.CLOUD,
    )
    return list(rows.order_by("due_at", "pk").values_list("pk", flat=True)[:limit])


def _post_all(postings: list[Posting]) -> list[client.Answer]:
    """Post side by side; the threads know nothing but the posting.

    One with each key goes ahead: a key that died, or a locked account, is asked once and not by all that was taken.
    """
    ahead = {posting.token: at for at, posting in reversed(list(enumerate(postings)))}
    first = dict(zip(ahead, _side_by_side([postings[at] for at in ahead.values()]), strict=True))
    rest = [at for at, posting in enumerate(postings) if at != ahead[posting.token] and not _ends(first[posting.token])]
    answers = dict(zip(rest, _side_by_side([postings[at] for at in rest]), strict=True))
    return [answers.get(at, first[posting.token]) for at, posting in enumerate(postings)]


def _side_by_side(postings: list[Posting]) -> list[client.Answer]:
    if len(postings) < 2:
        return [_post(posting) for posting in postings]
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        return list(pool.map(_post, postings))


def _ends(answer: client.Answer) -> bool:
    """Whether nothing of this number will be accepted before the owner did something."""
    return isinstance(answer, client.Refused) and behaviour(answer.code, answer.http).then is Then.STOP_CHANNEL


def _post(posting: Posting) -> client.Answer:
    if posting.file is not None:
        number, kind = posting.path.partition("/")[0], posting.body["type"]
        given = media.upload(base=posting.base, number_id=number, token=posting.token, file=posting.file)
        if not isinstance(given, media.Uploaded):
            return given
        place = templating.picture_of(posting.body[kind]) if kind == "template" else posting.body[kind]
        if place is not None:
            place["id"] = given.id
    return client.post(base=posting.base, path=posting.path, token=posting.token, body=posting.body)


def settle_receipts(limit: int = 20) -> int:
    """Tell WhatsApp which messages a person has read. Not worth more than a few tries. Returns how many were taken."""
    rows = work.claim(ReadReceipt.across_shops.select_related("shop"), limit=limit)
    faults.point("receipt.claimed")
    for row in rows:
        with open_shop(row.shop):
            _settle_receipt(row)
        faults.point("receipt.settled")
    return len(rows)


def _settle_receipt(row: ReadReceipt) -> None:
    """Tell it twice rather than not at all: reading is reading."""
    posting = prepare_receipt(row)
    answer = _post(posting) if posting else client.Done()
    faults.point("receipt.posted")
    if isinstance(answer, (client.Done, client.Accepted)):
        work.finish(row)
    elif isinstance(answer, client.Refused) and _ends(answer):
        stop_channel(channel=row.conversation.channel, reason=f"error:{answer.code}")
        work.give_up(row, repr(answer))
    elif row.attempts >= RECEIPT_TRIES:
        work.give_up(row, repr(answer))
    else:
        work.retry(row, repr(answer), after=work.backoff(row.attempts, first=30))


QUEUES: Final[dict[str, Callable[[], int]]] = {"outbox": settle_outbox, "receipts": settle_receipts}
