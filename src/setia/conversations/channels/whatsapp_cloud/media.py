"""Fetching what customers send: an id becomes an address for five minutes, the address becomes bytes.

The access token goes to the hosts we expect and to no other; redirects are refused, sizes are limited, and the bytes
are compared with the digest WhatsApp announced.
"""

import base64
import hashlib
import os
from collections.abc import Collection
from dataclasses import dataclass
from typing import BinaryIO, Final
from urllib.parse import urlsplit

import httpx
import msgspec

from setia.conversations.channels.whatsapp_cloud import client
from setia.conversations.channels.whatsapp_cloud.client import NotSent, Refused, Unclear

MB: Final = 1024 * 1024
# WhatsApp's own limits, with a little room.
LIMITS: Final = {"image": 6 * MB, "sticker": MB, "audio": 17 * MB, "video": 17 * MB, "document": 101 * MB}
UPLOAD_TIMEOUT: Final = httpx.Timeout(60.0, connect=3.0, pool=3.0)


@dataclass(frozen=True)
class Address:
    """Where the bytes are for the next five minutes, and what they should be."""

    url: str
    mime_type: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Fetched:
    """The bytes are in the file. `sha256` in base64, as WhatsApp writes it."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Unacceptable:
    """Not fetched, and trying again would not change that: a foreign host, a redirect, too large."""

    reason: str


@dataclass(frozen=True)
class Upload:
    """A file of ours to be handed over."""

    path: str
    mime_type: str
    filename: str = ""


@dataclass(frozen=True)
class Uploaded:
    """WhatsApp has the file, for thirty days, under this id."""

    id: str


def upload(*, base: str, number_id: str, token: str, file: Upload) -> Uploaded | Refused | NotSent:
    """Hand a file over. It is no message yet: whatever goes wrong, trying again is safe."""
    try:
        with open(file.path, "rb") as source:
            response = client.session(base).post(
                f"{base}/{number_id}/media",
                data={"messaging_product": "whatsapp", "type": file.mime_type},
                files={"file": (file.filename or "file", source, file.mime_type)},
                headers={"Authorization": f"Bearer {token}"},
                timeout=UPLOAD_TIMEOUT,
            )
    except OSError:
        # It does not lie here any more: 131053 is WhatsApp's own code for a file it cannot take.
        return Refused(131053, 400, "the file is gone")
    except httpx.HTTPError as error:
        return NotSent(repr(error))
    answer = client.read_answer(response.status_code, response.content, response.headers)
    if isinstance(answer, Refused | NotSent):
        return answer
    try:
        return Uploaded(str(msgspec.json.decode(response.content)["id"]))
    except (msgspec.MsgspecError, KeyError, TypeError):
        return NotSent(f"no id in the answer ({response.status_code})")


def resolve(*, base: str, media_id: str, number_id: str, token: str) -> Address | Refused | NotSent | Unclear:
    """Ask for the address of a medium."""
    http = client.session(base)
    try:
        response = http.get(
            f"{base}/{media_id}",
            params={"phone_number_id": number_id},
            headers={"Authorization": f"Bearer {token}"},
        )
    except client.BEFORE as error:
        return NotSent(repr(error))
    except httpx.HTTPError as error:
        return Unclear(repr(error))
    answer = client.read_answer(response.status_code, response.content, response.headers)
    if isinstance(answer, Refused | NotSent):
        return answer
    try:
        data = msgspec.json.decode(response.content)
        return Address(str(data["url"]), str(data["mime_type"]), str(data["sha256"]), int(data["file_size"]))
    except (msgspec.MsgspecError, KeyError, TypeError, ValueError) as error:
        return Unclear(f"no address in the answer: {error!r}")


def host_is_known(url: str, hosts: Collection[str]) -> bool:
    """Whether the token may be sent to `url`: a host of the list (`name` by HTTPS only, or `name:port` exactly)."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    if parts.username or parts.password:
        return False
    if port is not None and f"{parts.hostname}:{port}" in hosts:
        return parts.scheme in ("http", "https")
    return parts.scheme == "https" and port in (None, 443) and parts.hostname in hosts


def fetch(
    *, url: str, token: str, hosts: Collection[str], most: int, into: BinaryIO
) -> Fetched | Unacceptable | Refused | NotSent | Unclear:
    """Write the bytes behind `url` into a file, at most `most` of them. A 404 is a `Refused`: resolve the id again."""
    if not host_is_known(url, hosts):
        return Unacceptable("foreign host")
    digest, size = hashlib.sha256(), 0
    try:
        with client.session(url).stream("GET", url, headers={"Authorization": f"Bearer {token}"}) as response:
            if 300 <= response.status_code < 400:
                return Unacceptable("redirect")
            if response.status_code != 200:
                return Refused(-response.status_code, response.status_code)
            for chunk in response.iter_bytes():
                size += len(chunk)
                if size > most:
                    return Unacceptable("too large")
                digest.update(chunk)
                into.write(chunk)
    except client.BEFORE as error:
        return NotSent(repr(error))
    except httpx.HTTPError as error:
        return Unclear(repr(error))
    into.flush()
    os.fsync(into.fileno())
    return Fetched(size, base64.b64encode(digest.digest()).decode())
