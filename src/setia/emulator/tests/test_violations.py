"""What a decent client never does is noticed; what it may do is not."""

from __future__ import annotations

from setia.emulator.tests.world import PHONE, PROMO, Shop


def test_a_decent_day_has_no_violations(chatting: Shop) -> None:
    chatting.control("templates", PROMO)
    chatting.sent(biz_opaque_callback_data="out:1")
    chatting.template()
    chatting.advance()
    assert chatting.violations() == []


def test_marketing_after_stopping_in_the_app(chatting: Shop) -> None:
    chatting.control("templates", PROMO)
    chatting.control(f"users/{PHONE}/preference", {"value": "stop"})
    chatting.template()
    assert chatting.violations() == ["marketing_to_opted_out"]


def test_marketing_after_stop_in_words_counts_once_the_webhook_arrived(chatting: Shop) -> None:
    chatting.control("templates", PROMO)
    chatting.control("webhooks/policy", {"lose": 1})
    chatting.inbound("stop")
    chatting.template()
    assert chatting.violations() == []
    chatting.inbound(" Berhenti ")
    chatting.template()
    assert chatting.violations() == ["marketing_to_opted_out"]
    chatting.inbound("MULAI")
    chatting.template()
    assert len(chatting.violations()) == 1


def test_stop_inside_a_sentence_is_not_a_stop(chatting: Shop) -> None:
    chatting.control("templates", PROMO)
    chatting.inbound("stop dulu ya bu, saya tanya suami")
    chatting.template()
    assert chatting.violations() == []


def test_trying_marketing_again_within_a_day_of_131049(shop: Shop) -> None:
    shop.control("templates", PROMO)
    shop.control("behaviour", {"marketing_cap": 0})
    shop.template()
    shop.advance()
    shop.template()
    shop.advance(86_401)
    shop.template()
    assert shop.violations() == ["retried_too_soon"]


def test_hurrying_after_the_pair_limit(chatting: Shop) -> None:
    chatting.control("behaviour", {"pair_burst": 1})
    for wait in (0, 0, 3, 4):
        chatting.advance(wait)
        chatting.send()
    assert chatting.violations() == ["pair_retry_too_soon"]


def test_free_form_outside_the_window(shop: Shop) -> None:
    shop.send()
    assert shop.violations() == ["outside_window"]


def test_the_same_intention_sent_twice(chatting: Shop) -> None:
    chatting.control("faults", {"route": "messages.send", "do": {"accept_then_status": 500}})
    chatting.send(biz_opaque_callback_data="out:1")
    chatting.send(biz_opaque_callback_data="out:1")
    chatting.send(biz_opaque_callback_data="out:2")
    assert chatting.violations() == ["sent_twice"]


def test_repeating_what_was_refused_for_good(shop: Shop) -> None:
    for _ in range(2):
        shop.template("unknown", biz_opaque_callback_data="out:1")
    assert shop.violations() == ["retried_permanent"]


def test_two_calls_with_a_dead_token_are_forgiven(shop: Shop) -> None:
    shop.control("tokens", {"token": shop.engine.settings.token, "state": "revoked"})
    shop.send()
    shop.send()
    assert shop.violations() == []
    shop.send()
    assert shop.violations() == ["dead_token"]
    shop.control("tokens", {"token": shop.engine.settings.token, "state": "valid"})
    assert shop.engine.accounts.tokens[shop.engine.settings.token].refused == 0


def test_two_sends_on_a_locked_account_are_forgiven(shop: Shop) -> None:
    shop.control(f"numbers/{shop.number.id}/lock", {"code": 131031})
    for _ in range(3):
        shop.send()
    assert shop.violations() == ["locked_account"]


def test_they_can_be_filtered_and_forgotten(shop: Shop) -> None:
    shop.send()
    assert shop.get("violations", kind="outside_window")["count"] == 1
    assert shop.get("violations", kind="dead_token")["count"] == 0
    assert shop.control("violations", method="DELETE")["count"] == 0
