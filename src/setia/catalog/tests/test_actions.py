"""Products, flavours and prices as the shop changes them."""

from datetime import timedelta

import pytest
from django.utils import translation

from setia.catalog import actions, queries
from setia.catalog.models import Price, PriceList, Product, Variant
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.core.scope import open_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def today(world):
    return world.shop.today()


@pytest.fixture
def bakpia(world):
    return Product.objects.get()


def test_the_cast_sells_bakpia(world, today):
    offers = queries.sellable(day=today)
    assert [offer.label for offer in offers][:2] == ["Kacang hijau isi 10", "Kacang hijau isi 20"]
    assert {offer.product for offer in offers} == {"Bakpia"}
    assert next(offer for offer in offers if offer.label == "Keju isi 10").price == 24_000
    reseller = queries.sellable(kind="reseller", day=today)
    assert next(offer for offer in reseller if offer.label == "Keju isi 10").price == 20_500
    assert queries.sellable(kind="intermediary", day=today) == offers


def test_a_price_begins_on_its_day_and_history_stays(world, today):
    keju = world.variants["keju-10"]
    monday = today + timedelta(days=7)
    actions.set_price(variant=keju, amount=26_000, valid_from=monday)
    assert queries.prices([keju.pk], day=monday - timedelta(days=1)) == {keju.pk: 24_000}
    assert queries.prices([keju.pk], day=monday) == {keju.pk: 26_000}
    assert queries.prices([keju.pk], kind="reseller", day=monday) == {keju.pk: 20_500}, "resellers keep theirs"
    actions.set_price(variant=keju, amount=27_000, valid_from=monday)
    assert queries.prices([keju.pk], day=monday) == {keju.pk: 27_000}
    assert Price.objects.filter(variant=keju).count() == 3
    (shelf,) = queries.shelf(day=today)
    item = next(item for item in shelf.sold if item.variant == keju)
    assert (item.price, item.reseller_price) == (24_000, 20_500)
    assert [(kind, span.amount) for kind, span in item.coming] == [("", 27_000)]
    assert [span.amount for kind, span in item.history if kind == ""] == [27_000, 24_000]
    assert Event.objects.filter(verb="price.set").order_by("-pk")[0].data == {
        "amount": 27_000,
        "valid_from": monday.isoformat(),
        "kind": "",
    }


def test_whoever_has_no_price_of_their_own_pays_everyones(world, today, bakpia):
    madu = actions.add_variant(product=bakpia, flavour="Madu", pack_size=10, price=21_000)
    assert queries.prices([madu.pk], kind="reseller", day=today) == {madu.pk: 21_000}
    assert queries.prices([madu.pk], day=today - timedelta(days=1)) == {}


@pytest.mark.parametrize("amount", [0, -1, 10**9])
def test_prices_that_cannot_be(world, amount):
    with pytest.raises(DomainError) as refused:
        actions.set_price(variant=world.variants["keju-10"], amount=amount)
    assert refused.value.field == "price"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"flavour": "keju", "pack_size": 10}, "flavour"),
        ({"flavour": "x" * 61}, "flavour"),
        ({"flavour": "Madu", "pack_size": 0}, "pack_size"),
        ({"flavour": "Madu", "pack_size": 1_001}, "pack_size"),
        ({"flavour": "Madu", "sku": "keju-10"}, "sku"),
        ({"flavour": "Madu", "price": 0}, "price"),
    ],
)
def test_flavours_that_cannot_be(world, bakpia, values, field):
    before = Variant.objects.count()
    with pytest.raises(DomainError) as refused:
        actions.add_variant(product=bakpia, **values)
    assert refused.value.field == field
    assert Variant.objects.count() == before


def test_the_same_flavour_of_another_product_is_another(world):
    pia = actions.add_product(name="  Pia   kering ", shelf_life_days=10)
    keju = actions.add_variant(product=pia, flavour="Keju", pack_size=10, price=15_000)
    assert pia.name == "Pia kering"
    assert keju.sku == "keju-10-2"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"name": "Pia", "shelf_life_days": 0}, "shelf_life_days"),
        ({"name": "Pia", "description": "x" * 301}, "description"),
    ],
)
def test_products_that_cannot_be(world, values, field):
    with pytest.raises(DomainError) as refused:
        actions.add_product(**values)
    assert refused.value.field == field


def test_changes_are_recorded_once_and_only_when_something_changed(world, bakpia):
    before = Event.objects.filter(verb="product.changed").count()
    actions.change_product(product=bakpia, name="Bakpia", shelf_life_days=4)
    assert Event.objects.filter(verb="product.changed").count() == before
    actions.change_product(product=bakpia, name="Bakpia basah", shelf_life_days=5)
    assert Event.objects.filter(verb="product.changed").order_by("-pk")[0].data == {
        "fields": ["name", "shelf_life_days"]
    }
    with pytest.raises(TypeError):
        actions.change_product(product=bakpia, position=9)


def test_a_flavour_cannot_be_renamed_into_its_neighbour(world):
    with pytest.raises(DomainError) as refused:
        actions.change_variant(variant=world.variants["cokelat-10"], flavour="KEJU")
    assert refused.value.field == "flavour"
    changed = actions.change_variant(variant=world.variants["keju-10"], flavour="Keju", pack_size=12)
    assert changed.label == "Keju isi 12"


def test_what_is_retired_is_off_every_list_and_comes_back(world, today, bakpia):
    keju = world.variants["keju-10"]
    assert actions.retire(variant=keju) and not actions.retire(variant=keju)
    assert keju.pk not in {offer.variant_id for offer in queries.sellable(day=today)}
    with pytest.raises(DomainError, match="Bring it back"):
        actions.add_variant(product=bakpia, flavour="Keju", pack_size=10)
    actions.retire(product=bakpia)
    assert queries.sellable(day=today) == []
    assert actions.bring_back(product=bakpia) and actions.bring_back(variant=keju)
    assert keju.pk in {offer.variant_id for offer in queries.sellable(day=today)}
    assert Event.objects.filter(verb="product.retired").count() == 4


def test_moving_up_is_what_the_counter_shows(world, today):
    def order():
        return [offer.label for offer in queries.sellable(day=today)]

    before = order()
    actions.retire(variant=world.variants["kumbu-hitam-10"])
    assert actions.move_up(variant=world.variants["keju-10"])
    assert order() == [before[0], before[3], before[1], *before[4:]]
    assert actions.move_up(variant=world.variants["keju-10"])
    assert not actions.move_up(variant=world.variants["keju-10"]), "it is the first"
    assert order()[0] == "Keju isi 10"


def test_the_price_list_speaks_the_active_language_and_hides_other_prices(world, today):
    with translation.override("en"):
        text = queries.price_list_text(day=today)
    assert text.startswith("*Price list of Bakpia Sekar Pandan*\n23 November 2026")
    assert "• Keju isi 10: Rp 24,000" in text
    assert "20,500" not in text
    with translation.override("id"):
        assert "• Keju isi 10: Rp20.500" in queries.price_list_text(kind="reseller", day=today)
    with open_shop(world.stranger_shop):
        assert "Bakpia" not in queries.price_list_text(day=today)


def test_one_price_list_per_kind(world):
    assert sorted(PriceList.objects.values_list("customer_kind", flat=True)) == ["", "reseller"]
