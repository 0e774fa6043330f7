"""The phone page: what a visitor sees and does, without JavaScript and with it."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlencode

import pytest

from setia.emulator.api import Request, Response
from setia.emulator.phone.bubbles import text
from setia.emulator.phone.view import initials
from setia.emulator.phone.words import MONTHS, WORDS
from setia.emulator.tests.world import PHONE, TEMPLATE, Shop

LIST = {
    "type": "list",
    "body": {"text": "Pilih rasa"},
    "action": {"button": "Menu", "sections": [{"title": "Klasik", "rows": [{"id": "k1", "title": "Kacang ijo"}]}]},
}
BUTTONS = {
    "type": "button",
    "body": {"text": "Benar?"},
    "action": {"buttons": [{"type": "reply", "reply": {"id": "ok:1", "title": "Ya, benar"}}]},
}


def get(shop: Shop, path: str, **headers: str) -> Response:
    path, _, query = path.partition("?")
    pairs = dict(pair.split("=") for pair in query.split("&") if pair)
    return shop.emulator.handle(Request("GET", path, pairs, headers))


def page(shop: Shop, path: str = f"/phone/{PHONE}", **headers: str) -> str:
    return unescape(get(shop, path, **headers).raw().decode())


def post(shop: Shop, accept: str = "text/html", **fields: str) -> Response:
    headers = {"content-type": "application/x-www-form-urlencoded", "accept": accept}
    return shop.emulator.handle(Request("POST", f"/phone/{PHONE}/messages", {}, headers, urlencode(fields).encode()))


def test_the_list_shows_recent_chats_first_and_can_be_searched(shop: Shop) -> None:
    shop.control("users", [{"phone": f"62813000{i:05d}", "name": f"Orang {i:02d}"} for i in range(80)])
    shop.inbound("kopi susu", user="6281300000042")
    shown = page(shop, "/")
    assert shown.index("Orang 42") < shown.index("Bu Sari") < shown.index("Orang 00")
    assert "kopi susu" in shown
    assert "dan 21 lagi" in shown
    found = re.findall(r"<b>(.*?)</b>", page(shop, "/people?q=081300000007"))
    assert found == ["Orang 07"]
    assert "Tidak ada yang cocok" in page(shop, "/people?q=zzz")


def test_writing_reaches_the_shop_and_comes_back_to_the_page(shop: Shop) -> None:
    answer = post(shop, kind="text", text="Ada bakpia?\r\nYang keju")
    assert (answer.status, answer.headers["Location"]) == (303, f"/phone/{shop.user.key}#end")
    assert shop.items("messages")[0]["text"]["body"] == "Ada bakpia?\nYang keju"
    assert "Ada bakpia?" in page(shop)
    assert post(shop, "application/json", kind="text", text="lagi").raw() == b'{"success":true}'


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"kind": "image"}, "image"),
        ({"kind": "location"}, "location"),
        ({"kind": "stop"}, "text"),
        ({"kind": "share_phone"}, "contacts"),
        ({"kind": "order", "value": "SKU-01"}, "order"),
    ],
)
def test_what_else_can_be_sent(shop: Shop, fields: dict[str, str], kind: str) -> None:
    post(shop, **fields)
    (message,) = shop.items("messages")
    assert message["type"] == kind
    assert f'id="m{shop.get("messages")[0]["seq"]}"' in page(shop)


def test_a_file_can_be_uploaded(shop: Shop) -> None:
    body = (
        b'--B\r\nContent-Disposition: form-data; name="kind"\r\n\r\nupload\r\n'
        b'--B\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
        b"\x89PNG\r\n\x1a\n--data\r\n--B--\r\n"
    )
    headers = {"content-type": "multipart/form-data; boundary=B"}
    assert shop.emulator.handle(Request("POST", f"/phone/{PHONE}/messages", {}, headers, body)).status == 303
    (message,) = shop.items("messages")
    url = shop.api.get(message["image"]["id"]).json()["url"]
    assert shop.api.get(url).content == b"\x89PNG\r\n\x1a\n--data"
    shown = get(shop, f"/phone-media/{message['image']['id']}")
    assert (shown.status, shown.headers["Content-Type"]) == (200, "image/png")


def test_an_empty_message_and_a_wrong_file_are_refused(shop: Shop) -> None:
    assert post(shop, kind="text", text="   ").status == 400
    assert post(shop, kind="dance").status == 400
    assert shop.hook.requests == []


def test_only_what_arrived_is_on_the_phone(chatting: Shop) -> None:
    chatting.control("faults", {"route": "messages.outcome", "do": {"fail_after_sent": 131026}})
    chatting.sent(content={"body": "pesan hilang"})
    chatting.sent(content={"body": "pesan tiba"})
    assert "pesan hilang" not in page(chatting) and "pesan tiba" not in page(chatting)
    chatting.advance()
    assert "pesan hilang" not in page(chatting) and "pesan tiba" in page(chatting)


def test_buttons_lists_and_quick_replies_can_be_tapped(chatting: Shop) -> None:
    parts = [{"type": "body", "parameters": [{"type": "text", "text": "Sari"}, {"type": "text", "text": "8841"}]}]
    chatting.control("templates", TEMPLATE)
    wamids = [
        chatting.sent("interactive", BUTTONS),
        chatting.sent("interactive", LIST),
        chatting.sent("template", {"name": "pesanan_siap", "language": {"code": "id"}, "components": parts}),
    ]
    chatting.advance()
    shown = page(chatting)
    assert "Halo Sari, pesanan 8841 sudah siap." in shown
    for wamid, choice in zip(wamids, ("ok:1", "k1", "Pesan lagi"), strict=True):
        assert f'value="{wamid}"' in shown and f'value="{choice}"' in shown
        post(chatting, kind="tap", message=wamid, choice=choice)
    first, second, third = chatting.items("messages")
    assert first["interactive"]["button_reply"]["title"] == "Ya, benar"
    assert second["interactive"]["list_reply"]["id"] == "k1"
    assert third["button"]["payload"] == "Pesan lagi"
    assert post(chatting, kind="tap", message=wamids[0], choice="nothing").status == 404


def test_reacting_and_taking_it_back(chatting: Shop) -> None:
    wamid = chatting.sent()
    chatting.advance()
    post(chatting, kind="reaction", message=wamid, emoji="👍")
    assert '<p class="badges"><span>👍</span></p>' in page(chatting)
    post(chatting, kind="reaction", message=wamid, emoji="")
    assert "badges" not in page(chatting)
    assert [m["reaction"].get("emoji") for m in chatting.items("messages")] == ["👍", None]


def test_stopping_offers_is_told_and_shown(shop: Shop) -> None:
    post(shop, kind="preference", value="stop")
    assert shop.items("user_preferences", "user_preferences")[0]["value"] == "stop"
    assert "promosi dihentikan" in page(shop)
    post(shop, kind="preference", value="resume")
    assert "promosi dihentikan" not in page(shop)


def test_ticks_follow_the_shop(shop: Shop) -> None:
    shop.hook.status = 500
    message = shop.inbound()
    assert "ticks--sent" in page(shop)
    shop.hook.status = 200
    shop.advance(60)
    assert "ticks--delivered" in page(shop)
    shop.post({"messaging_product": "whatsapp", "status": "read", "message_id": message["id"]})
    assert "ticks--read" in page(shop)


def test_typing_is_shown_until_the_answer(chatting: Shop) -> None:
    message = chatting.inbound()
    receipt = {"messaging_product": "whatsapp", "status": "read", "message_id": message["id"]}
    chatting.post({**receipt, "typing_indicator": {"type": "text"}})
    assert "sedang mengetik" in page(chatting)
    chatting.sent()
    assert "sedang mengetik" not in page(chatting)


def test_the_feed_brings_only_what_changed(chatting: Shop) -> None:
    feed = get(chatting, f"/phone/{PHONE}/feed?since=0").body
    assert [item["id"] for item in feed["items"]] == ["m1"]
    chatting.sent()
    chatting.advance(2)
    news = get(chatting, f"/phone/{PHONE}/feed?since={feed['revision']}").body
    assert [item["id"] for item in news["items"]] == ["m2"]
    assert news["unread"] is True
    chatting.emulator.handle(Request("POST", f"/phone/{PHONE}/seen"))
    assert get(chatting, f"/phone/{PHONE}/feed?since={news['revision']}").body["unread"] is False


def test_language_by_choice_then_cookie_then_browser(shop: Shop) -> None:
    assert 'lang="id"' in page(shop, "/")
    assert "Customer's phone" in page(shop, "/", **{"accept-language": "en-GB,id;q=0.5"})
    assert "Customer's phone" in page(shop, "/", cookie="a=b; lang=en")
    answer = get(shop, "/?lang=en", **{"accept-language": "id"})
    assert b"Pick a customer" in answer.raw()
    assert answer.headers["Set-Cookie"].startswith("lang=en;")


def test_both_languages_say_everything() -> None:
    assert set(WORDS["id"]) == set(WORDS["en"])
    assert all(value.strip() for words in WORDS.values() for value in words.values())
    assert {len(names) for names in MONTHS.values()} == {12}


def test_pages_obey_their_own_policy(chatting: Shop) -> None:
    chatting.sent("interactive", LIST)
    chatting.advance()
    answer = get(chatting, f"/phone/{PHONE}")
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    html = answer.raw().decode()
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script>|javascript:", html)
    for name in re.findall(r'(?:href|src)="(/static/[^"]+)"', html):
        assert get(chatting, name).status == 200
    assert get(chatting, "/static/..%2Fengine.py").status == 404
    assert get(chatting, "/static/engine.py").status == 404


def test_what_people_write_is_only_text(shop: Shop) -> None:
    shop.control("users", {"phone": PHONE, "name": "<b>Sari</b>"})
    post(shop, kind="text", text='<script>alert(1)</script> "x"')
    raw = get(shop, f"/phone/{PHONE}").raw().decode()
    assert "<script>alert" not in raw and "<b>Sari" not in raw


def test_chat_styles_and_links() -> None:
    shown = text("*tebal* _miring_ ~coret~ 2*3*4 a_b_c https://toko.example/a_b_c.")
    assert "<b>tebal</b> <i>miring</i> <s>coret</s> 2" in shown
    assert "a_b_c " in shown
    assert 'href="https://toko.example/a_b_c"' in shown
    assert shown.endswith(".</p>")


def test_days_are_separated_and_hours_written_the_local_way(shop: Shop) -> None:
    shop.inbound("kemarin")
    shop.advance(86_400)
    shop.inbound("sekarang")
    shown = page(shop)
    assert re.findall(r'<li class="day">(.*?)</li>', shown) == ["Kemarin", "Hari ini"]
    hour = re.findall(r"<time>(.*?)</time>", shown)[-1]
    assert re.fullmatch(r"\d\d\.\d\d", hour)


def test_what_was_said_before_is_on_the_phone_and_counts_for_the_window(shop: Shop) -> None:
    lines = [
        {"user": PHONE, "age_s": 172_800, "text": "Ready bu?", "id": "wamid.PAST-1"},
        {"user": PHONE, "age_s": 172_000, "text": "Ready *Bu Sari*.", "mine": True},
        {"user": PHONE, "age_s": 86_000, "text": "Tambah 2 ya"},
    ]
    shop.control("past", lines)
    assert shop.hook.requests == []
    assert [m["id"] for m in shop.get("messages")][0] == "wamid.PAST-1"
    shown = page(shop).split("<ol")[1]
    assert shown.index("Ready bu?") < shown.index("<b>Bu Sari</b>.") < shown.index("Tambah 2 ya")
    assert 'class="unread"' not in shown
    inside = shop.sent()
    shop.advance(400)
    outside = shop.sent()
    shop.advance()
    assert [shop.engine.log.get(wamid).error for wamid in (inside, outside)] == [None, 131047]


def test_two_shops_have_two_conversations(shop: Shop) -> None:
    shop.control("numbers", {"id": "999", "waba_id": "888", "display": "6281100000002", "verified_name": "Toko Dua"})
    shop.inbound("untuk toko satu")
    shop.inbound("untuk toko dua", number="999")
    assert "Toko Dua" in page(shop)
    assert "untuk toko dua" not in page(shop).split("chat")[2]
    second = page(shop, f"/phone/{PHONE}?number=999")
    assert "untuk toko dua" in second and f"/phone/{shop.user.key}/messages?number=999" in second


def test_initials_leave_the_honorific_out() -> None:
    assert [initials(name) for name in ("Bu Sari Dewi", "Mbah Karto", "Putri", "", "Pak", "62812")] == [
        "SD",
        "K",
        "P",
        "?",
        "P",
        "?",
    ]


@pytest.mark.parametrize("path", ["/phone/nobody", "/weather", "/phone-media/1", "/phone/u1/dance"])
def test_what_is_not_there(shop: Shop, path: str) -> None:
    assert get(shop, path).status == 404
