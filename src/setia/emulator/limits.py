"""Every ceiling on the virtual clock: throughput, pair, reach, marketing cap, management calls.

Each returns whether one more is allowed now and, if so, counts it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass

BURST_S = 6.0


@dataclass
class Bucket:
    """Token bucket: `rate` per second, at most `size` saved up."""

    rate: float
    size: float
    level: float
    at: float

    def take(self, now: float) -> bool:
        """One token, if there is one."""
        self.level = min(self.size, self.level + (now - self.at) * self.rate)
        self.at = now
        if self.level < 1.0 - 1e-9:
            return False
        self.level -= 1.0
        return True


@dataclass
class Pair:
    """Messages of one number to one user: a short burst is allowed, but borrows from the time after it."""

    start: float
    count: int = 1

    def take(self, now: float, interval_s: float, burst: int) -> bool:
        """One message every `interval_s`; up to `burst` at once, then silence until they are paid back."""
        if now >= self.start + self.count * interval_s:
            self.start, self.count = now, 1
            return True
        if now < self.start + BURST_S and self.count < burst:
            self.count += 1
            return True
        return False


class Limits:
    """The counters. Rates are passed in at each question, because they can be changed while running."""

    def __init__(self) -> None:
        self._buckets: dict[str, Bucket] = {}
        self._pairs: dict[tuple[str, str], Pair] = {}
        self._reached: dict[str, float] = {}
        self._marketing: defaultdict[str, deque[float]] = defaultdict(deque)

    def rate(self, name: str, now: float, per_s: float, size: float) -> bool:
        """Throughput of a number, or calls per hour of an account."""
        bucket = self._buckets.get(name)
        if bucket is None or (bucket.rate, bucket.size) != (per_s, size):
            bucket = self._buckets[name] = Bucket(per_s, size, size, now)
        return bucket.take(now)

    def pair(self, number: str, user: str, now: float, interval_s: float, burst: int) -> bool:
        """One more message from this number to this user."""
        pair = self._pairs.get((number, user))
        if pair is None:
            self._pairs[number, user] = Pair(now)
            return True
        return pair.take(now, interval_s, burst)

    def reach(self, user: str, now: float, limit: int | None, window_s: float = 86_400.0) -> bool:
        """One more user contacted on the business's initiative within a rolling day."""
        self._reached = {key: at for key, at in self._reached.items() if now - at < window_s}
        if user not in self._reached and limit is not None and len(self._reached) >= limit:
            return False
        self._reached.setdefault(user, now)
        return True

    def marketing(self, user: str, now: float, cap: int | None, window_s: float) -> bool:
        """One more marketing message to this user, counted over all businesses."""
        recent = self._marketing[user]
        while recent and now - recent[0] >= window_s:
            recent.popleft()
        if cap is not None and len(recent) >= cap:
            return False
        recent.append(now)
        return True
