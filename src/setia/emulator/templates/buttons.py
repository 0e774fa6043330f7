"""Buttons of a new template: lengths, how many of each kind, which stand together, what needs an example."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from setia.emulator.errors import GraphError
from setia.emulator.templates.parameters import VARIABLE, variables

MOST, LABEL, URL_MAX, PHONE_MAX, CODE_MAX = 10, 25, 2000, 20, 20
# The platform's ceilings by kind; what is not named here may stand as often as there is room.
MOST_OF = {"URL": 2, "PHONE_NUMBER": 1, "COPY_CODE": 1, "OTP": 1, "FLOW": 1, "REQUEST_CONTACT_INFO": 1, "VOICE_CALL": 1}
OTHERS = ("QUICK_REPLY", "CATALOG", "MPM", "SPM", "APP")


def check_buttons(buttons: list[dict[str, Any]]) -> None:
    """Raise GraphError for what the platform would not take."""
    if len(buttons) > MOST:
        raise GraphError(100, f"A template has at most {MOST} buttons.")
    kinds = [str(button.get("type", "")).upper() for button in buttons]
    for kind in kinds:
        if kind not in MOST_OF and kind not in OTHERS:
            raise GraphError(100, f"Unknown button type '{kind}'.")
        if kinds.count(kind) > MOST_OF.get(kind, MOST):
            raise GraphError(100, f"A template has at most {MOST_OF[kind]} buttons of type {kind}.", subcode=2388055)
    changes = sum((one == "QUICK_REPLY") != (other == "QUICK_REPLY") for one, other in pairwise(kinds))
    if changes > 1:
        raise GraphError(100, "Quick replies stand together, before or after the other buttons.", subcode=2388060)
    for kind, button in zip(kinds, buttons, strict=True):
        check_button(kind, button)


def check_button(kind: str, button: dict[str, Any]) -> None:
    """One button: its label, and what it opens or calls."""
    text = button.get("text", "")
    if kind in ("QUICK_REPLY", "URL", "PHONE_NUMBER") and not text.strip():
        raise GraphError(100, "A button needs a text.")
    if len(text) > LABEL:
        raise GraphError(100, f"The text of a button is longer than {LABEL} characters.", subcode=2388040)
    if variables(text):
        raise GraphError(100, "The text of a button has no variables.", subcode=2388073)
    if kind == "URL":
        check_url(button)
    number = str(button.get("phone_number") or "")
    if kind == "PHONE_NUMBER" and not (number.lstrip("+").isdigit() and len(number) <= PHONE_MAX):
        raise GraphError(100, f"phone_number must be digits, at most {PHONE_MAX} characters.")
    if kind == "COPY_CODE" and not button.get("example"):
        raise GraphError(100, "A code to copy needs an example.", subcode=2388043)


def check_url(button: dict[str, Any]) -> None:
    """An address with at most one variable, at its end, with an example."""
    url = button.get("url", "")
    if not url.startswith(("http://", "https://")) or len(url) > URL_MAX:
        raise GraphError(100, f"url must be an address of at most {URL_MAX} characters.")
    if "://wa.me" in url or "whatsapp.com/" in url:
        raise GraphError(100, "A button may not open WhatsApp.", subcode=2388055)
    names = VARIABLE.findall(url)
    if len(names) > 1 or (names and not VARIABLE.search(url).end() == len(url)):  # type: ignore[union-attr]
        raise GraphError(100, "An address has one variable at most, at its end.", subcode=2388073)
    if names and not (isinstance(button.get("example"), list) and button["example"]):
        raise GraphError(100, "An address with a variable needs an example.", subcode=2388043)
