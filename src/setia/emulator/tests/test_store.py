"""A second start keeps the chats, and what was still going to happen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from setia.emulator import store
from setia.emulator.tests.world import BSUID, PHONE, TEMPLATE, Shop


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "world.json"


def again(shop: Shop, path: Path, **settings: Any) -> Shop:
    """End and start again on the same file."""
    shop.emulator.close()
    return Shop(state=path, **settings)


def test_a_first_start_has_no_file(path: Path) -> None:
    assert Shop(state=path).get("messages") == []
    assert not path.exists()


def test_everything_is_kept(path: Path) -> None:
    shop = Shop(state=path)
    shop.control("templates", TEMPLATE)
    shop.control("users", {"bsuid": "ID.7", "username": "putri"})
    shop.control("tokens", {"token": "second", "numbers": [shop.number.id]})
    shop.inbound("Halo ☕")
    picture = shop.control("inbound", {"user": PHONE, "type": "image"})["content"]["id"]
    shop.sent()
    shop.advance()
    new = again(shop, path)
    assert new.get("messages") == shop.get("messages")
    assert new.get("charges") == shop.get("charges")
    assert new.get("users") == shop.get("users")
    assert new.get("templates") == shop.get("templates")
    assert new.get("tokens") == shop.get("tokens")
    assert new.engine.clock.now() == shop.engine.clock.now()
    assert new.api.get(new.api.get(picture).json()["url"]).content == shop.engine.media.read(
        shop.engine.media.peek(picture)
    )
    assert new.send().status_code == 200
    new.advance()
    assert new.get("messages", direction="out")[-1]["state"] == "read"


def test_what_was_planned_still_happens(path: Path) -> None:
    shop = Shop(state=path)
    shop.inbound()
    wamid = shop.sent()
    shop.hook.status = 500
    lost = shop.inbound("tidak sampai")["id"]
    new = again(shop, path)
    new.advance(3_600)
    assert new.statuses(wamid) == ["sent", "delivered", "read"]
    assert [item["id"] for item in new.items("messages")] == [lost]


def test_what_was_being_gathered_is_still_sent_once(path: Path) -> None:
    shop = Shop(state=path)
    shop.control("webhooks/policy", {"batch": 10, "linger_s": 60})
    wamid = shop.inbound()["id"]
    new = again(shop, path)
    assert shop.hook.requests == []
    new.advance(120)
    assert [item["id"] for item in new.items("messages")] == [wamid]


def test_ids_do_not_repeat_after_a_restart(path: Path) -> None:
    shop = Shop(state=path)
    first = shop.inbound()["id"]
    assert again(shop, path).inbound()["id"] != first


def test_the_command_line_wins_over_the_file(path: Path) -> None:
    shop = Shop(state=path)
    shop.inbound()
    new = again(shop, path, display_phone_number="6281100000009", token="new-token")
    assert new.engine.number().display == "6281100000009"
    assert new.send(to=f"+{PHONE}").status_code == 200


def test_a_reset_forgets_the_world_but_not_where_to_save(path: Path) -> None:
    shop = Shop(state=path)
    shop.inbound()
    shop.emulator.reset()
    assert shop.emulator.engine.log.all == []
    assert shop.emulator.settings.state == path


def test_a_file_of_another_version_is_not_guessed_at(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(json.dumps({"version": 99}))
    with pytest.raises(ValueError, match="version 99"):
        Shop(state=path)


def test_a_save_is_whole_or_not_at_all(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = Shop(state=path)
    shop.inbound()
    store.save(shop.engine, path)
    before = path.read_bytes()

    def crash(*_: object) -> None:
        raise OSError("power cut")

    monkeypatch.setattr("os.replace", crash)
    shop.inbound()
    with pytest.raises(OSError, match="power cut"):
        store.save(shop.engine, path)
    assert path.read_bytes() == before


def test_identity_changes_survive(path: Path) -> None:
    shop = Shop(state=path)
    shop.control(f"users/{BSUID}/phone", {"phone": "6289999999999"})
    shop.emulator.close()
    new = Shop(state=path)
    assert new.engine.users.get("6289999999999").key == shop.engine.users.get("6289999999999").key
