"""From an update to an acknowledged request: gather, mix, batch, copy, send, retry, give up; and log every attempt."""

from __future__ import annotations

import hashlib
import http.client
import json
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from setia.emulator.accounts import Accounts
from setia.emulator.clock import Clock, Event
from setia.emulator.ids import seeded
from setia.emulator.settings import Settings
from setia.emulator.webhooks.policy import Policy, retry_delay
from setia.emulator.webhooks.transport import Transport
from setia.emulator.webhooks.update import MAX_BODY, Update, encode, envelope, sign

KEPT_ATTEMPTS, KEPT_BODIES = 20_000, 200


@dataclass
class Post:
    """One request: the exact bytes and where they go. A retry sends the same bytes again."""

    id: int
    url: str
    body: str
    updates: list[Update]
    first_at: float
    attempt: int = 0
    state: str = "pending"  # pending | delivered | lost | dropped


@dataclass
class Attempt:
    """A line of the delivery log."""

    post: int
    at: float
    attempt: int
    url: str
    status: int | None
    error: str
    items: list[str]
    size: int
    sha256: str
    state: str = field(default="")


class Webhooks:
    """The delivery machine. `acknowledged` is told each update that arrived."""

    def __init__(
        self, settings: Settings, clock: Clock, accounts: Accounts, acknowledged: Callable[[Update], None]
    ) -> None:
        self.settings, self.clock, self.accounts = settings, clock, accounts
        self.acknowledged = acknowledged
        self.policy = Policy()
        self.random = seeded(settings.seed)
        self.attempts: deque[Attempt] = deque(maxlen=KEPT_ATTEMPTS)
        self.recent: deque[Post] = deque(maxlen=KEPT_BODIES)
        self.ready: deque[Post] = deque()
        self._buffer: list[Update] = []
        self._flush: Event | None = None
        self._posts = 0

    # gather ---------------------------------------------------------------------------------------------------

    def push(self, update: Update) -> None:
        """Something happened: deliver it as the policy says."""
        self._buffer.append(update)
        wait = self.policy.window_s if self.policy.shuffle else self.policy.linger_s
        if self.policy.shuffle or (len(self._buffer) < self.policy.batch and wait >= 0 and self.policy.batch > 1):
            self._flush = self._flush or self.clock.after(wait, "webhooks.flush")
        else:
            self.flush()

    def flush(self) -> None:
        """Turn what was gathered into requests."""
        if self._flush is not None:
            self.clock.cancel(self._flush)
        gathered, self._buffer, self._flush = self._buffer, [], None
        if self.policy.shuffle:
            self.random.shuffle(gathered)
        self._batch(gathered)
        for _ in range(self.policy.duplicate - 1):
            if self.policy.rebatch:
                self.random.shuffle(gathered)
            self._batch(gathered, size=self.random.randint(1, self.policy.batch) if self.policy.rebatch else None)

    def _batch(self, updates: list[Update], size: int | None = None) -> None:
        by_url: dict[str, list[Update]] = {}
        for update in updates:
            if url := self.url_of(update):
                by_url.setdefault(url, []).append(update)
        for url, group in by_url.items():
            for start in range(0, len(group), size or self.policy.batch):
                self._post(url, group[start : start + (size or self.policy.batch)])

    def _post(self, url: str, updates: list[Update]) -> None:
        at = int(self.clock.now()) if self.policy.entry_time else None
        body = envelope(updates, self.accounts.numbers, self.policy.spread, self.random, at)
        raw = encode(body, escape_slashes=self.policy.escape_slashes)
        if len(raw) > MAX_BODY and len(updates) > 1:
            middle = len(updates) // 2
            self._post(url, updates[:middle])
            self._post(url, updates[middle:])
            return
        self.send_raw(url, raw, updates)

    def send_raw(self, url: str, raw: bytes, updates: list[Update] | None = None) -> Post:
        """Queue exact bytes for delivery (signed when they leave)."""
        self._posts += 1
        post = Post(self._posts, url, raw.decode(), updates or [], self.clock.now())
        self.recent.append(post)
        if self.policy.lose > 0:
            self.policy.lose -= 1
            post.state = "lost"
            self._note(post, None, "lost on the way")
        else:
            self.ready.append(post)
        return post

    def url_of(self, update: Update) -> str:
        """Number before account before app."""
        number = self.accounts.numbers.get(update.number or "")
        waba = self.accounts.wabas.get(update.waba)
        for owner in (number, waba):
            if owner and owner.callback:
                return owner.callback.url
        return self.settings.webhook_url if waba is None or waba.subscribed else ""

    def unfinished(self) -> list[tuple[str, dict[str, Any]]]:
        """What has not left yet, as events (kind, data) that bring it on its way again after a restart."""
        gathered = [("webhooks.push", {"update": asdict(update)}) for update in self._buffer]
        return gathered + [("webhooks.retry", {"post": asdict(post)}) for post in self.ready]

    def push_again(self, update: dict[str, Any]) -> None:
        """An update that was still being gathered when the emulator ended (event handler)."""
        self.push(Update(**update))

    # send -----------------------------------------------------------------------------------------------------

    def deliver(self, post: Post, transport: Transport, lock: threading.RLock) -> None:
        """Send one request and book the outcome. Called without the lock; takes it around the bookkeeping."""
        raw = post.body.encode()
        with lock:
            post.attempt += 1
            secret = self.settings.app_secret
            if self.policy.wrong_signature > 0:
                self.policy.wrong_signature -= 1
                secret += "-forged"
            timeout_s = self.policy.timeout_s
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "facebookexternalua",
            "X-Hub-Signature-256": sign(raw, secret),
        }
        status, error = None, ""
        try:
            status, _ = transport("POST", post.url, raw, headers, timeout_s)
        except (OSError, http.client.HTTPException) as problem:
            error = f"{type(problem).__name__}: {problem}"
        with lock:
            self._book(post, status, error)

    def _book(self, post: Post, status: int | None, error: str) -> None:
        delay = retry_delay(post.attempt)
        if status == 200:
            post.state = "delivered"
            for update in post.updates:
                self.acknowledged(update)
        elif self.clock.now() + delay - post.first_at > self.policy.retry_days * 86_400:
            post.state = "dropped"
        else:
            self.clock.after(delay, "webhooks.retry", post=asdict(post))
        self._note(post, status, error)

    def retry(self, post: dict[str, Any]) -> None:
        """Try a request again, or let its updates travel with others."""
        again = Post(**{**post, "updates": [Update(**item) for item in post["updates"]]})
        if self.policy.rebatch_retries and again.updates:
            for update in again.updates:
                self.push(update)
        else:
            self.recent.append(again)
            self.ready.append(again)

    def redeliver(self, post_id: int) -> Post:
        """Send a recent request once more. Raises LookupError when its bytes are gone."""
        post = next((p for p in reversed(self.recent) if p.id == post_id), None)
        if post is None:
            raise LookupError(f"no recent delivery {post_id}")
        self.ready.append(post)
        return post

    def _note(self, post: Post, status: int | None, error: str) -> None:
        raw = post.body.encode()
        items = [str(u.item.get("id") or u.item.get("event") or u.topic) for u in post.updates]
        digest = hashlib.sha256(raw).hexdigest()
        attempt = Attempt(
            post.id, self.clock.now(), post.attempt, post.url, status, error, items, len(raw), digest, post.state
        )
        self.attempts.append(attempt)

    # handshake ------------------------------------------------------------------------------------------------

    def verify(self, url: str, token: str, transport: Transport) -> str:
        """The verification handshake. Returns an empty string, or what was wrong."""
        challenge = str(self.random.randrange(10**9, 10**10))
        query = f"hub.mode=subscribe&hub.challenge={challenge}&hub.verify_token={token}"
        try:
            status, body = transport("GET", f"{url}{'&' if '?' in url else '?'}{query}", b"", {}, self.policy.timeout_s)
        except (OSError, http.client.HTTPException) as problem:
            return f"{type(problem).__name__}: {problem}"
        return "" if status == 200 and body.decode(errors="replace") == challenge else f"answered {status}"

    def body_of(self, post: Post) -> Any:
        """The parsed body, for inspection."""
        return json.loads(post.body)
