"""What a well-behaved client would never do. Tests fail on these, not only on wrong screens."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

KINDS = {
    "marketing_to_opted_out": "marketing to a user who stopped it",
    "retried_too_soon": "131049 answered, and marketing to the same user again within 24 hours",
    "pair_retry_too_soon": "131056 answered, and the same user tried again within 4 seconds",
    "outside_window": "free-form message although more than 24 hours have passed",
    "sent_twice": "the same biz_opaque_callback_data accepted twice",
    "retried_permanent": "the same biz_opaque_callback_data sent again after a permanent refusal",
    "dead_token": "more than two calls with a token that stopped being valid",
    "locked_account": "more than two sends while the account is locked",
    "token_to_foreign_host": "the access token was sent to another host",
    "followed_redirect": "a redirect of a media address was followed",
    "too_parallel": "more calls at once than parallel_limit",
    "unsent_media_token": "a media address was fetched without the token",
}
PERMANENT = frozenset((33, 100, 131008, 131009, 131021, 131050, 131051, 132000, 132001, 132005, 132007, 132012, 130472))
DAY_S, PAIR_WAIT_S, PATIENCE = 86_400.0, 4.0, 2


@dataclass
class Violation:
    """One bad act."""

    kind: str
    at: float
    detail: dict[str, Any]


class Violations:
    """The list, and the memory needed to notice."""

    def __init__(self) -> None:
        self.found: list[Violation] = []
        self._accepted: dict[str, str] = {}
        self._refused: dict[str, int] = {}
        self._capped: dict[str, float] = {}
        self._pairs: dict[tuple[str, str], float] = {}
        self._locked: defaultdict[str, int] = defaultdict(int)

    def add(self, kind: str, at: float, **detail: Any) -> None:
        """Note one; `kind` is a key of KINDS."""
        if kind not in KINDS:
            raise ValueError(kind)
        self.found.append(Violation(kind, at, detail))

    def before_send(self, opaque: Any, now: float) -> None:
        """A send was asked for: has the client asked for the same before?"""
        if not isinstance(opaque, str):
            return
        if opaque in self._accepted:
            self.add("sent_twice", now, opaque=opaque, first=self._accepted[opaque])
        if opaque in self._refused:
            self.add("retried_permanent", now, opaque=opaque, code=self._refused[opaque])

    def before_pair(self, number: str, user: str, now: float) -> None:
        """A message to this user: was the client told to wait a moment ago?"""
        if now - self._pairs.get((number, user), float("-inf")) < PAIR_WAIT_S:
            self.add("pair_retry_too_soon", now, number=number, user=user)

    def before_marketing(self, user: str, now: float) -> None:
        """Marketing to this user: was the client told today that there was enough?"""
        if now - self._capped.get(user, float("-inf")) < DAY_S:
            self.add("retried_too_soon", now, user=user)

    def accepted(self, opaque: str | None, message: str) -> None:
        """A send was accepted."""
        if opaque is not None:
            self._accepted.setdefault(opaque, message)

    def refused(self, number: str, user: str, opaque: Any, code: int, now: float) -> None:
        """A send was refused, at once or by a failed status."""
        if code == 131056:
            self._pairs[number, user] = now
        if code == 131049:
            self._capped[user] = now
        if isinstance(opaque, str) and code in PERMANENT:
            self._refused[opaque] = code

    def while_locked(self, number: str, code: int, now: float) -> None:
        """A send on a locked account."""
        self._locked[number] += 1
        if self._locked[number] > PATIENCE:
            self.add("locked_account", now, number=number, code=code)

    def unlocked(self, number: str) -> None:
        """The account may send again."""
        self._locked.pop(number, None)

    def with_dead_token(self, refused: int, now: float) -> None:
        """A call with an expired or revoked token, the `refused`-th one."""
        if refused > PATIENCE:
            self.add("dead_token", now, calls=refused)

    def clear(self) -> None:
        """Forget what was found, keep the memory."""
        self.found.clear()
