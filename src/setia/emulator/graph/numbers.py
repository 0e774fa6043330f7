"""Edges of a business phone number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from setia.emulator import coexistence, sending
from setia.emulator.accounts import Callback, Number, missing
from setia.emulator.api import Answer, Request, Response
from setia.emulator.engine import Engine
from setia.emulator.errors import GraphError
from setia.emulator.graph import files
from setia.emulator.users import digits
from setia.emulator.validation import check_product
from setia.emulator.validation.fields import mapping, sequence

Handler = Callable[[Engine, Request, Number], Answer]
TIERS = {250: "TIER_250", 2_000: "TIER_2K", 10_000: "TIER_10K", 100_000: "TIER_100K", None: "TIER_UNLIMITED"}
BLOCK_WITHIN_S = 86_400.0


def route(request: Request, edge: str) -> tuple[str, Handler]:
    """(fault route, handler) of an edge; an unknown one is 100."""
    if edge == "messages" and request.method == "POST":
        body = request.json()
        reading = isinstance(body, dict) and body.get("status") == "read"
        return ("messages.read" if reading else "messages.send"), messages
    if edge == "media" and request.method == "POST":
        return "media.upload", files.upload
    handler = HANDLERS.get((request.method, edge.split("/")[0]))
    if handler is None:
        raise GraphError(100, f"Unsupported {request.method} request to '{edge}'.")
    return "number", handler


def messages(engine: Engine, request: Request, number: Number) -> Response:
    """Send a message or a read receipt."""
    return Response(sending.handle(engine, number, request.json()))


def show(engine: Engine, request: Request, number: Number) -> Response:
    """The number's own fields, filtered by `fields`."""
    own = number.display
    limit = TIERS.get(engine.behaviour.messaging_limit, "TIER_250")
    addresses = {"application": engine.settings.webhook_url}
    if number.callback:
        addresses["phone_number"] = number.callback.url
    known = {
        "verified_name": number.verified_name,
        "display_phone_number": f"+{own[:2]} {own[2:5]}-{own[5:9]}-{own[9:]}",
        "quality_rating": number.quality,
        "status": "CONNECTED" if number.registered and not number.lock else "RESTRICTED",
        "throughput": {"level": "STANDARD" if number.throughput_mps <= 80 else "HIGH"},
        "code_verification_status": "VERIFIED",
        "platform_type": "CLOUD_API",
        "name_status": "APPROVED",
        "is_on_biz_app": number.coexistence,
        "whatsapp_business_manager_messaging_limit": limit,
        "webhook_configuration": addresses,
    }
    wanted = request.query.get("fields", "verified_name,display_phone_number,quality_rating").split(",")
    return Response({**{name: known[name] for name in wanted if name in known}, "id": number.id})


def configure(engine: Engine, request: Request, number: Number) -> Answer:
    """Change the number's webhook address; the handshake decides."""
    wish = request.object().get("webhook_configuration")
    if not isinstance(wish, dict):
        raise GraphError(100, "webhook_configuration is required.")
    return subscribe(engine, number, wish)


def subscribe(engine: Engine, owner: Any, wish: dict[str, Any]) -> Answer:
    """Set or remove `owner.callback` after a successful handshake."""
    url = str(wish.get("override_callback_uri", ""))
    if not url:
        owner.callback = None
        return Response({"success": True})
    if len(url) > 200:
        raise GraphError(100, "override_callback_uri is longer than 200 characters.")

    def shake() -> Response:
        problem = engine.webhooks.verify(url, str(wish.get("verify_token", "")), engine.transport)
        if problem:
            return Response(GraphError(2200, problem).body(""), 400)
        owner.callback = Callback(url, str(wish.get("verify_token", "")))
        return Response({"success": True})

    return shake


def read_profile(engine: Engine, request: Request, number: Number) -> Response:
    """The public profile."""
    return Response({"data": [{**number.profile, "messaging_product": "whatsapp"}]})


def write_profile(engine: Engine, request: Request, number: Number) -> Response:
    """Change the public profile."""
    body = check_product(request.object())
    known = ("about", "address", "description", "email", "vertical", "websites", "profile_picture_handle")
    number.profile |= {name: body[name] for name in known if name in body}
    return Response({"success": True})


