"""An httpx transport that calls the emulator directly: the client's own code runs, no socket is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from setia.emulator.api import Request

if TYPE_CHECKING:
    from setia.emulator.emulator import Emulator


class InProcess(httpx.BaseTransport):
    """Faults on the wire become the exceptions a real connection would raise, without waiting."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One call."""
        response = self._emulator.handle(
            Request(
                method=request.method,
                path=request.url.path,
                query=dict(request.url.params),
                headers={name.lower(): value for name, value in request.headers.items()},
                body=request.read(),
                base=f"{request.url.scheme}://{request.url.netloc.decode()}",
            )
        )
        effect = response.effect.kind if response.effect else ""
        limit = request.extensions.get("timeout", {}).get("read")
        late = response.effect is not None and limit is not None and response.effect.seconds > limit
        if effect == "reset":
            raise httpx.ReadError("connection reset", request=request)
        if effect == "cut":
            raise httpx.RemoteProtocolError("the body ended early", request=request)
        if effect == "hang" or (effect in ("slow", "drip") and late):
            raise httpx.ReadTimeout("no answer in time", request=request)
        headers = {"Content-Type": response.content_type(), **response.headers}
        return httpx.Response(response.status, headers=headers, content=response.raw(), request=request)
