"""Users and what they do to their own accounts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from setia.emulator import account_events, statuses
from setia.emulator.api import Request
from setia.emulator.engine import Engine
from setia.emulator.settings import change
from setia.emulator.users import User


def one_or_many(body: Any) -> list[dict[str, Any]]:
    """A list as it is, an object as a list of one."""
    return body if isinstance(body, list) else [body]


def add(engine: Engine, request: Request) -> Any:
    """POST users: one object or a list; `reads`, `delays_s`, `username` and the rest are the fields of a user."""
    body = request.json()
    added = [asdict(engine.users.add(item)) for item in one_or_many(body)]
    return added if isinstance(body, list) else added[0]


def index(engine: Engine, request: Request) -> Any:
    """GET users."""
    return [asdict(user) for user in engine.users]


def show(engine: Engine, request: Request, reference: str) -> Any:
    """GET users/<key, bsuid, phone or username>."""
    return asdict(engine.users.get(reference))


def edit(engine: Engine, request: Request, reference: str) -> Any:
    """PATCH users/<…>: change any field silently (no webhook)."""
    user = engine.users.get(reference)
    change(user, request.json())
    engine.users.reindex()
    return asdict(user)


def remove(engine: Engine, request: Request, reference: str) -> Any:
    """DELETE users/<…>."""
    engine.users.remove(engine.users.get(reference))
    return {"success": True}


def move_phone(engine: Engine, request: Request, reference: str) -> Any:
    """POST users/<…>/phone {"phone", "number"?}: the user takes a new phone number; a system message tells."""
    body, user = request.json(), engine.users.get(reference)
    account_events.change_phone(engine, engine.number(body.get("number")), user, body["phone"])
    return asdict(user)


def move_bsuid(engine: Engine, request: Request, reference: str) -> Any:
    """POST users/<…>/bsuid: only the business-scoped id changes."""
    user = engine.users.get(reference)
    account_events.change_bsuid(engine, engine.number(request.json().get("number")), user)
    return asdict(user)


def prefer(engine: Engine, request: Request, reference: str) -> Any:
    """POST users/<…>/preference {"value": "stop" | "resume", "contacts"?: "full" | "wa_id" | "none"}."""
    body, user = request.json(), engine.users.get(reference)
    number = engine.number(body.get("number"))
    account_events.prefer(engine, number, user, body.get("value", "stop"), contacts=body.get("contacts", "full"))
    return asdict(user)


def opened(engine: Engine, request: Request, reference: str) -> Any:
    """POST users/<…>/opened: the chat is opened, so everything delivered is read."""
    user: User = engine.users.get(reference)
    number = engine.number(request.json().get("number"))
    return {"read": statuses.opened(engine, number.id, user)}


ROUTES: dict[tuple[str, str], Callable[..., Any]] = {
    ("POST", "users"): add,
    ("GET", "users"): index,
    ("GET", "users/*"): show,
    ("PATCH", "users/*"): edit,
    ("DELETE", "users/*"): remove,
    ("POST", "users/*/phone"): move_phone,
    ("POST", "users/*/bsuid"): move_bsuid,
    ("POST", "users/*/preference"): prefer,
    ("POST", "users/*/opened"): opened,
}
