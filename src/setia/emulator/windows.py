"""The customer service window and the free entry point of each (business number, user)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

ANSWER_WITHIN_S = 86_400.0


@dataclass
class Window:
    """Moments in unix seconds until which something holds."""

    open_until: float = 0.0
    answer_until: float = 0.0  # the customer came from an ad; an answer before this starts the free time
    free_until: float = 0.0
    typing_until: float = 0.0


class Windows:
    """All windows."""

    def __init__(self) -> None:
        self._all: dict[tuple[str, str], Window] = {}

    def of(self, number: str, user: str) -> Window:
        """The window of one conversation."""
        return self._all.setdefault((number, user), Window())

    def inbound(self, number: str, user: str, now: float, length_s: float, *, referral: bool) -> None:
        """A message of the customer opens the window again."""
        window = self.of(number, user)
        window.open_until = now + length_s
        if referral:
            window.answer_until = now + ANSWER_WITHIN_S

    def is_open(self, number: str, user: str, now: float) -> bool:
        """Whether free-form messages are allowed; the last moment itself is too late."""
        return now < self.of(number, user).open_until

    def answered(self, number: str, user: str, now: float, free_s: float) -> float | None:
        """The business sends now: until when this is free because of an ad, or None."""
        window = self.of(number, user)
        if now < window.answer_until:
            window.free_until = max(window.free_until, now + free_s)
            window.answer_until = 0.0
        return window.free_until if now < window.free_until else None

    def dump(self) -> list[list[Any]]:
        """Plain data for saving."""
        return [[*key, asdict(window)] for key, window in self._all.items()]

    def load(self, data: list[list[Any]]) -> None:
        """The reverse of `dump`."""
        self._all = {(number, user): Window(**window) for number, user, window in data}
