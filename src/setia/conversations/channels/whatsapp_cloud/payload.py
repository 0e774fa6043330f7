"""Webhook bodies, read tolerantly and item by item: one bad item must not lose its neighbours.

Unknown fields are ignored, unknown lists and fields become whole-value items, so that nothing is dropped here.
"""

import hashlib
import hmac
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
from msgspec import Raw, Struct

# Lists inside a `value` and how their items are called here.
LISTS: Final = {
    "messages": "message",
    "statuses": "status",
    "errors": "error",
    "message_echoes": "echo",
    "state_sync": "contact",
    "user_preferences": "preference",
}
LONGEST_KEY: Final = 200
# A NUL as JSON writes it (not the letters after an escaped backslash): PostgreSQL keeps none in its texts.
_NUL: Final = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")


Text = str | None


class Metadata(Struct):
    phone_number_id: str | int | None = None
    display_phone_number: str | int | None = None


class Value(Struct):
    metadata: Metadata | None = None
    contacts: list[Any] | None = None
    messages: list[Raw] | None = None
    statuses: list[Raw] | None = None
    errors: list[Raw] | None = None
    message_echoes: list[Raw] | None = None
    history: list[Raw] | None = None
    state_sync: list[Raw] | None = None
    user_preferences: list[Raw] | None = None


class Change(Struct):
    field: str = ""
    value: Raw = Raw(b"{}")


class Entry(Struct):
    id: str | int = ""
    time: int | None = None
    changes: list[Change] = []


class Envelope(Struct):
    entry: list[Entry] = []


class Thread(Struct):
    id: Text = None
    context: dict[str, Any] | None = None
    messages: list[Raw] = []


class Chunk(Struct):
    threads: list[Thread] | None = None
    errors: list[Raw] | None = None


class Context(Struct):
    id: Text = None


class Incoming(Struct, rename={"sender": "from", "recipient": "to"}):
    """A message, whoever wrote it: a customer, or the shop on its phone (then `recipient` is the customer)."""

    id: Text = None
    sender: Text = None
    from_user_id: Text = None
    recipient: Text = None
    to_user_id: Text = None
    timestamp: str | int | None = None
    type: str = "unknown"
    context: Context | None = None
    history_context: dict[str, Any] | None = None


class Status(Struct):
    """What became of a message of the shop."""

    id: str
    status: str
    timestamp: str | int | None = None
    biz_opaque_callback_data: Text = None
    pricing: dict[str, Any] | None = None
    errors: list[dict[str, Any]] | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that happened. `kind` is a value of `LISTS`, `history`, or the webhook's field for whole values."""

    account: str
    number: str
    display_number: str
    kind: str
    raw: bytes
    time: int | None = None
    contacts: Sequence[dict[str, Any]] = ()
    thread: dict[str, Any] = field(default_factory=dict)

    def data(self) -> dict[str, Any]:
        """The item as plain values. Raises ValueError when it is no object."""
        data = msgspec.json.decode(self.raw)
        if not isinstance(data, dict):
            raise ValueError("not an object")
        return data

    def key(self) -> str:
        """What WhatsApp repeats when it delivers the same again, in whatever company."""
        key = ""
        if self.kind in ("message", "echo", "history", "status"):
            named = _named(self.raw)
            if named and self.kind == "status":
                key = f"status:{named[0]}:{named[2]}"
            elif named and self.kind == "history":
                # a placeholder comes first, the picture later
                key = f"history:{named[0]}:{named[1]}"
            elif named:
                key = f"{self.kind}:{named[0]}"
        if not key or len(key) > LONGEST_KEY:
            # News that carry a moment of their own are the same in whatever company they come.
            company = "" if self.kind in ("contact", "preference") else str(self.time)
            key = f"{self.kind[:40]}:{digest(self.account.encode(), company.encode(), self.raw)}"
        return key


class _Named(Struct):
    id: str = ""
    type: str = ""
    status: str = ""


