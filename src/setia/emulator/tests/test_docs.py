"""The manual names everything that can be asked for."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from setia.emulator import Behaviour
from setia.emulator.__main__ import parser
from setia.emulator.control import ROUTES
from setia.emulator.faults import AFTER, BEFORE, MEDIA, OUTCOME
from setia.emulator.faults import ROUTES as FAULT_ROUTES
from setia.emulator.users import User
from setia.emulator.violations import KINDS
from setia.emulator.webhooks.policy import Policy

MANUAL = (Path(__file__).parents[4] / "docs" / "emulator.md").read_text(encoding="utf-8")
INNER = {"seen", "in_contact_book", "asked_stop"}  # the platform's own memory of a user


def test_every_control_route_is_described() -> None:
    rows = [line for line in MANUAL.splitlines() if line.startswith("|")]
    missing = [
        f"{method} {path}"
        for method, path in ROUTES
        if not any(method in row and re.search(rf"[ `]{re.escape(path)}`", row) for row in rows)
    ]
    assert missing == []


def test_every_name_is_mentioned() -> None:
    names = {item.name for kind in (Behaviour, Policy, User) for item in fields(kind)} - INNER
    names |= {*KINDS, *FAULT_ROUTES, *BEFORE, *AFTER, *MEDIA, *OUTCOME}
    assert sorted(name for name in names if f"`{name}`" not in MANUAL) == []


def test_every_option_is_mentioned() -> None:
    options = [option for action in parser()._actions for option in action.option_strings if option.startswith("--")]
    assert sorted(option for option in options if option != "--help" and option not in MANUAL) == []
