"""Delivery: exact bytes, signatures, batches, copies, disorder, retries, losses, handshakes."""

from __future__ import annotations

import hashlib
import hmac
import json
from itertools import pairwise

import pytest

from setia.emulator.tests.world import PHONE, Shop
from setia.emulator.webhooks.policy import retry_delay
from setia.emulator.webhooks.transport import Recorder
from setia.emulator.webhooks.update import encode, sign


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            {"object": "whatsapp_business_account", "entry": []},
            "f5f6994b210170b3a35a47ff059b926359b9d4608c1906c1034ceddab168c53b",
        ),
        ({"a": "café https://wa.me"}, "3fad30584aceab7813404c996918dad477e63189e33dff4251dda79dde710075"),
    ],
)
def test_published_signature_vectors(body: dict, expected: str) -> None:
    raw = encode(body, escape_slashes=True)
    assert sign(raw, "s3cret-app") == f"sha256={expected}"


def test_every_request_is_signed_over_its_raw_escaped_bytes(shop: Shop) -> None:
    shop.inbound("kopi ☕ susu")
    ((url, headers, raw),) = shop.hook.requests
    wanted = hmac.new(shop.engine.settings.app_secret.encode(), raw, hashlib.sha256).hexdigest()
    assert url == "http://shop.test/hook"
    assert headers["X-Hub-Signature-256"] == f"sha256={wanted}"
    assert rb"\u2615" in raw and raw.isascii()


def test_a_forged_signature_does_not_match(shop: Shop) -> None:
    shop.control("webhooks/policy", {"wrong_signature": 1})
    shop.inbound()
    shop.inbound()
    good = [sign(raw, shop.engine.settings.app_secret) == h["X-Hub-Signature-256"] for _, h, raw in shop.hook.requests]
    assert good == [False, True]


@pytest.mark.parametrize("spread", ["value", "changes", "entries", "mixed"])
def test_a_batch_holds_many_updates_in_any_shape(shop: Shop, spread: str) -> None:
    shop.control("webhooks/policy", {"batch": 200, "linger_s": 5, "spread": spread})
    shop.inbound("a", repeat=120)
    shop.inbound("b", repeat=80)
    shop.inbound("c", repeat=30)
    assert [len(json.loads(raw)["entry"]) > 0 for _, _, raw in shop.hook.requests] == [True]
    shop.advance(5)
    assert len(shop.hook.requests) == 2
    assert len({item["id"] for item in shop.items("messages")}) == 230
    entries = [len(body["entry"]) for body in shop.bodies()]
    changes = [sum(len(e["changes"]) for e in body["entry"]) for body in shop.bodies()]
    assert entries[0] == {"value": 1, "changes": 1, "entries": 200}.get(spread, entries[0])
    assert changes[0] == {"value": 1, "changes": 200, "entries": 200}.get(spread, changes[0])
    if spread == "mixed":
        assert 1 < entries[0] < changes[0] < 200


def test_contacts_of_a_batch_are_listed_once(shop: Shop) -> None:
    shop.control("webhooks/policy", {"batch": 10, "linger_s": 1})
    shop.inbound(repeat=3)
    shop.advance(1)
    (value,) = shop.values()
    assert len(value["messages"]) == 3
    assert [c["wa_id"] for c in value["contacts"]] == [PHONE]


def test_copies_arrive_again_and_in_other_company(shop: Shop) -> None:
    shop.control("webhooks/policy", {"batch": 10, "linger_s": 1, "duplicate": 3, "rebatch": True})
    sent = [m["id"] for m in shop.control("inbound", [{"user": PHONE, "text": {"body": str(i)}} for i in range(10)])]
    shop.advance(1)
    got = [item["id"] for item in shop.items("messages")]
    assert sorted(got) == sorted(sent * 3)
    assert len({raw for _, _, raw in shop.hook.requests}) > 1


def test_shuffling_breaks_the_order_but_loses_nothing(shop: Shop) -> None:
    shop.control("webhooks/policy", {"shuffle": True, "window_s": 30, "seed": 7})
    shop.inbound()
    wamids = [shop.sent() for _ in range(6)]
    shop.advance(120)
    orders = [shop.statuses(wamid) for wamid in wamids]
    assert all(sorted(order) == ["delivered", "read", "sent"] for order in orders)
    assert any(order != ["sent", "delivered", "read"] for order in orders)


def test_the_same_policy_seed_shuffles_the_same_way() -> None:
    def story() -> list[str]:
        shop = Shop()
        shop.control("webhooks/policy", {"shuffle": True, "seed": 7})
        shop.control("inbound", [{"user": PHONE, "text": {"body": str(i)}} for i in range(9)])
        shop.advance(60)
        return [item["text"]["body"] for item in shop.items("messages")]

    assert story() == story() != sorted(story())


def test_failures_are_retried_at_once_then_ever_more_rarely_until_the_horizon(shop: Shop) -> None:
    shop.hook.status = 500
    shop.control("webhooks/policy", {"retry_days": 1.5})
    shop.inbound()
    shop.advance(8 * 86_400)
    attempts = shop.get("deliveries")
    times = [attempt["at"] for attempt in attempts]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert gaps[:4] == [0, 15, 30, 60]
    assert gaps == sorted(gaps) and max(gaps) <= 43_200
    assert times[-1] - times[0] <= 1.5 * 86_400
    assert [a["state"] for a in attempts[-2:]] == ["pending", "dropped"]
    assert len({raw for _, _, raw in shop.hook.requests}) == 1


def test_an_endpoint_that_recovers_catches_up(shop: Shop) -> None:
    shop.hook.status = 500
    sent = {shop.inbound(str(i))["id"] for i in range(5)}
    shop.advance(7_200)
    shop.hook.requests.clear()
    shop.hook.status = 200
    shop.advance(86_400)
    assert {item["id"] for item in shop.items("messages")} == sent
    assert len(shop.get("deliveries", state="delivered")) == 5


