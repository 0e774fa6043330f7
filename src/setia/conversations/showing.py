"""Messages in the words and signs of the screen. Reads nothing; plain rows in, plain values out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from setia.conversations.channels.whatsapp_cloud.errors import behaviour
from setia.conversations.models import Direction, MediaFile, Message, MessageStatus, Origin
from setia.conversations.parts import Parts, of, part
from setia.conversations.rules import Refusal

# Kind of message: icon, and what to call it where its words are missing.
KINDS: Final[dict[str, tuple[str, str | Promise]]] = {
    "image": ("photo", gettext_lazy("Picture")),
    "video": ("video-camera", gettext_lazy("Video")),
    "audio": ("microphone", gettext_lazy("Voice note")),
    "document": ("document", gettext_lazy("Document")),
    "sticker": ("face-smile", gettext_lazy("Sticker")),
    "location": ("map-pin", gettext_lazy("Place on the map")),
    "contacts": ("identification", gettext_lazy("Contact")),
    "order": ("shopping-bag", gettext_lazy("Order from the catalogue")),
    "button": ("cursor-arrow-rays", gettext_lazy("Chose a button")),
    "interactive": ("cursor-arrow-rays", gettext_lazy("Chose from a list")),
    "flow": ("clipboard-document-list", gettext_lazy("Filled in a form")),
    "buttons": ("cursor-arrow-rays", gettext_lazy("To choose from")),
    "media_placeholder": ("paper-clip", gettext_lazy("A file from before; it is still on the phone")),
    "template": ("document-text", gettext_lazy("Template")),
    "unsupported": ("question-mark-circle", gettext_lazy("Cannot be shown here. Look at it on the phone.")),
}
UNKNOWN: Final = KINDS["unsupported"]

SYSTEM: Final[dict[str, str | Promise]] = {
    "user_changed_number": gettext_lazy("The customer has a new WhatsApp number."),
    "customer_changed_number": gettext_lazy("The customer has a new WhatsApp number."),
    "user_changed_user_id": gettext_lazy("The customer's WhatsApp account has changed."),
    "customer_identity_changed": gettext_lazy("The customer has set up WhatsApp anew."),
}

# Status of our messages: icon, how many of it, style.
TICKS: Final[dict[str, tuple[str, int, str]]] = {
    MessageStatus.QUEUED: ("clock", 1, ""),
    MessageStatus.SENDING: ("clock", 1, ""),
    MessageStatus.OPENED: ("arrow-top-right-on-square", 1, ""),
    MessageStatus.ACCEPTED: ("check", 1, ""),
    MessageStatus.SENT: ("check", 1, ""),
    MessageStatus.DELIVERED: ("check", 2, ""),
    MessageStatus.READ: ("check", 2, "read"),
    MessageStatus.PLAYED: ("check", 2, "read"),
    MessageStatus.FAILED: ("exclamation-circle", 1, "wrong"),
    MessageStatus.UNKNOWN: ("question-mark-circle", 1, "wrong"),
    MessageStatus.SKIPPED: ("no-symbol", 1, ""),
}

REFUSALS: Final[dict[int, str | Promise]] = {
    Refusal.NO_ADDRESS: gettext_lazy("There is no WhatsApp number for this customer."),
    Refusal.NO_CONSENT: gettext_lazy("The customer has not agreed to offers, so it was left out."),
    Refusal.WRONG_NUMBER: gettext_lazy("Wrong number. Ask for the right one."),
    Refusal.NOT_SENT_BY_HAND: gettext_lazy("You decided not to send it."),
    Refusal.WINDOW_CLOSED: gettext_lazy(
        "More than 24 hours since the customer last wrote. Only an approved template may be sent now."
    ),
    Refusal.TOO_OFTEN: gettext_lazy("The customer got an offer only a few days ago, so this one was left out."),
    Refusal.TOO_DEAR: gettext_lazy("The most you want to spend in a month is reached, so this offer was left out."),
    Refusal.TEMPLATE_STOPPED: gettext_lazy("WhatsApp does not let this template out any more. Choose another."),
    Refusal.NOT_REACHED: gettext_lazy("The last messages did not reach this phone, so no offers are sent there."),
    Refusal.NOTHING_TO_SHOW: gettext_lazy("What the picture was to show is not sold any more, so it was not sent."),
    Refusal.NO_ANSWER: gettext_lazy("There was no connection to WhatsApp for a whole day."),
}


@dataclass(frozen=True)
class Bubble:
    """One message as it is drawn."""

    message: Message
    mine: bool
    text: str
    clock: str = ""
    icon: str = ""
    label: str = ""
    tick: tuple[str, int, str] | None = None
    problem: str = ""
    # Nothing to do about it: it waits, or was left out on purpose.
    mild: bool = False
    again: bool = False
    quote: Message | None = None
    quote_label: str = ""
    by: str = ""
    place: str = ""
    file: MediaFile | None = None
    headline: str = ""
    system: bool = False
    parts: Parts | None = None
    # What the shop gave as a reaction: the emoji, and whether it did not get through.
    reaction: str = ""
    reaction_failed: bool = False
    marked: bool = False


@dataclass(frozen=True)
class Around:
    """What bubbles need to know beyond their messages: who is quoted, files, our reactions, products; which is marked.

    `again(message)` says whether a message may be sent once more.
    """

    again: Any
    quotes: Mapping[str, Message] = field(default_factory=dict)
    files: Mapping[int, MediaFile] = field(default_factory=dict)
    reactions: Mapping[str, Message] = field(default_factory=dict)
    variants: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    marked: int | None = None


@dataclass
class Day:
    """The messages of one day of the shop."""

    date: date
    bubbles: list[Bubble] = field(default_factory=list)


def days(messages: Sequence[Message], around: Around) -> list[Day]:
    """Messages (oldest first) as bubbles under their days."""
    found: list[Day] = []
    for message in messages:
        day = timezone.localtime(message.at).date()
        if not found or found[-1].date != day:
            found.append(Day(day))
        found[-1].bubbles.append(bubble(message, around))
    return found


def bubble(message: Message, around: Around) -> Bubble:
    """One message with all that is said around it."""
    if message.kind == "system":
        kind = str(part(message.payload, "system").get("type", ""))
        return Bubble(
            message, False, str(SYSTEM.get(kind, _("WhatsApp changed something about this chat."))), system=True
        )
    mine, quote = message.direction == Direction.OUT, around.quotes.get(message.quotes_wamid)
    reaction = around.reactions.get(message.wamid or "-")
    icon, label = ("", "") if message.kind == "text" else KINDS.get(_kind(message), UNKNOWN)
    return Bubble(
        message=message,
        mine=mine,
        text="" if message.removed_at else message.text,
        clock=date_format(timezone.localtime(message.at), "H.i" if get_language() == "id" else "H:i"),
        icon="" if message.removed_at else icon,
        label="" if message.removed_at else str(label),
        tick=TICKS.get(message.status) if mine else None,
        problem=problem(message) if mine else "",
        mild=message.status in (MessageStatus.QUEUED, MessageStatus.SKIPPED),
        again=mine and around.again(message),
        quote=quote,
        quote_label=short(quote) if quote else "",
        by=_by(message) if mine else "",
        place=_place(message.payload),
        file=None if message.removed_at else around.files.get(message.pk),
        headline=str(part(message.payload, "referral").get("headline") or ""),
        parts=None if message.removed_at else of(message.payload, around.variants),
        reaction=str(part(reaction.payload, "reaction").get("emoji") or "") if reaction else "",
        reaction_failed=bool(reaction and reaction.status == MessageStatus.FAILED),
        marked=message.pk == around.marked,
    )


def _kind(message: Message) -> str:
    """The kind in `KINDS`: an interactive message is the customer's choice, their filled-in form, or our question."""
    if message.kind != "interactive":
        return message.kind
    if message.direction == Direction.OUT:
        return "buttons"
    return "flow" if part(message.payload, "interactive").get("type") == "nfm_reply" else "interactive"


