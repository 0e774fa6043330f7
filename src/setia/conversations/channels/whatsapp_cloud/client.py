"""Posting to the Graph API, and what came of it in one of four answers.

There is no idempotency key: a request whose answer got lost may have been carried out. So an answer is only «refused»
or «not sent» when that is certain; everything else is `Unclear` and is settled by the statuses that follow.
"""

import os
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlparse

import httpx
import msgspec

TIMEOUT: Final = httpx.Timeout(15.0, connect=3.0, pool=3.0)


@dataclass(frozen=True)
class Accepted:
    """WhatsApp has it. `state`: for templates `accepted`, `held_for_quality_assessment` or `paused`."""

    wamid: str
    state: str = ""


@dataclass(frozen=True)
class Done:
    """A call without a message in its answer (read receipt) was carried out."""


@dataclass(frozen=True)
class Refused:
    """WhatsApp said no, with a code. `wait`: seconds it asks for, 0 when it does not say."""

    code: int
    http: int
    details: str = ""
    wait: float = 0.0


@dataclass(frozen=True)
class NotSent:
    """It never left: trying again is safe."""

    error: str


@dataclass(frozen=True)
class Unclear:
    """Perhaps it was carried out, perhaps not."""

    error: str


Answer = Accepted | Done | Refused | NotSent | Unclear

# Errors that happen before the first byte of the request is written.
BEFORE: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)


# Tests put an emulator here, and no socket is opened.
transport: httpx.BaseTransport | None = None


@lru_cache(maxsize=4)
def _client(process: int, base: str, by: httpx.BaseTransport | None) -> httpx.Client:
    # One per process: connections do not survive a fork. A proxy of the environment is for the outside, not for an
    # emulator on this machine.
    outside = urlparse(base).hostname not in ("127.0.0.1", "localhost", "::1")
    return httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=outside, transport=by)


def session(base: str) -> httpx.Client:
    """The client of this process for `base`."""
    return _client(os.getpid(), f"{urlparse(base).scheme}://{urlparse(base).netloc}", transport)


def post(*, base: str, path: str, token: str, body: dict[str, Any]) -> Answer:
    """POST `body` as JSON to `base/path`. Never raises for what the network or WhatsApp does."""
    try:
        response = session(base).post(
            f"{base}/{path}",
            content=msgspec.json.encode(body),
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        )
    except BEFORE as error:
        return NotSent(repr(error))
    except httpx.HTTPError as error:
        return Unclear(repr(error))
    return read_answer(response.status_code, response.content, response.headers)


def read_answer(http: int, content: bytes, headers: Any) -> Answer:
    """What an HTTP answer says about the message."""
    try:
        data = msgspec.json.decode(content)
    except msgspec.MsgspecError:
        data = None
    error = data.get("error") if isinstance(data, dict) else None
    if isinstance(error, dict) and isinstance(error.get("code"), int):
        details = error.get("error_data")
        text = details.get("details", "") if isinstance(details, dict) else ""
        return Refused(error["code"], http, f"{error.get('message', '')} {text}".strip(), _asked_to_wait(headers))
    if 200 <= http < 300 and isinstance(data, dict):
        if data.get("success") is True:
            return Done()
        messages = data.get("messages")
        if isinstance(messages, list) and messages and isinstance(messages[0].get("id"), str):
            return Accepted(messages[0]["id"], str(messages[0].get("message_status") or ""))
    if 300 <= http < 400:
        # Not WhatsApp, something in between (a hotspot's sign-in page): nothing was handed over.
        return NotSent(f"redirected with {http}")
    if http == 429:
        return Refused(130429, http, "", _asked_to_wait(headers))
    if 400 <= http < 500:
        return Refused(-http, http, content[:200].decode("utf-8", "replace"))
    return Unclear(f"answered {http} without a code")


def _asked_to_wait(headers: Any) -> float:
    """Seconds from `Retry-After` or from the minutes in `X-Business-Use-Case-Usage`."""
    try:
        asked = float(headers.get("retry-after", 0))
    except ValueError:
        asked = 0.0
    try:
        usage = msgspec.json.decode(headers.get("x-business-use-case-usage", "{}"))
        minutes = [float(row["estimated_time_to_regain_access"]) for rows in usage.values() for row in rows]
    except (msgspec.MsgspecError, AttributeError, KeyError, TypeError, ValueError):
        minutes = []
    return max([asked, *(60.0 * minute for minute in minutes)])
