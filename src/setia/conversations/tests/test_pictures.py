"""Prices and products as pictures and as products to tap: asked for by a customer, or sent from the composer."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from setia.catalog import actions as catalog
from setia.catalog import queries as shelf
from setia.conversations import actions, phrases
from setia.conversations.models import AutoReply, MediaFile, Message
from setia.conversations.tests.play import playing
from setia.conversations.tests.test_attaching import picture, send
from setia.conversations.tests.test_pages import get, post
from setia.customers import actions as people
from setia.emulator.errors import GraphError
from setia.emulator.validation.interactive import check_interactive
from setia.shops import actions as shops
from setia.web import photos

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(world):
    shops.change_shop(language="en")
    actions.change_auto_reply(trigger="greeting", enabled=False, text="", text_english="")


@pytest.fixture
def play(world, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    with playing() as play:
        play.user()
        yield play
        assert play.violations() == []


def link_catalogue(world, number="700100"):
    assert post(world, "tools/", {"catalog_id": number, "slow_after": "30"}).status_code == 302


def carry(trigger, carries):
    actions.change_auto_reply(trigger=trigger, enabled=True, text="", text_english="", carries=carries)


def with_photo(world, number=0):
    """A photo for one thing on the shelf."""
    variant = list(world.variants.values())[number]
    token = photos.store(SimpleUploadedFile("foto.png", picture().read()), folder=shelf.PHOTOS)
    type(variant).objects.filter(pk=variant.pk).update(photo=token)
    return variant


# --- Whoever asks -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "catalogue"),
    [
        ("Katalog kak?", True),
        ("minta katalognya dong bu", True),
        ("foto kuenya dong", True),
        ("harga", False),
        ("katalognya salah", False),
    ],
)
def test_who_asks_for_the_catalogue(words, catalogue):
    assert phrases.asks_for_catalogue(words) is catalogue


def test_the_catalogue_is_a_picture_of_the_prices_with_the_words_below_it(play):
    play.writes("minta katalognya kak")
    (sent,) = play.phone()
    assert sent["type"] == "image" and sent["content"]["id"]
    assert sent["content"]["caption"].startswith("Halo Bu Tetangga") and "Rp" not in sent["content"]["caption"]
    file = MediaFile.objects.get()
    assert file.width == 1080 and file.height == 1920 and file.thumbnail
    assert play.chat().waiting_since is None, "it is an answer"


def test_photos_of_products_follow_the_pictured_catalogue(play, world):
    variant = with_photo(world)
    play.writes("minta foto produknya dong kak")
    play.wait(seconds=20)
    prices, photo = play.phone()
    assert prices["content"]["caption"] and photo["content"]["caption"] == f"{variant.label}: Rp20.000"
    assert "/small/" in get(world, f"{play.chat().pk}/").content.decode()


def test_the_price_list_is_words_until_the_owner_wants_a_picture(play, world):
    play.writes("harga")
    assert [sent["type"] for sent in play.phone()] == ["text"]
    data = {"enabled": "on", "text": "", "text_english": "", "carries": "picture"}
    assert post(world, "automatic/price_list/", data).status_code == 302
    play.wait(hours=2)
    play.writes("harga")
    assert [sent["type"] for sent in play.phone()] == ["text", "image"]


def test_the_public_page_stands_below_the_picture(play):
    catalog.open_page()
    carry("price_list", "picture")
    play.writes("harga")
    assert play.phone()[0]["content"]["caption"].endswith(f"/p/c/{shelf.page_token()}/")


def test_with_a_linked_catalogue_products_to_tap(play, world):
    link_catalogue(world)
    play.writes("katalog")
    (sent,) = play.phone()
    body = sent["content"]
    assert body["type"] == "product_list" and body["action"]["catalog_id"] == "700100"
    skus = {offer.sku for offer in shelf.sellable(day=world.shop.today())}
    offered = {item["product_retailer_id"] for part in body["action"]["sections"] for item in part["product_items"]}
    assert offered == skus and "Rp" not in body["body"]["text"] and "\n\n\n" not in body["body"]["text"]


def test_more_products_than_a_list_holds_are_the_whole_catalogue(play, world):
    link_catalogue(world)
    product = next(iter(world.variants.values())).product
    for number in range(30):
        made = catalog.add_variant(product=product, flavour=f"Rasa {number}", pack_size=10)
        catalog.set_price(variant=made, amount=20_000)
    play.writes("katalog")
    (sent,) = play.phone()
    assert sent["content"]["type"] == "catalog_message"


def test_resellers_see_their_own_prices_and_never_the_catalogue_of_everyone(play, world):
    link_catalogue(world)
    play.writes("halo")
    people.change_customer(customer=play.chat().customer, kind="reseller")
    play.writes("katalog")
    (sent,) = play.phone()
    assert sent["type"] == "image"
    assert Message.objects.get(kind="image").payload["draw"]["kind"] == "reseller"


def test_nothing_on_the_shelf_is_said_in_words(play, world):
    for variant in world.variants.values():
        catalog.retire(variant=variant)
    play.writes("katalog")
    assert [sent["type"] for sent in play.phone()] == ["text"]


def test_what_is_sold_no_more_when_it_leaves_is_left_out(play, world, clock):
    play.control("POST faults", {"route": "messages.send", "when": {"next": 1}, "do": {"error": {"code": 131016}}})
    with_photo(world)
    play.writes("foto kuenya dong")
    waiting = Message.objects.filter(direction="out", status="queued").order_by("-pk").first()
    MediaFile.objects.all().delete()
    for variant in world.variants.values():
        catalog.retire(variant=variant)
    play.wait(minutes=10)
    waiting.refresh_from_db()
    assert waiting.status == "skipped" and waiting.error_code == -11


def test_a_broken_photo_holds_nobody_up(play, world, settings):
    variant = with_photo(world)
    token = type(variant).objects.get(pk=variant.pk).photo
    for place in Path(settings.MEDIA_ROOT).rglob(f"{token}*"):
        place.write_bytes(b"no picture")
    play.writes("foto kuenya dong")
    play.writes("Bu, keju ada?")
    play.reply("Ada", world.members["owner"])
    play.wait(seconds=20)
    assert "Ada" in play.words()


# --- The owner --------------------------------------------------------------------------------------------------------


def test_the_page_says_how_prices_are_shown_and_what_is_missing(world):
    page = get(world, "automatic/catalogue/").content.decode()
    assert "As a picture" in page and "Products to tap need a WhatsApp catalogue" in page and "pricepicture" in page
    link_catalogue(world)
    page = get(world, "automatic/catalogue/").content.decode()
    assert "Products to tap need" not in page and "with your products to tap and order" in page
    assert "How the prices are shown" not in get(world, "automatic/greeting/").content.decode()


def test_only_answers_about_prices_carry_something(world):
    data = {"enabled": "on", "text": "", "text_english": "", "carries": "picture"}
    assert post(world, "automatic/greeting/", data).status_code == 302
    assert AutoReply.objects.get(trigger="greeting").carries == ""
    assert post(world, "automatic/catalogue/", data | {"carries": "elephant"}).status_code == 422


# --- From the composer ------------------------------------------------------------------------------------------------


def test_the_price_list_picture_from_the_composer(play, world):
    play.writes("Bu, keju ada?")
    chat = play.chat()
    assert "attachments/prices/" in get(world, f"{chat.pk}/").content.decode()
    assert "pricepicture" in get(world, f"{chat.pk}/attachments/prices/").content.decode()
    assert send(world, chat, "prices", text="Ini daftarnya").status_code == 302
    play.work()
    (sent,) = play.phone()
    assert sent["type"] == "image" and sent["content"]["caption"] == "Ini daftarnya"


def test_a_product_with_its_photo(play, world):
    play.writes("Bu, keju ada?")
    variant, chat = with_photo(world, 3), play.chat()
    assert send(world, chat, "product", text="").status_code == 422, "choose one"
    assert send(world, chat, "product", text="", rows=variant.sku).status_code == 302
    play.work()
    (sent,) = play.phone()
    assert sent["type"] == "image" and sent["content"]["caption"] == f"{variant.label}: Rp24.000"
    assert MediaFile.objects.get().filename.endswith(".jpg")


def test_the_whole_catalogue_from_the_composer(play, world):
    play.writes("Bu, keju ada?")
    chat = play.chat()
    assert "Write down the number" in get(world, f"{chat.pk}/attachments/catalogue/").content.decode()
    assert send(world, chat, "catalogue", text="Silakan").status_code == 422
    link_catalogue(world)
    assert "Di sini terlihat semua" in get(world, f"{chat.pk}/attachments/catalogue/").content.decode()
    assert send(world, chat, "catalogue", text="Silakan").status_code == 302
    play.work()
    (sent,) = play.phone()
    assert sent["content"]["type"] == "catalog_message" and sent["content"]["body"]["text"] == "Silakan"


def test_a_long_price_list_is_several_pictures_in_order(play, world):
    product = next(iter(world.variants.values())).product
    for number in range(12):
        made = catalog.add_variant(product=product, flavour=f"Rasa {number}", pack_size=10)
        catalog.set_price(variant=made, amount=20_000)
    play.writes("Bu?")
    send(world, play.chat(), "prices", text="Ini daftarnya")
    play.wait(seconds=20)
    assert [sent["content"].get("caption", "") for sent in play.phone()] == ["Ini daftarnya", ""]


def test_outside_the_24_hours_no_pictures(play, world, clock):
    play.writes("Bu?")
    clock.forward(hours=25)
    assert send(world, play.chat(), "prices", text="Ini").status_code == 422


# --- The emulator's checks --------------------------------------------------------------------------------------------

BODY = {"text": "Silakan"}
ITEMS = [{"product_retailer_id": "A"}, {"product_retailer_id": "B"}]
LIST = {
    "type": "product_list",
    "header": {"type": "text", "text": "Menu"},
    "body": BODY,
    "action": {"catalog_id": "700100", "sections": [{"title": "Kue", "product_items": ITEMS}]},
}
ONE = {"type": "product", "action": {"catalog_id": "700100", "product_retailer_id": "A"}}
ALL = {"type": "catalog_message", "body": BODY, "action": {"name": "catalog_message"}}


@pytest.mark.parametrize("body", [LIST, ONE, ONE | {"body": BODY}, ALL], ids=["list", "one", "worded", "all"])
def test_whatsapp_takes_products(body):
    check_interactive(body)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({name: part for name, part in LIST.items() if name != "header"}, 131008),
        (LIST | {"header": {"type": "image", "image": {"id": "1"}}}, 131009),
        (LIST | {"action": LIST["action"] | {"sections": [{"title": "Kue", "product_items": []}]}}, 131009),
        (LIST | {"action": LIST["action"] | {"sections": [{"title": "K" * 25, "product_items": ITEMS}]}}, 131009),
        (LIST | {"action": {"sections": LIST["action"]["sections"]}}, 131008),
        (ONE | {"header": {"type": "text", "text": "x"}}, 131009),
        (ONE | {"action": {"catalog_id": "700100"}}, 131008),
        (ALL | {"action": {"name": "elephant"}}, 131009),
        ({"type": "catalog_message", "action": {"name": "catalog_message"}}, 131008),
    ],
)
def test_whatsapp_refuses_products_in_another_shape(body, code):
    with pytest.raises(GraphError) as refused:
        check_interactive(body)
    assert refused.value.code == code
