"""Checks a message before anything else is looked at, and refuses it with the platform's codes."""

from __future__ import annotations

from typing import Any

from setia.emulator.errors import GraphError
from setia.emulator.users import BSUID, digits
from setia.emulator.validation.bodies import BODIES
from setia.emulator.validation.fields import optional_text

OPAQUE_MAX = 512


def check_product(payload: Any) -> dict[str, Any]:
    """Every call to `/messages` is an object that names the product."""
    if not isinstance(payload, dict):
        raise GraphError(100, "The body is not a JSON object.")
    if payload.get("messaging_product") != "whatsapp":
        raise GraphError(100, "The parameter messaging_product is required.")
    return payload


def check_message(payload: dict[str, Any], sender: str) -> None:
    """Validate a message to be sent from `sender` (digits). Raises GraphError.

    Missing recipient or over-long opaque data 100, missing type object 131008, bad value or length 131009,
    malformed business-scoped id 131009, sender equals recipient 131021, unknown type 131051.
    """
    check_recipient(payload, sender)
    opaque = payload.get("biz_opaque_callback_data")
    if opaque is not None and (not isinstance(opaque, str) or len(opaque) > OPAQUE_MAX):
        raise GraphError(100, f"biz_opaque_callback_data must be a string of at most {OPAQUE_MAX} characters.")
    context = payload.get("context")
    if context is not None:
        optional_text(context, "message_id", 256, "context")
    kind = payload.get("type", "text")
    if not isinstance(kind, str) or kind not in BODIES:
        raise GraphError(131051, f"The message type '{kind}' is not supported.")
    body = payload.get(kind)
    if body is None:
        raise GraphError(131008, f"The parameter {kind} is required for this type.")
    BODIES[kind](body)


def check_recipient(payload: dict[str, Any], sender: str) -> None:
    """`to` (a phone) or `recipient` (a business-scoped id); the phone wins when both are given."""
    phone, bsuid = payload.get("to"), payload.get("recipient")
    if not phone and not bsuid:
        raise GraphError(100, "The parameter to is required.")
    if payload.get("recipient_type", "individual") not in ("individual", "group"):
        raise GraphError(131009, "recipient_type must be individual or group.")
    if phone:
        if not isinstance(phone, str) or not 5 <= len(digits(phone)) <= 20:
            raise GraphError(131009, "to is not a phone number.")
        if digits(phone) == sender:
            raise GraphError(131021)
    elif not isinstance(bsuid, str) or not BSUID.match(bsuid):
        raise GraphError(131009, "recipient is not a business-scoped user id.")
