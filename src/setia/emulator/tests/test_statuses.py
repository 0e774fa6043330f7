"""The course of a message after acceptance, and the shape in which it is told."""

from __future__ import annotations

import pytest

from setia.emulator.tests.world import BSUID, PHONE, Shop


def test_each_status_comes_at_its_users_delay(chatting: Shop) -> None:
    chatting.control(f"users/{PHONE}", {"delays_s": {"sent": 2, "delivered": 10, "read": 60}}, "PATCH")
    start, wamid = chatting.engine.clock.now(), chatting.sent()
    chatting.advance(120)
    told = [int(item["timestamp"]) - start for item in chatting.items("statuses")]
    assert chatting.statuses(wamid) == ["sent", "delivered", "read"]
    assert told == [2, 10, 60]


def test_opaque_data_is_echoed_on_every_status(chatting: Shop) -> None:
    chatting.sent(biz_opaque_callback_data="out:8841")
    chatting.advance()
    assert [item["biz_opaque_callback_data"] for item in chatting.items("statuses")] == ["out:8841"] * 3


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("both", {"sent", "delivered"}),
        ("sent", {"sent"}),
        ("delivered", {"delivered"}),
        ("none", set()),
    ],
)
def test_price_is_told_where_asked(chatting: Shop, choice: str, expected: set[str]) -> None:
    chatting.control("behaviour", {"pricing_on": choice})
    chatting.sent()
    chatting.advance()
    assert {item["status"] for item in chatting.items("statuses") if "pricing" in item} == expected


def test_skipped_delivered_moves_the_price_to_read(chatting: Shop) -> None:
    chatting.control("behaviour", {"skip_statuses": ["delivered"]})
    wamid = chatting.sent()
    chatting.advance()
    assert chatting.statuses(wamid) == ["sent", "read"]
    assert [("pricing" in item) for item in chatting.items("statuses")] == [True, True]
    assert chatting.engine.log.get(wamid).state == "read"


def test_users_without_read_receipts_never_read(chatting: Shop) -> None:
    chatting.control(f"users/{PHONE}", {"reads": False}, "PATCH")
    wamid = chatting.sent()
    chatting.advance(90_000)
    assert chatting.statuses(wamid) == ["sent", "delivered"]


def test_a_phone_that_is_off_gets_it_later(chatting: Shop) -> None:
    back = chatting.engine.clock.now() + 3_600
    chatting.control(f"users/{PHONE}", {"offline_until": back}, "PATCH")
    wamid = chatting.sent()
    chatting.advance(3_599)
    assert chatting.statuses(wamid) == ["sent"]
    chatting.advance(1)
    assert chatting.statuses(wamid) == ["sent", "delivered", "read"]


def test_a_phone_that_stays_off_for_30_days_never_gets_it(chatting: Shop) -> None:
    chatting.control(f"users/{PHONE}", {"offline_until": chatting.engine.clock.now() + 31 * 86_400}, "PATCH")
    wamid = chatting.sent()
    chatting.advance(40 * 86_400)
    assert chatting.statuses(wamid) == ["sent"]
    assert chatting.get("charges")["charges"] == []


def test_one_message_may_fare_differently(chatting: Shop) -> None:
    chatting.control("faults", {"route": "messages.outcome", "when": {"next": 1}, "do": {"fail_after_sent": 131053}})
    bad, good = chatting.sent(), chatting.sent()
    chatting.advance()
    assert chatting.statuses(bad) == ["sent", "failed"]
    assert chatting.statuses(good) == ["sent", "delivered", "read"]
    (failed,) = [item for item in chatting.items("statuses") if item["status"] == "failed"]
    assert failed["errors"][0]["code"] == 131053


def test_every_exception_to_the_usual_course(chatting: Shop) -> None:
    courses = [{"fail": 131026}, {"skip": ["sent"]}, {"reads": False}, {"delays_s": {"read": 900}}]
    for course in courses:
        chatting.control("faults", {"route": "messages.outcome", "do": course})
    wamids = [chatting.sent() for _ in (*courses, "usual")]
    chatting.advance(60)
    assert [chatting.statuses(wamid) for wamid in wamids] == [
        ["failed"],
        ["delivered", "read"],
        ["sent", "delivered"],
        ["sent", "delivered"],
        ["sent", "delivered", "read"],
    ]
    chatting.advance(900)
    assert chatting.statuses(wamids[3]) == ["sent", "delivered", "read"]


def test_failures_come_without_contacts_and_without_user_id(chatting: Shop) -> None:
    chatting.control(f"users/{PHONE}", {"on_whatsapp": False}, "PATCH")
    chatting.sent()
    chatting.advance()
    (value,) = chatting.values()
    assert "contacts" not in value
    assert value["statuses"][0]["recipient_id"] == PHONE
    assert "recipient_user_id" not in value["statuses"][0]


def test_failures_may_have_the_phone_alone_as_contact(chatting: Shop) -> None:
    chatting.control("behaviour", {"failed_contacts": "wa_id"})
    chatting.control(f"users/{PHONE}", {"on_whatsapp": False}, "PATCH")
    chatting.sent()
    chatting.advance()
    assert chatting.values()[0]["contacts"] == [{"wa_id": PHONE}]


def test_contacts_of_statuses_can_be_left_out(chatting: Shop) -> None:
    chatting.control("behaviour", {"status_contacts": "none"})
    chatting.sent()
    chatting.advance()
    assert all("contacts" not in value for value in chatting.values())


def test_the_username_comes_only_with_delivered_and_read(shop: Shop) -> None:
    user = shop.control("users", {"bsuid": "ID.77", "username": "bu.tin", "name": "Tin"})
    shop.inbound(user=user["key"])
    shop.hook.requests.clear()
    shop.sent(recipient="ID.77", to="")
    shop.advance()
    shown = [value["contacts"][0]["profile"].get("username") for value in shop.values()]
    assert shown == [None, "bu.tin", "bu.tin"]
    assert all("recipient_id" not in item for item in shop.items("statuses"))
    assert {item["recipient_user_id"] for item in shop.items("statuses")} == {"ID.77"}


def test_voice_notes_may_be_played(chatting: Shop) -> None:
    chatting.control(f"users/{PHONE}", {"delays_s": {"played": 9}}, "PATCH")
    wamid = chatting.sent("audio", {"id": "78"})
    chatting.advance()
    assert chatting.statuses(wamid)[-1] == "played"


def test_opening_the_chat_reads_what_was_delivered(chatting: Shop) -> None:
    chatting.control("behaviour", {"delays_s": {"sent": 0, "delivered": 1, "read": 9_999}})
    wamid = chatting.sent()
    chatting.advance(2)
    assert chatting.control(f"users/{BSUID}/opened")["read"] == 1
    assert chatting.statuses(wamid) == ["sent", "delivered", "read"]
    chatting.advance(20_000)
    assert chatting.statuses(wamid) == ["sent", "delivered", "read"]
