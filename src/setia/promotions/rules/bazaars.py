"""What phones at a stall send, read with care; and the count afterwards."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

# As the phone makes them: random, with letters, digits and hyphens.
_KEY: Final = re.compile(r"[A-Za-z0-9-]{8,64}")
MOST_ITEMS: Final = 50
# A phone whose clock is further off than this is not believed.
EARLIEST: Final = timedelta(days=2)


class Unreadable(ValueError):
    """What a phone sent is nothing we know."""


def key(value: Any) -> str:
    """A key a phone made. Raises Unreadable."""
    if not isinstance(value, str) or not _KEY.fullmatch(value):
        raise Unreadable("key")
    return value


def moment(made: Any, *, now: datetime, begins: datetime) -> datetime:
    """When a phone wrote something down, by its own clock; now, where that cannot be."""
    try:
        at = datetime.fromisoformat(str(made).replace("Z", "+00:00"))
    except ValueError:
        return now
    if at.tzinfo is None or at > now or at < begins - EARLIEST:
        return now
    return at


def whole(data: Mapping[str, Any], name: str, *, least: int = 0, most: int = 1_000_000_000) -> int:
    """A whole number of the phone's. Raises Unreadable."""
    value = data.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Unreadable(name)
    return value


def text(data: Mapping[str, Any], name: str, most: int) -> str:
    """Words of the phone's on one line; empty where there are none. Raises Unreadable for what are no words."""
    value = data.get(name, "")
    if not isinstance(value, str):
        raise Unreadable(name)
    return " ".join(value.replace("\x00", "").split())[:most]


@dataclass(frozen=True)
class Counted:
    """Money of one way of paying, or boxes of one variant: what should be there and what is."""

    label: str
    key: str
    expected: int
    counted: int | None

    @property
    def difference(self) -> int | None:
        """Counted less expected; below zero, something is missing. None while not counted."""
        return None if self.counted is None else self.counted - self.expected
