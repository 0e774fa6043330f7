"""The emulator as users hold it: an engine, its routes, and a server around them when wanted."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from setia.emulator import control, graph, phone, store
from setia.emulator.api import Request, Response
from setia.emulator.engine import Engine
from setia.emulator.graph import files
from setia.emulator.settings import Settings
from setia.emulator.webhooks.transport import Transport

if TYPE_CHECKING:
    import httpx

SAVE_EVERY_S = 3.0


class Emulator:
    """A whole emulated platform.

    Without a server: `emulator.handle(Request(...))`, or `httpx.Client(transport=emulator.httpx_transport())`, with a
    `transport` of your own to receive the webhooks. With one: `with emulator.serve() as url`.
    """

    def __init__(self, settings: Settings | None = None, transport: Transport | None = None) -> None:
        self.settings = settings or Settings()
        self._transport = transport
        self.engine = self._start()
        self.wake = threading.Event()
        self._open = True

    def _start(self) -> Engine:
        engine = Engine(self.settings, self._transport)
        if self.settings.state:
            store.load(engine, self.settings.state)
        return engine

    # calls ----------------------------------------------------------------------------------------------------

    def handle(self, request: Request) -> Response:
        """Answer one call and let its webhooks leave."""
        engine = self.engine
        if request.path == "/_emu/reset" and request.method == "POST":
            return self.reset()
        with engine.lock:
            answer = self._route(request)
            engine.touched = engine.touched or request.method != "GET"
        response = answer if isinstance(answer, Response) else answer()
        if request.path.endswith("/messages") and engine.webhooks.policy.before_response:
            engine.run_due(inline=True)
        engine.pump()
        if not request.path.startswith("/v") and request.method != "GET" and not engine.clock.realtime:
            engine.settle()  # virtual time: who asked for it sees the result
        self.wake.set()
        return response

    def _route(self, request: Request) -> Any:
        if request.path.startswith("/_emu/"):
            return control.handle(self.engine, request)
        if request.path.startswith("/_media/"):
            return files.download(self.engine, request)
        if request.path.startswith("/_foreign/"):
            return files.foreign(self.engine, request)
        if request.path.startswith("/v") and request.path[2:3].isdigit():
            return graph.handle(self.engine, request)
        return phone.handle(self.engine, request)

    def reset(self) -> Response:
        """Begin again with the same settings and nothing else (the state file is left alone)."""
        old, saved = self.engine, self.settings.state
        self.settings.state = None
        self.engine = self._start()
        self.settings.state = saved
        old.close()
        return Response({"success": True})

    def advance(self, seconds: float = 0.0) -> None:
        """Let virtual time pass."""
        self.engine.advance(seconds)

    # wiring ---------------------------------------------------------------------------------------------------

    def httpx_transport(self) -> httpx.BaseTransport:
        """A transport for an httpx client that calls this emulator without any socket."""
        from setia.emulator.inprocess import InProcess

        return InProcess(self)

    @contextmanager
    def serve(self, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
        """Serve over HTTP in threads; gives the base address."""
        from setia.emulator.http import Server

        server = Server(self, host, port)
        self.settings.base_url = server.url
        keeper = threading.Thread(target=self._keep_time, name="clock", daemon=True)
        worker = threading.Thread(target=server.serve_forever, args=(0.1,), name="http", daemon=True)
        worker.start()
        keeper.start()
        try:
            yield server.url
        finally:
            server.shutdown()
            server.server_close()
            self.close()
            keeper.join(timeout=5)

    def _keep_time(self) -> None:
        """Real time: run what is due when it is due. Either way: save now and then."""
        saved = time.monotonic()
        while self._open:
            engine = self.engine
            due = engine.clock.next_due() if engine.clock.realtime else None
            wait = SAVE_EVERY_S if due is None else min(SAVE_EVERY_S, max(0.0, due - engine.clock.now()))
            self.wake.wait(wait)
            self.wake.clear()
            if engine.clock.realtime:
                engine.run_due()
            if time.monotonic() - saved > SAVE_EVERY_S:
                self.save()
                saved = time.monotonic()

    def save(self) -> None:
        """Write the state file when something changed."""
        if self.settings.state and self.engine.touched:
            store.save(self.engine, self.settings.state)

    def close(self) -> None:
        """Stop the threads and save."""
        self._open = False
        self.wake.set()
        self.engine.close()
        self.save()
