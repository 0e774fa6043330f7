"""The business side: tokens, WhatsApp business accounts (WABA) and their phone numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

from setia.emulator.errors import GraphError

Thing = TypeVar("Thing")


@dataclass
class Callback:
    """Where webhooks go instead of the app's own address."""

    url: str
    verify_token: str = ""


@dataclass
class Waba:
    """A WhatsApp business account."""

    id: str
    callback: Callback | None = None
    subscribed: bool = True
    utility_blocked: bool = False  # template-classification violation: 131064


@dataclass
class Number:
    """A business phone number. `lock` is 131031, 368 or 130497 while the account may not send."""

    id: str
    waba_id: str
    display: str
    verified_name: str = ""
    coexistence: bool = False
    throughput_mps: float = 80.0
    quality: str = "GREEN"
    registered: bool = True
    lock: int | None = None
    spam_limited: bool = False
    marketing_disabled: bool = False
    onboarded_at: float = 0.0
    refuses_history: bool = False
    syncs: list[str] = field(default_factory=list)
    profile: dict[str, Any] = field(default_factory=lambda: {"vertical": "RETAIL"})
    blocked_users: list[str] = field(default_factory=list)  # user keys
    callback: Callback | None = None
    qrdls: dict[str, dict[str, Any]] = field(default_factory=dict)

    def metadata(self) -> dict[str, str]:
        """The `metadata` of a webhook value."""
        return {"display_phone_number": self.display, "phone_number_id": self.id}


@dataclass
class Token:
    """An access token; `numbers` None means every number of the app."""

    value: str
    numbers: list[str] | None = None
    state: str = "valid"  # valid | expired | revoked | no_permission
    refused: int = 0  # calls since it stopped being valid


class Accounts:
    """All tokens, accounts and numbers of the emulated app."""

    def __init__(self) -> None:
        self.tokens: dict[str, Token] = {}
        self.wabas: dict[str, Waba] = {}
        self.numbers: dict[str, Number] = {}
        self.codes: dict[str, list[str]] = {}  # embedded signup: code -> numbers its token will reach

    def add_number(self, number: Number) -> Number:
        """Register a number and its account."""
        self.wabas.setdefault(number.waba_id, Waba(number.waba_id))
        self.numbers[number.id] = number
        return number

    def authenticate(self, header: str) -> Token:
        """The token of an `Authorization: Bearer …` header, or 190 (463 when expired)."""
        token = self.tokens.get(header.removeprefix("Bearer ")) if header.startswith("Bearer ") else None
        if token is None:
            raise GraphError(190, "Invalid OAuth access token.")
        if token.state == "expired":
            token.refused += 1
            raise GraphError(190, "The session has expired.", subcode=463)
        if token.state == "revoked":
            token.refused += 1
            raise GraphError(190, "The user has not authorized the application.", subcode=458)
        return token

    def number_for(self, number_id: str, token: Token) -> Number:
        """The number if this token may use it; otherwise it does not exist for the caller (100/33)."""
        number = self.numbers.get(number_id)
        if number is None or (token.numbers is not None and number_id not in token.numbers):
            raise missing(number_id)
        return permitted(number, token)

    def waba_for(self, waba_id: str, token: Token) -> Waba:
        """The account if this token may use one of its numbers."""
        waba = self.wabas.get(waba_id)
        allowed = token.numbers is None or any(self.numbers[n].waba_id == waba_id for n in token.numbers)
        if waba is None or not allowed:
            raise missing(waba_id)
        return permitted(waba, token)


def permitted(thing: Thing, token: Token) -> Thing:
    """`thing`, unless the token lost its permission."""
    if token.state == "no_permission":
        token.refused += 1
        raise GraphError(10)
    return thing


def missing(object_id: str) -> GraphError:
    """The answer for an object that does not exist or belongs to somebody else."""
    return GraphError(100, f"Object with ID '{object_id}' does not exist or cannot be loaded.", subcode=33)
