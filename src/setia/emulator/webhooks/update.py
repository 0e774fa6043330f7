"""One thing that happened, and the envelope around several of them."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from random import Random
from typing import Any

from setia.emulator.accounts import Number

MAX_BODY = 3 * 1024 * 1024


@dataclass
class Update:
    """An item of a list inside `value` (`messages`, `statuses`, …), or with `listing` empty a whole value."""

    waba: str
    topic: str  # the `field` of the change
    item: dict[str, Any]
    listing: str = ""
    number: str | None = None
    contacts: list[dict[str, Any]] = field(default_factory=list)


def envelope(
    updates: list[Update], numbers: dict[str, Number], spread: str, random: Random, at: int | None
) -> dict[str, Any]:
    """Wrap updates. `spread` decides how much they share: one value, one change each, or one entry each."""
    entries: list[dict[str, Any]] = []
    changes: dict[tuple[str, str | None, str], dict[str, Any]] = {}
    for update in updates:
        shape = random.choice(("value", "changes", "entries")) if spread == "mixed" else spread
        key = (update.waba, update.number, update.topic)
        value = changes.get(key) if shape == "value" and update.listing else None
        if value is None:
            value = new_value(update, numbers)
            new_change(entries, update, value, alone=shape == "entries", at=at)
            if update.listing:
                changes[key] = value
        if update.listing:
            add_item(value, update)
    return {"object": "whatsapp_business_account", "entry": entries}


def new_value(update: Update, numbers: dict[str, Number]) -> dict[str, Any]:
    """A whole value as it is, or an empty one for list items."""
    if not update.listing:
        return update.item
    value: dict[str, Any] = {"messaging_product": "whatsapp"}
    if update.number is not None:
        value["metadata"] = numbers[update.number].metadata()
    return value


def new_change(
    entries: list[dict[str, Any]], update: Update, value: dict[str, Any], *, alone: bool, at: int | None
) -> None:
    """Put a value into an entry of its account."""
    entry = next((e for e in reversed(entries) if e["id"] == update.waba), None)
    if entry is None or alone:
        entry = {"id": update.waba, **({"time": at} if at is not None else {}), "changes": []}
        entries.append(entry)
    entry["changes"].append({"field": update.topic, "value": value})


def add_item(value: dict[str, Any], update: Update) -> None:
    """Add a list item and the contacts it speaks of, each contact once."""
    if update.contacts:
        known = value.setdefault("contacts", [])
        known.extend(item for item in update.contacts if item not in known)
    value.setdefault(update.listing, []).append(update.item)


def encode(body: dict[str, Any], *, escape_slashes: bool) -> bytes:
    """The exact bytes that are signed and sent: non-ASCII as \\uXXXX, slashes as \\/ when asked."""
    text = json.dumps(body, separators=(",", ":"))
    return (text.replace("/", "\\/") if escape_slashes else text).encode("ascii")


def sign(body: bytes, secret: str) -> str:
    """The `X-Hub-Signature-256` header for these bytes."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
