"""THE list: which event wakes which action. A listener takes `event` and runs in its own transaction, once."""

from collections.abc import Mapping, Sequence

from setia.core.events import Listener

REACTIONS: Mapping[str, Sequence[Listener]] = {}
