"""The shop keeps its phone app."""

from __future__ import annotations

import json

import pytest

from setia.emulator.tests.world import PHONE, Shop, code


@pytest.fixture
def app(shop: Shop) -> Shop:
    """A shop whose number is also in the phone app."""
    shop.control(f"numbers/{shop.number.id}", {"coexistence": True}, "PATCH")
    return shop


def sync(shop: Shop, kind: str = "history"):
    return shop.api.post(f"{shop.number.id}/smb_app_data", json={"messaging_product": "whatsapp", "sync_type": kind})


def test_an_echo_reaches_the_customer_free_and_opens_no_window(app: Shop) -> None:
    app.control("echo", {"user": PHONE, "text": {"body": "Siap kak"}})
    (told,) = app.items("message_echoes", "smb_message_echoes")
    assert (told["from"], told["to"], told["text"]["body"]) == (app.number.display, PHONE, "Siap kak")
    wamid = app.sent()
    app.advance()
    assert app.engine.log.get(wamid).error == 131047
    assert app.get("charges")["charges"] == []


def test_an_echo_to_a_user_without_phone_has_no_to(app: Shop) -> None:
    app.control("users", {"bsuid": "ID.7"})
    app.control("echo", {"user": "ID.7", "text": {"body": "Halo"}})
    (told,) = app.items("message_echoes", "smb_message_echoes")
    assert "to" not in told
    assert told["to_user_id"] == "ID.7"


def test_edits_and_deletions_have_their_deadlines(app: Shop) -> None:
    message = app.inbound("kopi 2")
    app.control("edit", {"message": message["id"], "text": "kopi 3"})
    app.advance(901)
    with pytest.raises(AssertionError, match="15 minutes"):
        app.control("edit", {"message": message["id"], "text": "kopi 4"})
    app.control("revoke", {"message": message["id"]})
    assert [item["type"] for item in app.items("messages")] == ["text", "edit", "revoke"]
    late = app.inbound()
    app.advance(2 * 86_400 + 1)
    with pytest.raises(AssertionError, match="two days"):
        app.control("revoke", {"message": late["id"]})


def test_other_numbers_do_not_hear_of_edits(shop: Shop) -> None:
    shop.control("edit", {"message": shop.inbound()["id"], "text": "baru"})
    assert [item["type"] for item in shop.items("messages")] == ["text"]


def test_a_sync_may_be_asked_once_and_within_a_day(app: Shop) -> None:
    assert sync(app).status_code == 200
    assert code(sync(app)) == 2593107
    assert code(sync(app, "gossip")) == 100
    app.advance(86_401)
    assert code(sync(app, "smb_app_state_sync")) == 2593108


def test_a_plain_number_cannot_sync(shop: Shop) -> None:
    assert code(sync(shop)) == 100


def test_the_phone_book_leaves_out_those_without_phone(app: Shop) -> None:
    app.control("users", {"bsuid": "ID.7", "name": "Putri"})
    sync(app, "smb_app_state_sync")
    (entry,) = app.items("state_sync", "smb_app_state_sync")
    assert entry["contact"] == {
        "full_name": "Bu Sari",
        "first_name": "Bu",
        "phone_number": PHONE,
        "user_id": "ID.1349",
    }


def test_history_comes_in_chunks_out_of_order(app: Shop) -> None:
    app.control("users", [{"phone": f"62813000{i:05d}", "name": f"Orang {i}"} for i in range(5)])
    assert app.control("history", {"messages": 400, "per_chunk": 50})["chunks"] >= 8
    chunks = [item["metadata"] for item in app.items("history", "history")]
    keys = [(chunk["phase"], chunk["chunk_order"]) for chunk in chunks]
    assert keys != sorted(keys)
    assert {chunk["phase"] for chunk in chunks} == {0, 1, 2}
    assert max(chunk["progress"] for chunk in chunks) == 100
    old = [m for item in app.items("history", "history") for t in item["threads"] for m in t["messages"]]
    assert len({m["id"] for m in old}) == 400
    media = {m["id"] for m in app.items("messages", "history")}
    recent = {
        m["id"]
        for m in old
        if m["type"] == "media_placeholder" and app.engine.clock.now() - int(m["timestamp"]) < 14 * 86_400
    }
    assert media == recent != set()


def test_one_history_body_can_come_close_to_three_megabytes(app: Shop) -> None:
    threads = {PHONE: [{"age_s": 100 + i, "mine": False, "text": "x" * 780} for i in range(3_000)]}
    app.control("history", {"threads": threads, "per_chunk": 3_000})
    ((_, _, raw),) = app.hook.requests
    assert 2_700_000 < len(raw) < 3 * 1024 * 1024
    assert len(json.loads(raw)["entry"][0]["changes"][0]["value"]["history"][0]["threads"][0]["messages"]) == 3_000


def test_history_opens_no_window_and_is_no_message(app: Shop) -> None:
    sync(app)
    assert app.get("messages") == []
    assert not app.engine.windows.is_open(app.number.id, app.user.key, app.engine.clock.now())


def test_a_disconnected_number_cannot_send(app: Shop) -> None:
    app.control(f"numbers/{app.number.id}/disconnection")
    assert app.values("account_update")[0]["event"] == "PARTNER_REMOVED"
    assert code(app.send()) == 133010
