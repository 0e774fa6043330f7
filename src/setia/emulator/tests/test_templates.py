"""Templates: creation, review, parameters, pauses, categories, quality assessment."""

from __future__ import annotations

from typing import Any

import pytest

from setia.emulator.tests.world import PROMO, TEMPLATE, Shop, code

READY = [{"type": "text", "text": "Bu Sari"}, {"type": "text", "text": "8841"}]


def body(*parameters: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": "pesanan_siap",
        "language": {"code": "id"},
        "components": [{"type": "body", "parameters": list(parameters)}],
    }


def create(shop: Shop, **change: Any) -> Any:
    return shop.api.post(f"{shop.number.waba_id}/message_templates", json={**TEMPLATE, **change})


def test_a_new_template_is_pending_then_approved(shop: Shop) -> None:
    made = create(shop).json()
    assert (made["status"], made["category"]) == ("PENDING", "UTILITY")
    assert code(shop.send("template", body(*READY))) == 132001
    shop.advance(60)
    (told,) = shop.values("message_template_status_update")
    assert (told["event"], told["message_template_id"]) == ("APPROVED", int(made["id"]))
    answer = shop.send("template", body(*READY))
    assert answer.json()["messages"][0]["message_status"] == "accepted"


def test_the_reviewer_can_be_told_what_to_decide(shop: Shop) -> None:
    shop.control("template_verdicts", {"status": "REJECTED", "reason": "INVALID_FORMAT"})
    create(shop)
    shop.advance(60)
    (told,) = shop.values("message_template_status_update")
    assert (told["event"], told["reason"]) == ("REJECTED", "INVALID_FORMAT")
    listed = shop.api.get(f"{shop.number.waba_id}/message_templates").json()["data"][0]
    assert (listed["status"], listed["rejected_reason"]) == ("REJECTED", "INVALID_FORMAT")


@pytest.mark.parametrize(
    ("change", "subcode"),
    [
        ({"name": "Pesanan Siap"}, 2388023),
        ({"category": "GOSSIP"}, None),
        ({"components": []}, None),
        ({"components": [{"type": "FOOTER", "text": "x"}]}, None),
        ({"components": [{"type": "BODY", "text": "Halo {{1}} ya"}]}, 2388043),
        ({"components": [{"type": "BODY", "text": "Halo {{1}}", "example": {}}]}, 2388299),
        ({"components": [{"type": "BODY", "text": "Halo {{1}}{{2}} ya", "example": {"a": 1}}]}, 2388073),
        ({"components": [{"type": "BODY", "text": "Halo {{2}} ya", "example": {"a": 1}}]}, 2388073),
        ({"components": [{"type": "BODY", "text": "x" * 1025}]}, 2388040),
        ({"parameter_format": "named"}, 2388073),
    ],
)
def test_what_cannot_even_be_submitted(shop: Shop, change: dict[str, Any], subcode: int | None) -> None:
    error = create(shop, **change).json()["error"]
    assert (error["code"], error.get("error_subcode")) == (100, subcode)


URL = {"type": "URL", "text": "Lihat nota", "url": "https://toko.example/n/1"}
CALL = {"type": "PHONE_NUMBER", "text": "Telepon", "phone_number": "+6281100000001"}
YES, NO = {"type": "QUICK_REPLY", "text": "Ya"}, {"type": "QUICK_REPLY", "text": "Tidak"}


@pytest.mark.parametrize(
    "buttons",
    [
        [YES, NO],
        [YES, NO, URL, CALL],
        [URL, CALL, YES],
        [URL | {"url": "https://toko.example/n/{{1}}", "example": ["https://toko.example/n/8841"]}],
        [YES | {"text": f"Ya {number}"} for number in range(10)],
    ],
)
def test_buttons_the_platform_takes(shop: Shop, buttons: list[dict[str, Any]]) -> None:
    parts = [{"type": "BODY", "text": "Halo"}, {"type": "BUTTONS", "buttons": buttons}]
    assert create(shop, components=parts).status_code == 200


@pytest.mark.parametrize(
    ("buttons", "subcode"),
    [
        ([YES, URL, NO], 2388060),
        ([URL, YES, CALL], 2388060),
        ([URL, URL, URL], 2388055),
        ([CALL, CALL], 2388055),
        ([YES] * 11, None),
        ([YES | {"text": "x" * 26}], 2388040),
        ([YES | {"text": "Ya {{1}}"}], 2388073),
        ([YES | {"text": " "}], None),
        ([URL | {"url": "toko.example"}], None),
        ([URL | {"url": "https://toko.example/" + "x" * 2000}], None),
        ([URL | {"url": "https://wa.me/6281100000001"}], 2388055),
        ([URL | {"url": "https://toko.example/n/{{1}}"}], 2388043),
        ([URL | {"url": "https://toko.example/{{1}}/n", "example": ["https://toko.example/1/n"]}], 2388073),
        ([URL | {"url": "https://toko.example/{{1}}{{2}}", "example": ["https://toko.example/12"]}], 2388073),
        ([CALL | {"phone_number": "kantor"}], None),
        ([CALL | {"phone_number": "+62811000000010000000"}], None),
        ([{"type": "ELEPHANT", "text": "x"}], None),
    ],
)
def test_buttons_it_does_not_take(shop: Shop, buttons: list[dict[str, Any]], subcode: int | None) -> None:
    parts = [{"type": "BODY", "text": "Halo"}, {"type": "BUTTONS", "buttons": buttons}]
    error = create(shop, components=parts).json()["error"]
    assert (error["code"], error.get("error_subcode")) == (100, subcode)


