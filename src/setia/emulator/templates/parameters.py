"""What a template expects at sending time, whether it got it, and how the customer sees the result."""

from __future__ import annotations

import re
from typing import Any

from setia.emulator.errors import GraphError
from setia.emulator.templates.registry import Template

VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
BODY_MAX = 1024
MEDIA = ("IMAGE", "VIDEO", "DOCUMENT")
UNCLEAN = re.compile(r"[\n\t]| {5,}")


def variables(text: str) -> list[str]:
    """The distinct variables of a text in order of appearance."""
    return list(dict.fromkeys(VARIABLE.findall(text)))


def check_parameters(template: Template, given: list[dict[str, Any]]) -> None:
    """Count (132000), format (132012) and length (132005) of the parameters of one send."""
    header, body = template.component("HEADER"), template.component("BODY") or {}
    values = texts(template, "body", body.get("text", ""), parameters(given, "body"))
    if len(substitute(body.get("text", ""), values)) > BODY_MAX:
        raise GraphError(132005, f"The body is longer than {BODY_MAX} characters.")
    check_header(template, header, parameters(given, "header"))
    for index, button in enumerate(template.buttons()):
        check_button(button, index, parameters(given, "button", index))


def check_header(template: Template, header: dict[str, Any] | None, given: list[dict[str, Any]]) -> None:
    """A text header takes text, a media header one medium of its kind, no header takes nothing."""
    form = header.get("format", "TEXT").upper() if header else "TEXT"
    if form == "TEXT":
        texts(template, "header", header.get("text", "") if header else "", given)
        return
    if len(given) != 1:
        raise GraphError(132012, f"The header expects one {form.lower()}, got {len(given)} parameters.")
    kind = given[0].get("type")
    if kind != form.lower() or not isinstance(given[0].get(kind), dict):
        raise GraphError(132012, f"The header expects a parameter of type {form.lower()}.")


def check_button(button: dict[str, Any], index: int, given: list[dict[str, Any]]) -> None:
    """A link with a variable needs its text; a code to copy needs the code."""
    kind = button.get("type", "").upper()
    needs = len(variables(button.get("url", ""))) if kind == "URL" else int(kind in ("COPY_CODE", "OTP"))
    if kind in ("QUICK_REPLY", "FLOW", "REQUEST_CONTACT_INFO", "PHONE_NUMBER"):
        return
    if len(given) != needs:
        raise GraphError(132000, f"Button {index} expects {needs} parameters, got {len(given)}.")


def parameters(components: list[dict[str, Any]], kind: str, index: int | None = None) -> list[dict[str, Any]]:
    """The parameters given for one component."""
    for part in components:
        if str(part.get("type", "")).lower() == kind and (index is None or str(part.get("index", "0")) == str(index)):
            return [item for item in part.get("parameters", []) if isinstance(item, dict)]
    return []


def texts(template: Template, place: str, text: str, given: list[dict[str, Any]]) -> dict[str, str]:
    """The values of the variables of a text, by name; raises 132000 or 132012."""
    expected = variables(text)
    if len(given) != len(expected):
        raise GraphError(132000, f"{place}: number of parameters {len(given)} differs from expected {len(expected)}.")
    values: dict[str, str] = {}
    for position, item in enumerate(given, start=1):
        name = item.get("parameter_name") if template.parameter_format == "named" else str(position)
        value = item.get("text")
        if item.get("type") in ("currency", "date_time"):
            value = (item.get(item["type"]) or {}).get("fallback_value")
        if name not in expected or not isinstance(value, str) or not value:
            raise GraphError(132012, f"{place}: parameter {position} does not fit the template.")
        if UNCLEAN.search(value):
            raise GraphError(132012, f"{place}: a parameter has a line break, a tab or more than 4 spaces.")
        values[name] = value
    return values


def substitute(text: str, values: dict[str, str]) -> str:
    """Put the values into the text."""
    return VARIABLE.sub(lambda match: values.get(match[1], match[0]), text)


def render(template: Template, given: list[dict[str, Any]]) -> dict[str, Any]:
    """What the customer sees: `header` (text or medium), `body`, `footer`, `buttons`."""
    header, footer = template.component("HEADER"), template.component("FOOTER")
    body = (template.component("BODY") or {}).get("text", "")
    shown: dict[str, Any] = {"body": substitute(body, texts(template, "body", body, parameters(given, "body")))}
    if header and header.get("format", "TEXT").upper() == "TEXT":
        text = header.get("text", "")
        shown["header"] = {"text": substitute(text, texts(template, "header", text, parameters(given, "header")))}
    elif header and (media := parameters(given, "header")):
        shown["header"] = {media[0]["type"]: media[0][media[0]["type"]]}
    if footer:
        shown["footer"] = footer.get("text", "")
    shown["buttons"] = [render_button(b, parameters(given, "button", i)) for i, b in enumerate(template.buttons())]
    return shown


def render_button(button: dict[str, Any], given: list[dict[str, Any]]) -> dict[str, str]:
    """A button with its link or reply payload filled in."""
    kind, text = button.get("type", "").upper(), button.get("text", "")
    shown = {"type": kind, "text": text}
    value = next((str(v) for item in given for k, v in item.items() if k in ("text", "payload", "coupon_code")), "")
    if kind == "URL":
        url = button.get("url", "")
        shown["url"] = substitute(url, dict.fromkeys(variables(url), value))
    if kind == "QUICK_REPLY":
        shown["payload"] = value or text
    return shown
