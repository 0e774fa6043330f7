"""Pure decisions about messages: how a status moves, when a window is open, what words mean, when automations speak."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import IntEnum
from typing import Final

# --- Statuses ---------------------------------------------------------------------------------------------------------

# One total order, so that news may come in any order and end the same. A failure beats «accepted» and «sent» (it may be
# told days later) and is beaten by proof that the message arrived.
RANK: Final[Mapping[str, int]] = {
    "skipped": 0,
    "queued": 0,
    "opened": 1,
    "sending": 1,
    "unknown": 2,
    "accepted": 3,
    "sent": 4,
    "failed": 5,
    "delivered": 6,
    "read": 7,
    "played": 8,
}
NEWS: Final = frozenset({"accepted", "sent", "failed", "delivered", "read", "played"})
MOMENTS: Final[Mapping[str, str]] = {
    "accepted": "accepted_at",
    "sent": "sent_at",
    "delivered": "delivered_at",
    "read": "read_at",
    "played": "read_at",
    "failed": "failed_at",
}


def advance(current: str, news: str) -> str:
    """The status after WhatsApp told `news`: never backward, whatever the order in which news arrive."""
    return news if RANK[news] > RANK.get(current, -1) else current


class Refusal(IntEnum):
    """Our own reasons for not sending. Below zero, so that they never meet one of WhatsApp's codes."""

    NO_ADDRESS = -1
    NO_CONSENT = -2
    WRONG_NUMBER = -3
    NOT_SENT_BY_HAND = -4
    WINDOW_CLOSED = -5
    NO_ANSWER = -6
    TOO_OFTEN = -7
    TOO_DEAR = -8
    TEMPLATE_STOPPED = -9
    NOT_REACHED = -10
    NOTHING_TO_SHOW = -11


# --- Purposes ---------------------------------------------------------------------------------------------------------

PROMOTION: Final = "promotion"
# Written by nobody: when such a message cannot go out it is left out quietly, and it does not count as an answer.
AUTOMATIC: Final = frozenset(
    {
        *("greeting", "thanks", "price_list", "opt_out", "away", "catalogue", "unclear", "person"),
        *("confirmed", "ready", "on_its_way", "payment", "balance"),
    }
)
# Answers of a machine to what a customer wrote: too many of them and two machines are talking.
ANSWERED_BY_MACHINE: Final = frozenset({"greeting", "price_list", "away", "catalogue", "unclear", "person", "balance"})
# A customer who gets one of these has been answered. The price list answers exactly the question it was asked for.
ANSWERS: Final = frozenset({"reply", "order", "prompt", "price_list", "catalogue", "balance"})
# Messages that a person of the shop decided to send.
BY_A_PERSON: Final = frozenset({"reply", "order", "prompt", "promotion"})

# --- The 24 hours -----------------------------------------------------------------------------------------------------

WINDOW: Final = timedelta(hours=24)


def window_after(at: datetime, current: datetime | None) -> datetime:
    """Until when free-form messages may be sent after the customer wrote at `at`; never earlier than `current`."""
    until = at + WINDOW
    return max(until, current) if current else until


def window_is_open(until: datetime | None, now: datetime) -> bool:
    """Whether a free-form message may leave at `now`."""
    return until is not None and now < until


