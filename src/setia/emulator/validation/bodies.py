"""One check per message type. Limits are the platform's documented ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from setia.emulator.errors import GraphError
from setia.emulator.validation.fields import mapping, one_of, optional_text, sequence, text
from setia.emulator.validation.interactive import check_interactive

TEXT_MAX = 4096
CAPTION_MAX = 1024


def check_text(body: Any) -> None:
    """A plain text."""
    text(body, "body", TEXT_MAX, "text")


def media_check(kind: str, *, captioned: bool) -> Callable[[Any], None]:
    """Media by id or by link, exactly one of them."""

    def check(body: Any) -> None:
        holder = mapping(body, kind)
        if bool(holder.get("id")) == bool(holder.get("link")):
            raise GraphError(131009 if holder.get("id") else 131008, f"{kind} needs either an id or a link.")
        link = holder.get("link")
        if link is not None and not str(link).startswith(("http://", "https://")):
            raise GraphError(131009, f"{kind}.link must be a URL.")
        if not captioned and holder.get("caption"):
            raise GraphError(131009, f"{kind} cannot have a caption.")
        optional_text(holder, "caption", CAPTION_MAX, kind)
        optional_text(holder, "filename", 240, kind)

    return check


def check_location(body: Any) -> None:
    """Latitude and longitude in degrees."""
    holder = mapping(body, "location")
    for name, bound in (("latitude", 90), ("longitude", 180)):
        value = holder.get(name)
        if value is None:
            raise GraphError(131008, f"The parameter location.{name} is required.")
        try:
            inside = abs(float(value)) <= bound
        except (TypeError, ValueError):
            inside = False
        if not inside:
            raise GraphError(131009, f"location.{name} must be a number of degrees.")
    optional_text(holder, "name", 1000, "location")
    optional_text(holder, "address", 1000, "location")


def check_contacts(body: Any) -> None:
    """A list of contact cards."""
    for card in sequence({"contacts": body}, "contacts", 1, 257, "message"):
        text(mapping(card, "contacts[]").get("name"), "formatted_name", 1000, "contacts[].name")


def check_reaction(body: Any) -> None:
    """An emoji on a message; an empty emoji takes it back."""
    holder = mapping(body, "reaction")
    text(holder, "message_id", 256, "reaction")
    if not isinstance(holder.get("emoji", ""), str) or len(holder.get("emoji", "")) > 16:
        raise GraphError(131009, "reaction.emoji must be one emoji.")


def check_template(body: Any) -> None:
    """Only the outer form; the registry checks the parameters."""
    holder = mapping(body, "template")
    text(holder, "name", 512, "template")
    text(holder.get("language"), "code", 16, "template.language")
    components = holder.get("components", [])
    if not isinstance(components, list):
        raise GraphError(131009, "template.components must be a list.")
    for item in components:
        part = mapping(item, "template.components[]")
        one_of(part, "type", ("header", "body", "button", "carousel", "limited_time_offer"), "template.components[]")
        if not isinstance(part.get("parameters", []), list):
            raise GraphError(131009, "template.components[].parameters must be a list.")


BODIES: dict[str, Callable[[Any], None]] = {
    "text": check_text,
    "image": media_check("image", captioned=True),
    "video": media_check("video", captioned=True),
    "document": media_check("document", captioned=True),
    "audio": media_check("audio", captioned=False),
    "sticker": media_check("sticker", captioned=False),
    "location": check_location,
    "contacts": check_contacts,
    "reaction": check_reaction,
    "interactive": check_interactive,
    "template": check_template,
}
