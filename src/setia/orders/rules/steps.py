"""Which step may follow which."""

from collections.abc import Mapping

# From which states a step leads to a state.
STEPS: Mapping[str, frozenset[str]] = {
    "confirmed": frozenset({"placed"}),
    "ready": frozenset({"placed", "confirmed"}),
    "underway": frozenset({"placed", "confirmed", "ready"}),
    "completed": frozenset({"placed", "confirmed", "ready", "underway"}),
    "cancelled": frozenset({"placed", "confirmed", "ready", "underway"}),
}
# What one would normally do next.
NEXT: Mapping[str, str] = {
    "placed": "confirmed",
    "confirmed": "ready",
    "ready": "completed",
    "underway": "completed",
}


def next_step(state: str, *, brought: bool) -> str:
    """What one would normally do next with an order in `state`; `brought`: it goes out to its customer. Else empty."""
    return "underway" if state == "ready" and brought else NEXT.get(state, "")


def before(state: str, *, confirmed: bool, ready: bool, underway: bool = False) -> str | None:
    """The state an order was in before the step that led to `state`; None when there is no step to take back.

    `confirmed`, `ready`, `underway`: whether those steps were taken on the way.
    """
    if state == "placed":
        return None
    if state in ("completed", "cancelled") and underway:
        return "underway"
    if state in ("completed", "cancelled", "underway") and ready:
        return "ready"
    if state != "confirmed" and confirmed:
        return "confirmed"
    return "placed"
