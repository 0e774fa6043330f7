"""Numbers, tokens, templates and the fate of the account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from setia.emulator import account_events, coexistence
from setia.emulator.accounts import Number, Token
from setia.emulator.api import Request
from setia.emulator.control.people import one_or_many
from setia.emulator.engine import Engine
from setia.emulator.settings import change
from setia.emulator.templates import lifecycle
from setia.emulator.templates.registry import Template


def numbers(engine: Engine, request: Request) -> Any:
    """GET numbers."""
    return [asdict(number) for number in engine.accounts.numbers.values()]


def add_number(engine: Engine, request: Request) -> Any:
    """POST numbers {"id", "waba_id", "display", …}: another shop; `coexistence` true keeps its phone app."""
    body = request.json()
    number = Number(body["id"], body["waba_id"], body["display"], onboarded_at=engine.clock.now())
    change(number, body)
    return asdict(engine.accounts.add_number(number))


def edit_number(engine: Engine, request: Request, number_id: str) -> Any:
    """PATCH numbers/<id>: `coexistence`, `throughput_mps`, `spam_limited`, `marketing_disabled`, `registered` …"""
    number = engine.number(number_id)
    change(number, request.json())
    return asdict(number)


def lock(engine: Engine, request: Request, number_id: str) -> Any:
    """POST numbers/<id>/lock {"code": 131031 | 368 | 130497 | null}."""
    number = engine.number(number_id)
    account_events.lock(engine, number, request.json().get("code", 131031))
    return asdict(number)


def quality(engine: Engine, request: Request, number_id: str) -> Any:
    """POST numbers/<id>/quality {"quality", "tier"?, "event"?}."""
    number = engine.number(number_id)
    account_events.set_quality(engine, number, **request.json())
    return asdict(number)


def disconnect(engine: Engine, request: Request, number_id: str) -> Any:
    """POST numbers/<id>/disconnection {"reason"?}: PARTNER_REMOVED."""
    number = engine.number(number_id)
    coexistence.disconnect(engine, number, request.json().get("reason", "PRIMARY_INACTIVITY"))
    return asdict(number)


def edit_waba(engine: Engine, request: Request, waba_id: str) -> Any:
    """PATCH wabas/<id>: `subscribed`, `utility_blocked`."""
    waba = engine.accounts.wabas[waba_id]
    change(waba, request.json())
    return asdict(waba)


def account_update(engine: Engine, request: Request) -> Any:
    """POST account_update {"value": {"event": …}, "waba"?, "field"?}: any account-level webhook as it is."""
    body = request.json()
    waba = body.get("waba", engine.settings.waba_id)
    engine.tell_account(waba, body.get("field", "account_update"), body["value"])
    return {"success": True}


def add_token(engine: Engine, request: Request) -> Any:
    """POST tokens {"token", "numbers"?: [ids], "state"?: "valid" | "expired" | "revoked" | "no_permission"}."""
    body = request.json()
    token = engine.accounts.tokens.setdefault(body["token"], Token(body["token"]))
    change(token, {name: body[name] for name in ("numbers", "state") if name in body})
    if token.state == "valid":
        token.refused = 0
    return asdict(token)


def tokens(engine: Engine, request: Request) -> Any:
    """GET tokens."""
    return [asdict(token) for token in engine.accounts.tokens.values()]


def signup(engine: Engine, request: Request) -> Any:
    """POST signup: like `numbers`, and gives the code that `/oauth/access_token` takes."""
    number = add_number(engine, request)
    code = engine.ids.word(32)
    engine.accounts.codes[code] = [number["id"]]
    return {"code": code, "number": number}


def add_templates(engine: Engine, request: Request) -> Any:
    """POST templates: one or a list, approved at once unless `status` says otherwise."""
    body = request.json()
    made = []
    for item in one_or_many(body):
        fields = {"status": "APPROVED", **item}
        waba = fields.pop("waba", engine.settings.waba_id)
        made.append(asdict(engine.templates.put(waba, fields)))
    return made if isinstance(body, list) else made[0]


def templates(engine: Engine, request: Request) -> Any:
    """GET templates."""
    return engine.templates.dump()


def change_template(engine: Engine, request: Request, name: str) -> Any:
    """POST templates/<name>: `status`, `category`, `warn_category`, `quality`, `hold`; each tells by webhook."""
    body = request.json()
    template = find(engine, name, body)
    if "status" in body:
        lifecycle.set_status(
            engine, template, body["status"], reason=body.get("reason", "NONE"), hours=float(body.get("hours", 0))
        )
    if "warn_category" in body:
        effective = float(body.get("effective_at", engine.clock.now() + 86_400))
        lifecycle.warn_category(engine, template, body["warn_category"], effective)
    if "category" in body:
        lifecycle.set_category(engine, template, body["category"])
    if "quality" in body:
        lifecycle.set_quality(engine, template, body["quality"])
    template.hold = int(body.get("hold", template.hold))
    return asdict(template)


def find(engine: Engine, name: str, body: dict[str, Any]) -> Template:
    """By name, `language` (default id) and `waba`."""
    waba = body.get("waba", engine.settings.waba_id)
    template = engine.templates.find(waba, name, body.get("language", "id"))
    if template is None:
        raise LookupError(f"no such template: {name}")
    return template


def verdicts(engine: Engine, request: Request) -> Any:
    """POST template_verdicts: what the reviewer decides next, [{"status": "REJECTED", "reason": …}]."""
    engine.templates.verdicts.extend(one_or_many(request.json()))
    return engine.templates.verdicts


ROUTES: dict[tuple[str, str], Callable[..., Any]] = {
    ("GET", "numbers"): numbers,
    ("POST", "numbers"): add_number,
    ("PATCH", "numbers/*"): edit_number,
    ("POST", "numbers/*/lock"): lock,
    ("POST", "numbers/*/quality"): quality,
    ("POST", "numbers/*/disconnection"): disconnect,
    ("PATCH", "wabas/*"): edit_waba,
    ("POST", "account_update"): account_update,
    ("GET", "tokens"): tokens,
    ("POST", "tokens"): add_token,
    ("POST", "signup"): signup,
    ("GET", "templates"): templates,
    ("POST", "templates"): add_templates,
    ("POST", "templates/*"): change_template,
    ("POST", "template_verdicts"): verdicts,
}
