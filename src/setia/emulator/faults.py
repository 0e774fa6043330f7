"""Things that go wrong on purpose: rules by route, fired always, for the next N calls, or every Nth."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from setia.emulator.ids import seeded

ROUTES = (
    "messages.send",
    "messages.read",
    "messages.outcome",
    "media.upload",
    "media.resolve",
    "media.download",
    "templates",
    "uploads",
    "number",
    "waba",
    "*",
)
BEFORE = ("error", "status", "reset", "timeout_s", "throttle")
AFTER = ("accept_then_status", "accept_then_reset", "accept_then_timeout_s", "malformed", "slow_s")
MEDIA = ("wrong_sha", "oversize", "slow_body_s", "redirect", "truncate")
OUTCOME = ("fail", "fail_after_sent", "skip", "reads", "pricing_on", "delays_s")


@dataclass
class Rule:
    """`when` is {"always": true}, {"next": N}, {"every": N} or {"chance": 0..1}; `do` says what."""

    route: str
    when: dict[str, Any]
    do: dict[str, Any]
    seen: int = 0
    fired: int = 0

    def fires(self, random: Random) -> bool:
        """Count a call and decide."""
        self.seen += 1
        if "next" in self.when:
            hit = self.fired < int(self.when["next"])
        elif "every" in self.when:
            hit = self.seen % int(self.when["every"]) == 0
        elif "chance" in self.when:
            hit = random.random() < float(self.when["chance"])
        else:
            hit = bool(self.when.get("always"))
        self.fired += hit
        return hit


class Faults:
    """The rules in order; the first that fires wins."""

    def __init__(self, seed: int) -> None:
        self.rules: list[Rule] = []
        self._random = seeded(seed)

    def add(self, data: dict[str, Any]) -> Rule:
        """Add a rule; raises ValueError for one that could never do anything."""
        rule = Rule(data.get("route", "*"), data.get("when", {"next": 1}), data.get("do", {}))
        known = OUTCOME if rule.route == "messages.outcome" else (*BEFORE, *AFTER, *MEDIA)
        if rule.route not in ROUTES:
            raise ValueError(f"route is one of {', '.join(ROUTES)}")
        if not rule.do or any(name not in (*known, "headers") for name in rule.do):
            raise ValueError(f"do takes {', '.join(known)}")
        if not any(name in rule.when for name in ("always", "next", "every", "chance")):
            raise ValueError("when takes always, next, every or chance")
        self.rules.append(rule)
        return rule

    def pick(self, route: str) -> dict[str, Any]:
        """What to do with this call; empty for nothing special."""
        for rule in self.rules:
            if rule.route in (route, "*") and rule.fires(self._random):
                return rule.do
        return {}

    def outcome(self) -> dict[str, Any]:
        """How the message accepted now will fare differently from others."""
        for rule in self.rules:
            if rule.route == "messages.outcome" and rule.fires(self._random):
                return dict(rule.do)
        return {}

    def clear(self) -> None:
        """Remove all rules."""
        self.rules.clear()
