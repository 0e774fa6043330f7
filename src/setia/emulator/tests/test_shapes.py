"""Contract: everything the emulator tells has exactly the documented keys and kinds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from setia.emulator.tests.shapes import MESSAGES, STATUSES, VALUES, differences
from setia.emulator.tests.world import BSUID, PHONE, PROMO, TEMPLATE, Shop

BUTTONS = {
    "type": "button",
    "body": {"text": "Benar?"},
    "action": {"buttons": [{"type": "reply", "reply": {"id": "yes", "title": "Ya"}}]},
}
LIST = {
    "type": "list",
    "body": {"text": "Pilih"},
    "action": {
        "button": "Menu",
        "sections": [{"rows": [{"id": "sku-1", "title": "Kopi", "description": "Rp 18.000"}]}],
    },
}
ITEM = {"product_retailer_id": "SKU-01", "quantity": 2, "item_price": 18_000, "currency": "IDR"}
CARD = {"name": {"formatted_name": "Pak Budi"}, "phones": [{"phone": "+62 813", "wa_id": "62813", "type": "CELL"}]}
REFERRAL = {
    "source_type": "ad",
    "source_id": "1",
    "source_url": "https://fb.me/x",
    "ctwa_clid": "A",
    "welcome_message": {"text": "Halo"},
}


def write(kind: str, content: Any = None, **more: Any) -> Callable[[Shop], None]:
    """The customer sends one message."""

    def act(shop: Shop) -> None:
        body = {"user": PHONE, "type": kind, **({kind: content} if content is not None else {}), **more}
        shop.control("inbound", body)

    return act


def tapping(content: dict[str, Any], choice: str) -> Callable[[Shop], None]:
    """The shop offers, the customer taps."""

    def act(shop: Shop) -> None:
        wamid = shop.sent("interactive", content)
        shop.control("tap", {"user": PHONE, "message": wamid, "choice": choice})

    return act


def quick_reply(shop: Shop) -> None:
    shop.control("templates", {**TEMPLATE, "components": [{"type": "BODY", "text": "x"}, TEMPLATE["components"][1]]})
    wamid = shop.template("pesanan_siap").json()["messages"][0]["id"]
    shop.control("tap", {"user": PHONE, "message": wamid, "choice": "Pesan lagi"})


def react(shop: Shop) -> None:
    write("reaction", {"message_id": shop.sent(), "emoji": "👍"})(shop)


def unreact(shop: Shop) -> None:
    write("reaction", {"message_id": shop.sent()})(shop)


def amend(path: str, **more: Any) -> Callable[[Shop], None]:
    """The customer edits or deletes an own message at a coexistence number."""

    def act(shop: Shop) -> None:
        shop.control(f"numbers/{shop.number.id}", {"coexistence": True}, "PATCH")
        shop.control(path, {"message": shop.get("messages")[0]["id"], **more})

    return act


WAYS: list[tuple[str, Callable[[Shop], None]]] = [
    ("text", write("text", {"body": "Halo"})),
    ("text", write("text", {"body": "tanpa nomor"}, hide_phone=True)),
    ("text", write("text", {"body": "x"}, context={"from": "6281100000001", "id": "wamid.OUT1"})),
    ("text", write("text", {"body": "x"}, context={"forwarded": True})),
    (
        "text",
        write("text", {"body": "x"}, context={"referred_product": {"catalog_id": "7", "product_retailer_id": "S"}}),
    ),
    ("text", write("text", {"body": "x"}, referral=REFERRAL)),
    ("image", write("image", {"caption": "bukti transfer"})),
    ("video", write("video", {"mime_type": "video/mp4", "base64": "AAAA"})),
    ("audio", write("audio", {"mime_type": "audio/ogg; codecs=opus", "base64": "AAAA", "voice": True})),
    ("document", write("document", {"mime_type": "application/pdf", "base64": "AAAA", "filename": "po.pdf"})),
    ("sticker", write("sticker", {"mime_type": "image/webp", "base64": "AAAA", "animated": False})),
    ("location", write("location", {"latitude": -6.2001, "longitude": 106.8167, "name": "Warung"})),
    ("contacts", write("contacts", [{**CARD, "origin": "other"}])),
    ("button", quick_reply),
    ("button_reply", tapping(BUTTONS, "yes")),
    ("list_reply", tapping(LIST, "sku-1")),
    (
        "nfm_reply",
        write(
            "interactive", {"type": "nfm_reply", "nfm_reply": {"name": "flow", "body": "Sent", "response_json": "{}"}}
        ),
    ),
    ("order", write("order", {"catalog_id": "7", "text": "sore ya", "product_items": [ITEM]})),
    ("reaction", react),
    ("reaction", unreact),
    ("unsupported", write("unsupported", {"type": "poll_creation"})),
    ("edit", amend("edit", text="Halo kak")),
    ("revoke", amend("revoke")),
    ("user_changed_number", lambda shop: shop.control(f"users/{PHONE}/phone", {"phone": "6289999999999"})),
    ("user_changed_user_id", lambda shop: shop.control(f"users/{PHONE}/bsuid")),
]


@pytest.mark.parametrize(("name", "act"), WAYS, ids=[f"{i}-{name}" for i, (name, _) in enumerate(WAYS)])
def test_incoming_messages(chatting: Shop, name: str, act: Callable[[Shop], None]) -> None:
    chatting.control("users", {"bsuid": BSUID, "parent_bsuid": "ID.ENT.55", "username": "bu.sari"})
    act(chatting)
    value = chatting.values()[-1]
    assert differences(value, VALUES["messages"]) == []
    assert differences(value["messages"][-1], MESSAGES[name]) == []
    assert ("contacts" in value) == (not name.startswith("user_changed"))


def test_media_may_come_with_an_address(chatting: Shop) -> None:
    chatting.control("behaviour", {"media_urls": True})
    write("image")(chatting)
    (message,) = chatting.items("messages")
    assert differences(message, MESSAGES["image"]) == []
    assert chatting.api.get(message["image"]["url"]).status_code == 200


@pytest.mark.parametrize("target", [{"to": f"+{PHONE}"}, {"to": "", "recipient": BSUID}])
@pytest.mark.parametrize("advertised", [False, True])
def test_statuses(chatting: Shop, target: dict[str, str], advertised: bool) -> None:
    if advertised:
        write("text", {"body": "x"}, referral=REFERRAL)(chatting)
    chatting.control(f"users/{PHONE}", {"delays_s": {"played": 9}}, "PATCH")
    chatting.sent("audio", {"id": "1"}, biz_opaque_callback_data="out:1", **target)
    chatting.control("faults", {"route": "messages.outcome", "when": {"next": 1}, "do": {"fail_after_sent": 131026}})
    chatting.sent(**target)
    chatting.advance()
    told = chatting.items("statuses")
    assert {item["status"] for item in told} == set(STATUSES)
    for item in told:
        assert differences(item, STATUSES[item["status"]]) == []
    for value in chatting.values():
        if "statuses" in value:
            assert differences(value, VALUES["statuses"]) == []


def coexist(shop: Shop, **fields: Any) -> None:
    shop.control(f"numbers/{shop.number.id}", {"coexistence": True, **fields}, "PATCH")


def sync(shop: Shop, kind: str) -> None:
    shop.api.post(f"{shop.number.id}/smb_app_data", json={"messaging_product": "whatsapp", "sync_type": kind})


def echo(shop: Shop, **more: Any) -> str:
    coexist(shop)
    return str(shop.control("echo", {"user": PHONE, "text": {"body": "Siap kak"}, **more})["id"])


def revoked_echo(shop: Shop) -> None:
    wamid = echo(shop)
    shop.hook.requests.clear()
    shop.control("revoke", {"message": wamid})


def refused(shop: Shop) -> None:
    coexist(shop, refuses_history=True)
    sync(shop, "history")


def lived(shop: Shop) -> None:
    coexist(shop)
    shop.control("history", {"threads": {PHONE: [{"age_s": 600, "mine": False, "text": "kopi 2"}]}})


def with_media(shop: Shop) -> None:
    coexist(shop)
    shop.control("history", {"threads": {PHONE: [{"age_s": 600, "mine": True, "type": "media_placeholder"}]}})
    shop.hook.requests.pop(0)


def template(**change: Any) -> Callable[[Shop], None]:
    def act(shop: Shop) -> None:
        shop.control("templates", PROMO)
        shop.control("templates/promo", change)

    return act


def phone_book(action: str) -> Callable[[Shop], None]:
    return lambda shop: shop.control("phone_book", {"users": [PHONE], "action": action})


LOCK = "numbers/106500000000001/lock"
CHANGES: list[tuple[str, str, Callable[[Shop], Any]]] = [
    ("messages", "errors", lambda shop: shop.control("webhooks/error", {"code": 130429})),
    ("smb_message_echoes", "echo", echo),
    ("smb_message_echoes", "echo", lambda shop: echo(shop, with_contacts=True)),
    ("smb_message_echoes", "echo_revoke", revoked_echo),
    ("history", "history", lived),
    ("history", "history_media", with_media),
    ("history", "history_refused", refused),
    ("smb_app_state_sync", "state_sync", phone_book("add")),
    ("smb_app_state_sync", "state_sync", phone_book("remove")),
    ("user_preferences", "user_preferences", lambda shop: shop.control(f"users/{PHONE}/preference", {"value": "stop"})),
    ("account_update", "restriction", lambda shop: shop.control(LOCK, {"code": 368})),
    ("account_update", "violation", lambda shop: shop.control(LOCK, {"code": 131031})),
    (
        "account_update",
        "partner_removed",
        lambda shop: shop.control("numbers/106500000000001/disconnection", {"reason": "PRIMARY_INACTIVITY"}),
    ),
    ("message_template_status_update", "template_approved", template(status="APPROVED")),
    ("message_template_status_update", "template_rejected", template(status="REJECTED", reason="INVALID_FORMAT")),
    ("message_template_status_update", "template_paused", template(status="PAUSED")),
    ("template_category_update", "category_warning", template(warn_category="UTILITY")),
    ("template_category_update", "category_changed", template(category="UTILITY")),
    ("message_template_quality_update", "template_quality", template(quality="YELLOW")),
    (
        "phone_number_quality_update",
        "number_quality",
        lambda shop: shop.control("numbers/106500000000001/quality", {"quality": "RED", "event": "THROUGHPUT_UPGRADE"}),
    ),
]


@pytest.mark.parametrize(("topic", "name", "act"), CHANGES, ids=[f"{i}-{c[1]}" for i, c in enumerate(CHANGES)])
def test_other_webhooks(shop: Shop, topic: str, name: str, act: Callable[[Shop], Any]) -> None:
    act(shop)
    values = shop.values(topic)
    assert values
    for value in values:
        assert differences(value, VALUES[name]) == []


def test_every_documented_shape_is_reached() -> None:
    assert {name for name, _ in WAYS} == set(MESSAGES)
    assert {name for _, name, _ in CHANGES} == set(VALUES) - {"messages", "statuses"}


def test_the_envelope(shop: Shop) -> None:
    shop.inbound()
    (body,) = shop.bodies()
    shape = {
        "object": "whatsapp_business_account",
        "entry": [{"id": shop.number.waba_id, "time?": int, "changes": [{"field": "messages", "value": dict}]}],
    }
    assert differences(body, shape) == []


def test_the_comparison_notices_a_missing_and_an_invented_key() -> None:
    assert differences({"body": 1, "new": 2}, {"body": str, "id": str, "more?": str}) == [
        ".id: missing",
        ".new: not documented",
        ".body: 1",
    ]
