"""Exported chats come into a customer's thread. They are shown, and nothing else: no automation, no badge, no consent,
no 24 hours."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from setia.conversations import events as verbs
from setia.conversations import exports
from setia.conversations.actions.chats import chat_with, locked
from setia.conversations.actions.indexing import drop_messages, index_messages
from setia.conversations.actions.messages import channel_for
from setia.conversations.exports import ExportError, Line
from setia.conversations.models import (
    ChatImport,
    Conversation,
    Direction,
    ExportState,
    Message,
    MessageStatus,
    Origin,
)
from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.core.work import WorkState
from setia.customers.models import Customer
from setia.shops.models import Member

# A file nobody came back to is personal data without a purpose.
KEPT: Final = timedelta(days=1)
# More than two who write: a group, and no customer's chat.
TWO: Final = 2


def refusal(error: ExportError) -> DomainError:
    """Why a file cannot be read, with the remedy."""
    words = {
        "empty": _("There are no messages in this file. Choose the file that WhatsApp made with “Export chat”."),
        "no_text": _("There is no chat in this archive. Choose the file that WhatsApp made with “Export chat”."),
        "dates": _("The dates in this file do not fit together. Export the chat once more and do not edit the file."),
        "too_long": _("This file is too large. Export the chat without media."),
        "broken": _("This file cannot be read. Export the chat once more, without media."),
    }
    return DomainError(words[error.code], code=error.code, field="file")


@transaction.atomic
def start_chat_import(*, filename: str, data: bytes, customer: Customer | None, by: Member) -> ChatImport:
    """Keep a file to be looked at. Raises DomainError for one that is no exported chat, or a group's."""
    try:
        text = exports.unpack(data)
        read = exports.read(text)
    except ExportError as error:
        raise refusal(error) from error
    if len(read.authors) > TWO:
        problem = _("%(count)s people write in this chat: it is a group. Only chats with one customer come in.")
        raise DomainError(problem % {"count": len(read.authors)}, code="group", field="file")
    if not read.lines:
        raise refusal(ExportError("empty"))
    return ChatImport.objects.create(filename=filename[-120:], text=text.replace("\x00", ""), customer=customer, by=by)


@transaction.atomic
def finish_chat_import(
    *, run: ChatImport, customer: Customer, shop_author: str, day_first: bool | None = None
) -> ChatImport:
    """Bring the messages into the customer's thread, each once however often and in whatever overlap it is uploaded.

    `shop_author`: which of the names is the shop, empty when it never wrote. Raises DomainError `order` while the order
    of day and month is open, `author` for a name that is not in the file.
    """
    run = ChatImport.objects.select_for_update().get(pk=run.pk)
    if run.state != ExportState.PREVIEW:
        return run
    read = exports.read(run.text, day_first=day_first, latest=wall_clock())
    if read.ambiguous:
        raise DomainError(_("Say whether the day or the month stands first."), code="order", field="day_first")
    if shop_author and shop_author not in read.authors:
        raise DomainError(_("Choose who of them is the shop."), code="author", field="shop_author")
    chat = locked(
        Conversation.objects.filter(customer=customer).order_by("-last_message_at", "-pk").first()
        or chat_with(channel=channel_for(customer), customer=customer)
    )
    rows = _new_rows(run, chat, read.lines, shop_author)
    Message.objects.bulk_create(rows, batch_size=500)
    index_messages(rows)
    _show_newest(chat)
    run.customer, run.state, run.done_at, run.text = customer, ExportState.DONE, clock.now(), ""
    run.brought, run.known = len(rows), len(read.lines) - len(rows)
    run.since, run.until = (rows[0].at, rows[-1].at) if rows else (None, None)
    run.save()
    data = {"brought": run.brought, "known": run.known, "import": run.pk}
    events.record(verbs.CHAT_IMPORTED, subject=chat, customer_id=customer.pk, data=data)
    return run


def wall_clock() -> datetime:
    """Now on the shop's clock, without a zone: what a phone writes."""
    return clock.now().astimezone(current_shop().zone).replace(tzinfo=None)


