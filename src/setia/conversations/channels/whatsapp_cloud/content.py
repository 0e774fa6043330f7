"""What a message says in words, whatever its kind: for the thread, the list, and for finding things in it."""

from collections.abc import Callable
from typing import Any, Final

import msgspec

MEDIA: Final = ("image", "video", "audio", "document", "sticker")


def text_of(kind: str, content: Any) -> str:
    """The words of a message of `kind` with what stands under the kind's name; empty when there are none.

    Never fails: what has another shape than expected has no words.
    """
    reader = _READERS.get(kind)
    if reader is None or not isinstance(content, (dict, list)):
        return ""
    try:
        return reader(content).strip()
    except (AttributeError, KeyError, TypeError, ValueError, IndexError):
        return ""


def _words(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _document(content: Any) -> str:
    return _words(content.get("caption")) or _words(content.get("filename"))


def _location(content: Any) -> str:
    named = [_words(content.get("name")), _words(content.get("address"))]
    return "\n".join(part for part in named if part)


def _contacts(content: Any) -> str:
    lines = []
    for contact in content:
        name = _words(contact.get("name", {}).get("formatted_name"))
        phones = [_words(phone.get("phone")) or _words(phone.get("wa_id")) for phone in contact.get("phones", [])]
        lines.append(" ".join(part for part in (name, *phones) if part))
    return "\n".join(lines)


def _interactive(content: Any) -> str:
    reply = content.get(content.get("type", ""), {})
    if content.get("type") == "nfm_reply":
        answers = msgspec.json.decode(reply.get("response_json", "{}"))
        return "\n".join(f"{name}: {value}" for name, value in answers.items() if name != "flow_token")
    return "\n".join(part for part in (_words(reply.get("title")), _words(reply.get("description"))) if part)


def _order(content: Any) -> str:
    lines = [f"{item['quantity']} × {item['product_retailer_id']}" for item in content.get("product_items", [])]
    return "\n".join([*lines, _words(content.get("text"))])


_READERS: Final[dict[str, Callable[[Any], str]]] = {
    "text": lambda content: _words(content.get("body")),
    "image": lambda content: _words(content.get("caption")),
    "video": lambda content: _words(content.get("caption")),
    "document": _document,
    "location": _location,
    "contacts": _contacts,
    "button": lambda content: _words(content.get("text")),
    "interactive": _interactive,
    "order": _order,
    "system": lambda content: _words(content.get("body")),
}
