"""Pictures, sounds and papers: ids that expire, addresses that expire sooner, and the bytes."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from setia.emulator.accounts import missing
from setia.emulator.errors import GraphError
from setia.emulator.ids import Ids

UPLOAD_S, INBOUND_S = 30 * 86_400.0, 7 * 86_400.0
MB = 1024 * 1024
LIMITS = {"image/": 5 * MB, "audio/": 16 * MB, "video/": 16 * MB}
STICKER, DOCUMENT = 500 * 1024, 100 * MB
ALLOWED = (
    "image/jpeg",
    "image/png",
    "image/webp",
    "audio/",
    "video/mp4",
    "video/3gpp",
    "application/",
    "text/plain",
)


@dataclass
class Medium:
    """One stored file. `sha256` is what the platform says it is, base64 of the digest."""

    id: str
    number: str
    mime_type: str
    size: int
    sha256: str
    expires_at: float
    filename: str = ""


class Media:
    """All media. Bytes live in a folder beside the state file, or in memory when there is none."""

    def __init__(self, ids: Ids, state: Path | None) -> None:
        self._ids = ids
        self._folder = state.with_name(state.name + ".media") if state else None
        self._bytes: dict[str, bytes] = {}
        self._all: dict[str, Medium] = {}
        self._links: dict[str, tuple[str, float]] = {}

    def add(self, number: str, data: bytes, mime_type: str, now: float, *, inbound: bool, filename: str = "") -> Medium:
        """Store a file; raises 131053 for a wrong kind or size."""
        kind = mime_type.split(";")[0].strip().lower()
        limit = next((size for prefix, size in LIMITS.items() if kind.startswith(prefix)), DOCUMENT)
        limit = STICKER if kind == "image/webp" else limit
        if not kind.startswith(ALLOWED):
            raise GraphError(131053, f"Media of type {kind} is not supported.")
        if not data or len(data) > limit:
            raise GraphError(131053, f"The file must have 1 to {limit} bytes.")
        digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
        expires = now + (INBOUND_S if inbound else UPLOAD_S)
        medium = Medium(self._ids.digits(16), number, mime_type, len(data), digest, expires, filename)
        self._all[medium.id] = medium
        if self._folder is None:
            self._bytes[medium.id] = data
        else:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / medium.id).write_bytes(data)
        return medium

    def get(self, media_id: str, now: float, number: str | None = None) -> Medium:
        """A medium that still lives and belongs to this number; otherwise 100/33."""
        medium = self._all.get(media_id)
        if medium is None or now >= medium.expires_at or number not in (None, medium.number):
            raise missing(media_id)
        return medium

    def peek(self, media_id: str) -> Medium:
        """A medium on the customer's own phone, where nothing expires. Raises LookupError."""
        if media_id not in self._all:
            raise LookupError(f"no such medium: {media_id}")
        return self._all[media_id]

    def read(self, medium: Medium) -> bytes:
        """The bytes."""
        return self._bytes[medium.id] if self._folder is None else (self._folder / medium.id).read_bytes()

    def link(self, medium: Medium, now: float, lifetime_s: float) -> str:
        """A short-lived address for the bytes; returns its secret part."""
        secret = self._ids.word(24)
        self._links[secret] = (medium.id, now + lifetime_s)
        return secret

    def follow(self, secret: str, now: float) -> Medium | None:
        """The medium behind an address, or None after it expired."""
        media_id, expires = self._links.get(secret, ("", 0.0))
        return self._all.get(media_id) if now < expires else None

    def remove(self, medium: Medium) -> None:
        """Delete a file."""
        del self._all[medium.id]
        self._bytes.pop(medium.id, None)
        if self._folder is not None:
            (self._folder / medium.id).unlink(missing_ok=True)

    def describe(self, medium: Medium, url: str) -> dict[str, Any]:
        """The answer to `GET /{media id}`."""
        return {
            "messaging_product": "whatsapp",
            "url": url,
            "mime_type": medium.mime_type,
            "sha256": medium.sha256,
            "file_size": medium.size,
            "id": medium.id,
        }

    def dump(self) -> list[dict[str, Any]]:
        """Plain data for saving; empty when the bytes are only in memory."""
        return [asdict(medium) for medium in self._all.values()] if self._folder else []

    def load(self, data: list[dict[str, Any]]) -> None:
        """The reverse of `dump`."""
        self._all = {item["id"]: Medium(**item) for item in data}
