"""The phone page: be any customer, write to the shop, see what it sends. Works without JavaScript."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from setia.emulator import account_events, inbound, statuses
from setia.emulator.api import Request, Response, multipart
from setia.emulator.engine import Engine
from setia.emulator.errors import GraphError
from setia.emulator.phone import page
from setia.emulator.phone.bubbles import bubble
from setia.emulator.phone.view import View
from setia.emulator.phone.words import language
from setia.emulator.sample import picture
from setia.emulator.users import User

STATIC = Path(__file__).resolve().parent.parent / "static"
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "img-src 'self' http: https:",
        "media-src 'self' http: https:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'self' http://127.0.0.1:* http://localhost:*",
    )
)
SPOT = {"latitude": -7.8014, "longitude": 110.3647, "name": "Rumah", "address": "Jl. Contoh 5, dekat pasar"}


def handle(engine: Engine, request: Request) -> Response:
    """Pages, their parts, and what is sent from them."""
    parts = request.path.strip("/").split("/")
    try:
        if parts[0] == "static" and len(parts) == 2:
            return static(parts[1])
        if parts[0] == "phone-media" and len(parts) == 2:
            return show_medium(engine, parts[1])
        view = View(engine, engine.number(request.query.get("number")), language(request))
        if parts[0] in ("", "people"):
            return picking(view, request, whole=parts[0] == "")
        if parts[0] == "phone" and len(parts) in (2, 3):
            view.user = engine.users.get(parts[1])
            return chatting(view, view.user, request, parts[2] if len(parts) == 3 else "")
    except LookupError:
        pass
    except (GraphError, ValueError, KeyError) as problem:
        return Response({"error": str(problem)}, 400)
    return Response("<!doctype html><title>404</title><p>404</p>", 404, {"Content-Type": "text/html; charset=utf-8"})


def html(body: str, request: Request) -> Response:
    """A page with its protective headers; a chosen language is remembered."""
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
    if request.query.get("lang") in ("id", "en"):
        headers["Set-Cookie"] = f"lang={request.query['lang']}; Path=/; SameSite=Lax"
    return Response(body, 200, headers)


def picking(view: View, request: Request, *, whole: bool) -> Response:
    """The picker as a page, or only its rows for the script."""
    query = request.query.get("q", "")
    active = view.engine.users.find(request.query.get("active", ""))
    return html(page.people_page(view, query) if whole else page.people(view, query, active), request)


def chatting(view: View, user: User, request: Request, what: str) -> Response:
    """The phone, its changes since a revision, or an act on it."""
    if request.method == "GET" and what == "":
        return html(page.chat_page(view, user, request.query.get("q", "")), request)
    if request.method == "GET" and what == "feed":
        return feed(view, user, int(request.query.get("since", "0")))
    if request.method == "POST" and what == "seen":
        return Response({"read": statuses.opened(view.engine, view.number.id, user)})
    if request.method == "POST" and what == "messages":
        act(view, user, fields_of(request))
        if request.headers.get("accept", "").startswith("application/json"):
            return Response({"success": True})
        return Response(b"", 303, {"Location": f"{view.address(user)}#end"})
    raise LookupError(what)


def feed(view: View, user: User, since: int) -> Response:
    """What changed on this phone after a revision, as finished list items."""
    changed = [m for m in view.visible(user) if m.changed > since]
    items = [{"id": f"m{m.seq}", "html": bubble(view, m)} for m in changed]
    unread = any(m.direction == "out" and "read" not in m.statuses for m in view.visible(user))
    return Response(
        {
            "revision": view.engine.log.revision,
            "items": items,
            "unread": unread and user.reads,
            "presence": page.presence(view, user),
            "now": view.hour(view.engine.clock.now()),
        }
    )


def fields_of(request: Request) -> dict[str, Any]:
    """A posted form of either encoding; a file is (name, type, bytes)."""
    kind = request.headers.get("content-type", "")
    if kind.startswith("multipart/"):
        parts = multipart(request.body, kind)
        return {name: part if name == "file" else part[2].decode() for name, part in parts.items()}
    return dict(parse_qsl(request.body.decode(), keep_blank_values=True))


def act(view: View, user: User, fields: dict[str, Any]) -> None:
    """Do what a form of the page asks for."""
    engine, number, kind = view.engine, view.number, fields.get("kind", "text")
    if kind == "preference":
        account_events.prefer(engine, number, user, fields.get("value", "stop"))
    elif kind == "tap":
        inbound.tap(engine, number, user, fields["message"], fields["choice"])
    else:
        form, content = made(view, user, kind, fields)
        inbound.receive(engine, number, user, form, content)


def made(view: View, user: User, kind: str, fields: dict[str, Any]) -> tuple[str, Any]:
    """(type, content) of the message a form sends."""
    if kind == "text":
        words = fields["text"].replace("\r\n", "\n").strip()
        if not words:
            raise ValueError("nothing written")
        return "text", {"body": words}
    if kind == "stop":
        return "text", {"body": "STOP"}
    if kind == "image":
        return "image", stored(view, picture(), "image/png", "")
    if kind == "upload":
        name, mime_type, data = fields["file"]
        form = "image" if mime_type.startswith("image/") else "document"
        return form, stored(view, data, mime_type, name if form == "document" else "")
    if kind == "location":
        return "location", dict(SPOT)
    if kind == "reaction":
        return "reaction", {"message_id": fields["message"], **({"emoji": fields["emoji"]} if fields["emoji"] else {})}
    if kind == "order":
        item = {"product_retailer_id": fields["value"], "quantity": 1, "item_price": 0, "currency": "IDR"}
        return "order", {"catalog_id": "700100", "text": "", "product_items": [item]}
    if kind == "share_phone":
        phones = [{"phone": f"+{user.phone}", "wa_id": user.phone, "type": "CELL"}] if user.phone else []
        return "contacts", [{"name": {"formatted_name": user.name}, "phones": phones, "origin": "contact_request"}]
    raise ValueError(f"unknown kind {kind}")


def stored(view: View, data: bytes, mime_type: str, filename: str) -> dict[str, Any]:
    """A customer's file as the webhook describes it."""
    medium = view.engine.media.add(
        view.number.id, data, mime_type, view.engine.clock.now(), inbound=True, filename=filename
    )
    content = {"id": medium.id, "mime_type": mime_type, "sha256": medium.sha256}
    return {**content, "filename": filename} if filename else content


def show_medium(engine: Engine, media_id: str) -> Response:
    """A picture on the phone itself needs no token; it never leaves as anything but a picture, sound or file."""
    medium = engine.media.peek(media_id)
    safe = medium.mime_type.startswith(("image/", "audio/", "video/"))
    headers = {"Content-Type": medium.mime_type if safe else "application/octet-stream"}
    headers |= {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=3600"}
    return Response(engine.media.read(medium), 200, headers)


def static(name: str) -> Response:
    """The page's own style, script and icon."""
    path = STATIC / name
    if path.suffix not in TYPES or not path.is_file():
        raise LookupError(name)
    return Response(path.read_bytes(), 200, {"Content-Type": TYPES[path.suffix], "Cache-Control": "no-cache"})
