"""Sending: shapes of the answer, validation codes, the window, recipients, receipts."""

from __future__ import annotations

from typing import Any

import pytest

from setia.emulator.tests.world import BSUID, PHONE, Shop, code

LONG = "x" * 5000
BUTTONS = {"type": "button", "body": {"text": "Benar?"}, "action": {"buttons": []}}


def button(**reply: str) -> dict[str, Any]:
    return {"type": "reply", "reply": {"id": "ok", "title": "Ya", **reply}}


def rows(count: int) -> dict[str, Any]:
    items = [{"id": f"r{i}", "title": f"Rasa {i}"} for i in range(count)]
    return {"type": "list", "body": {"text": "Pilih"}, "action": {"button": "Menu", "sections": [{"rows": items}]}}


def test_accepted_answer_names_the_phone_and_the_message(chatting: Shop) -> None:
    answer = chatting.send().json()
    assert answer["contacts"] == [{"input": f"+{PHONE}", "wa_id": PHONE}]
    assert answer["messages"][0]["id"].startswith("wamid.")
    assert "message_status" not in answer["messages"][0]


def test_sending_to_a_business_scoped_id_answers_with_user_id(chatting: Shop) -> None:
    assert chatting.send(recipient=BSUID).json()["contacts"] == [{"input": BSUID, "user_id": BSUID}]


def test_phone_wins_when_both_are_given(chatting: Shop) -> None:
    assert chatting.send(to=f"+{PHONE}", recipient="ID.other").json()["contacts"][0]["wa_id"] == PHONE


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"messaging_product": None}, 100),
        ({"to": ""}, 100),
        ({"to": "abc"}, 131009),
        ({"to": "+6281100000001"}, 131021),
        ({"to": "", "recipient": "no-country"}, 131009),
        ({"recipient_type": "flock"}, 131009),
        ({"biz_opaque_callback_data": "x" * 513}, 100),
        ({"type": "poll", "poll": {}}, 131051),
        ({"text": None}, 131008),
        ({"text": {}}, 131008),
        ({"text": {"body": LONG}}, 131009),
        ({"type": "image", "image": {}}, 131008),
        ({"type": "image", "image": {"id": "1", "link": "http://a.test/b"}}, 131009),
        ({"type": "image", "image": {"link": "ftp://a.test/b"}}, 131009),
        ({"type": "audio", "audio": {"id": "1", "caption": "x"}}, 131009),
        ({"type": "location", "location": {"latitude": 1}}, 131008),
        ({"type": "location", "location": {"latitude": 91, "longitude": 1}}, 131009),
        ({"type": "contacts", "contacts": []}, 131009),
        ({"type": "reaction", "reaction": {"emoji": "x"}}, 131008),
        ({"type": "interactive", "interactive": {"type": "order_details"}}, 131009),
        ({"type": "interactive", "interactive": BUTTONS}, 131009),
        ({"type": "interactive", "interactive": {**BUTTONS, "action": {"buttons": [button(title="x" * 21)]}}}, 131009),
        ({"type": "interactive", "interactive": {**BUTTONS, "action": {"buttons": [button(), button()]}}}, 131009),
        ({"type": "interactive", "interactive": rows(11)}, 131009),
        ({"type": "interactive", "interactive": {"type": "list", "action": {}}}, 131008),
        ({"type": "template", "template": {"name": "x"}}, 131008),
        ({"type": "template", "template": {"name": "x", "language": {"code": "id"}}}, 132001),
    ],
)
def test_a_bad_message_is_refused_with_the_platforms_code(
    chatting: Shop, change: dict[str, Any], expected: int
) -> None:
    body = {"messaging_product": "whatsapp", "to": f"+{PHONE}", "type": "text", "text": {"body": "Halo"}, **change}
    answer = chatting.post({name: value for name, value in body.items() if value is not None})
    assert code(answer) == expected
    assert answer.status_code == (404 if expected == 132001 else 400)
    assert chatting.get("messages", direction="out") == []


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("image", {"link": "https://toko.example/menu.jpg", "caption": "Menu"}),
        ("document", {"id": "77", "filename": "nota.pdf"}),
        ("sticker", {"id": "80"}),
        ("location", {"latitude": -6.2, "longitude": 106.8, "name": "Toko"}),
        ("contacts", [{"name": {"formatted_name": "Toko", "first_name": "Toko"}, "phones": []}]),
        ("interactive", {**BUTTONS, "action": {"buttons": [button(), button(id="no", title="Ubah")]}}),
        ("interactive", rows(10)),
        (
            "interactive",
            {
                "type": "cta_url",
                "body": {"text": "Bayar"},
                "action": {"name": "cta_url", "parameters": {"display_text": "Bayar", "url": "https://a.test"}},
            },
        ),
        (
            "interactive",
            {"type": "location_request_message", "body": {"text": "Di mana?"}, "action": {"name": "send_location"}},
        ),
        (
            "interactive",
            {"type": "request_contact_info", "body": {"text": "Nomor?"}, "action": {"name": "request_contact_info"}},
        ),
        ("interactive", {"type": "product", "action": {"catalog_id": "1", "product_retailer_id": "SKU-01"}}),
        (
            "interactive",
            {
                "type": "flow",
                "body": {"text": "Isi"},
                "action": {
                    "name": "flow",
                    "parameters": {"flow_message_version": "3", "flow_id": "1", "flow_cta": "Isi", "flow_token": "t"},
                },
            },
        ),
    ],
)
def test_every_documented_kind_is_accepted(chatting: Shop, kind: str, content: Any) -> None:
    assert chatting.send(kind, content).status_code == 200


