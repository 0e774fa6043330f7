"""Message templates between our words and WhatsApp's: variables by name, lengths, parts. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

LONGEST: Final[Mapping[str, int]] = {"header": 60, "body": 1024, "footer": 60, "button": 25, "url": 2000, "phone": 20}
# More than three are hidden behind «see all»; of these kinds WhatsApp takes no more.
MOST_BUTTONS: Final = 3
MOST_OF: Final[Mapping[str, int]] = {"reply": 3, "url": 2, "phone": 1}
_OURS: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_THEIRS: Final = re.compile(r"\{\{\s*(\w+)\s*\}\}")


@dataclass(frozen=True)
class Wrong:
    """What WhatsApp would refuse: the part, a code, and what it is about."""

    field: str
    code: str
    about: str = ""


def variables(text: str) -> list[str]:
    """Names in braces, in order of appearance, each once."""
    return list(dict.fromkeys(_OURS.findall(text)))


def check(
    *, header: str, body: str, footer: str, buttons: Sequence[Mapping[str, str]], pictured: bool = False
) -> list[Wrong]:
    """Everything WhatsApp would refuse about the words, before it is asked. `pictured`: a picture is the heading."""
    wrong = [
        Wrong(field, "long", str(LONGEST[field]))
        for field, text in (("header", header), ("body", body), ("footer", footer))
        if len(text) > LONGEST[field]
    ]
    if not body.strip():
        wrong.append(Wrong("body", "empty"))
    if re.match(r"\s*\{", body) or re.search(r"\}\s*$", body):
        wrong.append(Wrong("body", "edge"))
    if re.search(r"\}\s*\{", body):
        wrong.append(Wrong("body", "adjacent"))
    if strange := re.findall(r"\{(?![a-z][a-z0-9_]*\})[^}]*\}?", header + body):
        wrong.append(Wrong("body", "name", strange[0]))
    if len(variables(header)) > 1:
        wrong.append(Wrong("header", "several"))
    if header and pictured:
        wrong.append(Wrong("header", "both"))
    if "{" in footer:
        wrong.append(Wrong("footer", "variable"))
    return wrong + _check_buttons(buttons)


def _check_buttons(buttons: Sequence[Mapping[str, str]]) -> list[Wrong]:
    """Words, addresses and numbers on buttons; how many of each kind; answers stand together."""
    wrong = [Wrong("buttons", "many", str(MOST_BUTTONS))] if len(buttons) > MOST_BUTTONS else []
    kinds = [one["type"] for one in buttons]
    wrong += [Wrong("buttons", f"many_{kind}", str(most)) for kind, most in MOST_OF.items() if kinds.count(kind) > most]
    changes = sum((one == "reply") != (other == "reply") for one, other in pairwise(kinds))
    if changes > 1:
        wrong.append(Wrong("buttons", "mixed"))
    if len({one["text"].lower() for one in buttons}) < len(buttons):
        wrong.append(Wrong("buttons", "twice"))
    for number, one in enumerate(buttons, start=1):
        row = one.get("row") or number
        wrong += [Wrong(f"button{row}", code, about) for code, about in _wrong_about(one)]
    return wrong


def _wrong_about(button: Mapping[str, str]) -> list[tuple[str, str]]:
    """Codes of what is wrong with one button, and what they are about."""
    kind, value = button["type"], button.get("value", "")
    found = [("long", str(LONGEST["button"]))] if len(button["text"]) > LONGEST["button"] else []
    if "{" in button["text"]:
        found.append(("variable", ""))
    if kind == "url":
        if not re.fullmatch(r"https?://[^\s/{}]+\.[^\s{}]+", value) or len(value) > LONGEST["url"]:
            found.append(("address", ""))
        elif re.match(r"https?://(?:wa\.me|api\.whatsapp\.com|(?:www\.)?whatsapp\.com)(?:/|$)", value, re.IGNORECASE):
            found.append(("whatsapp", ""))
    if kind == "phone" and not re.fullmatch(r"\+\d{6,19}", value):
        found.append(("phone", ""))
    return found


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its variables; one without a value stays."""
    return _OURS.sub(lambda found: values.get(found[1], found[0]), text)


def clean(value: str) -> str:
    """A value as WhatsApp takes it: no line breaks or tabs, no row of spaces."""
    return re.sub(r"\s+", " ", value).strip()


# --- To WhatsApp ------------------------------------------------------------------------------------------------------


def _named(text: str) -> str:
    return _OURS.sub(r"{{\1}}", text)


