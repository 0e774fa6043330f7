"""The business sends: every check in the platform's order, then acceptance and the plan of what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from setia.emulator import statuses
from setia.emulator.accounts import Number, missing
from setia.emulator.errors import GraphError
from setia.emulator.log import Message
from setia.emulator.templates.parameters import check_parameters, render
from setia.emulator.templates.registry import Template
from setia.emulator.users import User, digits
from setia.emulator.validation import check_message, check_product

if TYPE_CHECKING:
    from setia.emulator.engine import Engine

COEXISTENCE_MPS = 20.0
RECEIPT_S = 30 * 86_400.0
TYPING_S = 25.0
PHONE_ONLY_BUTTONS = ("OTP", "COPY_CODE")


def handle(engine: Engine, number: Number, payload: Any) -> dict[str, Any]:
    """A POST to `/messages`: a message, or a read receipt. Returns the answer; raises GraphError."""
    body = check_product(payload)
    if body.get("status") == "read":
        return mark_read(engine, number, body)
    return send(engine, number, body)


def send(engine: Engine, number: Number, payload: dict[str, Any]) -> dict[str, Any]:
    """Accept a message or refuse it. What real life tells later, a failed status tells later."""
    now, opaque, key = engine.clock.now(), payload.get("biz_opaque_callback_data"), ""
    check_number(engine, number, now)
    engine.violations.before_send(opaque, now)
    try:
        check_message(payload, number.display)
        user, address, sent_to = find_recipient(engine, payload)
        key = user.key if user else address
        template = find_template(engine, number, payload, sent_to)
        category = category_of(payload, template)
        check_rates(engine, number, key, now)
        failure = verdict(engine, number, user, category, template)
        if failure in engine.behaviour.sync_codes:
            raise GraphError(failure)
    except GraphError as refusal:
        engine.violations.refused(number.id, key, opaque, refusal.code, now)
        raise
    message = accept(engine, number, payload, key, sent_to, category, template)
    status = hold(template, message)
    if status != "held_for_quality_assessment":
        statuses.begin(engine, message, failure)
    elif template is not None:
        engine.clock.after(engine.behaviour.approval_delay_s, "status", message=message.id, name="failed", code=132015)
    return answer(payload, address, sent_to, message, status if template else None)


def check_number(engine: Engine, number: Number, now: float) -> None:
    """A locked or unregistered number sends nothing."""
    if number.lock:
        engine.violations.while_locked(number.id, number.lock, now)
        raise GraphError(number.lock)
    if not number.registered:
        raise GraphError(133010)


def find_recipient(engine: Engine, payload: dict[str, Any]) -> tuple[User | None, str, str]:
    """(user or None, address, "phone" or "bsuid"). A phone without + gets the shop's country when it has none."""
    if not payload.get("to"):
        return engine.users.find(payload["recipient"]), payload["recipient"], "bsuid"
    given = payload["to"]
    phone = digits(given)
    if not given.strip().startswith("+") and not engine.users.find(phone) and not phone.startswith("62"):
        phone = "62" + phone
    user = engine.users.find(phone)
    if user is None and engine.behaviour.auto_users:
        user = engine.users.add({"phone": phone, "name": phone})
    return user, phone, "phone"


def find_template(engine: Engine, number: Number, payload: dict[str, Any], sent_to: str) -> Template | None:
    """The template of a template message, with its parameters checked."""
    if payload.get("type") != "template":
        return None
    body = payload["template"]
    template = engine.templates.sendable(number.waba_id, body["name"], body["language"]["code"])
    check_parameters(template, body.get("components", []))
    if sent_to == "bsuid" and any(b.get("type", "").upper() in PHONE_ONLY_BUTTONS for b in template.buttons()):
        raise GraphError(131062)
    if template.category == "MARKETING" and number.marketing_disabled:
        raise GraphError(131063)
    if template.category == "UTILITY" and engine.accounts.wabas[number.waba_id].utility_blocked:
        raise GraphError(131064)
    return template


def category_of(payload: dict[str, Any], template: Template | None) -> str | None:
    """Price category; a reaction has none."""
    if template is not None:
        return template.category.lower()
    return None if payload.get("type") == "reaction" else "service"


def check_rates(engine: Engine, number: Number, user: str, now: float) -> None:
    """Throughput of the number and pace towards one user."""
    rules = engine.behaviour
    engine.violations.before_pair(number.id, user, now)
    speed = COEXISTENCE_MPS if number.coexistence else number.throughput_mps
    if not engine.limits.rate(f"number:{number.id}", now, speed, speed):
        raise GraphError(130429, headers={"Retry-After": "1"})
    if not engine.limits.pair(number.id, user, now, rules.pair_interval_s, rules.pair_burst):
        raise GraphError(131056)


