"""A shop that keeps its phone app: echoes of what the owner types, edits, the phone book, the history, the parting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from setia.emulator.accounts import Number
from setia.emulator.errors import GraphError
from setia.emulator.inbound import payload
from setia.emulator.log import Message
from setia.emulator.sample import picture
from setia.emulator.users import User

if TYPE_CHECKING:
    from setia.emulator.engine import Engine

EDIT_S, REVOKE_S, DAY_S = 900.0, 2 * 86_400.0, 86_400.0
PHASES = ((0, 0.0, 1.0), (1, 1.0, 90.0), (2, 90.0, 180.0))  # number, from and to in days ago
WORDS = (
    "Halo kak",
    "kopi 2 ya",
    "masih ada?",
    "siap",
    "terima kasih",
    "besok bisa diambil?",
    "oke kak",
    "berapa totalnya?",
)
SYNC_FIELDS = {"smb_app_state_sync": "state_sync", "history": "history"}


def echo(
    engine: Engine, number: Number, user: User, kind: str, content: Any, *, with_contacts: bool = False
) -> Message:
    """The owner writes on the phone: the customer gets it at once, the business gets an echo.

    It is free, needs no window and opens none.
    """
    now = engine.clock.now()
    message = Message(
        id=engine.ids.wamid(number.display),
        seq=engine.log.next_seq(),
        number=number.id,
        user=user.key,
        direction="echo",
        type=kind,
        content=content,
        at=now,
        statuses={"sent": now, "delivered": now},
    )
    engine.log.add(message)
    push_echo(engine, number, user, message.id, kind, content, with_contacts=with_contacts)
    return message


def push_echo(
    engine: Engine, number: Number, user: User, wamid: str, kind: str, content: Any, *, with_contacts: bool
) -> None:
    """The `smb_message_echoes` webhook; `to` is absent when only the business-scoped id is known."""
    item: dict[str, Any] = {"from": number.display}
    if engine.shows_phone(user, number):
        item["to"] = user.phone
    item["to_user_id"] = user.bsuid
    item |= {"id": wamid, "timestamp": str(int(engine.clock.now())), "type": kind, kind: content}
    contacts = [engine.contact(user, number)] if with_contacts else []
    engine.tell(number, "message_echoes", item, contacts, field="smb_message_echoes")


def edit(engine: Engine, message: Message, text: str) -> None:
    """Either side corrects a message within 15 minutes. Raises ValueError when too late."""
    if engine.clock.now() - message.at > EDIT_S:
        raise ValueError("a message can be edited for 15 minutes")
    content = {"original_message_id": message.id, "message": {"type": "text", "text": {"body": text}}}
    message.content, message.edited = {"body": text}, True
    _amend(engine, message, "edit", content)


def revoke(engine: Engine, message: Message) -> None:
    """Either side deletes a message within two days. Raises ValueError when too late."""
    if engine.clock.now() - message.at > REVOKE_S:
        raise ValueError("a message can be deleted for two days")
    message.revoked = True
    _amend(engine, message, "revoke", {"original_message_id": message.id})


def _amend(engine: Engine, message: Message, kind: str, content: dict[str, Any]) -> None:
    number, user = engine.number(message.number), engine.users.get(message.user)
    engine.log.touch(message)
    if not number.coexistence:
        return  # only coexistence numbers hear of it
    if message.direction == "echo":
        push_echo(engine, number, user, engine.ids.wamid(number.display), kind, content, with_contacts=False)
    elif message.direction == "in":
        told = Message(
            engine.ids.wamid(user.bsuid[3:15]), 0, number.id, user.key, "in", kind, content, engine.clock.now()
        )
        engine.tell(number, "messages", payload(engine, number, user, told), [engine.contact(user, number)])


def request_sync(engine: Engine, number: Number, kind: str) -> None:
    """The business asks for the phone book or the history: once (2593107), within a day (2593108)."""
    if kind not in SYNC_FIELDS:
        raise GraphError(100, "sync_type must be smb_app_state_sync or history.")
    if not number.coexistence:
        raise GraphError(100, "The number is not used with the phone app.")
    if kind in number.syncs:
        raise GraphError(2593107)
    if engine.clock.now() - number.onboarded_at > engine.behaviour.sync_within_s:
        raise GraphError(2593108)
    number.syncs.append(kind)
    if kind == "smb_app_state_sync":
        phone_book(engine, number)
    elif number.refuses_history:
        engine.tell(number, "history", {"errors": [GraphError(2593109).item()]}, field="history")
    else:
        history(engine, number, generate(engine, number, messages=60))


def phone_book(engine: Engine, number: Number, users: list[User] | None = None, *, action: str = "add") -> None:
    """The owner's contacts, added or removed."""
    for user in users if users is not None else list(engine.users):
        if not user.phone:
            continue
        entry: dict[str, Any] = {"phone_number": user.phone}
        if action == "add":
            entry = {"full_name": user.name, "first_name": user.name.split(" ")[0], **entry, "user_id": user.bsuid}
        stamp = {"timestamp": str(int(engine.clock.now()))}
        item = {"type": "contact", "contact": entry, "action": action, "metadata": stamp}
        engine.tell(number, "state_sync", item, field="smb_app_state_sync")


