"""The customer does something on the phone: write, tap a button, react, order; the business hears of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from setia.emulator.accounts import Number
from setia.emulator.errors import GraphError
from setia.emulator.log import Message
from setia.emulator.sending import react
from setia.emulator.users import User

if TYPE_CHECKING:
    from setia.emulator.engine import Engine

TYPES = (
    "text",
    "image",
    "video",
    "audio",
    "document",
    "sticker",
    "location",
    "contacts",
    "button",
    "interactive",
    "order",
    "reaction",
    "unsupported",
)
MEDIA = ("image", "video", "audio", "document", "sticker")
STOP_WORDS = ("STOP", "BERHENTI", "STOP PROMO", "UNSUBSCRIBE", "JANGAN KIRIM")
START_WORDS = ("START", "MULAI", "MULAI PROMO")


def receive(
    engine: Engine,
    number: Number,
    user: User,
    kind: str,
    content: Any,
    *,
    context: dict[str, Any] | None = None,
    referral: dict[str, Any] | None = None,
    hide_phone: bool = False,
    errors: list[dict[str, Any]] | None = None,
) -> Message:
    """A message from the user to the business: logged, the window opened, the webhook pushed.

    `content` is the object under the type's name; for media it may hold `id` of a stored medium. `hide_phone` shows
    the business only the business-scoped id, whatever the rules say.
    """
    now = engine.clock.now()
    message = Message(
        id=engine.ids.wamid(user.phone or user.bsuid[3:15]),
        seq=engine.log.next_seq(),
        number=number.id,
        user=user.key,
        direction="in",
        type=kind,
        content=content,
        at=now,
        context=context,
    )
    engine.log.add(message)
    engine.windows.inbound(number.id, user.key, now, engine.behaviour.window_s, referral=referral is not None)
    item = payload(engine, number, user, message, hide_phone=hide_phone)
    if referral is not None:
        item["referral"] = referral
    if kind == "unsupported":
        item["errors"] = errors or [GraphError(131051, "Message type is currently not supported.").item()]
    if kind == "reaction" and (target := engine.log.get(content["message_id"])):
        react(engine, target, "in", content.get("emoji", ""))
    if kind == "text":
        note_wish(user, number.id, message)
    visible = not hide_phone and engine.shows_phone(user, number)
    if visible:
        user.seen[number.id] = now
        user.in_contact_book = True
    engine.tell(number, "messages", item, [engine.contact(user, number, phone=visible)])
    return message


def remember(
    engine: Engine, number: Number, user: User, text: str, *, age_s: float, mine: bool, wamid: str | None = None
) -> Message:
    """Something said before the emulator began: it is on the phones and counts for the window, and nobody is told.

    `mine` is the shop's own text. Call it in the order in which things were said.
    """
    at = engine.clock.now() - age_s
    message = Message(
        id=wamid or engine.ids.wamid(number.display),
        seq=engine.log.next_seq(),
        number=number.id,
        user=user.key,
        direction="echo" if mine else "in",
        type="text",
        content={"body": text},
        at=at,
        statuses={"delivered": at, "read": at},
    )
    engine.log.add(message)
    if not mine:
        engine.windows.inbound(number.id, user.key, at, engine.behaviour.window_s, referral=False)
    return message


def note_wish(user: User, number: str, message: Message) -> None:
    """Remember a STOP in words: the platform does nothing about it, but a decent client must."""
    words = str(message.content.get("body", "")).strip().upper()
    if words in STOP_WORDS:
        user.asked_stop[number] = message.id
    elif words in START_WORDS:
        user.asked_stop.pop(number, None)


def payload(
    engine: Engine, number: Number, user: User, message: Message, *, hide_phone: bool = False
) -> dict[str, Any]:
    """The `messages[]` item of a webhook."""
    item: dict[str, Any] = {}
    if not hide_phone and engine.shows_phone(user, number):
        item["from"] = user.phone
    item["from_user_id"] = user.bsuid
    if user.parent_bsuid:
        item["from_parent_user_id"] = user.parent_bsuid
    item |= {"id": message.id, "timestamp": str(int(message.at)), "type": message.type}
    item[message.type] = message.content
    if message.type in MEDIA and engine.behaviour.media_urls:
        item[message.type] = {**message.content, "url": media_url(engine, message.content["id"])}
    if message.context:
        item["context"] = message.context
    return item


def media_url(engine: Engine, media_id: str) -> str:
    """A short-lived address for a medium."""
    medium = engine.media.peek(media_id)
    secret = engine.media.link(medium, engine.clock.now(), engine.behaviour.media_url_s)
    return f"{engine.settings.base_url}/_media/{secret}?mid={media_id}"


def tap(engine: Engine, number: Number, user: User, message_id: str, choice: str) -> Message:
    """Tap a reply button, a list row or a template's quick reply. Raises LookupError when it is not there."""
    target = engine.log.get(message_id)
    if target is None or target.user != user.key:
        raise LookupError(f"no such message: {message_id}")
    context = {"from": number.display, "id": target.id}
    if target.shown is not None:
        for button in target.shown["buttons"]:
            if button["type"] == "QUICK_REPLY" and choice in (button["payload"], button["text"]):
                content = {"payload": button["payload"], "text": button["text"]}
                return receive(engine, number, user, "button", content, context=context)
    for reply in replies(target):
        if reply[1]["id"] == choice:
            content = {"type": reply[0], reply[0]: reply[1]}
            return receive(engine, number, user, "interactive", content, context=context)
    raise LookupError(f"no such choice: {choice}")


def replies(message: Message) -> list[tuple[str, dict[str, str]]]:
    """What can be tapped in an interactive message: (`button_reply` or `list_reply`, its content)."""
    if message.type != "interactive":
        return []
    action = message.content.get("action", {})
    if message.content["type"] == "button":
        return [("button_reply", button["reply"]) for button in action["buttons"]]
    if message.content["type"] == "list":
        rows = [row for section in action["sections"] for row in section["rows"]]
        return [("list_reply", row) for row in rows]
    return []
