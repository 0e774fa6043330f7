"""What each day and hour in a message belongs to: the handover, the event, the payment, or nothing that was said."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from .line import Line
from .occasions import Occasion
from .reckoning import Mention
from .text import words
from .times import Clock

Role = Literal["handover", "event", "payment", "free"]

_HANDOVER: Final = words(
    "ambil diambil jemput mampir antar diantar kirim dikirim ketemu gosend mundhut cod kurir siapkan"
)
_PAYMENT: Final = {"transfer", "bayar", "panjer", "setor", "lunas", "tempo", "dilunasi"}
_STOPS: Final = {"¶", ".", ";", "?", "!"}
_CLAUSE: Final = 25


@dataclass(slots=True)
class Case:
    """What was found, sorted by role, while the schedule is being worked out."""

    line: Line
    sent: datetime
    occasion: Occasion | None
    roles: dict[Role, list[Mention]] = field(
        default_factory=lambda: {r: [] for r in ("handover", "event", "payment", "free")}
    )
    clocks: dict[Role, list[Clock]] = field(
        default_factory=lambda: {r: [] for r in ("handover", "event", "payment", "free")}
    )
    asks: list[str] = field(default_factory=list)


def role_of(case: Case, start: int, end: int) -> Role:
    """By the nearest telling word before it in the same clause, else the nearest one after.

    "DP 100rb dulu, untuk pesanan 30 kotak tgl 5": a day behind what is ordered is the order's.
    """
    tokens = case.line.tokens
    for at in range(start - 1, max(-1, start - _CLAUSE), -1):
        if tokens[at].sym in _STOPS or tokens[at].sym == ",":
            break
        if role := _telling(case, at):
            return role
        if tokens[at].sym in ("pesan", "pesanan") and any(token.sym.startswith("U:") for token in tokens[at:start]):
            return "free"
    for at in range(end, min(len(tokens), end + _CLAUSE)):
        if tokens[at].sym in _STOPS or tokens[at].sym == ",":
            break
        if role := _telling(case, at):
            return role
    if start > 1 and tokens[start - 1].sym == ":" and (role := _telling(case, start - 2)):
        return role
    return "free"


def _telling(case: Case, at: int) -> Role | None:
    symbol = case.line.tokens[at].sym
    goes_there = symbol in ("sana", "situ") and at > 0 and case.line.tokens[at - 1].sym == "ke"
    if symbol in _HANDOVER or goes_there:
        return "handover"
    if symbol in _PAYMENT:
        return "payment"
    if case.line.tokens[at].role == "event":
        return "event"
    return None
