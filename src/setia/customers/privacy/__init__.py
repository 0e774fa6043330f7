"""What a person may ask of those who keep their data (UU 27/2022), each within three times 24 hours.

Show, correct, withdraw, restrict, erase; the sheet for a loss of data; how long whom is remembered. Areas above are
reached by the models' foreign keys (`erasing`) and by what `install` is told.
"""

from setia.customers.privacy.breaches import change_breach, note_breach, tell
from setia.customers.privacy.erasing import erase, install
from setia.customers.privacy.retention import change_rules, forget_old, would_forget
from setia.customers.privacy.wishes import (
    LINK,
    answer,
    ask,
    ask_by_link,
    close_link,
    lift,
    link_to,
    open_link,
    restrict,
    shown,
)

__all__ = [
    "LINK",
    "answer",
    "ask",
    "ask_by_link",
    "change_breach",
    "change_rules",
    "close_link",
    "erase",
    "forget_old",
    "install",
    "lift",
    "link_to",
    "note_breach",
    "open_link",
    "restrict",
    "shown",
    "tell",
    "would_forget",
]
