"""Ceilings on the virtual clock, and the switches that stop a business."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.emulator.limits import Limits
from setia.emulator.tests.world import PHONE, PROMO, TEMPLATE, Shop, code


def test_a_burst_to_one_user_is_paid_back_afterwards(chatting: Shop) -> None:
    answers = [chatting.send().status_code for _ in range(46)]
    assert answers == [200] * 45 + [400]
    assert code(chatting.send()) == 131056
    chatting.advance(45 * 6 - 1)
    assert code(chatting.send()) == 131056
    chatting.advance(1)
    assert chatting.send().status_code == 200


def test_twelve_messages_at_a_steady_pace_all_arrive_in_order(chatting: Shop) -> None:
    chatting.control("behaviour", {"pair_burst": 1})
    wamids = []
    for _ in range(12):
        wamids.append(chatting.sent())
        assert code(chatting.send()) == 131056
        chatting.advance(6)
    chatting.advance()
    arrived = [item["id"] for item in chatting.items("statuses") if item["status"] == "delivered"]
    assert arrived == wamids


@given(st.lists(st.floats(0, 30), min_size=1, max_size=200), st.integers(1, 45))
def test_the_pair_limit_never_exceeds_its_long_run_rate(gaps: list[float], burst: int) -> None:
    limits, now, taken = Limits(), 0.0, 0
    for gap in gaps:
        now += gap
        taken += limits.pair("n", "u", now, 6.0, burst)
    assert 1 <= taken <= now / 6.0 + burst + 1


@pytest.mark.parametrize(("fields", "speed"), [({}, 80), ({"coexistence": True}, 20), ({"throughput_mps": 5}, 5)])
def test_throughput_of_a_number(shop: Shop, fields: dict[str, Any], speed: int) -> None:
    shop.control(f"numbers/{shop.number.id}", fields, "PATCH")
    users = [f"62813000{i:05d}" for i in range(speed + 1)]
    shop.control("users", [{"phone": phone} for phone in users])
    answers = [shop.send(to=f"+{phone}") for phone in users]
    assert [a.status_code for a in answers[:-1]] == [200] * speed
    assert code(answers[-1]) == 130429
    shop.advance(1)
    assert shop.send(to=f"+{users[-1]}").status_code == 200


def test_the_messaging_limit_counts_different_users_over_a_rolling_day(shop: Shop) -> None:
    shop.control("behaviour", {"messaging_limit": 3})
    shop.control("templates", TEMPLATE)
    parts = [{"type": "body", "parameters": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]}]
    message = {"name": "pesanan_siap", "language": {"code": "id"}, "components": parts}
    phones = [f"62813000{i:05d}" for i in range(4)]
    shop.control("users", [{"phone": phone} for phone in phones])
    for phone in (*phones[:3], phones[0]):
        shop.sent("template", message, to=f"+{phone}")
    shop.inbound(user=PHONE)
    answering = shop.sent("template", message)
    over = shop.sent("template", message, to=f"+{phones[3]}")
    shop.advance()
    errors = {m["id"]: m["error"] for m in shop.get("messages", direction="out")}
    assert errors[over] == 131048
    assert errors[answering] is None
    shop.advance(86_400)
    later = shop.sent("template", message, to=f"+{phones[3]}")
    shop.advance()
    assert shop.engine.log.get(later).error is None


def test_marketing_to_one_user_is_capped_outside_the_reply_window(shop: Shop) -> None:
    shop.control("templates", PROMO)
    ids = [shop.template().json()["messages"][0]["id"] for _ in range(3)]
    shop.advance()
    assert [shop.engine.log.get(i).error for i in ids] == [None, None, 131049]
    shop.inbound()
    inside = shop.template().json()["messages"][0]["id"]
    shop.advance()
    assert shop.engine.log.get(inside).error is None


@pytest.mark.parametrize(
    ("fields", "expected"), [({"marketing_stopped": True}, 131050), ({"experiment": True}, 130472)]
)
def test_users_who_get_no_marketing(chatting: Shop, fields: dict[str, Any], expected: int) -> None:
    chatting.control("templates", [PROMO, TEMPLATE])
    chatting.control(f"users/{PHONE}", fields, "PATCH")
    marketing, service = chatting.template().json()["messages"][0]["id"], chatting.sent()
    chatting.advance()
    assert chatting.engine.log.get(marketing).error == expected
    assert chatting.engine.log.get(service).error is None


def test_the_spam_switch_stops_marketing_only(chatting: Shop) -> None:
    chatting.control("templates", PROMO)
    chatting.control(f"numbers/{chatting.number.id}", {"spam_limited": True}, "PATCH")
    marketing, service = chatting.template().json()["messages"][0]["id"], chatting.sent()
    chatting.advance()
    assert chatting.engine.log.get(marketing).error == 131048
    assert chatting.engine.log.get(service).error is None


def test_marketing_disabled_and_utility_misuse_are_refused_at_once(chatting: Shop) -> None:
    chatting.control("templates", [PROMO, {**TEMPLATE, "components": [{"type": "BODY", "text": "Siap."}]}])
    chatting.control(f"numbers/{chatting.number.id}", {"marketing_disabled": True}, "PATCH")
    chatting.control(f"wabas/{chatting.number.waba_id}", {"utility_blocked": True}, "PATCH")
    assert code(chatting.template("promo")) == 131063
    assert code(chatting.template("pesanan_siap")) == 131064


@pytest.mark.parametrize(("lock", "http"), [(131031, 403), (368, 403), (130497, 403)])
def test_a_locked_account_sends_nothing_and_says_so(chatting: Shop, lock: int, http: int) -> None:
    chatting.control(f"numbers/{chatting.number.id}/lock", {"code": lock})
    answer = chatting.send()
    assert (answer.status_code, code(answer)) == (http, lock)
    chatting.control(f"numbers/{chatting.number.id}/lock", {"code": None})
    assert chatting.send().status_code == 200
    events = [value["event"] for value in chatting.values("account_update")]
    assert len(events) == 2 and events[1] == "ACCOUNT_RECONNECTED"


def test_an_unregistered_number_is_refused(shop: Shop) -> None:
    shop.control(f"numbers/{shop.number.id}", {"registered": False}, "PATCH")
    assert code(shop.send()) == 133010


def test_management_calls_have_an_hourly_ceiling(shop: Shop) -> None:
    shop.control("behaviour", {"management_per_hour": 2})
    path = f"{shop.number.waba_id}/message_templates"
    answers = [shop.api.get(path) for _ in range(3)]
    assert [a.status_code for a in answers] == [200, 200, 400]
    assert code(answers[2]) == 80007
    assert "estimated_time_to_regain_access" in answers[2].headers["X-Business-Use-Case-Usage"]
