"""What a new customer cost: equal to the sheet one would make by hand."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.core.errors import DomainError
from setia.customers import actions as customers
from setia.customers.models import Customer
from setia.orders import actions as orders
from setia.orders.actions import PastLine, PastOrder
from setia.promotions.actions import samples, spending
from setia.promotions.models import Sample, Spending
from setia.promotions.queries import samples as tastes
from setia.promotions.queries import spending as queries
from setia.promotions.rules.spending import Yield, time_costs
from setia.supply import actions as supply

pytestmark = pytest.mark.django_db

# By hand: who, source, purchases as (day, rupiah).
BOOK = (
    ("Bu A", "bazaar", ((date(2026, 9, 5), 40_000), (date(2026, 9, 20), 60_000))),
    ("Bu B", "bazaar", ((date(2026, 9, 5), 20_000),)),
    ("Bu C", "bazaar", ((date(2026, 10, 3), 100_000), (date(2026, 11, 1), 50_000))),
    ("Bu D", "leaflet", ((date(2026, 10, 9), 24_000),)),
    ("Bu E", "", ((date(2026, 10, 9), 24_000),)),
)
SPENT = (
    ("bazaar", "rent", date(2026, 9, 5), 90_000, None),
    ("bazaar", "time", date(2026, 9, 5), None, 120),
    ("leaflet", "printing", date(2026, 10, 1), 75_000, None),
    ("status", "other", date(2026, 10, 1), 10_000, None),
)
# source, month: new, again, cost, per new, per again, pay-back in percent (margin 40%)
SHEET = {
    ("bazaar", date(2026, 9, 1)): (2, 1, 120_000, 60_000, 120_000, 40),
    ("bazaar", date(2026, 10, 1)): (1, 1, 0, 0, 0, None),
    ("leaflet", date(2026, 10, 1)): (1, 0, 75_000, 75_000, None, 13),
    ("", date(2026, 10, 1)): (1, 0, 0, 0, None, None),
    ("status", date(2026, 10, 1)): (0, 0, 10_000, None, None, 0),
}


@pytest.fixture
def book(world):
    variant = world.variants["keju-10"]
    for name, source, bought in BOOK:
        one = customers.add_customer(display_name=name, source=source)
        rows = [
            PastOrder(customer_id=one.pk, day=day, lines=[PastLine("Bakpia", 1, paid, variant.pk)], channel="counter")
            for day, paid in bought
        ]
        orders.record_past(orders=rows)
    spending.change_rules(hour_costs=15_000, margin_percent=40)
    for source, kind, day, amount, minutes in SPENT:
        spending.spend(source=source, kind=kind, spent_on=day, amount=amount, minutes=minutes)
    return world


def test_equal_to_the_sheet_made_by_hand(book):
    rows = queries.report(date(2026, 9, 1), date(2026, 11, 30))
    found = {
        (row.source, row.month): (
            row.result.new,
            row.result.again,
            row.result.cost,
            row.result.per_new,
            row.result.per_again,
            row.result.pay_back,
        )
        for row in rows
    }
    assert found == SHEET
    bazaar = next(row.result for row in queries.by_source(rows) if row.source == "bazaar")
    assert (bazaar.new, bazaar.again, bazaar.sales, bazaar.margin) == (3, 2, 270_000, 108_000)
    assert (bazaar.per_new, bazaar.per_again, bazaar.pay_back) == (40_000, 60_000, 90)
    assert queries.total(rows).cost == 205_000


def test_a_recipe_says_what_is_left(book):
    """A box costs 6.000 by its recipe: of 120.000 for three boxes in September 102.000 are left, not 40%."""
    keju, hijau = book.variants["keju-10"], book.variants["kacang-hijau-10"]
    supplier = supply.add_supplier(name="Toko Tepung")
    flour = supply.add_material(name="Tepung", supplier=supplier)
    supply.note_price(material=flour, amount=12_000, supplier=supplier, on=date(2026, 11, 1))
    supply.set_recipe(variant=keju, boxes=10, lines={flour.pk: Decimal(5)})
    rows = {(row.source, row.month): row.result for row in queries.report(date(2026, 9, 1), date(2026, 11, 30))}
    assert rows["bazaar", date(2026, 9, 1)].margin == 120_000 - 3 * 6_000
    # what no recipe is known for goes by the owner's share
    one = Customer.objects.get(display_name="Bu B")
    line = PastLine("Hijau", 1, 10_000, hijau.pk)
    orders.record_past(orders=[PastOrder(customer_id=one.pk, day=date(2026, 9, 6), lines=[line], channel="counter")])
    rows = {(row.source, row.month): row.result for row in queries.report(date(2026, 9, 1), date(2026, 11, 30))}
    assert rows["bazaar", date(2026, 9, 1)].margin == 120_000 - 3 * 6_000 + 4_000
    assert queries.of_people([one.pk], 9_000).margin == 20_000 - 6_000 + 4_000


def test_each_number_opens_its_list(book):
    owner = book.client("owner")
    page = owner.get(book.url("promotions/sources/")).content.decode()
    assert "show=again" in page and "show=cost" in page
    path = book.url("promotions/sources/people/?source=bazaar&since=2026-09-01&until=2026-09-30&show=")
    new, again, cost = (owner.get(path + show).content.decode() for show in ("new", "again", "cost"))
    assert "Bu A" in new and "Bu B" in new and "Bu C" not in new
    assert "Bu A" in again and "Bu B" not in again
    assert "90" in cost
    for what in ("promotions/sources/", "promotions/spending/"):
        assert book.client("viewer").get(book.url(what)).status_code == 403
        assert book.client("stranger").get(book.url(what)).status_code == 404
    assert owner.get(book.url("promotions/sources/people/?source=x&since=9&until=2026-99-99")).status_code == 200


def test_write_down_take_out_put_back(world):
    owner, url = world.client("owner"), world.url("promotions/spending/")
    typed = {"amount": "75rb", "kind": "printing", "source": "leaflet", "spent_on": "2026-11-20", "label": "500 lembar"}
    assert owner.post(url, typed).status_code == 302
    row = Spending.objects.get()
    assert (row.amount, row.label) == (75_000, "500 lembar")
    for data, out in (({}, True), ({}, True), ({"back": "1"}, False)):
        owner.post(f"{url}{row.pk}/removal/", data)
        row.refresh_from_db()
        assert (row.removed_at is not None) is out
    refused = owner.post(url, typed | {"amount": ""})
    assert refused.status_code == 422 and "500 lembar" in refused.content.decode()
    with pytest.raises(DomainError):
        spending.spend(source="moon", kind="rent", spent_on=date(2026, 1, 1), amount=1)


@given(st.integers(0, 10**9), st.integers(0, 10**4), st.integers(0, 10**4), st.integers(0, 10**9))
def test_shares_are_whole_and_never_of_nobody(cost, new, again, margin):
    result = Yield(new, again, 0, margin, cost)
    assert (result.per_new is None) == (new == 0) and (result.pay_back is None) == (cost == 0)
    if new:
        assert abs(result.per_new * new - cost) <= new / 2
    assert time_costs(60, cost) == cost


# --- Tastes -----------------------------------------------------------------------------------------------------------


def test_which_tastes_sell(world, clock):
    keju, hijau = world.variants["keju-10"], world.variants["kacang-hijau-10"]
    ratna, siti, slamet = (world.customers[name] for name in ("ratna", "siti", "slamet"))
    for customer in (ratna, siti, slamet):
        samples.give_sample(variant=keju, where="delivery", customer=customer)
    samples.give_sample(variant=keju, where="bazaar", count=25)
    clock.forward(days=5)
    orders.sell(lines=[orders.LineInput(keju.pk, 1)], customer=ratna)
    orders.sell(lines=[orders.LineInput(hijau.pk, 1)], customer=siti)
    today = world.shop.today()
    assert [row.customer_id for row in tastes.to_follow_up(today)] == [slamet.pk, siti.pk]
    line = tastes.report(today.replace(day=1), today)[0]
    assert (line.given, line.named, line.bought, line.anything, line.waiting) == (28, 2, 1, 2, 1)
    assert line.percent is None  # three people say nothing
    clock.forward(days=12)
    line = tastes.report(today.replace(day=1), world.shop.today())[0]
    assert (line.named, line.waiting) == (3, 0)


def test_a_taste_of_the_counter_is_one_of_ours(world):
    from setia.conversations.tests import webhooks
    from setia.core import tasks

    keju, ratna = world.variants["keju-10"], world.customers["ratna"]
    orders.give_sample(variant=keju, customer=ratna, by=world.members["owner"])
    with webhooks.no_shop():
        tasks.drain("reactions")
    row = Sample.objects.get()
    assert (row.where, row.customer_id, row.variant_id) == ("counter", ratna.pk, keju.pk)
    owner, url = world.client("owner"), world.url("promotions/samples/")
    assert keju.label in owner.get(url).content.decode()
    assert (
        owner.post(url, {"variant": keju.pk, "where": "delivery", "count": 2, "who": "Bu Ratna Wulandari"}).status_code
        == 302
    )
    assert owner.post(url, {"variant": keju.pk, "where": "delivery", "count": 2, "who": "Siapa"}).status_code == 422
    owner.post(f"{url}{row.pk}/removal/")
    assert Sample.objects.filter(removed_at=None).count() == 1
    owner.post(f"{url}{row.pk}/removal/", {"back": "1"})
    assert Sample.objects.filter(removed_at=None).count() == 2
    assert world.client("viewer").get(url).status_code == 403
    assert world.client("stranger").get(url).status_code == 404
