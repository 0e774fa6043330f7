"""Time and what is due. Virtual time moves only when told to; real time follows the machine, plus an offset.

Events are data (a kind and its arguments), not closures, so that they can be listed, saved and restored.
"""

from __future__ import annotations

import heapq
import time
from dataclasses import dataclass, field
from typing import Any


@dataclass(order=True)
class Event:
    """Something that will happen at `due` (unix seconds). `order` keeps equal times in the order of creation."""

    due: float
    order: int
    kind: str = field(compare=False)
    data: dict[str, Any] = field(compare=False)


class Clock:
    """Virtual clock with an event queue."""

    def __init__(self, start: float, *, realtime: bool = False) -> None:
        self.realtime = realtime
        self._now = start
        self._offset = 0.0
        self._order = 0
        self._events: list[Event] = []

    def now(self) -> float:
        """Unix seconds."""
        return time.time() + self._offset if self.realtime else self._now

    def after(self, seconds: float, kind: str, **data: Any) -> Event:
        """Plan an event `seconds` from now."""
        return self.at(self.now() + seconds, kind, **data)

    def at(self, due: float, kind: str, **data: Any) -> Event:
        """Plan an event; a past time means now."""
        self._order += 1
        event = Event(max(due, self.now()), self._order, kind, data)
        heapq.heappush(self._events, event)
        return event

    def cancel(self, event: Event) -> None:
        """Forget a planned event; one that already happened is ignored."""
        if event in self._events:
            self._events.remove(event)
            heapq.heapify(self._events)

    def next_due(self) -> float | None:
        """When the next event is due, or None."""
        return self._events[0].due if self._events else None

    def pop_due(self) -> Event | None:
        """Take the next event that is due now."""
        if self._events and self._events[0].due <= self.now():
            return heapq.heappop(self._events)
        return None

    def move_to(self, moment: float) -> None:
        """Move forward to `moment`; never backward."""
        if self.realtime:
            self._offset += max(0.0, moment - self.now())
        else:
            self._now = max(self._now, moment)

    def planned(self) -> list[Event]:
        """All planned events in order."""
        return sorted(self._events)
