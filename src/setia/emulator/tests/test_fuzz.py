"""Whatever a client sends, it gets an answer in the platform's words."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from setia.emulator.api import Request
from setia.emulator.tests.world import PHONE, TEMPLATE, Shop

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
HEAD = {"messaging_product": "whatsapp", "to": f"+{PHONE}"}
BUTTON = {"type": "reply", "reply": {"id": "1", "title": "Ya"}}
BODY = {"text": "Pilih"}


def interactive(kind: str, action: dict[str, Any]) -> dict[str, Any]:
    header = {"type": "text", "text": "Menu"}
    return {
        **HEAD,
        "type": "interactive",
        "interactive": {"type": kind, "header": header, "body": BODY, "action": action},
    }


SENDS: list[dict[str, Any]] = [
    {**HEAD, "type": "text", "text": {"body": "x"}, "context": {"message_id": "wamid.x"}},
    {**HEAD, "type": "image", "image": {"link": "https://a.test/b.jpg", "caption": "x"}},
    {**HEAD, "type": "location", "location": {"latitude": 1, "longitude": 2}},
    {**HEAD, "type": "contacts", "contacts": [{"name": {"formatted_name": "x"}, "phones": [{"phone": "1"}]}]},
    {**HEAD, "type": "reaction", "reaction": {"message_id": "wamid.x", "emoji": "👍"}},
    interactive("button", {"buttons": [BUTTON]}),
    interactive("list", {"button": "Menu", "sections": [{"title": "a", "rows": [{"id": "1", "title": "b"}]}]}),
    interactive("cta_url", {"name": "cta_url", "parameters": {"display_text": "x", "url": "https://a.test"}}),
    interactive(
        "product_list",
        {"catalog_id": "1", "sections": [{"title": "a", "product_items": [{"product_retailer_id": "1"}]}]},
    ),
    interactive("carousel", {"cards": [{"card_index": 0}, {"card_index": 1}]}),
    interactive("flow", {"name": "flow", "parameters": {"flow_message_version": "3", "flow_id": "1", "flow_cta": "x"}}),
    {
        **HEAD,
        "type": "template",
        "template": {
            "name": "pesanan_siap",
            "language": {"code": "id"},
            "components": [
                {"type": "body", "parameters": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]},
                {"type": "button", "sub_type": "quick_reply", "index": "0", "parameters": [{"payload": "x"}]},
            ],
        },
    },
    {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.x", "typing_indicator": {"type": "text"}},
]
NUMBER = "106500000000001"
OTHERS: list[tuple[str, dict[str, Any]]] = [
    ("206500000000001/message_templates", {**TEMPLATE, "name": "baru"}),
    ("206500000000001/subscribed_apps", {"override_callback_uri": "http://a.test", "verify_token": "x"}),
    (NUMBER, {"webhook_configuration": {"override_callback_uri": "http://a.test", "verify_token": "x"}}),
    (f"{NUMBER}/block_users", {"messaging_product": "whatsapp", "block_users": [{"user": f"+{PHONE}"}]}),
    (f"{NUMBER}/message_qrdls", {"prefilled_message": "Halo", "generate_qr_image": "SVG"}),
    (f"{NUMBER}/smb_app_data", {"messaging_product": "whatsapp", "sync_type": "history"}),
    (f"{NUMBER}/whatsapp_business_profile", {"messaging_product": "whatsapp", "about": "Toko"}),
]
CALLS = [(f"{NUMBER}/messages", body) for body in SENDS] + OTHERS


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every path inside a JSON value, its own included."""
    inner: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [path] + [place for key, item in inner for place in places(item, (*path, key))]


def replaced(value: Any, path: tuple[Any, ...], junk: Any) -> Any:
    """A copy with one place replaced."""
    if not path:
        return junk
    made = copy.deepcopy(value)
    holder = made
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = junk
    return made


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_body_gets_an_answer(data: st.DataObject) -> None:
    shop = Shop()
    shop.control("templates", TEMPLATE)
    shop.inbound()
    path, body = data.draw(st.sampled_from(CALLS))
    broken = replaced(body, data.draw(st.sampled_from(places(body))), data.draw(JUNK))
    answer = shop.api.post(path, json=broken)
    assert answer.status_code == 200 or isinstance(answer.json()["error"]["code"], int)
    shop.advance()
    page = shop.emulator.handle(Request("GET", f"/phone/{PHONE}"))
    assert page.status == 200


def test_the_unbroken_bodies_are_accepted() -> None:
    for path, body in CALLS:
        shop = Shop()
        shop.control("templates", TEMPLATE)
        shop.control(f"numbers/{NUMBER}", {"coexistence": True}, "PATCH")
        wamid = shop.inbound()["id"]
        answer = shop.api.post(path, json={**body, **({"message_id": wamid} if "message_id" in body else {})})
        assert answer.status_code == 200, (body, answer.text)
