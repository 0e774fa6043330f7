"""The page for everybody, the feed, the picture: one price everywhere, and none of another kind."""

import csv
import json
import re
from datetime import datetime, time, timedelta
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from setia.catalog import actions, drawing, queries
from setia.catalog.models import Product
from setia.core.errors import DomainError
from setia.core.events import Event
from setia.orders import actions as orders
from setia.orders.actions import LineInput

pytestmark = pytest.mark.django_db

PAGE = "/p/c/sekar-pandan/"


@pytest.fixture
def visitor(world):
    actions.open_page()
    return Client(headers={"Accept-Language": "en"})


def test_the_page_is_there_only_while_it_is_open(world):
    assert Client().get(PAGE).status_code == 404
    owner = world.client("owner")
    assert world.client("cashier").post(world.url("products/page/opening/")).status_code == 403
    assert owner.post(world.url("products/page/opening/"), follow=True).status_code == 200
    assert Client().get(PAGE).status_code == 200
    assert Event.objects.filter(verb="catalogue.changed").count() == 1
    assert owner.get(world.url("products/page/poster/")).status_code == 200
    owner.post(world.url("products/page/closing/"))
    for path in ("", "manifest.webmanifest", "icon-192.png", f"cards/{world.variants['keju-10'].pk}.jpg"):
        assert Client().get(PAGE + path).status_code == 404


def test_it_says_what_is_in_it_and_what_it_costs(world, visitor):
    actions.change_product(
        product=Product.objects.get(),
        ingredients="tepung terigu, kacang hijau",
        allergens=["milk", "gluten"],
        pirt_number="P-IRT No. 2063575010012-29",
        halal_number="id12345678901234567",
    )
    actions.change_page(greeting="Selamat datang", address="Jl. Melati 5", map_link="https://maps.example/1")
    page = visitor.get(PAGE).content.decode()
    for text in ("gluten (wheat), milk", "2063575010012-29", "ID12345678901234567", "Jl. Melati 5", "Rp 24,000"):
        assert text in page
    assert len(page) < 60_000
    link = re.search(r'href="(https://wa\.me/6281230004000\?text=[^"]+)"', page)
    assert link and "%5B%23KATALOG%5D" in link[1]
    assert "%5B%23BAZAR%5D" in visitor.get(f"{PAGE}?s=bazar").content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1])
    assert data["@type"] == "Bakery" and data["makesOffer"][0]["price"] == 20_000
    assert "og:image" in page and visitor.get(f"{PAGE}manifest.webmanifest").json()["icons"]
    assert Image.open(BytesIO(visitor.get(f"{PAGE}icon-512.png").content)).size == (512, 512)
    assert visitor.get(f"{PAGE}icon-7.png").status_code == 404


def test_a_number_that_is_over_or_not_well_formed_is_not_shown(world, visitor):
    product = Product.objects.get()
    actions.change_product(product=product, pirt_number="206357501001223")
    page = visitor.get(PAGE).content.decode()
    assert product.pirt_number == "2063575010012-23" and product.pirt_number not in page
    for field, wrong in (("pirt_number", "12345"), ("halal_number", "KH123"), ("allergens", ["love"])):
        with pytest.raises(DomainError) as caught:
            actions.change_product(product=product, **{field: wrong})
        assert caught.value.field == field
    with pytest.raises(DomainError):
        actions.change_product(product=product, description="Bakpia yang menyembuhkan")


def _prices_everywhere(world, visitor, keju) -> set[int]:
    """Keju 10's price as page, feed, counter, orders, chat and picture say it at this moment."""
    day = world.shop.today()
    shown = re.search(rf'name="b{keju.pk}"[^>]*data-price="(\d+)"', visitor.get(PAGE).content.decode())
    counter = re.search(
        rf'name="boxes-{keju.pk}"[^>]*', world.client("cashier").get(world.url("orders/counter/")).content.decode()
    )
    feed = visitor.get(f"/p/f/{queries.feed_token()}/catalogue.csv").content.decode()
    row = next(row for row in csv.DictReader(feed.splitlines()) if row["id"] == keju.sku)
    order = orders.place(lines=[LineInput(keju.pk, 1)], due_on=day)
    text = re.search(r"Keju isi 10: Rp ?([\d.,]+)", queries.price_list_text(day=day))
    return {
        int(shown[1]),
        int(re.search(r'data-price="(\d+)"', counter[0])[1]),
        int(float(row["price"].split()[0])),
        order.total,
        int(re.sub(r"\D", "", text[1])),
        queries.prices([keju.pk], day=day)[keju.pk],
    }


def test_one_price_everywhere_also_at_midnight_of_the_shops_day(world, clock, visitor):
    keju = world.variants["keju-10"]
    actions.open_feed()
    tomorrow = world.shop.today() + timedelta(days=1)
    actions.set_price(variant=keju, amount=25_500, valid_from=tomorrow)
    midnight = datetime.combine(tomorrow, time(0, 0), tzinfo=world.shop.zone)
    clock.forward(seconds=(midnight - world.shop.now()).total_seconds() - 1)
    assert _prices_everywhere(world, visitor, keju) == {24_000}
    clock.forward(seconds=1)
    assert _prices_everywhere(world, visitor, keju) == {25_500}


