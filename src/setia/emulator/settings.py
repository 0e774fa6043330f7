"""What the emulator is started with, and how the emulated platform behaves (changeable while it runs)."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any


@dataclass
class Settings:
    """Identity and wiring. `start` is the virtual clock's first moment (unix seconds); unused with `realtime`."""

    webhook_url: str = ""
    app_secret: str = "s3cret-app"  # noqa: S105 (an emulator has nothing to hide)
    verify_token: str = "verify-me"  # noqa: S105
    token: str = "access-token"  # noqa: S105
    phone_number_id: str = "106500000000001"
    waba_id: str = "206500000000001"
    display_phone_number: str = "6281100000001"
    verified_name: str = "Toko Contoh"
    start: float = 1_795_000_000.0
    realtime: bool = False
    seed: int = 1
    state: Path | None = None
    base_url: str = "http://emulator.invalid"  # how clients reach us; set when serving
    utc_offset_h: float = 7.0  # the account's time zone: months of the bill and the phone's clock


@dataclass
class Behaviour:
    """How the platform treats messages. Durations in seconds; `POST /_emu/behaviour` changes any of them."""

    delays_s: dict[str, float] = field(default_factory=lambda: {"sent": 0.0, "delivered": 1.0, "read": 5.0})
    failed_delay_s: float = 1.0
    sync_codes: list[int] = field(default_factory=list)  # refusals answered at once, not by a later failed status
    skip_statuses: list[str] = field(default_factory=list)  # happen on the phone, but no webhook tells
    pricing_on: str = "both"  # sent | delivered | both | none
    status_contacts: str = "full"  # full | wa_id | none
    failed_contacts: str = "none"  # none | wa_id
    blocked_as: str = "silent"  # a user who blocked the shop: silent (stays sent) | failed (131026)
    auto_users: bool = False  # an unknown phone becomes a user instead of 131026
    window_s: float = 86_400.0
    ttl_s: float = 30 * 86_400.0
    pair_interval_s: float = 6.0
    pair_burst: int = 45
    messaging_limit: int | None = 250  # unique users reached outside the window in 24 h, whole portfolio
    marketing_cap: int | None = 2  # marketing messages to one user per marketing_cap_s outside the window
    marketing_cap_s: float = 86_400.0
    free_service_messages: int = 1_000
    free_entry_s: float = 72 * 3_600.0
    payment_method: bool = True
    approval_delay_s: float = 60.0
    template_limit: int = 250
    templates_per_hour: int = 100
    management_per_hour: int = 5_000
    contact_rule_s: float = 30 * 86_400.0
    media_url_s: float = 300.0
    media_urls: bool = False  # media webhooks carry an address beside the id
    parallel_limit: int = 16
    sync_within_s: float = 86_400.0  # coexistence: how long after onboarding a sync may be asked for


def change(target: Any, changes: dict[str, Any]) -> None:
    """Set dataclass fields by name. Raises ValueError for a name that does not exist, changing nothing."""
    known = {item.name for item in fields(target)}
    if unknown := sorted(set(changes) - known):
        raise ValueError(f"unknown: {', '.join(unknown)}; known: {', '.join(sorted(known))}")
    for name, value in changes.items():
        setattr(target, name, value)