def _new_rows(run: ChatImport, chat: Conversation, lines: Sequence[Line], shop_author: str) -> list[Message]:
    """The messages that are not here yet, in the file's order."""
    nth: Counter[tuple[str, datetime, str]] = Counter()
    rows = []
    for line in lines:
        direction = Direction.OUT if shop_author and line.author == shop_author else Direction.IN
        minute = line.at.replace(second=0, microsecond=0)
        said = (direction, minute, _told(line))
        nth[said] += 1
        rows.append(_row(run, chat, line, direction, _key(said, nth[said])))
    known = set(Message.objects.filter(conversation=chat).exclude(import_key=None).values_list("import_key", flat=True))
    here = _said_here(chat, rows)
    new = []
    for row in rows:
        said = (row.direction, row.at.replace(second=0, microsecond=0), row.text)
        if row.import_key in known:
            continue
        if row.text and here[said]:
            here[said] -= 1  # it came through WhatsApp itself
            continue
        row.at += timedelta(milliseconds=len(new) % 1000)  # the phone tells minutes; the file tells the order
        new.append(row)
    return new


def _told(line: Line) -> str:
    return "\x00deleted" if line.deleted else f"{line.file}\x00{line.text}" if line.file else line.text


def _key(said: tuple[str, datetime, str], nth: int) -> str:
    direction, minute, words = said
    return hashlib.sha256(f"{direction}|{minute.isoformat()}|{nth}|{words}".encode()).hexdigest()


def _said_here(chat: Conversation, rows: Sequence[Message]) -> Counter[tuple[str, datetime, str]]:
    """What the thread has by itself in the time of the file, by direction, minute and words."""
    if not rows:
        return Counter()
    span = (min(row.at for row in rows), max(row.at for row in rows) + timedelta(minutes=1))
    own = Message.objects.filter(conversation=chat, import_key=None, at__range=span)
    return Counter(
        (direction, at.replace(second=0, microsecond=0), text)
        for direction, at, text in own.values_list("direction", "at", "text")
    )


def _row(run: ChatImport, chat: Conversation, line: Line, direction: str, key: str) -> Message:
    at = line.at.replace(tzinfo=current_shop().zone).astimezone(clock.now().tzinfo)
    return Message(
        conversation=chat,
        customer_id=chat.customer_id,
        direction=direction,
        origin=Origin.HISTORY,
        kind="media_placeholder" if line.file else "text",
        text=line.text,
        payload={"file": line.file} if line.file else {},
        at=at,
        status=MessageStatus.SENT if direction == Direction.OUT else MessageStatus.RECEIVED,
        edited_at=at if line.edited else None,
        removed_at=at if line.deleted else None,
        chat_import=run,
        import_key=key,
        work_state=WorkState.DONE,
    )


def _show_newest(chat: Conversation) -> None:
    """The list shows the thread's newest message, whatever came in or went out again (`chat` is locked)."""
    newest = Message.objects.filter(conversation=chat).exclude(kind="reaction").order_by("-at", "-pk").first()
    chat.last_message_at = newest.at if newest else None
    chat.sorted_at = chat.snoozed_until or chat.last_message_at
    chat.last_text = " ".join(newest.text.split())[:160] if newest else ""
    chat.last_kind, chat.last_direction = (newest.kind, newest.direction) if newest else ("", "")
    chat.revision += 1
    chat.save()


@transaction.atomic
def undo_chat_import(*, run: ChatImport) -> bool:
    """Take out what a file brought in; what customers and shop said since stays. False when it was not in."""
    if not ChatImport.objects.filter(pk=run.pk, state=ExportState.DONE).update(state=ExportState.UNDONE):
        return False
    first = Message.objects.filter(chat_import=run).select_related("conversation").first()
    chat = locked(first.conversation) if first else None
    drop_messages(list(Message.objects.filter(chat_import=run).values_list("pk", flat=True)))
    Message.objects.filter(chat_import=run).delete()
    if chat:
        _show_newest(chat)
        data = {"brought": -run.brought, "import": run.pk}
        events.record(verbs.CHAT_IMPORT_UNDONE, subject=chat, customer_id=run.customer_id, data=data)
    return True


@transaction.atomic
def drop_chat_import(*, run: ChatImport) -> None:
    """Throw a file away that was only looked at."""
    ChatImport.objects.filter(pk=run.pk, state=ExportState.PREVIEW).delete()


def forget_old_exports() -> int:
    """Throw away files that nobody came back to, in every shop."""
    old = ChatImport.across_shops.filter(state=ExportState.PREVIEW, created_at__lt=clock.now() - KEPT)
    return old.delete()[0]