def verdict(
    engine: Engine, number: Number, user: User | None, category: str | None, template: Template | None
) -> int | None:
    """The code this message will fail with, or None when it goes through."""
    if user is None or not user.on_whatsapp:
        return 131026
    if user.blocked_business and engine.behaviour.blocked_as == "failed":
        return 131026
    if user.key in number.blocked_users:
        return 130403
    now = engine.clock.now()
    is_open = engine.windows.is_open(number.id, user.key, now)
    if template is None and not is_open:
        engine.violations.add("outside_window", now, number=number.id, user=user.key)
        return 131047
    if category == "marketing" and (code := marketing_verdict(engine, number, user, now, is_open)):
        return code
    initiated = template is not None and not is_open
    if initiated and not engine.limits.reach(user.key, now, engine.behaviour.messaging_limit):
        return 131048
    return None if pays(engine, number, user, category, now) else 131042


def marketing_verdict(engine: Engine, number: Number, user: User, now: float, is_open: bool) -> int | None:
    """Opt-out, experiments, the spam switch, and the cap that counts outside the reply window."""
    rules = engine.behaviour
    engine.violations.before_marketing(user.key, now)
    if user.marketing_stopped or said_stop(engine, number, user):
        engine.violations.add("marketing_to_opted_out", now, number=number.id, user=user.key)
    if user.marketing_stopped:
        return 131050
    if number.spam_limited:
        return 131048
    if user.experiment:
        return 130472
    if not is_open and not engine.limits.marketing(user.key, now, rules.marketing_cap, rules.marketing_cap_s):
        return 131049
    return None


def said_stop(engine: Engine, number: Number, user: User) -> bool:
    """Whether the business acknowledged a message in which this user said STOP."""
    message = engine.log.get(user.asked_stop.get(number.id, ""))
    return message is not None and "delivered" in message.statuses


def pays(engine: Engine, number: Number, user: User, category: str | None, now: float) -> bool:
    """Without a payment method only free messages go through."""
    if engine.behaviour.payment_method or category is None:
        return True
    if now < engine.windows.of(number.id, user.key).free_until:
        return True
    return category == "service" and engine.ledger.used(number.id, now) < engine.behaviour.free_service_messages


def accept(
    engine: Engine,
    number: Number,
    payload: dict[str, Any],
    key: str,
    sent_to: str,
    category: str | None,
    template: Template | None,
) -> Message:
    """Write the message into the log; from here on it exists."""
    now, kind = engine.clock.now(), payload.get("type", "text")
    user = engine.users.find(key)
    message = Message(
        id=engine.ids.wamid(number.display),
        seq=engine.log.next_seq(),
        number=number.id,
        user=key,
        direction="out",
        type=kind,
        content=payload[kind],
        at=now,
        context=payload.get("context"),
        sent_to=sent_to,
        opaque=payload.get("biz_opaque_callback_data"),
        category=category,
        template=template.name if template else None,
        shown=render(template, payload["template"].get("components", [])) if template else None,
        in_window=engine.windows.is_open(number.id, key, now),
        outcome=engine.faults.outcome(),
    )
    if user is not None:
        message.free_entry_until = engine.windows.answered(number.id, key, now, engine.behaviour.free_entry_s)
        engine.windows.of(number.id, key).typing_until = 0.0
        if sent_to == "phone":
            user.seen[number.id] = now
            user.in_contact_book = True
    engine.log.add(message)
    engine.violations.accepted(message.opaque, message.id)
    if kind == "reaction" and (target := engine.log.get(message.content["message_id"])):
        react(engine, target, "out", message.content.get("emoji", ""))
    return message


def react(engine: Engine, target: Message, side: str, emoji: str) -> None:
    """Put an emoji on a message, or take it back."""
    if emoji:
        target.reactions[side] = emoji
    else:
        target.reactions.pop(side, None)
    engine.log.touch(target)


def hold(template: Template | None, message: Message) -> str:
    """The `message_status` of a template message: accepted, or held while its quality is assessed."""
    if template is None or template.hold <= 0:
        return "accepted"
    template.hold -= 1
    message.outcome["held"] = True
    return "held_for_quality_assessment"


def answer(payload: dict[str, Any], address: str, sent_to: str, message: Message, status: str | None) -> dict[str, Any]:
    """The 200 of an accepted message."""
    contact = (
        {"input": payload["to"], "wa_id": address} if sent_to == "phone" else {"input": address, "user_id": address}
    )
    shown = {"id": message.id, **({"message_status": status} if status else {})}
    return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [shown]}


def mark_read(engine: Engine, number: Number, body: dict[str, Any]) -> dict[str, Any]:
    """Blue ticks for this message of the customer and all before it; optionally "typing…" for 25 seconds."""
    target = engine.log.get(str(body.get("message_id", "")))
    now = engine.clock.now()
    if target is None or target.number != number.id or target.direction != "in":
        raise missing(str(body.get("message_id", "")))
    if now - target.at > RECEIPT_S:
        raise GraphError(131009, "The message is older than 30 days.")
    for message in engine.log.chat(number.id, target.user):
        if message.direction == "in" and message.seq <= target.seq and "read" not in message.statuses:
            message.statuses["read"] = now
            engine.log.touch(message)
    if body.get("typing_indicator"):
        engine.windows.of(number.id, target.user).typing_until = now + TYPING_S
    return {"success": True}