def generate(engine: Engine, number: Number, *, messages: int, pad: int = 0) -> dict[str, list[dict[str, Any]]]:
    """Invented old messages per user key, spread over 180 days; `pad` makes each text that much longer."""
    users = list(engine.users)
    threads: dict[str, list[dict[str, Any]]] = {user.key: [] for user in users}
    for index in range(messages if users else 0):
        user = users[index % len(users)]
        age = 60 + 179.9 * DAY_S * engine.random.random() ** 3  # most of a chat is recent
        text = engine.random.choice(WORDS) + (" " + "x" * (pad - 1) if pad else "")
        mine = engine.random.random() < 0.4
        kind = "media_placeholder" if engine.random.random() < 0.1 else "text"
        threads[user.key].append({"age_s": age, "mine": mine, "type": kind, "text": text})
    return threads


def history(
    engine: Engine, number: Number, threads: dict[str, list[dict[str, Any]]], *, per_chunk: int = 500
) -> list[dict[str, Any]]:
    """Push old messages in chunks that arrive out of order, recent media a little later. Returns the chunks."""
    now = engine.clock.now()
    chunks: list[dict[str, Any]] = []
    media: list[dict[str, Any]] = []
    for phase, newest, oldest in PHASES:
        flat = [
            (key, item)
            for key, items in threads.items()
            for item in sorted(items, key=lambda m: -m["age_s"])
            if newest * DAY_S <= item["age_s"] < oldest * DAY_S
        ]
        for order, start in enumerate(range(0, len(flat), per_chunk), start=1):
            part = flat[start : start + per_chunk]
            chunks.append(_chunk(engine, number, part, phase, order, now, media))
    for index, chunk in enumerate(chunks):
        chunk["metadata"]["progress"] = round(100 * (index + 1) / len(chunks))
    engine.random.shuffle(chunks)
    for chunk in chunks:
        engine.tell(number, "history", chunk, field="history")
    for item in media:
        engine.tell(number, "messages", item, field="history")
    return chunks


def _chunk(
    engine: Engine,
    number: Number,
    part: list[tuple[str, dict[str, Any]]],
    phase: int,
    order: int,
    now: float,
    media: list[dict[str, Any]],
) -> dict[str, Any]:
    threads: dict[str, dict[str, Any]] = {}
    for key, old in part:
        user = engine.users.get(key)
        if key not in threads:
            context = {"wa_id": user.phone, "user_id": user.bsuid, "username": user.username}
            shown = {name: value for name, value in context.items() if value}
            threads[key] = {"id": user.phone or user.bsuid, "context": shown, "messages": []}
        threads[key]["messages"].append(_old_message(engine, number, user, old, now, media))
    return {"metadata": {"phase": phase, "chunk_order": order, "progress": 0}, "threads": list(threads.values())}


def _old_message(
    engine: Engine, number: Number, user: User, old: dict[str, Any], now: float, media: list[dict[str, Any]]
) -> dict[str, Any]:
    item: dict[str, Any] = {"from": number.display if old["mine"] else user.phone or user.bsuid}
    if old["mine"] and user.phone:
        item["to"] = user.phone
    item["id"] = old.get("id") or engine.ids.wamid(number.display)
    item["timestamp"] = str(int(now - old["age_s"]))
    item["type"] = old.get("type", "text")
    if item["type"] == "text":
        item["text"] = {"body": old["text"]}
    elif item["type"] == "media_placeholder" and old["age_s"] < 14 * DAY_S:
        stored = engine.media.add(number.id, picture(), "image/png", now, inbound=True)
        image = {"id": stored.id, "mime_type": stored.mime_type, "sha256": stored.sha256}
        media.append({**item, "type": "image", "image": image})
    item["history_context"] = {"status": "READ" if old["mine"] else "DELIVERED"}
    return item


def disconnect(engine: Engine, number: Number, reason: str = "PRIMARY_INACTIVITY") -> None:
    """The phone app leaves: PARTNER_REMOVED, and the number can no longer send."""
    number.registered = False
    value = {
        "event": "PARTNER_REMOVED",
        "phone_number": number.display,
        "waba_info": {"waba_id": number.waba_id, "owner_business_id": "506500000000001"},
        "disconnection_info": {"reason": reason, "initiated_by": "SYSTEM"},
    }
    engine.tell_account(number.waba_id, "account_update", value)