def _named(raw: bytes) -> tuple[str, str, str] | None:
    try:
        named = msgspec.json.decode(raw, type=_Named)
    except msgspec.MsgspecError:
        return None
    return (named.id, named.type, named.status) if named.id else None


def digest(*parts: bytes) -> str:
    """SHA-256 in hex over parts that are kept apart."""
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


class Unreadable(ValueError):
    """The body is not a webhook: not JSON, or not an envelope."""


_envelope = msgspec.json.Decoder(Envelope)
_value = msgspec.json.Decoder(Value)
_chunk = msgspec.json.Decoder(Chunk)
_incoming = msgspec.json.Decoder(Incoming)
_status = msgspec.json.Decoder(Status)


def items(body: bytes) -> Iterator[Item]:
    """The items of a webhook body, in the order in which they stand there, without NULs. Raises Unreadable."""
    try:
        envelope = _envelope.decode(_NUL.sub(rb"\1", body))
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Unreadable(str(error)) from error
    for entry in envelope.entry:
        for change in entry.changes:
            yield from _items_of_change(str(entry.id), entry.time, change)


def _items_of_change(account: str, time: int | None, change: Change) -> Iterator[Item]:
    whole = bytes(change.value)
    try:
        value = _value.decode(whole)
    except msgspec.MsgspecError:
        yield Item(account, _number_in(whole), "", change.field or "unknown", whole, time)
        return
    metadata = value.metadata or Metadata()
    number, display = str(metadata.phone_number_id or ""), str(metadata.display_phone_number or "")
    contacts = [contact for contact in value.contacts or () if isinstance(contact, dict)]
    found = False
    for name, kind in LISTS.items():
        if change.field == "history" and kind == "message":
            kind = "history"
        for raw in getattr(value, name) or ():
            found = True
            yield Item(account, number, display, kind, bytes(raw), time, contacts)
    for raw in value.history or ():
        found = True
        yield from _items_of_chunk(Item(account, number, display, "history_chunk", bytes(raw), time))
    if not found:
        yield Item(account, number, display, change.field or "unknown", whole, time)


def _items_of_chunk(chunk: Item) -> Iterator[Item]:
    """The messages of one piece of history; a piece that cannot be read stays whole."""
    try:
        decoded = _chunk.decode(chunk.raw)
    except msgspec.MsgspecError:
        yield chunk
        return
    for raw in decoded.errors or ():
        yield Item(chunk.account, chunk.number, chunk.display_number, "history_error", bytes(raw), chunk.time)
    for thread in decoded.threads or ():
        who = {"id": thread.id, **(thread.context or {})}
        for raw in thread.messages:
            yield Item(chunk.account, chunk.number, chunk.display_number, "history", bytes(raw), chunk.time, thread=who)


class _OnlyMetadata(Struct):
    metadata: Metadata


def _number_in(whole: bytes) -> str:
    """The number a value belongs to, when that much of it can be read."""
    try:
        return str(msgspec.json.decode(whole, type=_OnlyMetadata).metadata.phone_number_id or "")
    except msgspec.MsgspecError:
        return ""


def incoming(raw: bytes) -> Incoming:
    """A message item. Raises msgspec.MsgspecError."""
    return _incoming.decode(raw)


def status(raw: bytes) -> Status:
    """A status item. Raises msgspec.MsgspecError."""
    return _status.decode(raw)


def signature_is_good(body: bytes, header: str | None, secrets: Sequence[str]) -> bool:
    """Whether `X-Hub-Signature-256` was made with one of `secrets` over exactly these bytes. Every secret is tried."""
    if not header or not header.startswith("sha256="):
        return False
    given = header.removeprefix("sha256=").strip().lower().encode("ascii", "replace")
    good = False
    for secret in filter(None, secrets):
        good |= hmac.compare_digest(hmac.new(secret.encode(), body, hashlib.sha256).hexdigest().encode(), given)
    return good
