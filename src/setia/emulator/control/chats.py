"""Conversations: customers write, tap and react; the owner types on the shop's phone."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from setia.emulator import coexistence, inbound
from setia.emulator.accounts import Number
from setia.emulator.api import Request
from setia.emulator.control.people import one_or_many
from setia.emulator.engine import Engine
from setia.emulator.log import Message
from setia.emulator.sample import picture


def receive(engine: Engine, request: Request) -> Any:
    """POST inbound {"user", "type", <type>: {…}, "number"?, "context"?, "referral"?, "hide_phone"?, "repeat"?}.

    A medium takes `base64` and `mime_type`, or nothing for the built-in picture. A list sends several.
    """
    body = request.json()
    made = [asdict(message) for item in one_or_many(body) for message in one(engine, item)]
    return made if isinstance(body, list) else made[0]


def past(engine: Engine, request: Request) -> Any:
    """POST past [{"user", "age_s", "text", "mine"?, "id"?}]: said before, in this order; no webhook."""
    made = []
    for item in one_or_many(request.json()):
        number, user = engine.number(item.get("number")), engine.users.get(item["user"])
        age_s, mine = float(item["age_s"]), bool(item.get("mine", False))
        made.append(inbound.remember(engine, number, user, item["text"], age_s=age_s, mine=mine, wamid=item.get("id")))
    return [asdict(message) for message in made]


def one(engine: Engine, item: dict[str, Any]) -> list[Message]:
    """One description, `repeat` times."""
    number, user = engine.number(item.get("number")), engine.users.get(item["user"])
    kind = item.get("type", "text")
    if kind not in inbound.TYPES and "type" in item and not item.get("unknown_type"):
        raise ValueError(f"type is one of {', '.join(inbound.TYPES)}; add unknown_type to send another")
    options = {name: item[name] for name in ("context", "referral", "hide_phone", "errors") if name in item}
    made = []
    for _ in range(int(item.get("repeat", 1))):
        content = item.get(kind, {})
        if kind in inbound.MEDIA and "id" not in content:
            content = store(engine, number, content)
        made.append(inbound.receive(engine, number, user, kind, content, **options))
    return made


def store(engine: Engine, number: Number, content: dict[str, Any]) -> dict[str, Any]:
    """Put a customer's file into the store and describe it as a webhook does."""
    data = base64.b64decode(content["base64"]) if "base64" in content else picture()
    mime_type = content.get("mime_type", "image/png")
    name = content.get("filename", "")
    medium = engine.media.add(number.id, data, mime_type, engine.clock.now(), inbound=True, filename=name)
    rest = {key: value for key, value in content.items() if key != "base64"}
    return {"id": medium.id, "mime_type": mime_type, "sha256": medium.sha256, **rest}


def tap(engine: Engine, request: Request) -> Any:
    """POST tap {"user", "message", "choice"}: a button or list row by its id (quick replies also by text)."""
    body = request.json()
    user = engine.users.get(body["user"])
    message = engine.log.get(body["message"])
    number = engine.number(message.number if message else None)
    return asdict(inbound.tap(engine, number, user, body["message"], body["choice"]))


def echo(engine: Engine, request: Request) -> Any:
    """POST echo {"user", "type", <type>: {…}, "with_contacts"?}: the owner types on the shop's phone."""
    body = request.json()
    number, user = engine.number(body.get("number")), engine.users.get(body["user"])
    kind = body.get("type", "text")
    told = bool(body.get("with_contacts", False))
    return asdict(coexistence.echo(engine, number, user, kind, body.get(kind, {}), with_contacts=told))


def edit(engine: Engine, request: Request) -> Any:
    """POST edit {"message", "text"}."""
    message = known(engine, request)
    coexistence.edit(engine, message, request.json()["text"])
    return asdict(message)


def revoke(engine: Engine, request: Request) -> Any:
    """POST revoke {"message"}."""
    message = known(engine, request)
    coexistence.revoke(engine, message)
    return asdict(message)


def known(engine: Engine, request: Request) -> Message:
    """The message named in the body."""
    message = engine.log.get(request.json()["message"])
    if message is None:
        raise LookupError("no such message")
    return message


def history(engine: Engine, request: Request) -> Any:
    """POST history {"messages": 3000, "pad"?: bytes each, "per_chunk"?}, or {"threads": {user: [message]}}.

    A message is {"age_s", "mine", "text"} with `type` media_placeholder for one without text.
    """
    body = request.json()
    number = engine.number(body.get("number"))
    threads = body.get("threads") or coexistence.generate(
        engine, number, messages=int(body.get("messages", 60)), pad=int(body.get("pad", 0))
    )
    chunks = coexistence.history(engine, number, threads, per_chunk=int(body.get("per_chunk", 500)))
    return {"chunks": len(chunks)}


def phone_book(engine: Engine, request: Request) -> Any:
    """POST phone_book {"users"?: [refs], "action"?: "add" | "remove"}."""
    body = request.json()
    users = [engine.users.get(reference) for reference in body["users"]] if "users" in body else None
    coexistence.phone_book(engine, engine.number(body.get("number")), users, action=body.get("action", "add"))
    return {"success": True}


ROUTES: dict[tuple[str, str], Callable[..., Any]] = {
    ("POST", "inbound"): receive,
    ("POST", "past"): past,
    ("POST", "tap"): tap,
    ("POST", "echo"): echo,
    ("POST", "edit"): edit,
    ("POST", "revoke"): revoke,
    ("POST", "history"): history,
    ("POST", "phone_book"): phone_book,
}
