"""The Graph interface: authentication, finding the object, the faults around each route, and the dispatch."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from setia.emulator.accounts import Token, missing
from setia.emulator.api import Answer, Effect, Request, Response, failed
from setia.emulator.engine import Engine
from setia.emulator.errors import GraphError
from setia.emulator.graph import files, numbers, wabas

VERSIONED = re.compile(r"^/v\d+\.\d+/(.+?)/?$")


def handle(engine: Engine, request: Request) -> Answer:
    """Answer a call below `/vNN.N/`."""
    matched = VERSIONED.match(request.path)
    trace = engine.ids.word(12)
    try:
        if not matched:
            raise GraphError(2500, "Unknown path components.", http=400)
        if matched[1] == "oauth/access_token":
            return exchange_code(engine, request)
        token = authenticate(engine, request)
        return dispatch(engine, request, token, matched[1])
    except GraphError as error:
        return failed(error, trace)


def authenticate(engine: Engine, request: Request) -> Token:
    """The caller's token; repeated calls with a dead one are noted."""
    header = request.headers.get("authorization", "")
    if header.startswith("OAuth "):
        header = f"Bearer {header.removeprefix('OAuth ')}"
    if not header and request.query.get("access_token"):
        header = f"Bearer {request.query['access_token']}"
    try:
        return engine.accounts.authenticate(header)
    except GraphError:
        dead = engine.accounts.tokens.get(header.removeprefix("Bearer "))
        engine.violations.with_dead_token(dead.refused if dead else 0, engine.clock.now())
        raise


def dispatch(engine: Engine, request: Request, token: Token, path: str) -> Answer:
    """Object id and edge to a handler, with the faults of its route around it."""
    object_id, _, edge = path.partition("/")
    name, handler = find(engine, request, token, object_id, edge)
    do = engine.faults.pick(name)
    early = before(do)
    if early is not None:
        return early
    answer = handler()
    return answer if callable(answer) else after(do, answer)


def find(engine: Engine, request: Request, token: Token, object_id: str, edge: str) -> tuple[str, Callable[[], Answer]]:
    """(fault route, handler) for an object and its edge; an unknown object is 100/33."""
    now = engine.clock.now()
    if object_id == "app" and edge == "uploads":
        return "uploads", lambda: files.begin_upload(engine, request)
    if object_id.startswith("upload:") and not edge:
        return "uploads", lambda: files.finish_upload(engine, request, object_id)
    if object_id in engine.accounts.numbers:
        number = engine.accounts.number_for(object_id, token)
        route, verb = numbers.route(request, edge)
        return route, lambda: verb(engine, request, number)
    if object_id in engine.accounts.wabas:
        waba = engine.accounts.waba_for(object_id, token)
        route, act = wabas.route(request, edge)
        return route, lambda: act(engine, request, waba)
    if (template := engine.templates.get(object_id)) and not edge:
        engine.accounts.waba_for(template.waba, token)
        return "templates", lambda: wabas.one_template(engine, request, template)
    medium = engine.media.get(object_id, now, request.query.get("phone_number_id"))
    if edge or (token.numbers is not None and medium.number not in token.numbers):
        raise missing(object_id)
    return "media.resolve", lambda: files.one_medium(engine, request, medium)


def exchange_code(engine: Engine, request: Request) -> Response:
    """Embedded signup: a code becomes a token for the numbers it was made for."""
    numbers_of_code = engine.accounts.codes.pop(request.query.get("code", ""), None)
    if numbers_of_code is None:
        raise GraphError(100, "This authorization code has been used or does not exist.", subcode=36009)
    token = Token(engine.ids.word(40), numbers_of_code)
    engine.accounts.tokens[token.value] = token
    return Response({"access_token": token.value, "token_type": "bearer"})


def before(do: dict[str, Any]) -> Response | None:
    """Faults that keep the call from having any effect."""
    headers = {str(k): str(v) for k, v in do.get("headers", {}).items()}
    if "error" in do:
        error = do["error"]
        raise GraphError(
            int(error["code"]),
            error.get("details", ""),
            subcode=error.get("subcode"),
            http=error.get("http"),
            headers=headers,
        )
    if "throttle" in do:
        minutes = int(do["throttle"])
        usage = f'{{"business":[{{"type":"whatsapp","call_count":100,"estimated_time_to_regain_access":{minutes}}}]}}'
        known = {"Retry-After": str(minutes * 60), "X-Business-Use-Case-Usage": usage}
        raise GraphError(80007, http=429, headers={**known, **headers})
    if "status" in do:
        return Response(b"<html>upstream error</html>", int(do["status"]), {"Content-Type": "text/html", **headers})
    if "reset" in do:
        return Response(effect=Effect("reset"))
    if "timeout_s" in do:
        return Response(effect=Effect("hang", float(do["timeout_s"])))
    return None


def after(do: dict[str, Any], answer: Response) -> Response:
    """Faults that spoil the answer to a call that did have its effect."""
    if "accept_then_status" in do:
        return Response(b"<html>upstream error</html>", int(do["accept_then_status"]), {"Content-Type": "text/html"})
    if "malformed" in do:
        return Response(
            answer.raw()[: max(1, len(answer.raw()) // 2)], answer.status, {"Content-Type": "application/json"}
        )
    if "accept_then_reset" in do:
        answer.effect = Effect("reset")
    elif "accept_then_timeout_s" in do:
        answer.effect = Effect("hang", float(do["accept_then_timeout_s"]))
    elif "slow_s" in do:
        answer.effect = Effect("slow", float(do["slow_s"]))
    if "wrong_sha" in do and isinstance(answer.body, dict):
        answer.body["sha256"] = "A" * 43 + "="
    return answer
