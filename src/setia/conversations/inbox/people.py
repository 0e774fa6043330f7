"""Who an item is from or about."""

from collections.abc import Sequence
from typing import Any

from setia.conversations.reach import RAW_NUMBER
from setia.core import phone
from setia.customers import actions as customers
from setia.customers.models import Customer, IdentityKind


def identify(*, number: str = "", user_id: str = "", contact: dict[str, Any] | None = None) -> tuple[Customer, bool]:
    """The customer with this WhatsApp number (digits) or business-scoped id. Returns (customer, made now).

    Raises ValueError when neither is given: then nobody can be told.
    """
    known = contact or {}
    number = number or str(known.get("wa_id") or "")
    user_id = user_id or str(known.get("user_id") or "")
    found = identities_of(number=number, user_id=user_id)
    if not found:
        raise ValueError("neither number nor id")
    if username := username_of(known):
        found.append(username)
    return customers.identify(
        identities=found, display_name=name_of(known) or shown_number(number, user_id), source="chat"
    )


def identities_of(*, number: str, user_id: str) -> list[tuple[str, str]]:
    """Identities as customers keep them. A number the phone library does not know is kept as an id of its own."""
    found: list[tuple[str, str]] = []
    if user_id:
        found.append((IdentityKind.BSUID, user_id))
    e164 = e164_of(number)
    if e164:
        found.append((IdentityKind.WHATSAPP, e164))
    elif number and not user_id:
        found.append((IdentityKind.BSUID, RAW_NUMBER + number))
    return found


def username_of(contact: dict[str, Any]) -> tuple[str, str] | None:
    """The WhatsApp username of a contact, as an identity."""
    profile = contact.get("profile")
    name = profile.get("username") if isinstance(profile, dict) else None
    return (IdentityKind.USERNAME, str(name)[:140]) if name else None


def e164_of(number: str) -> str:
    """WhatsApp's digits (always with the country code) as E.164; empty when that is no number."""
    try:
        return phone.normalise(f"+{number.strip().lstrip('+')}").e164 if number.strip() else ""
    except phone.PhoneError:
        return ""


def name_of(contact: dict[str, Any]) -> str:
    """What people call themselves on WhatsApp; empty when they do not say."""
    profile = contact.get("profile")
    name = profile.get("name") or profile.get("username") if isinstance(profile, dict) else ""
    return " ".join(str(name or "").split())[:120]


def shown_number(number: str, user_id: str) -> str:
    """A name for somebody who gave none."""
    e164 = e164_of(number)
    return phone.pretty(e164) if e164 else (number or f"WhatsApp {user_id[-6:]}")


def contact_of(contacts: Sequence[dict[str, Any]], *, number: str, user_id: str) -> dict[str, Any]:
    """The contact that belongs to an item: by id, then by number, never by position."""
    for field, value in (("user_id", user_id), ("wa_id", number)):
        for contact in contacts:
            if value and contact.get(field) == value:
                return contact
    return {}
