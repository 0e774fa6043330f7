"""What tests assert on: what reached the customers, how webhooks fared, the bill, and the client's misdeeds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from setia.emulator.api import Request
from setia.emulator.engine import Engine
from setia.emulator.log import Message
from setia.emulator.violations import KINDS


def messages(engine: Engine, request: Request) -> Any:
    """GET messages ?user= &number= &direction=in|out|echo &type= &opaque= &state= &after=<seq>."""
    wanted = request.query
    user = engine.users.get(wanted["user"]).key if "user" in wanted else None

    def fits(message: Message) -> bool:
        equal = all(
            str(getattr(message, name)) == wanted[name]
            for name in ("number", "direction", "type", "opaque", "state", "template", "category")
            if name in wanted
        )
        return equal and user in (None, message.user) and message.seq > int(wanted.get("after", 0))

    return [{**asdict(message), "state": message.state} for message in engine.log.all if fits(message)]


def deliveries(engine: Engine, request: Request) -> Any:
    """GET deliveries ?post= &state=: every attempt."""
    wanted = request.query
    found = [asdict(attempt) for attempt in engine.webhooks.attempts]
    return [
        attempt
        for attempt in found
        if wanted.get("post") in (None, str(attempt["post"])) and wanted.get("state") in (None, attempt["state"])
    ]


def delivery(engine: Engine, request: Request, post: str) -> Any:
    """GET deliveries/<post>: the body of a recent request."""
    found = next((item for item in reversed(engine.webhooks.recent) if str(item.id) == post), None)
    if found is None:
        raise LookupError(f"no recent delivery {post}")
    return {"post": found.id, "url": found.url, "state": found.state, "body": json.loads(found.body)}


def charges(engine: Engine, request: Request) -> Any:
    """GET charges ?number=: what the platform would bill."""
    number = request.query.get("number")
    listed = [asdict(charge) for charge in engine.ledger.charges if number in (None, charge.number)]
    return {"charges": listed, "months": engine.ledger.totals()}


def violations(engine: Engine, request: Request) -> Any:
    """GET violations ?kind=, or DELETE to forget them."""
    if request.method == "DELETE":
        engine.violations.clear()
    kind = request.query.get("kind")
    found = [asdict(item) for item in engine.violations.found if kind in (None, item.kind)]
    return {"violations": found, "count": len(found), "kinds": KINDS}


def state(engine: Engine, request: Request) -> Any:
    """GET state: one look at everything."""
    return {
        "now": engine.clock.now(),
        "users": len(engine.users),
        "numbers": list(engine.accounts.numbers),
        "messages": dict(Counter(f"{m.direction}/{m.state}" for m in engine.log.all)),
        "deliveries": dict(Counter(attempt.state for attempt in engine.webhooks.attempts)),
        "violations": dict(Counter(item.kind for item in engine.violations.found)),
        "webhook_url": engine.settings.webhook_url,
    }


ROUTES: dict[tuple[str, str], Callable[..., Any]] = {
    ("GET", "state"): state,
    ("GET", "messages"): messages,
    ("GET", "deliveries"): deliveries,
    ("GET", "deliveries/*"): delivery,
    ("GET", "charges"): charges,
    ("GET", "violations"): violations,
    ("DELETE", "violations"): violations,
}
