"""Identities: what a business sees of a person, and how it changes."""

from __future__ import annotations

from setia.emulator.tests.world import BSUID, PHONE, Shop


def test_a_user_without_phone_is_only_an_id(shop: Shop) -> None:
    shop.control("users", {"bsuid": "ID.7", "name": "Putri", "username": "putri"})
    shop.inbound(user="ID.7")
    (value,) = shop.values()
    assert value["contacts"] == [{"profile": {"name": "Putri", "username": "putri"}, "user_id": "ID.7"}]
    assert "from" not in value["messages"][0]
    assert value["messages"][0]["from_user_id"] == "ID.7"


def test_a_username_hides_the_phone_until_it_is_exchanged(shop: Shop) -> None:
    user = shop.control("users", {"phone": "6281355550000", "username": "bu.tin", "name": "Tin"})
    shop.inbound(user=user["key"])
    assert "from" not in shop.items("messages")[0]
    shop.sent(to="+6281355550000")
    shop.inbound(user=user["key"])
    assert shop.items("messages")[-1]["from"] == "6281355550000"


def test_the_exchange_counts_for_thirty_days_once_the_contact_book_forgets(shop: Shop) -> None:
    user = shop.control("users", {"phone": "6281355550000", "username": "bu.tin"})
    shop.sent(to="+6281355550000")
    shop.control(f"users/{user['key']}", {"in_contact_book": False}, "PATCH")
    shop.advance(30 * 86_400 - 1)
    shop.inbound(user=user["key"])
    assert "from" in shop.items("messages")[-1]
    shop.control(f"users/{user['key']}", {"in_contact_book": False}, "PATCH")
    shop.advance(30 * 86_400)
    shop.inbound(user=user["key"])
    assert "from" not in shop.items("messages")[-1]


def test_erasing_a_contact_hides_the_phone_again(shop: Shop) -> None:
    user = shop.control("users", {"phone": "6281355550000", "username": "bu.tin"})
    shop.sent(to="+6281355550000")
    path = f"{shop.number.id}/contact_book"
    assert shop.api.delete(path, params={"bsuid": user["bsuid"]}).json() == {"success": True}
    shop.inbound(user=user["key"])
    assert "from" not in shop.items("messages")[-1]
    assert shop.api.delete(path, params={"bsuid": "ID.none"}).status_code == 400


def test_hide_phone_hides_it_for_one_message(shop: Shop) -> None:
    shop.inbound(hide_phone=True)
    shop.inbound()
    first, second = shop.values()
    assert ("from" in first["messages"][0], "wa_id" in first["contacts"][0]) == (False, False)
    assert ("from" in second["messages"][0], "wa_id" in second["contacts"][0]) == (True, True)


def test_a_new_phone_brings_a_new_id_and_a_system_message(shop: Shop) -> None:
    shop.control(f"users/{BSUID}/phone", {"phone": "+62 899-9999-9999"})
    (value,) = shop.values()
    system = value["messages"][0]["system"]
    assert "contacts" not in value
    assert value["messages"][0]["from"] == PHONE
    assert (system["type"], system["wa_id"]) == ("user_changed_number", "6289999999999")
    assert system["previous_user_id"] == BSUID != system["user_id"]
    shop.inbound(user="6289999999999")
    assert shop.items("messages")[-1]["from_user_id"] == system["user_id"]
    assert shop.engine.users.find(PHONE) is None


def test_only_the_id_may_change(shop: Shop) -> None:
    changed = shop.control(f"users/{PHONE}/bsuid", {})
    (message,) = shop.items("messages")
    assert "from" not in message
    assert message["system"] == {
        "type": "user_changed_user_id",
        "body": "User changed",
        "user_id": changed["bsuid"],
        "previous_user_id": BSUID,
    }


def test_a_recycled_number_is_another_person_without_a_word(shop: Shop) -> None:
    shop.control("users", {"phone": PHONE, "bsuid": "ID.OTHER", "name": "Pak Baru"})
    shop.inbound(user=PHONE)
    assert shop.items("messages")[0]["from_user_id"] == "ID.OTHER"
    assert shop.engine.users.get(BSUID).phone is None
    assert len(shop.engine.users) == 2


def test_users_are_added_in_bulk_and_changed_by_the_same_call(shop: Shop) -> None:
    shop.control("users", [{"phone": f"62813000{i:05d}", "name": f"Orang {i}"} for i in range(2_000)])
    shop.control("users", {"phone": "6281300000007", "name": "Nama Baru", "reads": False})
    assert len(shop.engine.users) == 2_001
    assert (shop.get("users/6281300000007")["name"], shop.get("users/6281300000007")["reads"]) == ("Nama Baru", False)
    shop.control("users/6281300000007", method="DELETE")
    assert shop.engine.users.find("6281300000007") is None


def test_the_country_of_a_new_id_comes_from_the_phone(shop: Shop) -> None:
    made = shop.control("users", [{"phone": "60123456789"}, {"phone": "6281312345678"}])
    assert [user["bsuid"][:3] for user in made] == ["MY.", "ID."]


def test_stopping_marketing_in_the_app_is_told_and_kept(chatting: Shop) -> None:
    chatting.control(f"users/{PHONE}/preference", {"value": "stop", "contacts": "wa_id"})
    chatting.control(f"users/{PHONE}/preference", {"value": "resume"})
    first, second = chatting.values("user_preferences")
    assert first["contacts"] == [{"wa_id": PHONE}]
    assert (first["user_preferences"][0]["value"], second["user_preferences"][0]["value"]) == ("stop", "resume")
    assert isinstance(first["user_preferences"][0]["timestamp"], int)
    assert chatting.engine.users.get(PHONE).marketing_stopped is False
