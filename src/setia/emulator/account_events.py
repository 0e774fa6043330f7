"""Things that happen to accounts: a user changes number or id or mind, the business is restricted or upgraded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from setia.emulator.accounts import Number
from setia.emulator.users import User, digits

if TYPE_CHECKING:
    from setia.emulator.engine import Engine

RESTRICTIONS: dict[int, tuple[str, dict[str, Any]]] = {
    131031: ("ACCOUNT_VIOLATION", {"violation_info": {"violation_type": "SCAM"}}),
    368: (
        "ACCOUNT_RESTRICTION",
        {"restriction_info": [{"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING"}]},
    ),
}


def change_phone(engine: Engine, number: Number, user: User, phone: str) -> None:
    """The user moves to another phone number: new bsuid, one system message with both ids, no contacts."""
    old_phone, old_bsuid = user.phone, user.bsuid
    user.phone, user.bsuid = digits(phone), engine.ids.bsuid(digits(phone))
    engine.users.reindex()
    what = {"type": "user_changed_number", "body": "User changed number", "wa_id": user.phone}
    system(engine, number, old_phone, {**what, "user_id": user.bsuid, "previous_user_id": old_bsuid})


def change_bsuid(engine: Engine, number: Number, user: User) -> None:
    """Only the business-scoped id changes; the phone is not told."""
    old = user.bsuid
    user.bsuid = engine.ids.bsuid(user.phone)
    engine.users.reindex()
    what = {"type": "user_changed_user_id", "body": "User changed", "user_id": user.bsuid, "previous_user_id": old}
    system(engine, number, None, what)


def system(engine: Engine, number: Number, sender: str | None, what: dict[str, Any]) -> None:
    """A system message; it never has contacts."""
    item: dict[str, Any] = {"from": sender} if sender else {}
    wamid = engine.ids.wamid(number.display)
    item |= {"id": wamid, "timestamp": str(int(engine.clock.now())), "type": "system", "system": what}
    engine.tell(number, "messages", item)


def prefer(engine: Engine, number: Number, user: User, value: str, *, contacts: str = "full") -> None:
    """The user stops or resumes marketing in the app's own menu. `contacts` is full, wa_id or none."""
    if value not in ("stop", "resume"):
        raise ValueError("value is stop or resume")
    user.marketing_stopped = value == "stop"
    item: dict[str, Any] = {}
    if engine.shows_phone(user, number):
        item["wa_id"] = user.phone
    detail = f"User requested to {value} marketing messages"
    item |= {"user_id": user.bsuid, "detail": detail, "category": "marketing_messages", "value": value}
    item["timestamp"] = int(engine.clock.now())
    shown = {"full": [engine.contact(user, number)], "wa_id": [{"wa_id": user.phone}], "none": []}[contacts]
    engine.tell(number, "user_preferences", item, shown, field="user_preferences")


def lock(engine: Engine, number: Number, code: int | None) -> None:
    """Lock the number (131031, 368 or 130497) or unlock it (None), and announce it."""
    number.lock = code
    if code is None:
        engine.violations.unlocked(number.id)
        engine.tell_account(number.waba_id, "account_update", {"event": "ACCOUNT_RECONNECTED"})
        return
    event, more = RESTRICTIONS.get(code, ("DISABLED_UPDATE", {"ban_info": {"waba_ban_state": "DISABLE"}}))
    if code == 368:
        restriction = {**more["restriction_info"][0], "expiration": int(engine.clock.now()) + 7 * 86_400}
        more = {"restriction_info": [restriction]}
    engine.tell_account(number.waba_id, "account_update", {"event": event, **more})


def set_quality(engine: Engine, number: Number, quality: str, tier: str = "TIER_2K", event: str = "ONBOARDING") -> None:
    """The number's quality and messaging tier."""
    number.quality = quality
    value = {"display_phone_number": number.display, "event": event, "max_daily_conversations_per_business": tier}
    engine.tell_account(number.waba_id, "phone_number_quality_update", value)