def block(engine: Engine, request: Request, number: Number) -> Response:
    """Block or unblock users; blocking only those who wrote within 24 hours."""
    body = check_product(request.object())
    done, refused = [], []
    for item in sequence(body, "block_users", 1, 1_000, "body"):
        given = str(mapping(item, "block_users[]").get("user", ""))
        user = engine.users.find(digits(given)) or engine.users.find(given)
        recent = user and any(
            m.direction == "in" and engine.clock.now() - m.at < BLOCK_WITHIN_S
            for m in engine.log.chat(number.id, user.key)
        )
        if user is None or (request.method == "POST" and not recent):
            refused.append({"input": given, "errors": [GraphError(131009, "The user did not write recently.").item()]})
            continue
        keep = [key for key in number.blocked_users if key != user.key]
        number.blocked_users = [*keep, user.key] if request.method == "POST" else keep
        done.append({"input": given, "wa_id": user.phone} if user.phone else {"input": given, "user_id": user.bsuid})
    name = "added_users" if request.method == "POST" else "removed_users"
    result = {name: done, **({"failed_users": refused} if refused else {})}
    return Response({"messaging_product": "whatsapp", "block_users": result})


def blocked(engine: Engine, request: Request, number: Number) -> Response:
    """Who is blocked."""
    found = [engine.users.get(key) for key in number.blocked_users]
    data = [{"messaging_product": "whatsapp", "wa_id": user.phone or user.bsuid} for user in found]
    return Response({"data": [{"block_users": data}] if data else []})


def make_link(engine: Engine, request: Request, number: Number) -> Response:
    """A short link with a prefilled message, or a new text for an existing one."""
    body = request.object()
    text = str(body.get("prefilled_message", ""))
    if not 1 <= len(text) <= 140:
        raise GraphError(100, "prefilled_message must have 1 to 140 characters.")
    if len(number.qrdls) >= 2_000 and str(body.get("code", "")) not in number.qrdls:
        raise GraphError(100, "A number has at most 2000 short links.")
    code = str(body["code"]) if str(body.get("code", "")) in number.qrdls else engine.ids.word(14).upper()
    link = {"code": code, "prefilled_message": text, "deep_link_url": f"https://wa.me/message/{code}"}
    number.qrdls[code] = link
    image = {"qr_image_url": f"{request.base}/_qr/{code}"} if body.get("generate_qr_image") else {}
    return Response({**link, **image})


def links(engine: Engine, request: Request, number: Number) -> Response:
    """All short links, or one."""
    code = request.path.rstrip("/").rpartition("/")[2]
    if code == "message_qrdls":
        return Response({"data": list(number.qrdls.values())})
    if code not in number.qrdls:
        raise missing(code)
    return Response({"data": [number.qrdls[code]]})


def drop_link(engine: Engine, request: Request, number: Number) -> Response:
    """Delete a short link."""
    code = request.path.rstrip("/").rpartition("/")[2]
    if number.qrdls.pop(code, None) is None:
        raise missing(code)
    return Response({"success": True})


def forget_contact(engine: Engine, request: Request, number: Number) -> Response:
    """Remove a user from the contact book: privacy erasure."""
    user = engine.users.find(request.query.get("bsuid", ""))
    if user is None:
        raise missing(request.query.get("bsuid", ""))
    user.in_contact_book = False
    user.seen.clear()
    return Response({"success": True})


def sync(engine: Engine, request: Request, number: Number) -> Response:
    """Coexistence: ask for the phone book or the history, once, soon after onboarding."""
    body = check_product(request.object())
    coexistence.request_sync(engine, number, str(body.get("sync_type", "")))
    return Response({"messaging_product": "whatsapp", "request_id": engine.ids.word(16)})


HANDLERS: dict[tuple[str, str], Handler] = {
    ("GET", ""): show,
    ("POST", ""): configure,
    ("GET", "whatsapp_business_profile"): read_profile,
    ("POST", "whatsapp_business_profile"): write_profile,
    ("POST", "block_users"): block,
    ("DELETE", "block_users"): block,
    ("GET", "block_users"): blocked,
    ("POST", "message_qrdls"): make_link,
    ("GET", "message_qrdls"): links,
    ("DELETE", "message_qrdls"): drop_link,
    ("DELETE", "contact_book"): forget_contact,
    ("POST", "smb_app_data"): sync,
}
