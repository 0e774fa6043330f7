"""What the platform would bill: per delivered message, by category, with the free monthly service messages.

Rates are the Indonesian list prices in US dollars (in force since July 2025, service since October 2026).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

RATES = {
    "marketing": 0.0411,
    "utility": 0.0250,
    "authentication": 0.0250,
    "authentication-international": 0.1360,
    "service": 0.0250,
}
FREE_SERVICE, FREE_ENTRY, REGULAR = "free_customer_service", "free_entry_point", "regular"


@dataclass
class Charge:
    """One delivered message on the bill. `usd` is 0 for a free one."""

    message: str
    number: str
    user: str
    at: float
    month: str
    category: str
    type: str
    usd: float


class Ledger:
    """Decides the price when a message is sent and books it when it is delivered."""

    def __init__(self, utc_offset_h: float) -> None:
        self._offset = timedelta(hours=utc_offset_h)
        self.charges: list[Charge] = []
        self._booked: set[str] = set()
        self._used: dict[tuple[str, str], int] = {}  # (number, month) -> free service messages sent or delivered

    def month(self, at: float) -> str:
        """Calendar month of the account, `2026-11`."""
        return (datetime.fromtimestamp(at, UTC) + self._offset).strftime("%Y-%m")

    def used(self, number: str, at: float) -> int:
        """Free service messages taken this month."""
        return self._used.get((number, self.month(at)), 0)

    def price(self, number: str, category: str, at: float, *, free_entry: bool, free: int) -> dict[str, Any]:
        """The `pricing` block of a message sent now; takes one of the month's free service messages.

        The block stays the same on every status of the message, so a place in the allowance is taken when the
        message is sent and given back by `release` when it is never delivered.
        """
        kind = REGULAR
        if free_entry:
            kind, category = FREE_ENTRY, "referral_conversion"
        elif category == "service" and self.used(number, at) < free:
            self._used[number, self.month(at)] = self.used(number, at) + 1
            kind = FREE_SERVICE
        return {"billable": kind == REGULAR, "pricing_model": "PMP", "type": kind, "category": category}

    def release(self, number: str, sent_at: float, pricing: dict[str, Any] | None) -> None:
        """Give back the free place of a message that failed after it was sent."""
        if pricing and pricing["type"] == FREE_SERVICE:
            self._used[number, self.month(sent_at)] = max(0, self.used(number, sent_at) - 1)

    def book(self, message: str, number: str, user: str, at: float, pricing: dict[str, Any]) -> None:
        """Bill a delivered message once."""
        if message in self._booked:
            return
        self._booked.add(message)
        usd = RATES[pricing["category"]] if pricing["type"] == REGULAR else 0.0
        charge = Charge(message, number, user, at, self.month(at), pricing["category"], pricing["type"], usd)
        self.charges.append(charge)

    def totals(self) -> dict[str, dict[str, Any]]:
        """Per month: messages and dollars by category and type."""
        months: dict[str, dict[str, Any]] = {}
        for charge in self.charges:
            month = months.setdefault(charge.month, {"usd": 0.0, "messages": 0, "by": {}})
            month["usd"] = round(month["usd"] + charge.usd, 6)
            month["messages"] += 1
            name = f"{charge.category}/{charge.type}"
            month["by"][name] = month["by"].get(name, 0) + 1
        return months

    def dump(self) -> dict[str, Any]:
        """Plain data for saving."""
        return {"charges": [vars(c) for c in self.charges], "used": [[*k, v] for k, v in self._used.items()]}

    def load(self, data: dict[str, Any]) -> None:
        """The reverse of `dump`."""
        self.charges = [Charge(**item) for item in data["charges"]]
        self._booked = {item.message for item in self.charges}
        self._used = {(number, month): count for number, month, count in data["used"]}
