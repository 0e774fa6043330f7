"""Things that go wrong on purpose, as the client sees them, and what really happened."""

from __future__ import annotations

from json import JSONDecodeError
from typing import Any

import httpx
import pytest

from setia.emulator.tests.world import Shop, code


def rule(shop: Shop, when: dict[str, Any] | None = None, **do: Any) -> None:
    shop.control("faults", {"route": "messages.send", "when": when or {"next": 1}, "do": do})


def accepted(shop: Shop) -> int:
    return len(shop.get("messages", direction="out"))


@pytest.mark.parametrize(
    ("do", "status", "kept"),
    [({"status": 500}, 500, 0), ({"accept_then_status": 500}, 500, 1), ({"malformed": True}, 200, 1)],
)
def test_server_errors_before_and_after_acceptance(chatting: Shop, do: dict[str, Any], status: int, kept: int) -> None:
    rule(chatting, **do)
    answer = chatting.send()
    assert (answer.status_code, accepted(chatting)) == (status, kept)
    with pytest.raises(JSONDecodeError):
        answer.json()
    assert chatting.send().status_code == 200


@pytest.mark.parametrize(
    ("do", "problem", "kept"),
    [
        ({"reset": True}, httpx.ReadError, 0),
        ({"accept_then_reset": True}, httpx.ReadError, 1),
        ({"timeout_s": 20}, httpx.ReadTimeout, 0),
        ({"accept_then_timeout_s": 20}, httpx.ReadTimeout, 1),
        ({"slow_s": 20}, httpx.ReadTimeout, 1),
    ],
)
def test_lost_answers(chatting: Shop, do: dict[str, Any], problem: type[Exception], kept: int) -> None:
    rule(chatting, **do)
    with pytest.raises(problem):
        chatting.send(biz_opaque_callback_data="out:1")
    assert accepted(chatting) == kept
    chatting.advance()
    assert len([s for s in chatting.items("statuses") if s["biz_opaque_callback_data"] == "out:1"]) == 3 * kept


def test_a_slow_answer_within_patience_is_only_slow(chatting: Shop) -> None:
    rule(chatting, slow_s=1)
    assert chatting.send().status_code == 200


def test_injected_errors_carry_code_subcode_and_headers(chatting: Shop) -> None:
    rule(chatting, error={"code": 131048, "details": "slow down", "http": 429}, headers={"Retry-After": "9"})
    answer = chatting.send()
    assert (answer.status_code, code(answer), answer.headers["Retry-After"]) == (429, 131048, "9")
    assert answer.json()["error"]["error_data"]["details"] == "slow down"


def test_throttling_says_when_to_come_back(chatting: Shop) -> None:
    rule(chatting, throttle=3)
    answer = chatting.send()
    assert (answer.status_code, code(answer), answer.headers["Retry-After"]) == (429, 80007, "180")
    assert '"estimated_time_to_regain_access":3' in answer.headers["X-Business-Use-Case-Usage"]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({"always": True}, "xxxxxx"),
        ({"next": 2}, "xx...."),
        ({"every": 3}, "..x..x"),
        ({"chance": 0}, "......"),
        ({"chance": 1}, "xxxxxx"),
    ],
)
def test_triggers(chatting: Shop, when: dict[str, Any], expected: str) -> None:
    rule(chatting, when, status=500)
    assert "".join(".x"[chatting.send().status_code == 500] for _ in range(6)) == expected
    chatting.control("faults", method="DELETE")
    assert chatting.send().status_code == 200


@pytest.mark.parametrize(
    ("route", "call"),
    [
        ("messages.read", lambda s: s.post({"messaging_product": "whatsapp", "status": "read", "message_id": "x"})),
        ("media.upload", lambda s: s.api.post(f"{s.number.id}/media", content=b"")),
        ("templates", lambda s: s.api.get(f"{s.number.waba_id}/message_templates")),
        ("waba", lambda s: s.api.get(f"{s.number.waba_id}/phone_numbers")),
        ("number", lambda s: s.api.get(s.number.id)),
        ("*", lambda s: s.send()),
    ],
)
def test_every_route_can_fail(shop: Shop, route: str, call: Any) -> None:
    shop.control("faults", {"route": route, "do": {"status": 503}})
    assert call(shop).status_code == 503
    assert call(shop).status_code != 503


@pytest.mark.parametrize(
    "bad",
    [
        {"route": "kitchen", "do": {"status": 500}},
        {"route": "number", "do": {}},
        {"route": "number", "do": {"explode": 1}},
        {"route": "messages.outcome", "do": {"status": 500}},
        {"route": "number", "when": {"sometimes": 1}, "do": {"status": 500}},
    ],
)
def test_a_rule_that_could_never_work_is_refused(shop: Shop, bad: dict[str, Any]) -> None:
    with pytest.raises(AssertionError):
        shop.control("faults", bad)
    assert shop.get("faults") == []
