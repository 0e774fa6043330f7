"""Media over the wire: upload, resolve, download, and the traps for a careless client."""

from __future__ import annotations

from setia.emulator.accounts import Number
from setia.emulator.api import Effect, Request, Response, failed, multipart
from setia.emulator.engine import Engine
from setia.emulator.errors import GraphError
from setia.emulator.media import Medium

EXAMPLE_MAX = 16 * 1024 * 1024
EXAMPLES = ("image/jpeg", "image/png", "video/mp4", "application/pdf")


def upload(engine: Engine, request: Request, number: Number) -> Response:
    """Multipart upload of one file."""
    parts = multipart(request.body, request.headers.get("content-type", ""))
    if parts.get("messaging_product", ("", "", b""))[2] != b"whatsapp":
        raise GraphError(100, "The parameter messaging_product is required.")
    if "file" not in parts:
        raise GraphError(131008, "The parameter file is required.")
    name, kind, data = parts["file"]
    kind = parts["type"][2].decode() if "type" in parts else kind
    medium = engine.media.add(number.id, data, kind, engine.clock.now(), inbound=False, filename=name)
    return Response({"id": medium.id})


def begin_upload(engine: Engine, request: Request) -> Response:
    """A session for an example of a template's header (resumable upload): length and kind are told before."""
    length, kind = request.query.get("file_length", ""), request.query.get("file_type", "")
    if request.method != "POST" or not length.isdigit() or not 0 < int(length) <= EXAMPLE_MAX:
        raise GraphError(100, "file_length must be the size of the file.")
    if kind not in EXAMPLES:
        raise GraphError(100, f"file_type must be one of {', '.join(EXAMPLES)}.")
    return Response({"id": f"upload:{length}.{engine.ids.word(24)}"})


def finish_upload(engine: Engine, request: Request, session: str) -> Response:
    """The bytes of a session; the answer is the handle a template speaks of."""
    length = session.removeprefix("upload:").partition(".")[0]
    if request.method != "POST" or request.headers.get("file_offset") != "0":
        raise GraphError(100, "The header file_offset is required.")
    if len(request.body) != int(length):
        raise GraphError(100, f"The file has {len(request.body)} bytes, {length} were announced.")
    return Response({"h": f"4::{engine.ids.word(40)}"})


def one_medium(engine: Engine, request: Request, medium: Medium) -> Response:
    """Resolve an id to a short-lived address, or delete the file."""
    if request.method == "DELETE":
        engine.media.remove(medium)
        return Response({"success": True})
    if request.method != "GET":
        raise GraphError(100, f"Unsupported {request.method} request.")
    secret = engine.media.link(medium, engine.clock.now(), engine.behaviour.media_url_s)
    return Response(engine.media.describe(medium, f"{request.base}/_media/{secret}?mid={medium.id}"))


def download(engine: Engine, request: Request) -> Response:
    """The bytes behind an address: the token is needed, an expired address is gone."""
    now = engine.clock.now()
    try:
        engine.accounts.authenticate(request.headers.get("authorization", ""))
    except GraphError as error:
        engine.violations.add("unsent_media_token", now, path=request.path)
        return failed(error, engine.ids.word(12))
    medium = engine.media.follow(request.path.rpartition("/")[2], now)
    if medium is None:
        return Response({"error": {"message": "URL expired", "code": 404}}, 404)
    return spoil(engine, request, Response(engine.media.read(medium), 200, {"Content-Type": medium.mime_type}))


def spoil(engine: Engine, request: Request, answer: Response) -> Response:
    """Faults of the download itself."""
    do = engine.faults.pick("media.download")
    if "status" in do:
        return Response(b"", int(do["status"]))
    if "redirect" in do:
        foreign = do["redirect"] if isinstance(do["redirect"], str) else f"{request.base}/_foreign/file"
        return Response(b"", 302, {"Location": foreign})
    if "oversize" in do:
        answer.body = answer.body.ljust(int(do["oversize"]), b"\0")
    if "wrong_sha" in do:
        answer.body = answer.body[:-1] + bytes([answer.body[-1] ^ 255])
    if "reset" in do:
        answer.effect = Effect("reset")
    elif "truncate" in do:
        answer.effect = Effect("cut")
    elif "slow_body_s" in do:
        answer.effect = Effect("drip", float(do["slow_body_s"]))
    elif "slow_s" in do or "timeout_s" in do:
        answer.effect = Effect("slow", float(do.get("slow_s", do.get("timeout_s", 0))))
    return answer


def foreign(engine: Engine, request: Request) -> Response:
    """Stands for another host: whoever comes here followed a redirect, with the token or without."""
    kind = "token_to_foreign_host" if "authorization" in request.headers else "followed_redirect"
    engine.violations.add(kind, engine.clock.now(), path=request.path)
    return Response(b"", 200, {"Content-Type": "image/png"})
