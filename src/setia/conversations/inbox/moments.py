"""WhatsApp's timestamps."""

from datetime import UTC, datetime

from setia.core import clock


def moment(timestamp: str | int | None) -> datetime:
    """A unix timestamp (seconds; text or number) as an aware moment. Never later than now: a future moment would open
    the 24 hours for longer than they are. Missing or unreadable ones are now."""
    now = clock.now()
    try:
        at = datetime.fromtimestamp(int(timestamp or 0), UTC)
    except (ValueError, OverflowError, OSError):
        return now
    return min(at, now) if at.timestamp() > 0 else now
