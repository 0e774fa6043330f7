"""What becomes of an accepted message: sent, delivered, read, played or failed, each told by a signed webhook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from setia.emulator.errors import GraphError
from setia.emulator.log import RANK, Message
from setia.emulator.users import User

if TYPE_CHECKING:
    from setia.emulator.engine import Engine

AUTH_TTL_S = 600.0


def begin(engine: Engine, message: Message, failure: int | None) -> None:
    """Plan the first status of an accepted message: `sent`, or `failed` with a code."""
    failure = message.outcome.get("fail", failure)
    if failure is not None:
        engine.clock.after(engine.behaviour.failed_delay_s, "status", message=message.id, name="failed", code=failure)
        return
    plan(engine, message, "sent")


def plan(engine: Engine, message: Message, name: str) -> None:
    """Plan a status at its delay after acceptance, not before the phone is online again."""
    user = engine.users.get(message.user)
    due = message.at + delay(engine, message, user, name)
    if name != "sent":
        due = max(due, user.offline_until)
    engine.clock.at(due, "status", message=message.id, name=name)


def delay(engine: Engine, message: Message, user: User, name: str) -> float:
    """Seconds after acceptance: the message's own, the user's, then the general one."""
    for delays in (message.outcome.get("delays_s", {}), user.delays_s, engine.behaviour.delays_s):
        if name in delays:
            return float(delays[name])
    return 0.0


def happen(engine: Engine, message: str, name: str, code: int | None = None) -> None:
    """A planned status happens now (event handler): record it, tell the business, plan the next one."""
    entry = engine.log.get(message)
    if entry is None or "failed" in entry.statuses or name in entry.statuses:
        return
    if name == "failed":
        fail(engine, entry, code or 131000)
        return
    if name != "sent" and entry.statuses and RANK[name] <= RANK[entry.state]:
        return
    user = engine.users.get(entry.user)
    if name == "delivered" and not arrives(engine, entry, user):
        return
    reach(engine, entry, user, name)
    follow(engine, entry, user, name)


def arrives(engine: Engine, entry: Message, user: User) -> bool:
    """Whether the phone takes the message now; a phone that is off is tried again, until the message is too old."""
    now = engine.clock.now()
    ttl = AUTH_TTL_S if entry.category == "authentication" else engine.behaviour.ttl_s
    if now - entry.at > ttl or user.blocked_business:
        return False
    if now < user.offline_until:
        engine.clock.at(user.offline_until, "status", message=entry.id, name="delivered")
        return False
    return True


def reach(engine: Engine, entry: Message, user: User, name: str) -> None:
    """Record a status, book the charge when it is the delivery, tell the business."""
    now = engine.clock.now()
    entry.statuses[name] = now
    if name == "sent":
        price(engine, entry, now)
    elif entry.pricing is not None:
        engine.ledger.book(entry.id, entry.number, entry.user, now, entry.pricing)
    engine.log.touch(entry)
    skipped = entry.outcome.get("skip", engine.behaviour.skip_statuses)
    if name not in skipped:
        announce(engine, entry, user, name)


def price(engine: Engine, entry: Message, now: float) -> None:
    """Fix the price when the message leaves; reactions cost nothing."""
    if entry.category is None:
        return
    entry.pricing = engine.ledger.price(
        entry.number,
        entry.category,
        now,
        free_entry=entry.free_entry_until is not None,
        free=engine.behaviour.free_service_messages,
    )


def follow(engine: Engine, entry: Message, user: User, name: str) -> None:
    """Plan what comes next."""
    if name == "sent":
        late = entry.outcome.get("fail_after_sent")
        if late is not None:
            engine.clock.after(engine.behaviour.failed_delay_s, "status", message=entry.id, name="failed", code=late)
        else:
            plan(engine, entry, "delivered")
    elif name == "delivered" and user.reads and entry.outcome.get("reads", True) and entry.type != "reaction":
        plan(engine, entry, "read")
    elif name == "read" and entry.type == "audio" and "played" in {**engine.behaviour.delays_s, **user.delays_s}:
        plan(engine, entry, "played")


def fail(engine: Engine, entry: Message, code: int) -> None:
    """The message will never arrive; a free place in the allowance goes back."""
    engine.ledger.release(entry.number, entry.statuses.get("sent", entry.at), entry.pricing)
    entry.statuses["failed"] = engine.clock.now()
    entry.error = code
    engine.violations.refused(entry.number, entry.user, entry.opaque, code, engine.clock.now())
    engine.log.touch(entry)
    announce(engine, entry, engine.users.find(entry.user), "failed")


def announce(engine: Engine, entry: Message, user: User | None, name: str) -> None:
    """Push the status webhook in the shape the behaviour asks for."""
    number = engine.number(entry.number)
    status: dict[str, Any] = {"id": entry.id, "status": name, "timestamp": str(int(entry.statuses[name]))}
    status |= recipient(engine, entry, user, name)
    if entry.opaque is not None:
        status["biz_opaque_callback_data"] = entry.opaque
    if entry.pricing is not None and name in priced_on(engine, entry):
        if entry.free_entry_until is not None:
            status["conversation"] = {
                "id": entry.id[-16:],
                "expiration_timestamp": str(int(entry.free_entry_until)),
                "origin": {"type": "referral_conversion"},
            }
        status["pricing"] = entry.pricing
    if name == "failed":
        status["errors"] = [GraphError(entry.error or 131000).item()]
    engine.tell(number, "statuses", status, status_contacts(engine, entry, user, name))


def priced_on(engine: Engine, entry: Message) -> tuple[str, ...]:
    """Which statuses carry the price: `sent` and one of delivered or read."""
    arrival = "read" if "delivered" in entry.outcome.get("skip", engine.behaviour.skip_statuses) else "delivered"
    choice = entry.outcome.get("pricing_on", engine.behaviour.pricing_on)
    return {"sent": ("sent",), "delivered": (arrival,), "none": ()}.get(choice, ("sent", arrival))


def recipient(engine: Engine, entry: Message, user: User | None, name: str) -> dict[str, str]:
    """`recipient_id` and `recipient_user_id`; the latter is absent on a failure of a message sent to a phone."""
    if user is None:
        return {"recipient_id": entry.user} if entry.sent_to == "phone" else {"recipient_user_id": entry.user}
    number = engine.number(entry.number)
    found: dict[str, str] = {}
    if user.phone and (entry.sent_to == "phone" or engine.shows_phone(user, number)):
        found["recipient_id"] = user.phone
    if not (name == "failed" and entry.sent_to == "phone"):
        found["recipient_user_id"] = user.bsuid
    return found


def status_contacts(engine: Engine, entry: Message, user: User | None, name: str) -> list[dict[str, Any]]:
    """The `contacts` beside a status; usually none beside a failure."""
    mode = engine.behaviour.failed_contacts if name == "failed" else engine.behaviour.status_contacts
    if mode == "none" or user is None:
        return []
    number = engine.number(entry.number)
    if mode == "wa_id":
        return [{"wa_id": user.phone}] if user.phone and engine.shows_phone(user, number) else []
    return [engine.contact(user, number, username=name in ("delivered", "read", "played"))]


def opened(engine: Engine, number: str, user: User) -> int:
    """The user opens the chat: everything delivered counts as read now. Returns how many changed."""
    changed = 0
    for entry in engine.log.chat(number, user.key):
        if entry.direction == "out" and entry.state == "delivered" and user.reads and entry.type != "reaction":
            happen(engine, entry.id, "read")
            changed += 1
    return changed
