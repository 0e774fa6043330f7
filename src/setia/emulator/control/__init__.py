"""The `/_emu/…` interface: what a test or the demo does to the emulated world, and what it may ask about it.

Everything takes and gives JSON. A wrong name or value answers 400, a thing that does not exist 404, both with `error`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from setia.emulator.api import Answer, Request, Response
from setia.emulator.control import business, chats, people, reports, wire
from setia.emulator.engine import Engine
from setia.emulator.errors import GraphError

Handler = Callable[..., Any]
ROUTES: dict[tuple[str, str], Handler] = {
    **people.ROUTES,
    **business.ROUTES,
    **chats.ROUTES,
    **wire.ROUTES,
    **reports.ROUTES,
}


def handle(engine: Engine, request: Request) -> Answer:
    """Dispatch on method and path; `*` in a route is one path segment, given to the handler."""
    parts = request.path.removeprefix("/_emu/").strip("/").split("/")
    try:
        for (method, pattern), handler in ROUTES.items():
            caught = match(pattern.split("/"), parts) if method == request.method else None
            if caught is not None:
                return answer(handler(engine, request, *caught))
        return Response({"error": f"no such control: {request.method} {request.path}"}, 404)
    except LookupError as problem:
        return Response({"error": str(problem).strip("'\"")}, 404)
    except (ValueError, TypeError, GraphError) as problem:
        return Response({"error": str(problem)}, 400)


def match(pattern: list[str], parts: list[str]) -> list[str] | None:
    """The segments under `*`, or None when the path does not fit."""
    if len(pattern) != len(parts) or any(want not in ("*", part) for want, part in zip(pattern, parts, strict=True)):
        return None
    return [part for want, part in zip(pattern, parts, strict=True) if want == "*"]


def answer(result: Any) -> Answer:
    """A handler's result as an answer; a callable is run later, without the lock."""
    if callable(result):
        return lambda: Response(result())
    return result if isinstance(result, Response) else Response(result)