def test_a_body_that_is_not_json_is_refused(shop: Shop) -> None:
    assert code(shop.api.post(f"{shop.number.id}/messages", content=b"{")) == 100


@pytest.mark.parametrize(("after", "state"), [(86_399, "read"), (86_400, "failed"), (86_401, "failed")])
def test_the_window_closes_after_24_hours(chatting: Shop, after: float, state: str) -> None:
    chatting.advance(after)
    wamid = chatting.sent()
    chatting.advance()
    (message,) = chatting.get("messages", direction="out")
    assert (message["id"], message["state"]) == (wamid, state)
    assert message["error"] == (131047 if state == "failed" else None)


def test_outside_the_window_can_be_refused_at_once(shop: Shop) -> None:
    shop.control("behaviour", {"sync_codes": [131047]})
    assert code(shop.send()) == 131047


def test_every_inbound_message_opens_the_window_again(chatting: Shop) -> None:
    chatting.advance(86_000)
    chatting.inbound()
    chatting.advance(86_000)
    wamid = chatting.sent()
    chatting.advance()
    assert chatting.statuses(wamid) == ["sent", "delivered", "read"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [({"on_whatsapp": False}, 131026), ({"blocked_business": True}, None), ({"experiment": True}, None)],
)
def test_what_is_wrong_with_the_user_is_told_later(chatting: Shop, fields: dict[str, Any], expected: int) -> None:
    chatting.control(f"users/{PHONE}", fields, "PATCH")
    chatting.sent()
    chatting.advance()
    assert chatting.get("messages", direction="out")[0]["error"] == expected


def test_a_user_who_blocked_the_shop_never_gets_it_or_fails(chatting: Shop) -> None:
    chatting.control(f"users/{PHONE}", {"blocked_business": True}, "PATCH")
    silent = chatting.sent()
    chatting.control("behaviour", {"blocked_as": "failed"})
    loud = chatting.sent()
    chatting.advance(90_000)
    assert chatting.statuses(silent) == ["sent"]
    assert chatting.statuses(loud) == ["failed"]


def test_an_unknown_phone_is_not_on_whatsapp_unless_users_are_made(shop: Shop) -> None:
    stranger = shop.sent(to="+6281399990000")
    shop.control("behaviour", {"auto_users": True})
    shop.sent(to="+6281399990001")
    shop.advance()
    assert shop.statuses(stranger) == ["failed"]
    assert shop.engine.users.get("6281399990001").name == "6281399990001"


def test_a_phone_without_plus_gets_the_shops_country(shop: Shop) -> None:
    assert shop.send(to="0812 9999").json()["contacts"][0]["wa_id"] == "6208129999"


