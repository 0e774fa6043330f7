"""The people on the other side: their ids, their phones' habits, and what of them a business may see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from setia.emulator.ids import Ids
from setia.emulator.settings import change

BSUID = re.compile(r"^[A-Z]{2}\.(ENT\.)?[0-9A-Za-z]{1,128}$")


@dataclass
class User:
    """One person with a phone. `key` never changes; phone, bsuid and username may."""

    key: str
    bsuid: str
    phone: str | None = None
    name: str = ""
    username: str | None = None
    parent_bsuid: str | None = None
    on_whatsapp: bool = True
    reads: bool = True  # read receipts are on
    blocked_business: bool = False
    marketing_stopped: bool = False
    experiment: bool = False
    offline_until: float = 0.0
    delays_s: dict[str, float] = field(default_factory=dict)
    note: str = ""  # a line for the picker of the phone page
    seen: dict[str, float] = field(default_factory=dict)  # number id -> last time the phone was exchanged
    in_contact_book: bool = False
    asked_stop: dict[str, str] = field(default_factory=dict)  # number id -> the message that said STOP


class Users:
    """All users, found by key, bsuid, phone or username."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._by_key: dict[str, User] = {}
        self._index: dict[str, str] = {}

    def __iter__(self) -> Iterator[User]:
        return iter(self._by_key.values())

    def __len__(self) -> int:
        return len(self._by_key)

    def add(self, data: dict[str, Any]) -> User:
        """Create a user, or change the one with the same key or bsuid (or phone, when no bsuid is given).

        A known phone with a *new* bsuid is a recycled number: the earlier holder loses it, as in real life.
        """
        data = {**data, "phone": digits(data["phone"])} if data.get("phone") else dict(data)
        found = self._existing(data)
        if found is None:
            bsuid = data.get("bsuid") or self._ids.bsuid(data.get("phone"))
            found = User(key=data.get("key") or f"u{len(self._by_key) + 1}", bsuid=bsuid)
            self._by_key[found.key] = found
        if (phone := data.get("phone")) and (holder := self.find(phone)) and holder is not found:
            holder.phone = None
        self._forget(found)
        change(found, data)
        self._note(found)
        return found

    def _forget(self, user: User) -> None:
        for value in names(user):
            if self._index.get(value) == user.key:
                del self._index[value]

    def _note(self, user: User) -> None:
        for value in names(user):
            self._index[value] = user.key

    def put(self, user: User) -> None:
        """Take a complete user, as it was saved."""
        self._by_key[user.key] = user
        self._note(user)

    def _existing(self, data: dict[str, Any]) -> User | None:
        for name in ("key", "bsuid"):
            if data.get(name):
                return self.find(data[name])
        return self.find(data["phone"]) if data.get("phone") else None

    def reindex(self) -> None:
        """Rebuild the look-up after ids changed."""
        self._index = {}
        for user in self._by_key.values():
            self._note(user)

    def find(self, reference: str) -> User | None:
        """By key, bsuid, phone digits or username."""
        key = self._index.get(reference)
        return self._by_key[key] if key else None

    def get(self, reference: str) -> User:
        """Like `find`; raises LookupError."""
        user = self.find(reference) or self.find(digits(reference))
        if user is None:
            raise LookupError(f"no such user: {reference}")
        return user

    def remove(self, user: User) -> None:
        """Delete the account."""
        del self._by_key[user.key]
        self.reindex()


def names(user: User) -> list[str]:
    """Everything a user can be found by."""
    return [value for value in (user.username, user.phone, user.bsuid, user.key) if value]


def digits(phone: str) -> str:
    """Only the digits of a phone number."""
    return re.sub(r"\D", "", phone)


def shows_phone(user: User, number: str, now: float, rule_s: float) -> bool:
    """Whether webhooks of this number carry the phone: no username, or a recent exchange, or the contact book."""
    if not user.phone:
        return False
    return not user.username or user.in_contact_book or now - user.seen.get(number, float("-inf")) < rule_s


def contact(user: User, *, phone: bool, username: bool = True) -> dict[str, Any]:
    """The `contacts[]` item of a webhook."""
    profile = {"name": user.name} if user.name else {}
    if username and user.username:
        profile["username"] = user.username
    item: dict[str, Any] = {"profile": profile}
    if phone and user.phone:
        item["wa_id"] = user.phone
    item["user_id"] = user.bsuid
    if user.parent_bsuid:
        item["parent_user_id"] = user.parent_bsuid
    return item
