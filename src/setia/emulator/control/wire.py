"""Time, behaviour, faults and the webhooks' way."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from setia.emulator.api import Request
from setia.emulator.engine import Engine
from setia.emulator.errors import GraphError
from setia.emulator.ids import seeded
from setia.emulator.settings import change
from setia.emulator.webhooks.policy import Policy


def clock(engine: Engine, request: Request) -> Any:
    """GET clock: now, and what is planned."""
    planned = [{"due": e.due, "kind": e.kind, "data": e.data} for e in engine.clock.planned()]
    return {"now": engine.clock.now(), "realtime": engine.clock.realtime, "planned": planned}


def advance(engine: Engine, request: Request) -> Callable[[], Any]:
    """POST clock {"advance_s": N} or {"to": unix seconds}: run everything due on the way, wait for its webhooks."""
    body = request.json()
    seconds = float(body["to"]) - engine.clock.now() if "to" in body else float(body.get("advance_s", 0))
    if seconds < 0:
        raise ValueError("time only moves forward")

    def run() -> dict[str, float]:
        engine.advance(seconds)
        return {"now": engine.clock.now()}

    return run


def behaviour(engine: Engine, request: Request) -> Any:
    """GET or POST behaviour: the rules of the platform."""
    if request.method == "POST":
        change(engine.behaviour, request.json())
    return asdict(engine.behaviour)


def policy(engine: Engine, request: Request) -> Any:
    """GET or POST webhooks/policy: batches, copies, disorder, retries, losses."""
    if request.method == "POST":
        changes = request.json()
        trial = Policy(**asdict(engine.webhooks.policy))
        change(trial, changes)
        trial.check()
        change(engine.webhooks.policy, changes)
        if changes.get("seed") is not None:
            engine.webhooks.random = seeded(changes["seed"])
    return asdict(engine.webhooks.policy)


def flush(engine: Engine, request: Request) -> Any:
    """POST webhooks/flush: send what is being gathered."""
    engine.webhooks.flush()
    return {"success": True}


def raw(engine: Engine, request: Request) -> Any:
    """POST webhooks/raw {"body": text or object, "url"?, "forged"?}: exactly these bytes, signed or badly signed."""
    body = request.json()
    content = body["body"]
    text = content if isinstance(content, str) else json.dumps(content, separators=(",", ":"))
    if body.get("forged"):
        engine.webhooks.policy.wrong_signature += 1
    return {"post": engine.webhooks.send_raw(body.get("url", engine.settings.webhook_url), text.encode()).id}


def redeliver(engine: Engine, request: Request) -> Any:
    """POST webhooks/redeliver {"post": id}: the same bytes once more."""
    return {"post": engine.webhooks.redeliver(int(request.json()["post"])).id}


def verify(engine: Engine, request: Request) -> Callable[[], Any]:
    """POST webhooks/verify {"url"?, "verify_token"?}: the handshake; a good one becomes the app's address."""
    body = request.json()
    url = body.get("url", engine.settings.webhook_url)
    token = body.get("verify_token", engine.settings.verify_token)

    def run() -> dict[str, Any]:
        problem = engine.webhooks.verify(url, token, engine.transport)
        if not problem:
            engine.settings.webhook_url, engine.settings.verify_token = url, token
        return {"verified": not problem, "problem": problem}

    return run


def value_error(engine: Engine, request: Request) -> Any:
    """POST webhooks/error {"code", "number"?}: an error at the level of the value, with no message and no status."""
    body = request.json()
    engine.tell(engine.number(body.get("number")), "errors", GraphError(int(body.get("code", 130429))).item())
    return {"success": True}


def faults(engine: Engine, request: Request) -> Any:
    """GET, POST or DELETE faults: {"route", "when", "do"}."""
    if request.method == "POST":
        return asdict(engine.faults.add(request.json()))
    if request.method == "DELETE":
        engine.faults.clear()
    return [asdict(rule) for rule in engine.faults.rules]


ROUTES: dict[tuple[str, str], Callable[..., Any]] = {
    ("GET", "clock"): clock,
    ("POST", "clock"): advance,
    ("GET", "behaviour"): behaviour,
    ("POST", "behaviour"): behaviour,
    ("GET", "webhooks/policy"): policy,
    ("POST", "webhooks/policy"): policy,
    ("POST", "webhooks/flush"): flush,
    ("POST", "webhooks/raw"): raw,
    ("POST", "webhooks/redeliver"): redeliver,
    ("POST", "webhooks/verify"): verify,
    ("POST", "webhooks/error"): value_error,
    ("GET", "faults"): faults,
    ("POST", "faults"): faults,
    ("DELETE", "faults"): faults,
}