def test_a_user_blocked_by_the_shop_gets_nothing(chatting: Shop) -> None:
    body = {"messaging_product": "whatsapp", "block_users": [{"user": f"+{PHONE}"}, {"user": "+6280000"}]}
    answer = chatting.api.post(f"{chatting.number.id}/block_users", json=body).json()["block_users"]
    assert answer["added_users"] == [{"input": f"+{PHONE}", "wa_id": PHONE}]
    assert answer["failed_users"][0]["input"] == "+6280000"
    wamid = chatting.sent()
    chatting.advance()
    assert chatting.statuses(wamid) == ["failed"]
    chatting.api.request("DELETE", f"{chatting.number.id}/block_users", json=body)
    assert chatting.api.get(f"{chatting.number.id}/block_users").json() == {"data": []}


def test_read_receipt_marks_all_earlier_messages_and_shows_typing(chatting: Shop) -> None:
    first, second = chatting.inbound("satu"), chatting.inbound("dua")
    later = chatting.inbound("tiga")
    receipt = {"messaging_product": "whatsapp", "status": "read", "message_id": second["id"]}
    assert chatting.post({**receipt, "typing_indicator": {"type": "text"}}).json() == {"success": True}
    states = {m["id"]: m["state"] for m in chatting.get("messages", direction="in")}
    assert (states[first["id"]], states[second["id"]], states[later["id"]]) == ("read", "read", "delivered")
    window = chatting.engine.windows.of(chatting.number.id, chatting.user.key)
    assert window.typing_until == chatting.engine.clock.now() + 25


def test_read_receipt_needs_a_known_recent_message(chatting: Shop) -> None:
    receipt = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.no"}
    assert code(chatting.post(receipt)) == 100
    old = chatting.inbound()
    chatting.advance(31 * 86_400)
    assert code(chatting.post({**receipt, "message_id": old["id"]})) == 131009


def test_a_reaction_sits_on_its_message_and_can_be_taken_back(chatting: Shop) -> None:
    target = chatting.inbound()["id"]
    chatting.sent("reaction", {"message_id": target, "emoji": "👍"})
    assert chatting.engine.log.get(target).reactions == {"out": "👍"}
    chatting.sent("reaction", {"message_id": target, "emoji": ""})
    assert chatting.engine.log.get(target).reactions == {}


@pytest.mark.parametrize("prefix", ["v17.0", "v26.0", "v101.3"])
def test_any_version_is_served(chatting: Shop, prefix: str) -> None:
    url = f"http://graph.test/{prefix}/{chatting.number.id}"
    assert chatting.api.get(url).json()["id"] == chatting.number.id


@pytest.mark.parametrize(
    ("state", "expected", "subcode"), [("expired", 190, 463), ("revoked", 190, 458), ("no_permission", 10, None)]
)
def test_a_token_that_is_no_longer_good(shop: Shop, state: str, expected: int, subcode: int | None) -> None:
    shop.control("tokens", {"token": shop.engine.settings.token, "state": state})
    answer = shop.send()
    assert code(answer) == expected
    assert answer.json()["error"].get("error_subcode") == subcode
    assert answer.status_code == (401 if expected == 190 else 403)


def test_unknown_objects_and_foreign_numbers_do_not_exist(shop: Shop) -> None:
    shop.control("numbers", {"id": "999", "waba_id": "888", "display": "6281100000002"})
    shop.control("tokens", {"token": "theirs", "numbers": ["999"]})
    theirs = {"Authorization": "Bearer theirs"}
    for path in (f"{shop.number.id}", f"{shop.number.waba_id}/message_templates", "12345"):
        error = shop.api.get(path, headers=theirs).json()["error"]
        assert (error["code"], error["error_subcode"]) == (100, 33)
    assert code(shop.api.get("999", headers={"Authorization": "Bearer nobody"})) == 190
    assert code(shop.api.get("999", headers={"Authorization": ""})) == 190


def test_the_same_seed_gives_the_same_ids() -> None:
    def story(seed: int) -> list[str]:
        shop = Shop(seed=seed)
        return [shop.inbound()["id"], shop.sent(), shop.engine.users.add({"phone": "6281300000000"}).bsuid]

    assert story(3) == story(3)
    assert story(3) != story(4)
