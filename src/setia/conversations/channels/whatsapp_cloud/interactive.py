"""Messages one answers with a tap, in WhatsApp's shapes and lengths. Raises DomainError for what does not fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from setia.core.errors import DomainError

LONGEST_BODY: Final = 1024
LONGEST_LIST_BODY: Final = 4096
LONGEST_BUTTON: Final = 20
LONGEST_TITLE: Final = 24
LONGEST_DESCRIPTION: Final = 72
LONGEST_HEADING: Final = 60
MOST_BUTTONS: Final = 3
MOST_ROWS: Final = 10
MOST_PRODUCTS: Final = 30


@dataclass(frozen=True)
class Row:
    """One line of a list: what comes back, what is read, what stands below."""

    id: str
    title: str
    description: str = ""


def _body(text: str, most: int) -> dict[str, str]:
    text = text.strip()
    if not text:
        raise DomainError(_("Write something first."), code="empty", field="text")
    if len(text) > most:
        problem = _("These words may have %(most)s characters.") % {"most": most}
        raise DomainError(problem, code="too_long", field="text")
    return {"text": text}


def buttons(text: str, titles: Sequence[str]) -> dict[str, Any]:
    """A question with one to three buttons."""
    wanted = [" ".join(title.split()) for title in titles if title.strip()]
    return replies(text, [Row(f"button:{number}", title) for number, title in enumerate(wanted)])


def replies(text: str, lines: Sequence[Row]) -> dict[str, Any]:
    """A question with one to three buttons, each with what comes back when it is tapped."""
    wanted = [line.title for line in lines]
    if not wanted:
        raise DomainError(_("Write at least one button."), code="no_buttons", field="first")
    if len(wanted) > MOST_BUTTONS or len({title.lower() for title in wanted}) < len(wanted):
        raise DomainError(_("At most three buttons, each with other words."), code="buttons", field="first")
    if any(len(title) > LONGEST_BUTTON for title in wanted):
        raise DomainError(_("A button may have 20 characters."), code="too_long", field="first")
    shown = [{"type": "reply", "reply": {"id": line.id[:256], "title": line.title}} for line in lines]
    return {"type": "button", "body": _body(text, LONGEST_BODY), "action": {"buttons": shown}}


def rows(text: str, button: str, lines: Sequence[Row]) -> dict[str, Any]:
    """A question with a list of one to ten lines."""
    if not lines:
        raise DomainError(_("Choose at least one."), code="no_rows", field="rows")
    if len(lines) > MOST_ROWS:
        raise DomainError(_("A list has at most 10 lines. Choose fewer."), code="rows", field="rows")
    shown = [
        {"id": line.id[:200], "title": _cut(line.title, LONGEST_TITLE)}
        | ({"description": _cut(line.description, LONGEST_DESCRIPTION)} if line.description else {})
        for line in lines
    ]
    return {
        "type": "list",
        "body": _body(text, LONGEST_LIST_BODY),
        "action": {"button": _cut(button, LONGEST_BUTTON), "sections": [{"rows": shown}]},
    }


def _cut(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def ask_place(text: str) -> dict[str, Any]:
    """A question that is answered with a pin on the map."""
    return {"type": "location_request_message", "body": _body(text, LONGEST_BODY), "action": {"name": "send_location"}}


def products(text: str, heading: str, catalog_id: str, articles: Sequence[str]) -> dict[str, Any]:
    """One product as a card, or up to thirty as a list."""
    if not articles:
        raise DomainError(_("Choose at least one."), code="no_rows", field="rows")
    if len(articles) > MOST_PRODUCTS:
        raise DomainError(_("At most 30 products."), code="rows", field="rows")
    items = [{"product_retailer_id": article} for article in articles]
    return product_list(text, heading, catalog_id, [{"title": _cut(heading, LONGEST_TITLE), "product_items": items}])


def product_list(text: str, heading: str, catalog_id: str, sections: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Products under headings, as WhatsApp wants them; a single one is a card."""
    if not catalog_id:
        raise DomainError(_("Write down the number of your WhatsApp catalogue first."), code="no_catalogue")
    items = [item for section in sections for item in section["product_items"]]
    if len(items) == 1:
        action = {"catalog_id": catalog_id, **items[0]}
        return {"type": "product", "body": _body(text, LONGEST_BODY), "action": action}
    return {
        "type": "product_list",
        "header": {"type": "text", "text": _cut(heading, LONGEST_HEADING)},
        "body": _body(text, LONGEST_BODY),
        "action": {"catalog_id": catalog_id, "sections": [dict(section) for section in sections]},
    }


def catalogue(text: str, thumbnail: str) -> dict[str, Any]:
    """The whole catalogue behind one button, with the picture of one product when there is one."""
    action: dict[str, Any] = {"name": "catalog_message"}
    if thumbnail:
        action["parameters"] = {"thumbnail_product_retailer_id": thumbnail}
    return {"type": "catalog_message", "body": _body(text, LONGEST_BODY), "action": action}
