"""Edges of a business account: its templates, its numbers, where its webhooks go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from setia.emulator.accounts import Waba, missing
from setia.emulator.api import Answer, Request, Response
from setia.emulator.engine import Engine
from setia.emulator.errors import GraphError
from setia.emulator.graph.numbers import subscribe
from setia.emulator.templates import lifecycle
from setia.emulator.templates.creation import check_components
from setia.emulator.templates.registry import Template

Handler = Callable[[Engine, Request, Waba], Answer]
HOUR_S = 3_600.0
APP_ID = "306500000000001"


def route(request: Request, edge: str) -> tuple[str, Handler]:
    """(fault route, handler) of an edge; an unknown one is 100."""
    handler = HANDLERS.get((request.method, edge))
    if handler is None:
        raise GraphError(100, f"Unsupported {request.method} request to '{edge}'.")

    def counted(engine: Engine, request: Request, waba: Waba) -> Answer:
        count_call(engine, waba)
        return handler(engine, request, waba)

    return ("templates" if edge == "message_templates" else "waba"), counted


def count_call(engine: Engine, waba: Waba) -> None:
    """Management calls have an hourly ceiling: 80007 with the time until it lifts."""
    hourly = engine.behaviour.management_per_hour
    if not engine.limits.rate(f"waba:{waba.id}", engine.clock.now(), hourly / HOUR_S, hourly):
        minutes = max(1, round(60 / hourly))
        usage = f'{{"{waba.id}":[{{"type":"whatsapp","call_count":100,"estimated_time_to_regain_access":{minutes}}}]}}'
        raise GraphError(80007, headers={"X-Business-Use-Case-Usage": usage})


def show(engine: Engine, request: Request, waba: Waba) -> Response:
    """The account."""
    return Response({"id": waba.id, "name": "WABA", "currency": "IDR", "timezone_id": "66"})


def phone_numbers(engine: Engine, request: Request, waba: Waba) -> Response:
    """The account's numbers."""
    found = [n for n in engine.accounts.numbers.values() if n.waba_id == waba.id]
    data = [{"id": n.id, "verified_name": n.verified_name, "display_phone_number": f"+{n.display}"} for n in found]
    return Response({"data": data})


def subscriptions(engine: Engine, request: Request, waba: Waba) -> Response:
    """Which app listens, and where."""
    if not waba.subscribed:
        return Response({"data": []})
    app: dict[str, Any] = {"whatsapp_business_api_data": {"id": APP_ID, "name": "App"}}
    if waba.callback:
        app["override_callback_uri"] = waba.callback.url
    return Response({"data": [app]})


def add_subscription(engine: Engine, request: Request, waba: Waba) -> Answer:
    """Listen to the account, optionally at another address."""
    waba.subscribed = True
    return subscribe(engine, waba, request.object())


def drop_subscription(engine: Engine, request: Request, waba: Waba) -> Response:
    """Stop listening."""
    waba.subscribed, waba.callback = False, None
    return Response({"success": True})


def list_templates(engine: Engine, request: Request, waba: Waba) -> Response:
    """Templates, filtered and paged by `limit` and `after`."""
    own = engine.templates.of(waba.id)
    found = [item for item in own if request.query.get("name", "") in item.name]
    for name in ("status", "language", "category"):
        if wanted := request.query.get(name):
            found = [item for item in found if getattr(item, name) in wanted.split(",")]
    start, size = int(request.query.get("after", "0")), int(request.query.get("limit", "25"))
    page = found[start : start + size]
    wish = request.query.get("fields")
    shown = [item.public() for item in page]
    if wish:
        shown = [{k: v for k, v in item.items() if k in (*wish.split(","), "id")} for item in shown]
    paging: dict[str, Any] = {"cursors": {"before": str(start), "after": str(start + len(page))}}
    if start + size < len(found):
        paging["next"] = f"{request.base}{request.path}?limit={size}&after={start + size}"
    answer: dict[str, Any] = {"data": shown, "paging": paging}
    if "summary" in request.query:
        answer["summary"] = {
            "total_count": len(found),
            "message_template_count": len(own),
            "message_template_limit": engine.behaviour.template_limit,
            "are_translations_complete": True,
        }
    return Response(answer)


def create_template(engine: Engine, request: Request, waba: Waba) -> Response:
    """Submit a template for review."""
    hourly = engine.behaviour.templates_per_hour
    if not engine.limits.rate(f"create:{waba.id}", engine.clock.now(), hourly / HOUR_S, hourly):
        raise GraphError(80007, "Too many templates were created within an hour.")
    template = lifecycle.submit(engine, waba.id, request.object())
    return Response({"id": template.id, "status": template.status, "category": template.category})


def delete_templates(engine: Engine, request: Request, waba: Waba) -> Response:
    """Delete by name (every language) or by `hsm_id`."""
    name, only = request.query.get("name", ""), request.query.get("hsm_id")
    found = [t for t in engine.templates.of(waba.id) if t.name == name and only in (None, t.id)]
    if not found:
        raise missing(only or name)
    for template in found:
        engine.templates.remove(template)
    return Response({"success": True})


def one_template(engine: Engine, request: Request, template: Template) -> Response:
    """Show a template, or edit it, which sends it back to review."""
    if request.method == "GET":
        return Response(template.public())
    if request.method != "POST":
        raise GraphError(100, f"Unsupported {request.method} request.")
    body = request.object()
    changed: dict[str, Any] = {name: body[name] for name in ("category", "components") if name in body}
    kept = {"parameter_format": template.parameter_format, "category": template.category}
    check_components({"components": template.components, **kept, **changed})
    engine.templates.put(
        template.waba, {"name": template.name, "language": template.language, **changed, "status": "PENDING"}
    )
    engine.clock.after(engine.behaviour.approval_delay_s, "template.review", template=template.id)
    return Response({"success": True})


HANDLERS: dict[tuple[str, str], Handler] = {
    ("GET", ""): show,
    ("GET", "phone_numbers"): phone_numbers,
    ("GET", "subscribed_apps"): subscriptions,
    ("POST", "subscribed_apps"): add_subscription,
    ("DELETE", "subscribed_apps"): drop_subscription,
    ("GET", "message_templates"): list_templates,
    ("POST", "message_templates"): create_template,
    ("DELETE", "message_templates"): delete_templates,
}