def test_only_200_counts_as_success(shop: Shop) -> None:
    shop.hook.status = 204
    shop.inbound()
    assert [a["state"] for a in shop.get("deliveries")] == ["pending"]


def test_retries_may_travel_with_others(shop: Shop) -> None:
    shop.control("webhooks/policy", {"batch": 50, "linger_s": 1, "rebatch_retries": True})
    shop.hook.status = 503
    shop.inbound("a")
    shop.advance(1)
    shop.inbound("b")
    shop.hook.status = 200
    shop.advance(60)
    last = [
        item["text"]["body"]
        for item in json.loads(shop.hook.requests[-1][2])["entry"][0]["changes"][0]["value"]["messages"]
    ]
    assert sorted(last) == ["a", "b"]


def test_lost_requests_leave_a_line_in_the_log_only(shop: Shop) -> None:
    shop.control("webhooks/policy", {"lose": 1})
    shop.inbound("lost")
    shop.inbound("kept")
    shop.advance(8 * 86_400)
    assert [item["text"]["body"] for item in shop.items("messages")] == ["kept"]
    assert [a["state"] for a in shop.get("deliveries")] == ["lost", "delivered"]


def test_redelivery_sends_the_same_bytes(shop: Shop) -> None:
    shop.inbound()
    post = shop.get("deliveries")[0]["post"]
    shop.control("webhooks/redeliver", {"post": post})
    first, second = (raw for _, _, raw in shop.hook.requests)
    assert first == second
    assert shop.get(f"deliveries/{post}")["body"] == json.loads(first)


def test_raw_bytes_can_be_sent_for_another_tenant_or_with_a_bad_signature(shop: Shop) -> None:
    body = {"object": "whatsapp_business_account", "entry": [{"id": "other", "changes": []}]}
    shop.control("webhooks/raw", {"body": body, "forged": True})
    shop.control("webhooks/raw", {"body": "{broken"})
    (_, headers, raw), (_, _, broken) = shop.hook.requests
    assert headers["X-Hub-Signature-256"] != sign(raw, shop.engine.settings.app_secret)
    assert (json.loads(raw), broken) == (body, b"{broken")


def test_a_status_may_arrive_before_the_answer_to_the_send(chatting: Shop) -> None:
    chatting.control("webhooks/policy", {"before_response": True})
    seen: list[str] = []
    original = chatting.hook.__call__

    class Listening(Recorder):
        def __call__(self, *call: object) -> tuple[int, bytes]:
            seen.append("webhook")
            return original(*call)

    chatting.engine.transport = Listening()
    chatting.sent()
    seen.append("answer")
    assert seen == ["webhook", "answer"]
    assert [item["status"] for item in chatting.items("statuses")] == ["sent"]


def test_without_that_policy_statuses_wait_for_time(chatting: Shop) -> None:
    chatting.sent()
    assert chatting.items("statuses") == []


def test_number_override_wins_over_account_override_wins_over_app(shop: Shop) -> None:
    waba = {"override_callback_uri": "http://waba.test/hook", "verify_token": "t"}
    number = {"webhook_configuration": {"override_callback_uri": "http://number.test/hook", "verify_token": "t"}}
    shop.inbound()
    assert shop.api.post(f"{shop.number.waba_id}/subscribed_apps", json=waba).json() == {"success": True}
    shop.inbound()
    assert shop.api.post(shop.number.id, json=number).json() == {"success": True}
    shop.inbound()
    hosts = [url.split("/")[2] for url, _, _ in shop.hook.requests]
    assert hosts == ["shop.test", "waba.test", "number.test"]
    listed = shop.api.get(f"{shop.number.waba_id}/subscribed_apps").json()["data"]
    assert listed[0]["override_callback_uri"] == "http://waba.test/hook"


def test_the_handshake_must_be_answered_with_the_challenge(shop: Shop) -> None:
    shop.hook.status = 403
    wish = {"override_callback_uri": "http://waba.test/hook", "verify_token": "wrong"}
    answer = shop.api.post(f"{shop.number.waba_id}/subscribed_apps", json=wish)
    assert answer.json()["error"]["code"] == 2200
    assert shop.control("webhooks/verify", {})["verified"] is False
    shop.hook.status = 200
    assert shop.control("webhooks/verify", {"url": "http://new.test/hook"})["verified"] is True
    shop.inbound()
    assert shop.hook.requests[-1][0] == "http://new.test/hook"


def test_unsubscribed_accounts_hear_nothing(shop: Shop) -> None:
    shop.api.delete(f"{shop.number.waba_id}/subscribed_apps")
    shop.inbound()
    assert shop.hook.requests == []


def test_a_policy_that_makes_no_sense_changes_nothing(shop: Shop) -> None:
    with pytest.raises(AssertionError, match="batch"):
        shop.control("webhooks/policy", {"batch": 0, "duplicate": 5})
    assert shop.get("webhooks/policy")["duplicate"] == 1


def test_large_batches_are_split_at_three_megabytes(shop: Shop) -> None:
    shop.control("webhooks/policy", {"batch": 1000, "linger_s": 1})
    shop.inbound("x" * 4000, repeat=900)
    shop.advance(1)
    sizes = [len(raw) for _, _, raw in shop.hook.requests]
    assert len(sizes) == 2 and max(sizes) <= 3 * 1024 * 1024
    assert len(shop.items("messages")) == 900


def test_retry_delays_double_up_to_half_a_day() -> None:
    assert [retry_delay(n) for n in (1, 2, 3, 4, 20)] == [0, 15, 30, 60, 43_200]
