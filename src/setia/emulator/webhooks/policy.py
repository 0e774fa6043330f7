"""How webhooks are delivered; `POST /_emu/webhooks/policy` changes any of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Policy:
    """Defaults are the calm case: one update per request, once, in order."""

    batch: int = 1  # updates per request, 1..1000
    spread: str = "value"  # a batch's shape: value | changes | entries | mixed
    duplicate: int = 1  # how often each update is delivered in total
    rebatch: bool = False  # the copies come in other company than the first time
    shuffle: bool = False
    window_s: float = 10.0  # with shuffle: how long updates are gathered before they are mixed
    linger_s: float = 0.0  # with batch: how long to wait for company
    before_response: bool = False  # a status may arrive before the answer to the send
    escape_slashes: bool = False
    concurrency: int = 4
    timeout_s: float = 20.0
    retry_days: float = 7.0  # 1.5 for the stricter 36 hours
    rebatch_retries: bool = False
    lose: int = 0  # how many of the next requests vanish without a trace
    entry_time: bool = True
    wrong_signature: int = 0  # how many of the next requests carry a forged signature
    seed: int | None = None

    def check(self) -> None:
        """Raises ValueError for values that make no sense."""
        if not 1 <= self.batch <= 1000 or self.duplicate < 1 or self.concurrency < 1:
            raise ValueError("batch is 1..1000; duplicate and concurrency are at least 1")
        if self.spread not in ("value", "changes", "entries", "mixed"):
            raise ValueError("spread is value, changes, entries or mixed")


def retry_delay(attempt: int) -> float:
    """Seconds before the next try after the failed try number `attempt` (1 = first): at once, then doubling to 12 h."""
    return 0.0 if attempt == 1 else min(15.0 * 2 ** (attempt - 2), 43_200.0)
