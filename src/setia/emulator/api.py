"""Requests and answers without any server, so that the same routes serve HTTP, tests and an in-process client."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from setia.emulator.errors import GraphError


@dataclass
class Request:
    """One call. Header names are lower case; `base` is scheme and host as the caller reached us."""

    method: str
    path: str
    query: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    base: str = "http://emulator.invalid"

    def json(self) -> Any:
        """The JSON body (an empty one is an empty object); raises GraphError 100."""
        try:
            return json.loads(self.body or b"{}")
        except ValueError as problem:
            raise GraphError(100, "The body is not valid JSON.") from problem

    def object(self) -> dict[str, Any]:
        """The body as a JSON object; raises GraphError 100 for anything else."""
        body = self.json()
        if not isinstance(body, dict):
            raise GraphError(100, "The body is not a JSON object.")
        return body


@dataclass
class Effect:
    """What goes wrong on the wire: `reset`, `hang` (no answer), `slow` (late answer), `drip` (slow body), `cut`."""

    kind: str
    seconds: float = 0.0


@dataclass
class Response:
    """One answer; a dict or list body is JSON."""

    body: Any = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    effect: Effect | None = None

    def raw(self) -> bytes:
        """The bytes of the body."""
        if isinstance(self.body, (bytes, str)):
            return self.body.encode() if isinstance(self.body, str) else self.body
        return json.dumps(self.body, separators=(",", ":")).encode()

    def content_type(self) -> str:
        """From the headers, else by the kind of body."""
        default = "application/octet-stream" if isinstance(self.body, bytes) else "application/json; charset=UTF-8"
        return self.headers.get("Content-Type", default)


Answer: TypeAlias = Response | Callable[[], Response]  # a callable runs after the lock was released


def failed(error: GraphError, trace: str) -> Response:
    """A refusal as an answer."""
    return Response(error.body(trace), error.http, dict(error.headers))


def multipart(body: bytes, content_type: str) -> dict[str, tuple[str, str, bytes]]:
    """Fields of a multipart form: name -> (file name, content type, bytes)."""
    found = re.search(r'boundary="?([^";]+)"?', content_type)
    if not found:
        raise GraphError(100, "The multipart boundary is missing.")
    parts: dict[str, tuple[str, str, bytes]] = {}
    for chunk in body.split(b"--" + found[1].encode())[1:-1]:
        head, _, data = chunk.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        text = head.decode("utf-8", "replace")
        name = re.search(r'\bname="([^"]*)"', text)
        file = re.search(r'filename="([^"]*)"', text)
        kind = re.search(r"(?im)^content-type:\s*(\S[^\r\n]*)", text)
        if name:
            parts[name[1]] = (file[1] if file else "", kind[1].strip() if kind else "", data.removesuffix(b"\r\n"))
    return parts
