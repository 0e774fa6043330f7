"""What the platform would bill."""

from __future__ import annotations

import pytest

from setia.emulator.tests.world import PROMO, Shop


def kinds(shop: Shop) -> list[str]:
    return [f"{c['category']}/{c['type']}" for c in shop.get("charges")["charges"]]


def test_the_first_thousand_service_messages_of_a_month_are_free(chatting: Shop) -> None:
    chatting.control("behaviour", {"pair_interval_s": 0})
    for _ in range(1_001):
        chatting.sent()
        chatting.advance(1)
    chatting.advance()
    charges = chatting.get("charges")["charges"]
    assert [c["type"] for c in charges] == ["free_customer_service"] * 1_000 + ["regular"]
    assert [c["usd"] for c in charges[-2:]] == [0.0, 0.025]
    priced = [item["pricing"]["type"] for item in chatting.items("statuses") if "pricing" in item]
    assert priced.count("regular") == 2


def test_the_allowance_starts_again_with_the_accounts_month(chatting: Shop) -> None:
    chatting.control("behaviour", {"free_service_messages": 1})
    chatting.sent()
    chatting.sent()
    chatting.advance()
    chatting.advance(1_796_058_000 - chatting.engine.clock.now() - 60)  # a minute before December in UTC+7
    chatting.inbound()
    chatting.sent()
    chatting.advance(59)
    chatting.advance(1)
    chatting.sent()
    chatting.advance()
    assert kinds(chatting) == [
        "service/free_customer_service",
        "service/regular",
        "service/regular",
        "service/free_customer_service",
    ]
    months = chatting.get("charges")["months"]
    assert {name: month["messages"] for name, month in months.items()} == {"2026-11": 3, "2026-12": 1}


def test_a_failed_message_gives_its_free_place_back(chatting: Shop) -> None:
    chatting.control("behaviour", {"free_service_messages": 1})
    chatting.control("faults", {"route": "messages.outcome", "when": {"next": 1}, "do": {"fail_after_sent": 131026}})
    chatting.sent()
    chatting.advance()
    chatting.sent()
    chatting.advance()
    assert kinds(chatting) == ["service/free_customer_service"]


def test_templates_are_charged_even_inside_the_window(chatting: Shop) -> None:
    chatting.control("templates", PROMO)
    chatting.template()
    chatting.advance()
    (charge,) = chatting.get("charges")["charges"]
    assert (charge["category"], charge["type"], charge["usd"]) == ("marketing", "regular", 0.0411)


def test_reactions_and_receipts_cost_nothing(chatting: Shop) -> None:
    target = chatting.inbound()["id"]
    chatting.sent("reaction", {"message_id": target, "emoji": "👍"})
    chatting.advance()
    assert kinds(chatting) == []
    assert all("pricing" not in item for item in chatting.items("statuses"))


def test_an_answer_to_an_ad_makes_three_days_free(shop: Shop) -> None:
    shop.control("templates", PROMO)
    shop.inbound(referral={"source_type": "ad", "source_id": "1", "source_url": "https://fb.me/x"})
    first = shop.sent()
    shop.advance()
    status = next(item for item in shop.items("statuses") if item["id"] == first)
    assert status["pricing"] == {
        "billable": False,
        "pricing_model": "PMP",
        "type": "free_entry_point",
        "category": "referral_conversion",
    }
    assert status["conversation"]["origin"] == {"type": "referral_conversion"}
    shop.advance(2 * 86_400)
    shop.template()
    shop.advance(86_400)
    shop.template()
    shop.advance()
    assert kinds(shop) == ["referral_conversion/free_entry_point"] * 2 + ["marketing/regular"]
    assert "conversation" not in shop.items("statuses")[-1]


@pytest.mark.parametrize(("free", "expected"), [(1, [None, 131042]), (0, [131042, 131042])])
def test_without_payment_only_free_messages_go_through(chatting: Shop, free: int, expected: list[int | None]) -> None:
    chatting.control("behaviour", {"payment_method": False, "free_service_messages": free})
    wamids = []
    for _ in range(2):
        wamids.append(chatting.sent())
        chatting.advance()
    assert [chatting.engine.log.get(wamid).error for wamid in wamids] == expected