@pytest.mark.parametrize(
    "header",
    [
        {"text": "Halo"},
        {"format": "TEXT", "text": ""},
        {"format": "TEXT", "text": "Halo {{1}}"},
        {"format": "TEXT", "text": "{{1}} dan {{2}} ya", "example": {"header_text": ["a"]}},
        {"format": "IMAGE"},
        {"format": "IMAGE", "example": {"header_handle": []}},
        {"format": "ELEPHANT", "text": "x"},
    ],
)
def test_headings_it_does_not_take(shop: Shop, header: dict[str, Any]) -> None:
    parts = [{"type": "HEADER", **header}, {"type": "BODY", "text": "Halo"}]
    assert code(create(shop, components=parts)) == 100


def test_a_part_stands_once_and_is_of_a_known_kind(shop: Shop) -> None:
    body = {"type": "BODY", "text": "Halo"}
    assert code(create(shop, components=[body, body])) == 100
    assert code(create(shop, components=[body, {"type": "ELEPHANT"}])) == 100


def test_an_example_of_a_picture_is_handed_over_in_two_steps(shop: Shop) -> None:
    begun = shop.api.post("app/uploads", params={"file_length": "5", "file_type": "image/jpeg"}).json()
    short = shop.api.post(f"./{begun['id']}", headers={"file_offset": "0"}, content=b"four")
    assert code(short) == 100
    handle = shop.api.post(f"./{begun['id']}", headers={"file_offset": "0"}, content=b"bytes").json()["h"]
    header = {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": [handle]}}
    assert create(shop, components=[header, {"type": "BODY", "text": "Halo"}]).status_code == 200
    assert code(shop.api.post("app/uploads", params={"file_length": "x", "file_type": "image/jpeg"})) == 100
    assert code(shop.api.post("app/uploads", params={"file_length": "5", "file_type": "text/html"})) == 100


def test_the_same_name_and_language_only_once(shop: Shop) -> None:
    create(shop)
    assert create(shop).json()["error"]["error_subcode"] == 2388024
    assert create(shop, language="en").status_code == 200


def test_creation_has_a_ceiling_per_account_and_per_hour(shop: Shop) -> None:
    shop.control("behaviour", {"template_limit": 2, "templates_per_hour": 4})
    assert [create(shop, name=f"t{i}").status_code for i in range(3)] == [200, 200, 400]
    shop.control("behaviour", {"template_limit": 250})
    assert [create(shop, name=f"u{i}").status_code for i in range(2)] == [200, 400]
    shop.advance(900)
    assert create(shop, name="later").status_code == 200


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ([], 132000),
        ([READY[0]], 132000),
        ([*READY, READY[0]], 132000),
        ([READY[0], {"type": "text"}], 132012),
        ([READY[0], {"type": "text", "text": "a\nb"}], 132012),
        ([READY[0], {"type": "text", "text": "a      b"}], 132012),
        ([READY[0], {"type": "text", "text": "x" * 1020}], 132005),
    ],
)
def test_parameters_must_fit(shop: Shop, parameters: list[dict[str, Any]], expected: int) -> None:
    shop.control("templates", TEMPLATE)
    assert code(shop.send("template", body(*parameters))) == expected


def test_named_parameters_need_their_names(chatting: Shop) -> None:
    named = {
        **TEMPLATE,
        "parameter_format": "NAMED",
        "components": [{"type": "BODY", "text": "Halo {{nama}} ya"}],
    }
    chatting.control("templates", named)
    assert code(chatting.send("template", body({"type": "text", "text": "Sari"}))) == 132012
    wamid = chatting.sent("template", body({"type": "text", "parameter_name": "nama", "text": "Sari"}))
    assert chatting.engine.log.get(wamid).shown["body"] == "Halo Sari ya"


