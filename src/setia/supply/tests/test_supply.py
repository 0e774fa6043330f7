"""From supplier to box: deliveries, checks, costs, batches, the call back, dearer flour; through the pages."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from setia.catalog import queries as catalog
from setia.conversations.models import Message
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.core.tasks import drain
from setia.customers import actions as customers
from setia.orders import actions as orders
from setia.orders.actions import LineInput
from setia.supply import actions, queries
from setia.supply.models import Batch, Lot, Material, MaterialPrice, PriceReview

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def kitchen(world):
    """A supplier, flour and beans with prices, and a recipe of the small green ones."""
    world.supplier = actions.add_supplier(name="Toko Tepung")
    world.flour = actions.add_material(name="Tepung", supplier=world.supplier)
    world.beans = actions.add_material(name="Kacang", supplier=world.supplier)
    for material, amount in ((world.flour, 12_000), (world.beans, 24_000)):
        actions.note_price(material=material, supplier=world.supplier, amount=amount, on=TODAY - timedelta(days=30))
    world.green = world.variants["kacang-hijau-10"]
    actions.set_recipe(
        variant=world.green,
        boxes=20,
        lines={world.flour.pk: Decimal("8"), world.beans.pk: Decimal("5")},
        labour=20_000,
        energy=10_000,
    )
    return world


def receive(kitchen, **fields):
    base = {
        "material": kitchen.flour,
        "supplier": kitchen.supplier,
        "quantity": Decimal(25),
        "cost": 300_000,
        "received_on": TODAY - timedelta(days=5),
    }
    return actions.receive(**base | fields)


# --- Deliveries -------------------------------------------------------------------------------------------------------


def test_a_delivery_is_written_down_looked_at_and_priced(kitchen):
    cashier = kitchen.client("cashier")
    actions.add_standard(text="Dry", material=kitchen.flour)
    post = {
        "material": kitchen.flour.pk,
        "supplier": kitchen.supplier.pk,
        "quantity": "12,5",
        "cost": "162.500",
        "code": "TP-7",
        "received_on": "2026-11-23",
    }
    assert cashier.post(kitchen.url("supply/deliveries/new/"), post | {"quantity": "0"}).status_code == 422
    answer = cashier.post(kitchen.url("supply/deliveries/new/"), post)
    lot = Lot.objects.get()
    assert answer["Location"].endswith(f"/supply/deliveries/{lot.pk}/") and lot.quantity == Decimal("12.5")
    assert queries.current_prices()[kitchen.flour.pk] == 13_000, "what was paid is in the diary"
    page = kitchen.url(f"supply/deliveries/{lot.pk}/")
    standard = queries.standards(material=kitchen.flour)[0]
    assert cashier.post(page, {"verdict": "noted", f"s{standard.pk}": "on"}).status_code == 422, "a remark says why"
    cashier.post(page, {"verdict": "noted", "note": "A little damp"})
    lot.refresh_from_db()
    inspection = lot.inspections.get()
    assert lot.verdict == "noted" and inspection.points == [["Dry", False]]
    assert "A little damp" in cashier.get(page).content.decode()


def test_what_was_sent_back_or_expired_is_not_baked(kitchen):
    bad, old = receive(kitchen), receive(kitchen, expires_on=TODAY - timedelta(days=1))
    actions.inspect(lot=bad, verdict="rejected", points=[], note="Wet", by=kitchen.members["owner"])
    bad.refresh_from_db()
    assert list(queries.usable_lots()) == []
    for lot in (bad, old):
        with pytest.raises(DomainError):
            actions.bake(variant=kitchen.green, boxes=20, lots=[lot])


def test_expired_goods_are_not_received(kitchen):
    with pytest.raises(DomainError):
        receive(kitchen, expires_on=TODAY - timedelta(days=6))


# --- Costs ------------------------------------------------------------------------------------------------------------


def test_the_cost_sheet_is_the_hand_made_one(kitchen):
    """8 · 12.000 + 5 · 24.000 + 30.000 = 246.000 for twenty: 12.300; of 20.000 remain 38,5 %, of 17.000 27,6 %."""
    (row,) = [one for one in queries.costings() if one.variant == kitchen.green]
    assert (row.cost, row.price, row.reseller_price) == (12_300, 20_000, 17_000)
    assert row.margin == pytest.approx(0.385) and row.reseller_margin == pytest.approx(4_700 / 17_000)
    html = kitchen.client("owner").get(kitchen.url("supply/costs/")).content.decode()
    assert "12.300" in html or "12,300" in html


def test_a_recipe_is_typed_and_replaced(kitchen):
    owner = kitchen.client("owner")
    page = kitchen.url(f"supply/costs/{kitchen.green.pk}/")
    post = {"boxes": "10", "labour": "", "energy": "5rb", f"m{kitchen.flour.pk}": "4,5", f"m{kitchen.beans.pk}": ""}
    assert owner.post(page, post).status_code == 302
    assert queries.recipe_lines([kitchen.green.pk]) == {kitchen.green.pk: {kitchen.flour.pk: Decimal("4.5")}}
    (row,) = [one for one in queries.costings() if one.variant == kitchen.green]
    assert row.cost == 5_900  # (4,5 · 12.000 + 5.000) / 10
    assert owner.post(page, {"boxes": "10"}).status_code == 422


def test_the_cost_sheet_asks_as_often_for_many_products(kitchen):
    counts = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as asked:
            queries.costings()
        counts.append(len(asked))
        for variant in kitchen.variants.values():
            actions.set_recipe(variant=variant, boxes=10, lines={kitchen.flour.pk: Decimal(3)})
    assert counts[0] == counts[1]


# --- Batches ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def batch(kitchen, clock):
    lot = receive(kitchen, code="TP-7")
    return actions.bake(
        variant=kitchen.green,
        boxes=30,
        lots=[lot],
        baked_on=TODAY - timedelta(days=2),
        baked_by=kitchen.members["owner"],
    )


def test_a_batch_is_baked_checked_and_labelled(kitchen):
    cashier, lot = kitchen.client("cashier"), receive(kitchen)
    actions.add_standard(text="Not burnt", product=kitchen.green.product)
    post = {"variant": kitchen.green.pk, "boxes": "30", "baked_on": "2026-11-23", "lots": [lot.pk]}
    assert cashier.post(kitchen.url("supply/batches/new/"), post | {"baked_on": "2026-11-24"}).status_code == 422
    assert cashier.post(kitchen.url("supply/batches/new/"), post).status_code == 302
    batch = Batch.objects.get()
    assert batch.best_before == TODAY + timedelta(days=4) and batch.code.startswith("231126-")
    assert queries.lots_of(batch) == [lot]
    page = kitchen.url(f"supply/batches/{batch.pk}/")
    standard = queries.standards(product=kitchen.green.product)[0]
    cashier.post(page, {"verdict": "accepted", f"s{standard.pk}": "on"})
    assert Batch.objects.get().verdict == "accepted"
    assert batch.code in cashier.get(page + "labels/").content.decode()
    found = cashier.get(kitchen.url(f"supply/batches/?code={batch.code.upper()}"))
    assert found.status_code == 302 and found["Location"].endswith(f"/supply/batches/{batch.pk}/")


def test_the_page_behind_the_code_tells_how_it_was_made(kitchen, batch):
    from setia.shops import public
    from setia.supply.actions.baking import LINK

    actions.inspect(batch=batch, verdict="accepted", points=[("Not burnt", True)], by=kitchen.members["owner"])
    address = public.link("public_supply:batch", LINK, batch.pk)
    html = Client().get(address, headers={"accept-language": "en"}).content.decode()
    assert batch.code in html and "Tepung" in html and "Not burnt" in html and "P-IRT" not in html
    assert "Toko Tepung" not in html, "who delivers is the shop's business"
    actions.recall(batch=batch, reason="A string was found.")
    assert "Please do not eat this" in Client().get(address, headers={"accept-language": "en"}).content.decode()


def test_numbers_are_shown_only_while_they_are_valid(kitchen, batch):
    from setia.catalog import actions as products
    from setia.shops import public
    from setia.supply.actions.baking import LINK

    address = public.link("public_supply:batch", LINK, batch.pk)
    product = kitchen.green.product
    products.change_product(product=product, pirt_number="3061234567890-29", halal_number="ID12345678901234567")
    html = Client().get(address).content.decode()
    assert "P-IRT" in html and "ID12345678901234567" in html
    products.change_product(product=product, pirt_number="3061234567890-25")
    assert "P-IRT" not in Client().get(address).content.decode()


def test_the_recall_list_names_who_may_have_got_some(kitchen, batch, clock):
    ratna, slamet = kitchen.customers["ratna"], kitchen.customers["slamet"]
    orders.record_past(
        orders=[
            orders.PastOrder(ratna.pk, TODAY - timedelta(days=1), [LineInput(kitchen.green.pk, 3)], "counter"),
            orders.PastOrder(slamet.pk, TODAY - timedelta(days=4), [LineInput(kitchen.green.pk, 2)], "counter"),
            orders.PastOrder(None, TODAY, [LineInput(kitchen.green.pk, 1)], "counter"),
            orders.PastOrder(slamet.pk, TODAY, [LineInput(kitchen.variants["keju-10"].pk, 1)], "counter"),
        ]
    )
    reached = queries.reached_by(batch)
    assert [(one.customer, one.boxes) for one in reached] == [(None, 1), (ratna, 3)]
    owner = kitchen.client("owner")
    answer = owner.post(kitchen.url(f"supply/batches/{batch.pk}/recall/"), {"reason": "A hair"})
    html = owner.get(answer["Location"]).content.decode()
    assert "Bu Ratna Wulandari" in html and "Pak Slamet" not in html and "1 sale without a name" in html
    owner.post(kitchen.url(f"supply/batches/{batch.pk}/recall/end/"))
    assert Batch.objects.get().recalled_at is None


def test_a_complaint_is_traced_to_the_lot_once(kitchen, batch):
    def heard(**data):
        actions.trace_complaint(event=Event(subject_id=77, at=kitchen.shop.now(), data={"kind": "stale"} | data))

    lot = queries.lots_of(batch)[0]
    for _turn in range(2):
        heard(batch=batch.pk)
    assert queries.traced_to(lot=lot).count() == queries.traced_to(batch=batch).count() == 1
    receive(kitchen)
    receive(kitchen)
    assert queries.score_of(kitchen.supplier).complaints == 0
    heard(batch=None)
    assert queries.traced_to(lot=lot).count() == 0 and queries.score_of(kitchen.supplier).complaints == 1


# --- Dearer flour -----------------------------------------------------------------------------------------------------


def dearer(kitchen, amount=15_000):
    actions.note_price(material=kitchen.flour, supplier=kitchen.supplier, amount=amount)
    drain("reactions")
    return PriceReview.objects.filter(material=kitchen.flour).first()


def test_small_rises_and_wide_margins_ask_nothing(kitchen):
    assert dearer(kitchen, 12_300) is None
    assert dearer(kitchen, 13_000) is None, "8 · 13.000 + 150.000 = 12.700 a box: still 36,5 %"


def test_dearer_flour_is_decided_once_and_changes_everything_on_its_day(kitchen, clock):
    """15.000: 270.000 for twenty, 13.500 a box, 32,5 % of 20.000. 35 % asks for 13.500 / 0,65 = 20.770: 21.000."""
    review = dearer(kitchen)
    assert (review.before, review.after) == (12_000, 15_000)
    assert dearer(kitchen, 15_500) == review and PriceReview.objects.get().after == 15_500
    assert dearer(kitchen, 15_000).after == 15_000
    owner, page = kitchen.client("owner"), kitchen.url(f"supply/reviews/{review.pk}/")
    html = owner.get(page).content.decode()
    assert "21.000" in html or "21,000" in html
    post = {"option": "price", "effective_on": "2026-11-30", f"p{kitchen.green.pk}": "21.000"}
    assert owner.post(page, post | {"effective_on": "2026-11-22"}).status_code == 422
    assert owner.post(page, post | {f"p{kitchen.green.pk}": ""}).status_code == 422
    assert owner.post(page, post).status_code == 302
    day = date(2026, 11, 30)
    for when, price in ((day - timedelta(days=1), 20_000), (day, 21_000)):
        offers = {offer.variant_id: offer.price for offer in catalog.sellable(day=when)}
        assert catalog.prices(None, day=when)[kitchen.green.pk] == offers[kitchen.green.pk] == price
    assert kitchen.client("cashier").get(page).status_code == 403
    with pytest.raises(DomainError):
        actions.decide(review=PriceReview.objects.get(), option="absorb", by=kitchen.members["owner"])


def test_regulars_hear_it_first_and_once(kitchen, clock):
    ratna, siti = kitchen.customers["ratna"], kitchen.customers["siti"]
    for person, days in ((ratna, (40, 12)), (siti, (8,))):
        orders.record_past(
            orders=[
                orders.PastOrder(person.pk, TODAY - timedelta(days=ago), [LineInput(kitchen.green.pk, 1)], "counter")
                for ago in days
            ]
        )
    customers.answer_consent(customer=ratna, purpose="promotion", state="given", how="counter")
    review = dearer(kitchen)
    owner, page = kitchen.client("owner"), kitchen.url(f"supply/reviews/{review.pk}/")
    owner.post(page, {"option": "price", "effective_on": "2026-11-30", f"p{kitchen.green.pk}": "21.000"})
    html = owner.get(page).content.decode()
    assert "1 regular customer" in html and "25%" in html and "tepung" in html
    for _tap in range(2):
        owner.post(page + "announcement/", {"text": "{nama}, flour went up."})
    (message,) = Message.objects.filter(purpose="promotion")
    assert message.customer == ratna and message.text == "Bu Ratna Wulandari, flour went up."


def test_another_supplier_is_a_way_out(kitchen):
    other = actions.add_supplier(name="Grosir", kind="trial")
    review = dearer(kitchen)
    actions.note_price(material=kitchen.flour, supplier=other, amount=12_500)
    (row,) = queries.affected(review)
    ways = {way.option: way for way in queries.options(row, review)}
    assert ways["supplier"].figure == 12_500 and ways["supplier"].margin == pytest.approx(1 - 12_500 / 20_000)
    assert ways["absorb"].margin == pytest.approx(0.325) and ways["smaller"].figure == 9
    actions.decide(review=review, option="supplier", by=kitchen.members["owner"], supplier=other)
    assert Material.objects.get(pk=kitchen.flour.pk).supplier == other
    assert queries.current_prices()[kitchen.flour.pk] == 12_500


def test_a_price_that_falls_again_takes_the_question_back(kitchen):
    dearer(kitchen)
    assert dearer(kitchen, 12_000) is None and not PriceReview.objects.exists()


# --- Doors ------------------------------------------------------------------------------------------------------------


def test_helpers_bake_and_receive_managers_see_costs(kitchen, batch):
    lot = Lot.objects.get()
    open_to_helpers = [
        "supply/batches/",
        f"supply/batches/{batch.pk}/",
        "supply/deliveries/new/",
        f"supply/deliveries/{lot.pk}/",
    ]
    managers_only = [
        "supply/",
        f"supply/suppliers/{kitchen.supplier.pk}/",
        f"supply/materials/{kitchen.flour.pk}/",
        "supply/costs/",
        "supply/reviews/",
        f"supply/batches/{batch.pk}/recall/",
    ]
    for path in open_to_helpers + managers_only:
        assert kitchen.client("manager").get(kitchen.url(path)).status_code == 200, path
        assert kitchen.client("cashier").get(kitchen.url(path)).status_code == (200 if path in open_to_helpers else 403)
        assert kitchen.client("viewer").get(kitchen.url(path)).status_code == 403
        assert kitchen.client("stranger").get(kitchen.url(path)).status_code == 404


def test_an_empty_shop_is_taught(world):
    html = world.client("owner").get(world.url("supply/")).content.decode()
    assert "Quality begins with the flour" in html
    assert not MaterialPrice.objects.exists()


def test_suppliers_and_materials_are_written_changed_and_put_away(kitchen):
    owner = kitchen.client("owner")
    taken = owner.post(kitchen.url("supply/suppliers/new/"), {"name": "Toko Tepung", "kind": "trial"})
    assert taken.status_code == 422 and "already" in taken.content.decode()
    owner.post(kitchen.url(f"supply/suppliers/{kitchen.supplier.pk}/edit/"), {"name": "Toko Baru", "kind": "trial"})
    owner.post(kitchen.url(f"supply/suppliers/{kitchen.supplier.pk}/archive/"))
    kitchen.supplier.refresh_from_db()
    assert kitchen.supplier.name == "Toko Baru" and kitchen.supplier.archived_at and not queries.suppliers().exists()
    owner.post(kitchen.url(f"supply/suppliers/{kitchen.supplier.pk}/archive/"))
    assert queries.suppliers().exists()
    owner.post(kitchen.url("supply/materials/new/"), {"name": "Gula", "unit": "kg", "supplier": kitchen.supplier.pk})
    assert Material.objects.filter(name="Gula", supplier=kitchen.supplier).exists()
