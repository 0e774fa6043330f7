"""Pure decisions about roles, opening hours and addresses of shops."""

import re
from collections.abc import Mapping
from datetime import datetime, time
from enum import StrEnum

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# First words of paths that are the site's own; no shop may take one.
RESERVED_SLUGS = frozenset(
    "accounts api assets healthz join media new p public sign-in static webhooks robots.txt favicon.ico".split()
)


class Right(StrEnum):
    """What a member may do, from looking on to owning."""

    SEE = "see"
    SELL = "sell"
    CHAT = "chat"
    MANAGE = "manage"
    OWN = "own"


RIGHTS: Mapping[str, frozenset[Right]] = {
    "owner": frozenset(Right),
    "manager": frozenset({Right.SEE, Right.SELL, Right.CHAT, Right.MANAGE}),
    "cashier": frozenset({Right.SEE, Right.SELL}),
    "chat": frozenset({Right.SEE, Right.SELL, Right.CHAT}),
    "viewer": frozenset({Right.SEE}),
}


def may(role: str, right: Right) -> bool:
    """Whether a member with `role` has `right`. An unknown role may do nothing."""
    return right in RIGHTS.get(role, frozenset())


def slug_for(name: str, taken: frozenset[str] = frozenset()) -> str:
    """A short address for a shop named `name`, not reserved and not in `taken`: `bakpia-bu-sri`, then `bakpia-bu-sri-2`."""
    base = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:34].strip("-") or "toko"
    candidate, number = base, 1
    while candidate in taken or candidate in RESERVED_SLUGS:
        number += 1
        candidate = f"{base}-{number}"
    return candidate


def is_open(hours: Mapping[str, list[str]], moment: datetime) -> bool:
    """Whether `moment` (on the shop's wall clock) falls into `hours` (`{"mon": ["07:00", "17:00"]}`).

    A closing time at or before the opening time means past midnight. No hours at all means: not told, so open.
    """
    if not hours:
        return True
    today, yesterday = WEEKDAYS[moment.weekday()], WEEKDAYS[moment.weekday() - 1]
    now = moment.time()
    if today in hours:
        opens, closes = (time.fromisoformat(text) for text in hours[today])
        if opens < closes:
            if opens <= now < closes:
                return True
        elif now >= opens:
            return True
    if yesterday in hours:
        opens, closes = (time.fromisoformat(text) for text in hours[yesterday])
        return closes <= opens and now < closes
    return False
