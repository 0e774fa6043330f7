"""Products and prices through the pages."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from setia.catalog import actions
from setia.catalog.models import Price, Product, Variant

pytestmark = pytest.mark.django_db


@pytest.fixture
def bakpia(world):
    return Product.objects.get()


def test_everybody_in_the_shop_sees_the_list_only_some_change_it(world, bakpia):
    keju = world.variants["keju-10"]
    reads = ["products/", f"products/{bakpia.pk}/"]
    writes = ["products/new/", f"products/{bakpia.pk}/changes/", f"products/flavours/{keju.pk}/"]
    for path in reads + writes:
        assert world.client("owner").get(world.url(path)).status_code == 200, path
        assert world.client("stranger").get(world.url(path)).status_code == 404, path
        expected = 200 if path in reads else 403
        for role in ("viewer", "cashier"):
            assert world.client(role).get(world.url(path)).status_code == expected, (role, path)


def test_from_an_empty_shelf_to_something_to_sell(world):
    stranger = world.client("stranger")
    base = f"/{world.stranger_shop.slug}/products/"
    assert "What do you sell?" in stranger.get(base).content.decode()
    answer = stranger.post(f"{base}new/", {"name": "Keripik tempe", "shelf_life_days": "30"}, follow=True)
    assert "No flavour yet" in answer.content.decode()
    product = answer.context["product"]
    answer = stranger.post(
        f"{base}{product.pk}/flavours/",
        {"flavour": "Pedas", "pack_size": "", "unit": "bungkus", "price": "9rb"},
        follow=True,
    )
    page = answer.content.decode()
    assert "Pedas" in page and "Rp 9,000" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"price": "-1"}, "minus"),
        ({"price": "0"}, "at least"),
        ({"price": "lima belas kotak"}, "not an amount"),
        ({"flavour": "Keju", "pack_size": "10"}, "there already"),
        ({"pack_size": "-3"}, "greater than or equal"),
    ],
)
def test_bad_input_is_named_and_nothing_typed_is_lost(world, bakpia, typed, said):
    before = Variant.objects.count()
    values = {"flavour": "Madu manis", "pack_size": "10", "unit": "toples", "price": "21rb"} | typed
    answer = world.client("owner").post(world.url(f"products/{bakpia.pk}/flavours/"), values)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    for value in values.values():
        assert f'value="{value}"' in page
    assert Variant.objects.count() == before


def test_a_price_for_next_week(world):
    keju, owner = world.variants["keju-10"], world.client("owner")
    day = world.shop.today() + timedelta(days=7)
    path = world.url(f"products/flavours/{keju.pk}/")
    answer = owner.post(
        f"{path}prices/", {"price": "26.000", "valid_from": day.isoformat(), "customer_kind": "reseller"}, follow=True
    )
    page = answer.content.decode()
    assert "Rp 26,000" in page and "coming" in page
    assert Price.objects.get(variant=keju, amount=26_000).price_list.customer_kind == "reseller"
    past = {"price": "26.000", "valid_from": (world.shop.today() - timedelta(days=1)).isoformat()}
    answer = owner.post(f"{path}prices/", past)
    assert answer.status_code == 422 and "This day is over" in answer.content.decode()


def test_stop_selling_and_sell_again(world, bakpia):
    owner, keju = world.client("owner"), world.variants["keju-10"]
    page = owner.post(world.url(f"products/flavours/{keju.pk}/retirement/"), follow=True).content.decode()
    assert "Keju isi 10 is no longer sold" in page and f"flavours/{keju.pk}/comeback/" in page
    page = owner.post(world.url(f"products/flavours/{keju.pk}/comeback/"), follow=True).content.decode()
    assert "Keju isi 10 is sold again" in page
    page = owner.post(world.url(f"products/{bakpia.pk}/retirement/"), follow=True).content.decode()
    assert f"products/{bakpia.pk}/comeback/" in page
    assert "Bakpia" in owner.get(world.url("products/")).content.decode()
    owner.post(world.url(f"products/{bakpia.pk}/comeback/"))
    bakpia.refresh_from_db()
    assert bakpia.retired_at is None


def test_words_change_and_the_order_of_the_counter(world, bakpia):
    owner, keju = world.client("owner"), world.variants["keju-10"]
    owner.post(
        world.url(f"products/flavours/{keju.pk}/"), {"flavour": "Keju gurih", "pack_size": "12", "unit": "kotak"}
    )
    owner.post(world.url(f"products/flavours/{keju.pk}/position/"))
    page = owner.get(world.url(f"products/{bakpia.pk}/")).content.decode()
    assert page.index("Keju gurih isi 12") < page.index("Kumbu hitam isi 10")


def test_the_price_list_for_resellers_is_asked_for(world):
    owner = world.client("owner")
    assert "Rp 20,500" not in owner.get(world.url("products/")).context["price_list"]
    assert "Rp 20,500" in owner.get(world.url("products/?for=reseller")).context["price_list"]


def test_the_list_asks_no_more_when_it_grows(world, bakpia):
    client = world.client("owner")

    def ask():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(world.url("products/")).status_code == 200
        return len(queries)

    ask()
    before = ask()
    for number in range(12):
        variant = actions.add_variant(product=bakpia, flavour=f"Rasa {number}", price=10_000)
        actions.set_price(variant=variant, amount=9_000, customer_kind="reseller")
    actions.add_product(name="Pia")
    assert ask() == before
