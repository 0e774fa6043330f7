"""What one page view needs: whose phone, which shop, which language, and how to write a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from urllib.parse import quote

from setia.emulator.accounts import Number
from setia.emulator.engine import Engine
from setia.emulator.log import Message
from setia.emulator.phone.words import MONTHS, WORDS
from setia.emulator.users import User

SHOWN = 200


@dataclass
class View:
    """One look at the phone."""

    engine: Engine
    number: Number
    lang: str
    user: User | None = None

    def word(self, name: str) -> str:
        """A text of the page, ready for HTML."""
        return escape(WORDS[self.lang][name])

    def local(self, at: float) -> datetime:
        """A moment on the phone's clock."""
        return datetime.fromtimestamp(at, UTC) + timedelta(hours=self.engine.settings.utc_offset_h)

    def hour(self, at: float) -> str:
        """14.05 in Indonesian, 14:05 in English."""
        return self.local(at).strftime("%H.%M" if self.lang == "id" else "%H:%M")

    def day(self, at: float) -> str:
        """Today, yesterday, or the date."""
        now, moment = self.local(self.engine.clock.now()), self.local(at)
        apart = (now.date() - moment.date()).days
        if apart in (0, 1):
            return self.word(("today", "yesterday")[apart])
        year = f" {moment.year}" if moment.year != now.year else ""
        return f"{moment.day} {MONTHS[self.lang][moment.month - 1]}{year}"

    def address(self, user: User, *rest: str) -> str:
        """The path of a user's phone; the shop is named when there are several."""
        path = "/".join(("/phone", quote(user.key, safe=""), *rest))
        first = next(iter(self.engine.accounts.numbers))
        return path if self.number.id == first else f"{path}?number={self.number.id}"

    def visible(self, user: User) -> list[Message]:
        """What the customer sees: own messages, and those of the shop that arrived; the latest SHOWN of them."""
        return [m for m in self.engine.log.chat(self.number.id, user.key)[-SHOWN:] if arrived(m)]


def arrived(message: Message) -> bool:
    """Reactions sit on their message; what failed or is on the way is not on the phone."""
    if message.type == "reaction":
        return False
    return message.direction != "out" or "delivered" in message.statuses or "read" in message.statuses


def initials(name: str) -> str:
    """Two letters for the round face, without the honorific."""
    words = [w for w in name.split() if w[:1].isalpha()]
    if len(words) > 1 and words[0].rstrip(".").lower() in HONORIFICS:
        words = words[1:]
    return "".join(word[0] for word in words[:2]).upper() or "?"


HONORIFICS = ("bu", "ibu", "pak", "bapak", "mbak", "mas", "kak", "mbah", "bude", "pakde", "bulik", "om", "tante")
