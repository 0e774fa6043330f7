"""The HTTP server: reads a request, asks the emulator, writes the answer, and misbehaves on the wire when told to."""

from __future__ import annotations

import socket
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from setia.emulator.api import Request, Response

if TYPE_CHECKING:
    from setia.emulator.emulator import Emulator

BODY_MAX = 110 * 1024 * 1024
IDLE_S = 30.0


class Server(ThreadingHTTPServer):
    """Serves one emulator; counts how many interface calls run at once."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, emulator: Emulator, host: str, port: int) -> None:
        super().__init__((host, port), Handler)
        self.emulator = emulator
        self.stopping = threading.Event()
        self.running = 0
        self.url = f"http://{host}:{self.server_address[1]}"

    def shutdown(self) -> None:
        """Stop, and let every hanging answer go."""
        self.stopping.set()
        super().shutdown()


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    timeout = IDLE_S
    disable_nagle_algorithm = True
    server: Server

    def do_GET(self) -> None:
        """Every method takes the same way."""
        length = int(self.headers.get("Content-Length") or 0)
        if length > BODY_MAX:
            self._write(Response({"error": "body too large"}, 413))
            return
        if self.headers.get("Sec-Fetch-Site") == "cross-site" and self.command != "GET":
            self._write(Response({"error": "not from another site"}, 403))
            return
        parts = urlsplit(self.path)
        request = Request(
            method=self.command,
            path=unquote(parts.path),
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(length),
            base=f"http://{self.headers.get('Host') or self.server.url[7:]}",
        )
        self._answer(request)

    do_POST = do_PATCH = do_DELETE = do_PUT = do_GET

    def _answer(self, request: Request) -> None:
        engine = self.server.emulator.engine
        counted = request.path.startswith("/v")
        with engine.lock:
            self.server.running += counted
            if counted and self.server.running > engine.behaviour.parallel_limit:
                engine.violations.add("too_parallel", engine.clock.now(), running=self.server.running)
        try:
            response = self.server.emulator.handle(request)
            self._perform(response)
        finally:
            with engine.lock:
                self.server.running -= counted

    def _perform(self, response: Response) -> None:
        effect = response.effect
        if effect is not None and effect.kind in ("hang", "slow"):
            self.server.stopping.wait(effect.seconds)
        if effect is not None and effect.kind in ("hang", "reset"):
            self._abort(reset=effect.kind == "reset")
            return
        self._write(response)

    def _abort(self, *, reset: bool) -> None:
        """End the connection without an answer; with `reset` by a RST instead of a FIN."""
        if reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True

    def _write(self, response: Response) -> None:
        body, effect = response.raw(), response.effect
        self.send_response(response.status)
        for name, value in {"Content-Type": response.content_type(), **response.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if effect is not None and effect.kind == "cut":
            self.wfile.write(body[: len(body) // 2])
            self.close_connection = True
        elif effect is not None and effect.kind == "drip":
            self._drip(body, effect.seconds)
        else:
            self.wfile.write(body)

    def _drip(self, body: bytes, seconds: float) -> None:
        """Ten pieces over the given time."""
        step = max(1, len(body) // 10)
        for start in range(0, len(body), step):
            self.wfile.write(body[start : start + step])
            self.wfile.flush()
            self.server.stopping.wait(seconds / 10)

    def handle(self) -> None:
        """A client that went away is its own affair."""
        try:
            super().handle()
        except (ConnectionError, TimeoutError):
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: the delivery log and the message log tell more."""
