"""The one clock. Nothing else asks the machine for the time, so that tests and the demo can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

_frozen: ContextVar[datetime | None] = ContextVar("frozen_clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _frozen.get() or datetime.now(UTC)


@contextmanager
def frozen(at: datetime) -> Iterator["FrozenClock"]:
    """Let `now()` answer `at` inside the block; the yielded clock can be moved forward. `at` must be aware."""
    token = _frozen.set(at)
    try:
        yield FrozenClock()
    finally:
        _frozen.reset(token)


class FrozenClock:
    """Handle on the clock of a `frozen` block."""

    def forward(self, **by: float) -> datetime:
        """Move the clock by a timedelta's keywords (`hours=2`) and return the new moment."""
        moved = now() + timedelta(**by)
        _frozen.set(moved)
        return moved

    def set(self, at: datetime) -> datetime:
        """Move the clock to `at` (aware) and return it."""
        _frozen.set(at)
        return at