def test_prices_of_other_kinds_never_leak(world, visitor):
    keju = world.variants["keju-10"]
    actions.set_price(variant=keju, amount=19_876, customer_kind="reseller")
    actions.set_price(variant=keju, amount=18_765, customer_kind="intermediary")
    actions.open_feed()
    paths = [PAGE, f"/p/f/{queries.feed_token()}/catalogue.csv", f"/p/o/sekar-pandan/?b{keju.pk}=2&for=reseller"]
    for path in paths:
        digits = re.sub(
            r"[.,]", "", visitor.get(path, {"for": "reseller"} if "?" not in path else None).content.decode()
        )
        assert "19876" not in digits and "18765" not in digits and "20500" not in digits, path
    assert queries.product_sections(kind="reseller", day=world.shop.today()) == []


def test_what_is_out_of_season_is_nowhere(world, visitor):
    keju, day = world.variants["keju-10"], world.shop.today()
    actions.change_variant(variant=keju, sold_from=day + timedelta(days=1), sold_until=day + timedelta(days=2))
    assert f'name="b{keju.pk}"' not in visitor.get(PAGE).content.decode()
    assert visitor.get(f"{PAGE}cards/{keju.pk}.jpg").status_code == 404
    with pytest.raises(DomainError):
        orders.place(lines=[LineInput(keju.pk, 1)], due_on=day)
    on = [day + timedelta(days=n) for n in range(4) if keju in queries.sold(day + timedelta(days=n))]
    assert on == [day + timedelta(days=1), day + timedelta(days=2)]
    with pytest.raises(DomainError):
        actions.change_variant(variant=keju, sold_from=day, sold_until=day - timedelta(days=1))


def test_the_feed_has_metas_columns_and_a_secret_that_can_be_renewed(world, visitor):
    actions.open_feed()
    token = queries.feed_token()
    answer = visitor.get(f"/p/f/{token}/catalogue.csv")
    rows = list(csv.DictReader(answer.content.decode().splitlines()))
    assert len(rows) == len(world.variants)
    needed = {"id", "title", "description", "availability", "condition", "price", "link", "image_link", "brand"}
    assert needed <= set(rows[0]) and all(rows[0][name] for name in needed)
    assert rows[0]["price"] == "20000.00 IDR"
    picture = visitor.get(rows[0]["image_link"].removeprefix("http://testserver"))
    assert min(Image.open(BytesIO(picture.content)).size) >= 500
    world.client("owner").post(world.url("products/page/feed/"))
    assert visitor.get(f"/p/f/{token}/catalogue.csv").status_code == 404
    (section,) = queries.product_sections(day=world.shop.today())
    assert section["product_items"][0] == {"product_retailer_id": rows[0]["id"]}


def test_the_picture_is_made_from_the_table_and_small(world, monkeypatch):
    """What is drawn is what the query says, for each kind and in both languages; below 100 kB."""
    drawn = []
    draw = drawing.price_picture
    monkeypatch.setattr(drawing, "price_picture", lambda page: drawn.append(page) or draw(page))
    client = world.client("viewer")
    assert client.get(world.url("products/picture/")).status_code == 200
    for kind in ("", "reseller"):
        for language in ("id", "en"):
            answer = client.get(world.url(f"products/picture/file/?for={kind}&lang={language}"))
            assert answer.status_code == 200 and len(answer.content) < 100_000
            assert Image.open(BytesIO(answer.content)).size == (1080, 1920)
            rows = [row for _product, group in drawn[-1].groups for row in group]
            wanted = queries.sellable(kind=kind or "end", day=world.shop.today())
            assert [(row.label, int(re.sub(r"\D", "", row.price))) for row in rows] == [
                (offer.label, offer.price) for offer in wanted
            ]
    assert client.get(world.url("products/picture/file/?page=9")).status_code == 404
    assert world.client("stranger").get(world.url("products/picture/file/")).status_code == 404


def test_many_items_with_photos_make_several_pictures_below_the_limit():
    noise = BytesIO()
    Image.effect_noise((320, 320), 90).convert("RGB").save(noise, "WEBP")
    rows = [
        ("Bakpia", drawing.PriceRow(f"Rasa nomor {n} yang panjang sekali namanya isi 20", "Rp20.000", noise.getvalue()))
        for n in range(40)
    ]
    pages = drawing.pages(rows)
    assert [sum(len(group) for _p, group in page) for page in pages] == [16, 16, 8]
    body, kind = drawing.price_picture(drawing.PricePage("Toko", "1 Mei 2026", pages[0], "WA"))
    assert kind == "image/jpeg" and len(body) < drawing.MOST_BYTES


def test_a_price_to_come_can_be_taken_back_one_that_counts_cannot(world):
    keju, owner = world.variants["keju-10"], world.client("owner")
    tomorrow = world.shop.today() + timedelta(days=1)
    actions.set_price(variant=keju, amount=30_000, valid_from=tomorrow)
    page = owner.get(world.url("products/prices/")).content.decode()
    assert "Rp 30,000" in page or "Rp30.000" in page
    path = world.url(f"products/prices/withdrawal/{keju.pk}/")
    assert world.client("cashier").post(path).status_code == 403
    for _twice in range(2):
        owner.post(path, {"kind": "", "day": tomorrow.isoformat()})
    assert queries.prices([keju.pk], day=tomorrow) == {keju.pk: 24_000}
    assert Event.objects.filter(verb="price.withdrawn").count() == 1
    with pytest.raises(DomainError):
        actions.withdraw_price(variant=keju, customer_kind="", valid_from=world.shop.today())


def test_go_betweens_have_a_list_of_their_own(world):
    keju, day = world.variants["keju-10"], world.shop.today()
    actions.set_price(variant=keju, amount=22_000, customer_kind="intermediary")
    known = {
        kind: queries.prices([keju.pk], kind=kind, day=day)[keju.pk] for kind in ("end", "reseller", "intermediary")
    }
    assert known == {"end": 24_000, "reseller": 20_500, "intermediary": 22_000}