def _by(message: Message) -> str:
    """Who wrote it: a member, the phone, or nobody."""
    if message.sent_by:
        return message.sent_by.name
    if message.origin == Origin.ECHO:
        return _("on the phone")
    return _("by itself") if message.origin == Origin.LIVE else ""


def _place(payload: Any) -> str:
    """A link to a map for a location."""
    location = part(payload, "location")
    try:
        latitude, longitude = float(location["latitude"]), float(location["longitude"])
    except (KeyError, TypeError, ValueError):
        return ""
    return f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}"


def problem(message: Message) -> str:
    """What went wrong, in plain words; empty when nothing did."""
    if message.status == MessageStatus.UNKNOWN:
        return _("The connection broke while it was being sent. Ask the customer before you send it again.")
    waits = message.status == MessageStatus.QUEUED and message.error_code is not None
    if message.status not in (MessageStatus.FAILED, MessageStatus.SKIPPED) and not waits:
        return ""
    return words_for(message.error_code, waits=waits)


def words_for(code: int | None, *, waits: bool = False) -> str:
    """A code of WhatsApp or a refusal of ours in plain words. `waits`: it is tried again, so the trouble passes."""
    if code is None:
        return _("WhatsApp refused this message.")
    return str(REFUSALS[code]) if code in REFUSALS else str(behaviour(code, 500 if waits else 400).words)


def short(message: Message) -> str:
    """A message in one line: for quotes and the list."""
    return line(message.kind, message.text)


def line(kind: str, text: str) -> str:
    """Words of a message in one line, or what kind of thing it is."""
    if text:
        return " ".join(text.split())[:160]
    if kind in ("text", ""):
        return _("deleted")
    if kind == "system":
        return _("WhatsApp changed something about this chat.")
    return str(KINDS.get(kind, UNKNOWN)[1])


def excerpt(text: str, query: str, *, length: int = 120) -> list[tuple[str, bool]]:
    """`text` in one line around the first word that is looked for, in pieces; True marks the words found.

    Found is found by folded letters; a word written with accents may stay unmarked.
    """
    flat = " ".join(text.split())
    words = sorted({word for word in query.lower().split() if word}, key=len, reverse=True)
    pattern = re.compile("|".join(re.escape(word) for word in words), re.IGNORECASE) if words else None
    first = pattern.search(flat) if pattern else None
    start = max(0, first.start() - length // 3) if first else 0
    piece = ("…" if start else "") + flat[start : start + length] + ("…" if len(flat) > start + length else "")
    if pattern is None:
        return [(piece, False)]
    found, end = [], 0
    for match in pattern.finditer(piece):
        found += [(piece[end : match.start()], False), (match[0], True)]
        end = match.end()
    return [pair for pair in [*found, (piece[end:], False)] if pair[0]]


def icon_of(kind: str) -> str:
    """The sign before a line that is no plain text."""
    return "" if kind in ("text", "system", "") else KINDS.get(kind, UNKNOWN)[0]
