"""Files: upload, resolve, download, expiry, and the traps."""

from __future__ import annotations

import base64
import hashlib

import httpx
import pytest

from setia.emulator.sample import picture
from setia.emulator.tests.world import PHONE, Shop, code

DAY = 86_400


def upload(shop: Shop, data: bytes = b"%PDF-1", kind: str = "application/pdf", **fields: str) -> httpx.Response:
    form = {"messaging_product": "whatsapp", "type": kind, **fields}
    return shop.api.post(f"{shop.number.id}/media", data=form, files={"file": ("nota.pdf", data, kind)})


def received(shop: Shop) -> str:
    return str(shop.control("inbound", {"user": PHONE, "type": "image"})["content"]["id"])


def url_of(shop: Shop, media: str) -> str:
    return str(shop.api.get(media, params={"phone_number_id": shop.number.id}).json()["url"])


def test_the_way_of_a_file(shop: Shop) -> None:
    data = bytes(range(256)) * 40 + b"\r\n--x\r\n"
    media = upload(shop, data).json()["id"]
    about = shop.api.get(media).json()
    assert (about["mime_type"], about["file_size"]) == ("application/pdf", len(data))
    assert base64.b64decode(about["sha256"]) == hashlib.sha256(data).digest()
    answer = shop.api.get(about["url"])
    assert (answer.content, answer.headers["Content-Type"]) == (data, "application/pdf")
    assert shop.api.delete(media).json() == {"success": True}
    assert shop.api.get(media).json()["error"]["error_subcode"] == 33


def test_the_address_lives_five_minutes_and_can_be_asked_again(shop: Shop) -> None:
    media = received(shop)
    old = url_of(shop, media)
    shop.advance(300)
    assert shop.api.get(old).status_code == 404
    assert shop.api.get(url_of(shop, media)).status_code == 200


@pytest.mark.parametrize(("kind", "days"), [("upload", 30), ("inbound", 7)])
def test_ids_expire(shop: Shop, kind: str, days: int) -> None:
    media = upload(shop).json()["id"] if kind == "upload" else received(shop)
    shop.advance(days * DAY - 1)
    assert shop.api.get(media).status_code == 200
    shop.advance(1)
    answer = shop.api.get(media)
    assert (answer.status_code, code(answer), answer.json()["error"]["error_subcode"]) == (400, 100, 33)


def test_the_bytes_need_the_token(shop: Shop) -> None:
    url = url_of(shop, received(shop))
    assert shop.api.get(url, headers={"Authorization": ""}).status_code == 401
    assert shop.violations() == ["unsent_media_token"]


def test_media_of_another_number_does_not_exist(shop: Shop) -> None:
    shop.control("numbers", {"id": "999", "waba_id": "888", "display": "6281100000002"})
    shop.control("tokens", {"token": "theirs", "numbers": ["999"]})
    media = received(shop)
    assert code(shop.api.get(media, headers={"Authorization": "Bearer theirs"})) == 100
    assert code(shop.api.get(media, params={"phone_number_id": "999"})) == 100


@pytest.mark.parametrize(
    ("size", "kind", "status"),
    [
        (5 * 1024 * 1024, "image/jpeg", 200),
        (5 * 1024 * 1024 + 1, "image/jpeg", 400),
        (16 * 1024 * 1024 + 1, "video/mp4", 400),
        (500 * 1024 + 1, "image/webp", 400),
        (0, "image/png", 400),
        (10, "text/html", 400),
    ],
)
def test_sizes_and_kinds(shop: Shop, size: int, kind: str, status: int) -> None:
    answer = upload(shop, b"x" * size, kind)
    assert answer.status_code == status
    assert status == 200 or code(answer) == 131053


def test_an_upload_needs_its_fields(shop: Shop) -> None:
    assert code(upload(shop, messaging_product="telegram")) == 100
    bare = shop.api.post(f"{shop.number.id}/media", files={"messaging_product": (None, "whatsapp")})
    assert code(bare) == 131008
    assert code(shop.api.post(f"{shop.number.id}/media", content=b"x")) == 100


def test_traps_on_the_way(shop: Shop) -> None:
    media = received(shop)

    def trap(route: str = "media.download", **do: object) -> None:
        shop.control("faults", {"route": route, "when": {"next": 1}, "do": do})

    url = url_of(shop, media)
    trap(wrong_sha=True)
    assert shop.api.get(url).content != picture()
    trap(oversize=2_000_000)
    assert len(shop.api.get(url).content) == 2_000_000
    trap(status=404)
    assert shop.api.get(url).status_code == 404
    trap(truncate=True)
    with pytest.raises(httpx.RemoteProtocolError):
        shop.api.get(url)
    trap(slow_body_s=60)
    with pytest.raises(httpx.ReadTimeout):
        shop.api.get(url)
    trap("media.resolve", wrong_sha=True)
    assert base64.b64decode(shop.api.get(media).json()["sha256"]) == bytes(32)
    assert shop.api.get(url).content == picture()


@pytest.mark.parametrize(("follows", "kinds"), [(False, []), (True, ["token_to_foreign_host"])])
def test_a_client_that_follows_a_redirect_is_caught(shop: Shop, follows: bool, kinds: list[str]) -> None:
    url = url_of(shop, received(shop))
    shop.control("faults", {"route": "media.download", "do": {"redirect": True}})
    shop.api.get(url, follow_redirects=follows)
    assert shop.violations() == kinds


def test_a_redirect_to_another_host_without_token_is_still_noted(shop: Shop) -> None:
    url = url_of(shop, received(shop))
    shop.control("faults", {"route": "media.download", "do": {"redirect": "http://elsewhere.test/_foreign/x"}})
    shop.api.get(url, follow_redirects=True)
    assert shop.violations() == ["followed_redirect"]


def test_the_sample_picture_is_a_png() -> None:
    assert picture().startswith(b"\x89PNG\r\n\x1a\n")
    assert len(picture()) < 20_000
