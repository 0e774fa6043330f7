"""The only writers of Today's tables."""

from setia.today.actions.acting import done, later, send, skip, undo
from setia.today.actions.learning import begin, change_choosing, learn, offer, record_past
from setia.today.actions.renewing import follow, renew_prompts, start_over

__all__ = [
    "begin",
    "change_choosing",
    "done",
    "follow",
    "later",
    "learn",
    "offer",
    "record_past",
    "renew_prompts",
    "send",
    "skip",
    "start_over",
    "undo",
]
