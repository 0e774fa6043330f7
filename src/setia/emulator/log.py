"""Everything that was said, in both directions, as the phones know it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

RANK = {"accepted": 0, "sent": 1, "delivered": 2, "read": 3, "played": 4}


@dataclass
class Message:
    """One message. `direction` is `in` (customer), `out` (business by API) or `echo` (business by phone app)."""

    id: str
    seq: int
    number: str
    user: str
    direction: str
    type: str
    content: Any
    at: float
    context: dict[str, Any] | None = None
    sent_to: str = "phone"
    opaque: str | None = None
    category: str | None = None
    template: str | None = None
    shown: dict[str, Any] | None = None  # a template as the customer sees it
    in_window: bool = True
    statuses: dict[str, float] = field(default_factory=dict)
    pricing: dict[str, Any] | None = None
    free_entry_until: float | None = None
    error: int | None = None
    outcome: dict[str, Any] = field(default_factory=dict)  # exceptions to the usual course
    reactions: dict[str, str] = field(default_factory=dict)  # in/out -> emoji
    edited: bool = False
    revoked: bool = False
    changed: int = 0  # log revision of the last visible change

    @property
    def state(self) -> str:
        """The furthest state reached, or `failed`."""
        if "failed" in self.statuses:
            return "failed"
        return max(self.statuses, key=lambda name: RANK[name], default="accepted")


class Log:
    """Messages in order, by id, and by conversation."""

    def __init__(self) -> None:
        self.all: list[Message] = []
        self.revision = 0
        self._by_id: dict[str, Message] = {}
        self._chats: dict[tuple[str, str], list[Message]] = {}

    def add(self, message: Message) -> Message:
        """Append a message."""
        self._put(message)
        self.touch(message)
        return message

    def _put(self, message: Message) -> None:
        self.all.append(message)
        self._by_id[message.id] = message
        self._chats.setdefault((message.number, message.user), []).append(message)

    def touch(self, message: Message) -> None:
        """Say that a message looks different now, so that an open phone page notices."""
        self.revision += 1
        message.changed = self.revision

    def get(self, message_id: str) -> Message | None:
        """By wamid."""
        return self._by_id.get(message_id)

    def chat(self, number: str, user: str) -> list[Message]:
        """One conversation in order."""
        return self._chats.get((number, user), [])

    def next_seq(self) -> int:
        """Sequence number of the next message."""
        return len(self.all) + 1

    def dump(self) -> list[dict[str, Any]]:
        """Plain data for saving."""
        return [asdict(message) for message in self.all]

    def load(self, data: list[dict[str, Any]]) -> None:
        """The reverse of `dump`, into an empty log."""
        for item in data:
            self._put(Message(**item))
        self.revision = max((message.changed for message in self.all), default=0)
