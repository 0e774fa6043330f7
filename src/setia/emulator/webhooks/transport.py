"""Getting a request out of the process, and doing several at a time."""

from __future__ import annotations

import http.client
import queue
import threading
from collections.abc import Callable
from typing import Protocol
from urllib.parse import parse_qsl, urlsplit


class Transport(Protocol):
    """How a webhook leaves the emulator; tests may bring their own (for example Django's test client)."""

    def __call__(
        self, method: str, url: str, body: bytes, headers: dict[str, str], timeout_s: float
    ) -> tuple[int, bytes]:
        """Return status and body; raise OSError or HTTPException when there is no answer."""


def http_transport(method: str, url: str, body: bytes, headers: dict[str, str], timeout_s: float) -> tuple[int, bytes]:
    """A plain HTTP request with the standard library; redirects are not followed."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=timeout_s)
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(method, target, body or None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read(1_000_000)
    finally:
        connection.close()


class Inline:
    """Runs each job at once in the caller's thread: for tests without threads."""

    def submit(self, job: Callable[[], None]) -> None:
        """Run a job."""
        job()

    def settle(self) -> None:
        """Nothing is ever pending."""

    def close(self) -> None:
        """Nothing to stop."""


class Pool:
    """Worker threads, started when there is work, as many as `width()` allows at the time."""

    def __init__(self, width: Callable[[], int]) -> None:
        self._width = width
        self._jobs: queue.Queue[Callable[[], None] | None] = queue.Queue()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()

    def submit(self, job: Callable[[], None]) -> None:
        """Queue a job."""
        with self._lock:
            self._jobs.put(job)
            if len(self._threads) < self._width() and self._jobs.unfinished_tasks > len(self._threads):
                thread = threading.Thread(target=self._work, name="webhook", daemon=True)
                self._threads.append(thread)
                thread.start()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            finally:
                self._jobs.task_done()
        self._jobs.task_done()

    def settle(self) -> None:
        """Wait until every queued job is done; from inside a job it returns at once."""
        if threading.current_thread() not in self._threads:
            self._jobs.join()

    def close(self) -> None:
        """Let the workers finish and stop."""
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join(timeout=5)


class Recorder:
    """A transport that keeps the requests and answers what it is told: for tests of the engine alone."""

    def __init__(self, status: int = 200) -> None:
        self.status = status
        self.requests: list[tuple[str, dict[str, str], bytes]] = []

    def __call__(
        self, method: str, url: str, body: bytes, headers: dict[str, str], timeout_s: float
    ) -> tuple[int, bytes]:
        """Keep a POST; a GET is the handshake and gets its challenge back."""
        if method == "GET":
            return self.status, dict(parse_qsl(urlsplit(url).query)).get("hub.challenge", "").encode()
        self.requests.append((url, headers, body))
        return self.status, b""
