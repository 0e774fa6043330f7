"""Saving the world to one JSON file, so that a second start keeps the chats."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from setia.emulator.accounts import Callback, Number, Token, Waba
from setia.emulator.engine import Engine
from setia.emulator.users import User

VERSION = 1


def dump(engine: Engine) -> dict[str, Any]:
    """Everything worth keeping, as plain data, including what was still going to happen."""
    accounts, now = engine.accounts, engine.clock.now()
    events = [[event.due, event.kind, event.data] for event in engine.clock.planned()]
    events += [[now, kind, data] for kind, data in engine.webhooks.unfinished()]
    return {
        "version": VERSION,
        "now": now,
        "users": [asdict(user) for user in engine.users],
        "numbers": [asdict(number) for number in accounts.numbers.values()],
        "wabas": [asdict(waba) for waba in accounts.wabas.values()],
        "tokens": [asdict(token) for token in accounts.tokens.values()],
        "templates": engine.templates.dump(),
        "windows": engine.windows.dump(),
        "messages": engine.log.dump(),
        "media": engine.media.dump(),
        "ledger": engine.ledger.dump(),
        "events": events,
        "random": _state(engine.ids.random.getstate()),
    }


def restore(engine: Engine, data: dict[str, Any]) -> None:
    """Bring back what `dump` kept; settings given on the command line win over saved ones."""
    if data.get("version") != VERSION:
        raise ValueError(f"the state file has version {data.get('version')}, not {VERSION}")
    engine.clock.move_to(data["now"])
    for item in data["users"]:
        engine.users.put(User(**item))
    own = engine.settings.phone_number_id
    for item in data["wabas"]:
        engine.accounts.wabas[item["id"]] = Waba(**{**item, "callback": _callback(item)})
    for item in data["numbers"]:
        number = Number(**{**item, "callback": _callback(item)})
        if number.id == own:
            number.display, number.waba_id = engine.settings.display_phone_number, engine.settings.waba_id
        engine.accounts.add_number(number)
    for item in data["tokens"]:
        engine.accounts.tokens.setdefault(item["value"], Token(**item))
    engine.templates.load(data["templates"])
    engine.windows.load(data["windows"])
    engine.log.load(data["messages"])
    engine.media.load(data["media"])
    engine.ledger.load(data["ledger"])
    for due, kind, content in data["events"]:
        engine.clock.at(due, kind, **content)
    version, state, gauss = data["random"]
    engine.ids.random.setstate((version, tuple(state), gauss))


def _state(state: tuple[Any, ...]) -> list[Any]:
    return [state[0], list(state[1]), state[2]]


def _callback(item: dict[str, Any]) -> Callback | None:
    return Callback(**item["callback"]) if item["callback"] else None


def save(engine: Engine, path: Path) -> None:
    """Write the state in one step: a crash leaves the old file or the new one."""
    with engine.lock:
        text = json.dumps(dump(engine), separators=(",", ":"))
        engine.touched = False
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".new")
    draft.write_text(text, encoding="utf-8")
    os.replace(draft, path)


def load(engine: Engine, path: Path) -> bool:
    """Read the state if there is one; False when this is the first start."""
    if not path.exists():
        return False
    restore(engine, json.loads(path.read_text(encoding="utf-8")))
    return True
