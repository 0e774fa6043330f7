"""The first three minutes."""

import pytest
from django.test import Client

from setia.catalog import queries as catalog
from setia.catalog.models import Product
from setia.core.scope import open_shop
from setia.shops import actions as shops
from setia.shops.models import Shop
from tests.world import World


@pytest.fixture
def new(world: World):
    """A shop that was just opened, its owner's browser, and the address of a page."""
    made = shops.open_new_shop(
        name="Roti Rahayu", user_id=world.users["stranger"].pk, owner_name="Bu Lastri", language="en"
    )
    with open_shop(made):
        yield made, world.client("stranger"), lambda path="": f"/{made.slug}/{path}"


def rows(*typed: tuple[str, str, str], name: str = "Roti", **more: str) -> dict[str, str]:
    data = {"name": name, "rows-TOTAL_FORMS": str(len(typed)), "rows-INITIAL_FORMS": "0"}
    for number, (flavour, pack_size, price) in enumerate(typed):
        data |= {
            f"rows-{number}-flavour": flavour,
            f"rows-{number}-pack_size": pack_size,
            f"rows-{number}-price": price,
        }
    return data | more


def offers(shop: Shop) -> list[tuple[str, str, int | None, int]]:
    return [
        (offer.product, offer.flavour, offer.pack_size, offer.price) for offer in catalog.sellable(day=shop.today())
    ]


def test_three_steps_from_home_to_today(new):
    shop, client, url = new
    assert client.get(url())["Location"] == url("welcome/")
    answer = client.post(url("welcome/"), {"name": "Roti Rahayu Jaya", "district": "Pogalan", "language": "en"})
    assert answer["Location"] == url("welcome/whatsapp/")
    answer = client.post(answer["Location"], {"whatsapp_number": "0812 3000 4009"})
    assert answer["Location"] == url("welcome/products/")
    answer = client.post(answer["Location"], rows(("Cokelat", "10", "15rb"), ("Keju", "", "18.000"), ("", "", "")))
    assert answer["Location"] == url()
    now = Shop.objects.get(pk=shop.pk)
    assert (now.name, now.district, now.whatsapp_number) == ("Roti Rahayu Jaya", "Pogalan", "+6281230004009")
    assert offers(now) == [("Roti", "Cokelat", 10, 15_000), ("Roti", "Keju", None, 18_000)]
    assert now.setup_done_at is not None


def test_every_step_can_be_skipped(new):
    shop, client, url = new
    before = Shop.objects.get(pk=shop.pk)
    assert url("welcome/whatsapp/") in client.get(url("welcome/")).content.decode()
    assert url("welcome/products/") in client.get(url("welcome/whatsapp/")).content.decode()
    assert client.post(url("welcome/products/"), rows(("", "", ""), name=""))["Location"] == url()
    now = Shop.objects.get(pk=shop.pk)
    assert (now.name, now.whatsapp_number) == (before.name, "") and not Product.objects.exists()


def test_the_rest_later_leads_home_and_is_not_asked_again(new):
    shop, client, url = new
    assert client.get(url("welcome/later/")).status_code == 405
    assert client.post(url("welcome/later/"))["Location"] == url()
    assert client.get(url()).status_code == 200
    assert client.get(url("welcome/products/")).status_code == 200, "one can come back at any time"


def test_coming_back_changes_nothing_by_itself(new, clock):
    shop, client, url = new
    client.post(url("welcome/later/"))
    done = Shop.objects.get(pk=shop.pk).setup_done_at
    clock.forward(days=3)
    client.post(url("welcome/later/"))
    assert Shop.objects.get(pk=shop.pk).setup_done_at == done


def test_one_product_after_another(new):
    shop, client, url = new
    page = url("welcome/products/")
    assert client.post(page, rows(("", "", "12rb"), then="another"))["Location"] == page
    assert "Rp12.000" in client.get(page).content.decode().replace("\xa0", "").replace("Rp 12,000", "Rp12.000")
    client.post(page, rows(("", "5", "9rb"), name="Donat"))
    assert [offer[0] for offer in offers(shop)] == ["Roti", "Donat"]


def test_more_rows_keep_what_was_typed_and_complain_of_nothing(new):
    shop, client, url = new
    page = client.post(url("welcome/products/"), rows(("Cokelat", "", ""), rows="more")).content.decode()
    assert 'value="Cokelat"' in page and 'name="rows-3-price"' in page
    assert "Add the price" not in page
    assert not Product.objects.exists()


@pytest.mark.parametrize("total", ["999999", "-1", "x", ""])
def test_rows_have_an_end(new, total):
    _shop, client, url = new
    data = rows(("Cokelat", "", "15rb"), rows="more") | {"rows-TOTAL_FORMS": total}
    page = client.post(url("welcome/products/"), data)
    assert page.status_code == 200 and page.content.count(b'class="quickrows__row') <= 31


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        (rows(("Cokelat", "", "")), "Add the price of this one"),
        (rows(("Cokelat", "", "-1")), ""),
        (rows(("Cokelat", "", "gratis")), ""),
        (rows(("Cokelat", "0", "15rb")), ""),
        (rows(("Cokelat", "", "15rb"), name=""), "Say what the product is called"),
        (rows(("", "", ""), name="Roti"), "Write at least one price"),
        (rows(("Cokelat", "", "15rb"), ("cokelat", "", "16rb")), "there already"),
    ],
)
def test_bad_input_writes_nothing_down_and_keeps_what_was_typed(new, typed, answer):
    shop, client, url = new
    page = client.post(url("welcome/products/"), typed)
    assert page.status_code == 200
    text = page.content.decode()
    assert answer in text and ("field__error" in text or "errorlist" in text)
    for value in (value for key, value in typed.items() if key.startswith("rows-0") and value):
        assert f'value="{value}"' in text
    assert not Product.objects.exists()
    assert Shop.objects.get(pk=shop.pk).setup_done_at is None


def test_a_wrong_number_is_kept_to_be_mended(new):
    shop, client, url = new
    page = client.post(url("welcome/whatsapp/"), {"whatsapp_number": "0812 34"})
    assert page.status_code == 200 and 'value="0812 34"' in page.content.decode()
    assert Shop.objects.get(pk=shop.pk).whatsapp_number == ""


def test_who_may(world: World):
    pages = ("welcome/", "welcome/whatsapp/", "welcome/products/", "welcome/later/")
    for path in pages:
        for role in ("cashier", "chat", "viewer"):
            assert world.client(role).post(world.url(path)).status_code == 403
        assert world.client("stranger").post(world.url(path)).status_code == 404
        assert Client().post(world.url(path)).status_code == 302
    for path in pages[:3]:
        assert world.client("manager").get(world.url(path)).status_code == 200