def test_media_headers_and_link_buttons_take_their_own_parameters(chatting: Shop) -> None:
    parts = [
        {"type": "HEADER", "format": "IMAGE"},
        {"type": "BODY", "text": "Nota."},
        {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "Buka", "url": "https://toko.example/n/{{1}}"}]},
    ]
    chatting.control("templates", {**TEMPLATE, "components": parts})
    header = {"type": "header", "parameters": [{"type": "image", "image": {"link": "https://a.test/b.jpg"}}]}
    link = {"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "8841"}]}
    base = {"name": "pesanan_siap", "language": {"code": "id"}}
    assert code(chatting.send("template", {**base, "components": [link]})) == 132012
    assert code(chatting.send("template", {**base, "components": [header]})) == 132000
    wamid = chatting.sent("template", {**base, "components": [header, link]})
    assert chatting.engine.log.get(wamid).shown["buttons"][0]["url"] == "https://toko.example/n/8841"


def test_one_time_codes_need_a_phone(chatting: Shop) -> None:
    parts = [{"type": "BODY", "text": "Kode."}, {"type": "BUTTONS", "buttons": [{"type": "OTP", "text": "Salin"}]}]
    chatting.control("templates", {**TEMPLATE, "category": "AUTHENTICATION", "components": parts})
    button = {"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "12"}]}
    message = {"name": "pesanan_siap", "language": {"code": "id"}, "components": [button]}
    assert code(chatting.send("template", message, to="", recipient="ID.1349")) == 131062
    assert chatting.send("template", message).status_code == 200


def test_a_pause_ends_by_itself_and_the_third_disables(shop: Shop) -> None:
    shop.control("templates", PROMO)
    for hours in (3, 6):
        shop.control("templates/promo", {"status": "PAUSED"})
        assert code(shop.template()) == 132015
        shop.advance(hours * 3_600 - 1)
        assert code(shop.template()) == 132015
        shop.advance(1)
        assert shop.template().status_code == 200
    shop.control("templates/promo", {"status": "PAUSED"})
    assert code(shop.template()) == 132016
    events = [value["event"] for value in shop.values("message_template_status_update")]
    assert events == ["PAUSED", "APPROVED", "PAUSED", "APPROVED", "DISABLED"]
    pause = shop.values("message_template_status_update")[0]
    assert (pause["reason"], pause["other_info"]["title"]) == (None, "FIRST_PAUSE")


def test_category_is_announced_then_changed_and_priced_accordingly(chatting: Shop) -> None:
    chatting.control("templates", TEMPLATE)
    chatting.control("templates/pesanan_siap", {"warn_category": "MARKETING"})
    chatting.control("templates/pesanan_siap", {"category": "MARKETING", "quality": "YELLOW"})
    warning, effective = chatting.values("template_category_update")
    assert (warning["new_category"], warning["correct_category"]) == ("UTILITY", "MARKETING")
    assert (effective["previous_category"], effective["new_category"]) == ("UTILITY", "MARKETING")
    assert chatting.values("message_template_quality_update")[0]["new_quality_score"] == "YELLOW"
    chatting.sent("template", body(*READY))
    chatting.advance()
    assert chatting.get("charges")["charges"][0]["category"] == "marketing"


def test_messages_held_for_quality_are_dropped_later(chatting: Shop) -> None:
    chatting.control("templates", PROMO)
    chatting.control("templates/promo", {"hold": 1})
    held = chatting.template().json()["messages"][0]
    free = chatting.template().json()["messages"][0]
    assert held["message_status"] == "held_for_quality_assessment"
    assert free["message_status"] == "accepted"
    chatting.advance(120)
    assert chatting.statuses(held["id"]) == ["failed"]
    assert chatting.engine.log.get(held["id"]).error == 132015
    assert chatting.statuses(free["id"]) == ["sent", "delivered", "read"]


def test_listing_pages_filters_and_chooses_fields(shop: Shop) -> None:
    shop.control("templates", [{**PROMO, "name": f"promo_{i}"} for i in range(5)] + [TEMPLATE])
    path = f"{shop.number.waba_id}/message_templates"
    seen, query = [], {"limit": "2", "fields": "name,status"}
    while True:
        page = shop.api.get(path, params=query).json()
        assert all(set(item) == {"name", "status", "id"} for item in page["data"])
        seen += [item["name"] for item in page["data"]]
        if "next" not in page["paging"]:
            break
        query["after"] = page["paging"]["cursors"]["after"]
    assert sorted(seen) == sorted([f"promo_{i}" for i in range(5)] + ["pesanan_siap"])
    assert len(shop.api.get(path, params={"category": "UTILITY"}).json()["data"]) == 1


def test_editing_sends_it_back_to_review_and_deleting_removes_it(shop: Shop) -> None:
    made = shop.control("templates", PROMO)
    parts = [{"type": "BODY", "text": "Ada dua rasa baru."}]
    assert shop.api.post(made["id"], json={"components": parts}).json() == {"success": True}
    assert shop.api.get(made["id"]).json()["status"] == "PENDING"
    shop.advance(60)
    assert shop.api.get(made["id"]).json()["components"] == parts
    path = f"{shop.number.waba_id}/message_templates"
    assert shop.api.delete(path, params={"name": "promo"}).json() == {"success": True}
    assert code(shop.api.delete(path, params={"name": "promo"})) == 100


def test_a_quick_reply_comes_back_as_a_button_message(chatting: Shop) -> None:
    chatting.control("templates", TEMPLATE)
    wamid = chatting.sent("template", body(*READY))
    chatting.control("tap", {"user": "ID.1349", "message": wamid, "choice": "Pesan lagi"})
    (reply,) = chatting.items("messages")
    assert reply["button"] == {"payload": "Pesan lagi", "text": "Pesan lagi"}
    assert reply["context"]["id"] == wamid