# --- Words ------------------------------------------------------------------------------------------------------------


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with `{name}` and the like replaced; a placeholder without a value stays as it was typed."""
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), text)


def without_holes(text: str) -> str:
    """`text` without the empty lines that a placeholder with nothing to say leaves behind."""
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def placeholders(text: str) -> set[str]:
    """The names in braces."""
    return set(re.findall(r"\{(\w*)\}", text))


# --- Codes of links ---------------------------------------------------------------------------------------------------

# Words that stand ready; with code and number the QR code stays scannable from a leaflet.
ENTRY_TEXT: Final = 100
_CODE: Final = re.compile(r"\[?#\s?([2-9A-Za-z]{4,8})\b\]?")


def with_code(text: str, code: str) -> str:
    """The words of a link with its code at the end, where nobody edits it by accident."""
    return f"{text} [#{code}]"


def codes_in(text: str) -> list[str]:
    """What looks like the code of a link in a message, in capitals, in order."""
    return [found.upper() for found in _CODE.findall(text)]


# --- Automations ------------------------------------------------------------------------------------------------------

# How long a chat is a person's after that person wrote in it, here or on the phone.
PERSON_HANDLES: Final = timedelta(hours=3)
# Who asked for a person, or complains, is not answered by a machine for a while.
PERSON_WANTED: Final = timedelta(hours=12)
COMPLAINT_HANDLED: Final = timedelta(hours=24)
# News about an order that are older than this are none.
STALE_NEWS: Final = timedelta(hours=12)
# An answer that would come later than this is no answer any more.
FRESH: Final = timedelta(hours=1)
# Two machines must not keep each other awake.
PRICE_LIST_PAUSE: Final = timedelta(hours=1)


def may_automate(*, now: datetime, written_at: datetime, paused_until: datetime | None) -> bool:
    """Whether an automation may answer what was written at `written_at`: it is fresh and no person handles the chat."""
    return now - written_at <= FRESH and (paused_until is None or paused_until <= now)


# --- Pauses -----------------------------------------------------------------------------------------------------------


# WhatsApp pauses a template for three hours at first and tells of its end, but that word may be lost: tried again then.
TEMPLATE_PAUSE: Final = timedelta(hours=3)


def pair_pause(times: int) -> timedelta:
    """How long one recipient is left in peace after `times` refusals in a row: 4^times seconds, an hour at most."""
    return timedelta(seconds=min(3600, 4 ** max(1, times)))


# WhatsApp's pace towards one person: one message in six seconds. Up to 45 may go within six seconds; they are borrowed
# from the time after, and nothing more may go before they are paid back.
PAIR_EVERY: Final = timedelta(seconds=6)
PAIR_BURST: Final = 45
# Messages a second from one number; the lower one while the shop keeps the app on its phone.
NUMBER_PER_SECOND: Final = 80
NUMBER_PER_SECOND_WITH_PHONE: Final = 20


def pair_pace(
    started: datetime | None, owed_until: datetime | None, now: datetime
) -> tuple[datetime, datetime, datetime]:
    """(when the next message to this person may leave, start of its burst, until when is owed after it).

    `started`, `owed_until`: what the last call gave for a message that left.
    """
    if started is None or owed_until is None or now >= owed_until:
        return now, now, now + PAIR_EVERY
    if now < started + PAIR_EVERY and owed_until - started < PAIR_EVERY * PAIR_BURST:
        return now, started, owed_until + PAIR_EVERY
    return owed_until, owed_until, owed_until + PAIR_EVERY


def number_pace(owed_until: datetime | None, now: datetime, per_second: int) -> tuple[datetime, datetime]:
    """(when the next message of a number may leave, until when is owed after it): so many a second, a second's worth
    at once after a pause. The generic cell rate algorithm."""
    every, start = timedelta(seconds=1) / per_second, max(owed_until, now) if owed_until else now
    return max(now, start - every * (per_second - 1)), start + every


def end_of_quiet(local: datetime, begins: time, ends: time) -> datetime | None:
    """When the quiet hours around `local` (the shop's wall clock) end; None outside them. They may cross midnight."""
    if begins == ends:
        return None
    clock = local.time()
    quiet = begins <= clock < ends if begins < ends else clock >= begins or clock < ends
    if not quiet:
        return None
    end = local.replace(hour=ends.hour, minute=ends.minute, second=0, microsecond=0)
    return end if end > local else end + timedelta(days=1)


# --- By hand ----------------------------------------------------------------------------------------------------------

# What a person sends first, unasked. Answers and news about orders are not paced.
PACED: Final = frozenset({"prompt", "promotion"})


@dataclass(frozen=True)
class HandPace:
    """How far somebody is who sends by hand. `rest_until`: a pause is due until then."""

    done: int
    most: int
    rest_until: datetime | None

    @property
    def left(self) -> int:
        """How many more today."""
        return max(0, self.most - self.done)

    @property
    def paused(self) -> bool:
        """Whether nothing more should go out now."""
        return self.left == 0 or self.rest_until is not None


def hand_pace(sent: Sequence[datetime], now: datetime, *, most: int, in_a_row: int, rest: timedelta) -> HandPace:
    """The pace after the messages `sent` today (oldest first): so many a day, and a rest after so many in a row.

    A row ends with a pause of `rest` between two messages.
    """
    row = 0
    for earlier, later in zip((None, *sent), sent, strict=False):
        row = row + 1 if earlier is not None and later - earlier < rest and row < in_a_row else 1
    until = sent[-1] + rest if sent else now
    return HandPace(len(sent), most, until if row >= in_a_row and until > now else None)


_GREETS: Final = re.compile(r"(?:halo|hai|hello|hi|dear|selamat|assalam|sugeng|permisi|punten|mohon)\b", re.IGNORECASE)


def greet(text: str, name: str, beginning: str) -> str:
    """`text` with another beginning: "Bu Ratna, …" or "Halo Bu Ratna! …" becomes "Assalamualaikum Bu Ratna, …".

    `beginning` holds `{name}`. A text that greets in another way stays; one that greets nobody gets a line above.
    """
    if not re.match(rf"(?:(?:halo|hai|hello|hi|dear)\s+)?{re.escape(name)}\b", text, re.IGNORECASE) and _GREETS.match(
        text
    ):
        return text
    said = beginning.replace("{name}", name).strip()
    called = re.match(rf"(?:(?:halo|hai|hello|hi|dear)\s+)?{re.escape(name)}\s*[,!.:]?\s*", text, re.IGNORECASE)
    rest = text[called.end() :] if called else text
    if not called:
        return f"{said}\n{text}"
    mark = "" if said[-1:] in ",!.:?" else ","
    if not rest:
        return said
    begins = rest[:1].lower() if (said + mark)[-1] == "," else rest[:1].upper()
    return f"{said}{mark} {begins}{rest[1:]}"


def chosen(beginnings: Sequence[str], person: int, text: str) -> str:
    """One of the beginnings: the same for the same person and text, spread evenly over people."""
    digest = hashlib.sha256(f"{person}:{text}".encode()).digest()
    return beginnings[int.from_bytes(digest[:4], "big") % len(beginnings)]


# --- Prices -----------------------------------------------------------------------------------------------------------

# So many answers a month and number are free (since October 2026); the owner is told before they are used up.
FREE_ANSWERS: Final = 1000
TELL_AT: Final = (800, FREE_ANSWERS)
FREE_TYPES: Final = frozenset({"free_customer_service", "free_entry_point", "free_group_customer_service"})


def crossed(before: int, after: int) -> int | None:
    """The mark of `TELL_AT` that was reached between two counts; the highest when there are several."""
    return max((mark for mark in TELL_AT if before < mark <= after), default=None)