def components(
    *,
    header: str,
    body: str,
    footer: str,
    buttons: Sequence[Mapping[str, str]],
    examples: Mapping[str, str],
    picture: str = "",
) -> list[dict[str, Any]]:
    """The parts as they are submitted for review. `picture`: WhatsApp's handle of the example above the text."""
    made: list[dict[str, Any]] = []
    if picture:
        made.append({"type": "HEADER", "format": "IMAGE", "example": {"header_handle": [picture]}})
    elif header:
        made.append({"type": "HEADER", "format": "TEXT", "text": _named(header)} | _example("header", header, examples))
    made.append({"type": "BODY", "text": _named(body)} | _example("body", body, examples))
    if footer:
        made.append({"type": "FOOTER", "text": footer})
    if buttons:
        made.append({"type": "BUTTONS", "buttons": [_button(button) for button in buttons]})
    return made


def _example(part: str, text: str, examples: Mapping[str, str]) -> dict[str, Any]:
    names = variables(text)
    rows = [{"param_name": name, "example": clean(examples.get(name) or name)} for name in names]
    return {"example": {f"{part}_text_named_params": rows}} if rows else {}


def _button(button: Mapping[str, str]) -> dict[str, str]:
    if button["type"] == "url":
        return {"type": "URL", "text": button["text"], "url": button["value"]}
    if button["type"] == "phone":
        return {"type": "PHONE_NUMBER", "text": button["text"], "phone_number": button["value"]}
    return {"type": "QUICK_REPLY", "text": button["text"]}


def sending(
    *,
    name: str,
    language: str,
    header: str,
    body: str,
    positional: bool,
    values: Mapping[str, str],
    pictured: bool = False,
    picture: str = "",
) -> dict[str, Any]:
    """The `template` object of one message. `pictured`: it has a place for a picture, which is filled right before it
    leaves with the template's own; or now with another, the link of which is `picture`."""
    parts: list[dict[str, Any]] = []
    if pictured:
        image = {"link": picture} if picture else {}
        parts.append({"type": "header", "parameters": [{"type": "image", "image": image}]})
    for kind, text in (("header", header), ("body", body)):
        rows = []
        for variable in variables(text):
            row = {"type": "text", "text": clean(values[variable])}
            rows.append(row if positional else row | {"parameter_name": variable})
        if rows:
            parts.append({"type": kind, "parameters": rows})
    return {"name": name, "language": {"code": language}, "components": parts}


def picture_of(template: Any) -> dict[str, Any] | None:
    """The place for the picture in the `template` object of a message; None when it has none."""
    for part in template.get("components", []) if isinstance(template, dict) else []:
        for parameter in part["parameters"] if part.get("type") == "header" else []:
            if parameter.get("type") == "image":
                place: dict[str, Any] = parameter["image"]
                return place
    return None


# --- From WhatsApp ----------------------------------------------------------------------------------------------------


def read(row: Mapping[str, Any]) -> dict[str, Any]:
    """A template as WhatsApp lists it in our fields; `foreign` when it has parts we cannot fill, `pictured` when it
    wants a picture above the text."""
    found: dict[str, Any] = {"header": "", "body": "", "footer": "", "buttons": [], "foreign": False, "pictured": False}
    positional = str(row.get("parameter_format") or "POSITIONAL").upper() != "NAMED"
    for part in row.get("components") or []:
        kind = str(part.get("type") or "").upper()
        if kind == "BUTTONS":
            for button in part.get("buttons") or []:
                _read_button(button, found)
        elif kind in ("HEADER", "BODY", "FOOTER"):
            form = str(part.get("format") or "TEXT").upper() if kind == "HEADER" else "TEXT"
            found["pictured"] = found["pictured"] or form == "IMAGE"
            found["foreign"] = found["foreign"] or form not in ("TEXT", "IMAGE")
            found[kind.lower()] = _THEIRS.sub(
                lambda seen: f"{{{'v' + seen[1] if seen[1].isdigit() else seen[1]}}}", str(part.get("text") or "")
            )
        else:
            found["foreign"] = True
    return found | {"positional": positional}


def _read_button(button: Mapping[str, Any], found: dict[str, Any]) -> None:
    kinds = {"QUICK_REPLY": "reply", "URL": "url", "PHONE_NUMBER": "phone"}
    kind = kinds.get(str(button.get("type") or "").upper())
    value = str(button.get("url") or button.get("phone_number") or "")
    if kind is None or "{{" in value:
        found["foreign"] = True
        return
    found["buttons"].append({"type": kind, "text": str(button.get("text") or ""), "value": value})
