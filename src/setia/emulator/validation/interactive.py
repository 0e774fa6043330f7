"""Interactive messages: buttons, lists, links, requests, products, flows. Lengths are the documented ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from setia.emulator.errors import GraphError
from setia.emulator.validation.fields import distinct, mapping, one_of, optional_text, sequence, text

BUTTON_BODY, LIST_BODY, SMALL, LABEL, TITLE = 1024, 4096, 60, 20, 24
NOT_HERE = ("order_details", "order_status", "address_message")  # payments and addresses: not for Indonesian numbers


def check_interactive(body: Any) -> None:
    """Dispatch on `interactive.type`."""
    holder = mapping(body, "interactive")
    kind = one_of(holder, "type", (*CHECKS, *NOT_HERE), "interactive")
    if kind in NOT_HERE:
        raise GraphError(131009, f"interactive.type {kind} is not available for this number's country.")
    action = mapping(holder.get("action"), "interactive.action")
    header, footer = holder.get("header"), holder.get("footer")
    if header is not None:
        form = one_of(mapping(header, "interactive.header"), "type", ("text", "image", "video", "document"), "header")
        if form == "text":
            text(header, "text", SMALL, "interactive.header")
        else:
            mapping(header.get(form), f"interactive.header.{form}")
    if footer is not None:
        text(footer, "text", SMALL, "interactive.footer")
    if kind != "product" or holder.get("body") is not None:
        text(holder.get("body"), "text", LIST_BODY if kind == "list" else BUTTON_BODY, "interactive.body")
    CHECKS[kind](holder, action)


def check_buttons(_: dict[str, Any], action: dict[str, Any]) -> None:
    """One to three reply buttons."""
    replies = []
    for button in sequence(action, "buttons", 1, 3, "action"):
        one_of(mapping(button, "action.buttons[]"), "type", ("reply",), "action.buttons[]")
        replies.append(mapping(button.get("reply"), "action.buttons[].reply"))
    distinct([text(reply, "id", 256, "reply") for reply in replies], "button ids")
    distinct([text(reply, "title", LABEL, "reply") for reply in replies], "button titles")


def check_list(_: dict[str, Any], action: dict[str, Any]) -> None:
    """At most ten rows over all sections."""
    text(action, "button", LABEL, "action")
    sections = sequence(action, "sections", 1, 10, "action")
    ids = []
    for section in sections:
        if len(sections) > 1:
            text(section, "title", TITLE, "sections[]")
        optional_text(section, "title", TITLE, "sections[]")
        for row in sequence(section, "rows", 1, 10, "sections[]"):
            ids.append(text(row, "id", 200, "rows[]"))
            text(row, "title", TITLE, "rows[]")
            optional_text(row, "description", 72, "rows[]")
    if len(ids) > 10:
        raise GraphError(131009, "A list has at most 10 rows in total.")
    distinct(ids, "row ids")


def named(name: str) -> Callable[[dict[str, Any], dict[str, Any]], None]:
    """An action that only needs its name."""

    def check(_: dict[str, Any], action: dict[str, Any]) -> None:
        one_of(action, "name", (name,), "action")

    return check


def check_link(_: dict[str, Any], action: dict[str, Any]) -> None:
    """A button that opens a page."""
    one_of(action, "name", ("cta_url",), "action")
    text(action.get("parameters"), "display_text", LABEL, "action.parameters")
    url = text(action.get("parameters"), "url", 2000, "action.parameters")
    if not url.startswith(("http://", "https://")):
        raise GraphError(131009, "action.parameters.url must be a URL.")


def check_catalogue(_: dict[str, Any], action: dict[str, Any]) -> None:
    """The whole catalogue behind a button; the product whose picture it shows may be named."""
    one_of(action, "name", ("catalog_message",), "action")
    optional_text(action.get("parameters", {}), "thumbnail_product_retailer_id", 100, "action.parameters")


def check_product(holder: dict[str, Any], action: dict[str, Any]) -> None:
    """One product of the catalogue; it brings its own heading."""
    if holder.get("header") is not None:
        raise GraphError(131009, "A product message cannot have a header.")
    text(action, "catalog_id", 64, "action")
    text(action, "product_retailer_id", 100, "action")


def check_products(holder: dict[str, Any], action: dict[str, Any]) -> None:
    """Up to 30 products in up to 10 sections; a header is required."""
    one_of(mapping(holder.get("header"), "interactive.header"), "type", ("text",), "interactive.header")
    text(action, "catalog_id", 64, "action")
    count = 0
    for section in sequence(action, "sections", 1, 10, "action"):
        text(section, "title", TITLE, "sections[]")
        for item in sequence(section, "product_items", 1, 30, "sections[]"):
            text(item, "product_retailer_id", 100, "product_items[]")
            count += 1
    if count > 30:
        raise GraphError(131009, "A product list has at most 30 items.")


def check_carousel(_: dict[str, Any], action: dict[str, Any]) -> None:
    """Two to ten cards, numbered from 0."""
    for index, card in enumerate(sequence(action, "cards", 2, 10, "action")):
        if mapping(card, "action.cards[]").get("card_index") != index:
            raise GraphError(131009, "card_index must count from 0.")


def check_flow(_: dict[str, Any], action: dict[str, Any]) -> None:
    """A form inside the chat."""
    one_of(action, "name", ("flow",), "action")
    parameters = mapping(action.get("parameters"), "action.parameters")
    one_of(parameters, "flow_message_version", ("3",), "action.parameters")
    text(parameters, "flow_cta", 30, "action.parameters")
    if not parameters.get("flow_id") and not parameters.get("flow_name"):
        raise GraphError(131008, "The parameter action.parameters.flow_id is required.")


CHECKS: dict[str, Callable[[dict[str, Any], dict[str, Any]], None]] = {
    "button": check_buttons,
    "list": check_list,
    "cta_url": check_link,
    "location_request_message": named("send_location"),
    "request_contact_info": named("request_contact_info"),
    "product": check_product,
    "product_list": check_products,
    "catalog_message": check_catalogue,
    "carousel": check_carousel,
    "flow": check_flow,
}
