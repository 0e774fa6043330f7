"""Rules for a new template, before any human would look at it."""

from __future__ import annotations

import re
from typing import Any

from setia.emulator.errors import GraphError
from setia.emulator.templates.buttons import check_buttons
from setia.emulator.templates.parameters import BODY_MAX, MEDIA, variables
from setia.emulator.templates.registry import Registry

NAME = re.compile(r"^[a-z0-9_]{1,512}$")
CATEGORIES = ("MARKETING", "UTILITY", "AUTHENTICATION")
KINDS = frozenset({"HEADER", "BODY", "FOOTER", "BUTTONS", "CAROUSEL", "LIMITED_TIME_OFFER", "CALL_PERMISSION_REQUEST"})
EDGE = re.compile(r"^\s*\{\{|\}\}\s*$")
ADJACENT = re.compile(r"\}\}\s*\{\{")


def check_new(registry: Registry, waba: str, data: dict[str, Any], limit: int) -> None:
    """Raise GraphError when the template cannot be submitted at all."""
    for name in ("name", "language", "category"):
        if not isinstance(data.get(name), str) or not data[name]:
            raise GraphError(100, f"The parameter {name} is required.")
    if not NAME.match(data["name"]):
        raise GraphError(100, "name may hold lower-case letters, digits and underscores only.", subcode=2388023)
    if data["category"] not in CATEGORIES:
        raise GraphError(100, f"category must be one of {', '.join(CATEGORIES)}.")
    if registry.find(waba, data["name"], data["language"]):
        raise GraphError(100, "There is already content in this language.", subcode=2388024)
    if len(registry.of(waba)) >= limit:
        raise GraphError(100, f"This account may hold {limit} templates.", subcode=2388019)
    check_components(data)


def check_components(data: dict[str, Any]) -> None:
    """Body present, not too long, variables in place and with examples."""
    form = data.get("parameter_format", "positional")
    if not isinstance(form, str) or form.lower() not in ("named", "positional"):
        raise GraphError(100, "parameter_format must be named or positional.")
    parts = by_type(data.get("components"))
    if "BODY" not in parts:
        raise GraphError(100, "A BODY component is required.")
    for kind, limit in (("HEADER", 60), ("BODY", BODY_MAX), ("FOOTER", 60)):
        text = parts.get(kind, {}).get("text", "")
        if len(text) > limit:
            raise GraphError(100, f"{kind} is longer than {limit} characters.", subcode=2388040)
        check_variables(text, named=form.lower() == "named")
    body = parts["BODY"]
    if data["category"] != "AUTHENTICATION" and not body.get("text", "").strip():
        raise GraphError(100, "BODY needs a text.")
    if EDGE.search(body.get("text", "")):
        raise GraphError(100, "A body may not begin or end with a variable.", subcode=2388299)
    if variables(body.get("text", "")) and not body.get("example"):
        raise GraphError(100, "Variables need an example.", subcode=2388043)
    check_order(data["components"])
    check_header(parts.get("HEADER"))
    check_buttons(parts.get("BUTTONS", {}).get("buttons", []))


def check_order(components: list[dict[str, Any]]) -> None:
    """Each part once, of a kind that exists. Their order is free."""
    kinds = [part["type"].upper() for part in components]
    if len(set(kinds)) < len(kinds):
        raise GraphError(100, "Every component may stand once.", subcode=2388299)
    if unknown := set(kinds) - KINDS:
        raise GraphError(100, f"Unknown component type {sorted(unknown)[0]}.")


def check_header(header: dict[str, Any] | None) -> None:
    """Words with at most one variable and its example, or a medium with an example that was handed over."""
    if header is None:
        return
    form = header.get("format", "").upper()
    if form not in ("TEXT", "LOCATION", *MEDIA):
        raise GraphError(100, "The header needs a format: TEXT, IMAGE, VIDEO, DOCUMENT or LOCATION.")
    if form == "TEXT":
        if not header.get("text", "").strip():
            raise GraphError(100, "A text header needs a text.", subcode=2388047)
        if len(variables(header["text"])) > 1:
            raise GraphError(100, "A header has at most one variable.", subcode=2388047)
        if variables(header["text"]) and not header.get("example"):
            raise GraphError(100, "Variables need an example.", subcode=2388043)
    example = header.get("example") if isinstance(header.get("example"), dict) else {}
    if form in MEDIA and not (isinstance(example.get("header_handle"), list) and example["header_handle"]):
        raise GraphError(100, "A media header needs an example handle.", subcode=2388273)


def by_type(components: Any) -> dict[str, dict[str, Any]]:
    """The components by upper-case type, each known to be an object whose texts are texts."""
    if not isinstance(components, list) or not components:
        raise GraphError(100, "The parameter components is required.")
    parts: dict[str, dict[str, Any]] = {}
    for part in components:
        if not isinstance(part, dict) or not isinstance(part.get("type"), str):
            raise GraphError(100, "Every component is an object with a type.")
        buttons = part.get("buttons", [])
        if not isinstance(buttons, list) or not all(isinstance(button, dict) for button in buttons):
            raise GraphError(100, "buttons is a list of objects.")
        for holder in (part, *buttons):
            if any(not isinstance(holder.get(name, ""), str) for name in ("text", "format", "url", "type")):
                raise GraphError(100, "text, format, url and type are texts.")
        parts[part["type"].upper()] = part
    return parts


def check_variables(text: str, *, named: bool) -> None:
    """Positional variables count 1, 2, 3; named ones are lower-case words; none may touch another."""
    names = variables(text)
    right = all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in names)
    fits = right if named else names == [str(i) for i in range(1, len(names) + 1)]
    if not fits:
        raise GraphError(100, "The variables do not follow the parameter format.", subcode=2388073)
    if ADJACENT.search(text):
        raise GraphError(100, "Two variables need text between them.", subcode=2388073)
