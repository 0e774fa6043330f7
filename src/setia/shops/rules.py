"""Pure decisions about roles, opening hours and addresses of shops."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# First words of paths that are the site's own; no shop may take one.
RESERVED_SLUGS = frozenset(
    {
        *("accounts", "api", "assets", "healthz", "join", "media", "new", "p", "public", "sign-in", "static"),
        *("webhooks", "robots.txt", "favicon.ico"),
    }
)

_SLUG_LENGTH = 34


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


def may_open_shop(*, open_sign_up: bool, roles: Collection[str]) -> bool:
    """Whether a person with `roles` in other shops may open one: an owner always, others where sign-up is open."""
    return open_sign_up or any(may(role, Right.OWN) for role in roles)


def may_be_signed_in(*, role: str, shops: int) -> bool:
    """Whether the owner may make a login link for a member with `role` who works in so many `shops`.

    Only for helpers who work nowhere else: a link opens everything its user may enter, so it must open nothing that
    is not the owner's, and no owner may step into another's place.
    """
    return shops == 1 and not may(role, Right.OWN)


# In the order in which they are looked for: each browser also claims to be the ones after it.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """A device as people know it, from what its browser says of itself: `Chrome, Android`; empty if it says nothing."""
    found = (next((name for mark, name in names if mark in user_agent), "") for names in (_BROWSERS, _SYSTEMS))
    return ", ".join(name for name in found if name)


# --- Addresses --------------------------------------------------------------------------------------------------------


def slug_base(name: str) -> str:
    """The address a shop named `name` would have if nobody else did: lower-case ASCII words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_SLUG_LENGTH].strip("-") or "toko"


def slug_for(name: str, taken: frozenset[str] = frozenset()) -> str:
    """A short address for a shop named `name`, neither reserved nor `taken`: `bakpia-sri`, then `bakpia-sri-2`."""
    base = slug_base(name)
    candidate, number = base, 1
    while candidate in taken or candidate in RESERVED_SLUGS:
        number += 1
        candidate = f"{base}-{number}"
    return candidate


# --- Opening hours ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stretch:
    """Neighbouring weekdays (0 is Monday) with the same hours; `opens` and `closes` are None when closed."""

    first: int
    last: int
    opens: str | None
    closes: str | None


def hours_from(days: Mapping[str, tuple[time, time] | None]) -> dict[str, list[str]]:
    """Opening hours as they are kept (`{"mon": ["07:00", "17:00"]}`) from times by weekday; None is closed."""
    return {day: [f"{times[0]:%H:%M}", f"{times[1]:%H:%M}"] for day in WEEKDAYS if (times := days.get(day)) is not None}


def stretches(hours: Mapping[str, list[str]]) -> list[Stretch]:
    """The week in as few lines as possible, Monday first; none when nothing was told."""
    lines: list[Stretch] = []
    for number, day in enumerate(WEEKDAYS if hours else ()):
        opens, closes = hours.get(day, (None, None))
        if lines and (lines[-1].opens, lines[-1].closes) == (opens, closes):
            lines[-1] = Stretch(lines[-1].first, number, opens, closes)
        else:
            lines.append(Stretch(number, number, opens, closes))
    return lines


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
