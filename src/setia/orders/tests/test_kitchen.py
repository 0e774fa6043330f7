"""The kitchen's day: sums by flavour, sets, expectations, ticks, labels; what goes out and who fetches."""

from datetime import timedelta

import pytest

from setia.catalog import actions as catalog
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.orders import actions, queries
from setia.orders.actions import LineInput, PastOrder
from setia.orders.models import Baked, Expected, Order

pytestmark = pytest.mark.django_db


@pytest.fixture
def today(world):
    return world.shop.today()


def place(world, day, /, who=None, **boxes):
    more = {name: boxes.pop(name) for name in ("fulfilment", "address", "map_point", "sticker") if name in boxes}
    lines = [LineInput(world.variants[key.replace("_", "-")].pk, count) for key, count in boxes.items()]
    return actions.place(lines=lines, due_on=day, customer=world.customers.get(who), **more)


def test_sizes_of_a_flavour_are_summed(world, today):
    place(world, today, keju_10=4, keju_20=3, ubi_ungu_10=1)
    actions.mark_ready(order=place(world, today, keju_10=1))
    flavours = queries.bake_list(today)
    assert [(one.name, one.pieces) for one in flavours] == [("Keju", 110), ("Ubi ungu", 10)]
    assert [(row.quantity, row.packed, row.wanted, row.done) for row in flavours[0].rows] == [
        (5, 1, 5, False),
        (3, 0, 3, False),
    ]


def test_a_gift_set_counts_as_what_is_in_it(world, today):
    product = catalog.add_product(name="Hampers")
    whole = catalog.add_variant(product=product, flavour="Besek", price=60_000, valid_from=today)
    keju, ubi = world.variants["keju-10"], world.variants["ubi-ungu-10"]
    actions.fill_set(whole=whole, parts={keju.pk: 2, ubi.pk: 1})
    place(world, today, keju_10=1)
    actions.place(lines=[LineInput(whole.pk, 3)], due_on=today)
    assert {row.label: row.quantity for row in queries.kitchen(today)} == {"Keju isi 10": 7, "Ubi ungu isi 10": 3}
    for wrong in ({whole.pk: 1}, {999_999: 1}):
        with pytest.raises(DomainError):
            actions.fill_set(whole=whole, parts=wrong)
    with pytest.raises(DomainError):
        actions.fill_set(whole=keju, parts={ubi.pk: 1})
    page = world.url(f"orders/kitchen/sets/?set={whole.pk}")
    owner = world.client("owner")
    assert owner.get(page).status_code == 200
    assert owner.post(page, {f"part-{keju.pk}": "1"}).status_code == 302
    assert [(part.part_id, part.quantity) for part in queries.set_parts()] == [(keju.pk, 1)]
    assert "Besek" in owner.get(world.url("orders/kitchen/sets/")).content.decode()
    actions.fill_set(whole=whole, parts={})
    assert queries.set_parts() == []


def test_ticking_off_is_said_once(world, today):
    place(world, today, keju_10=4)
    cashier, keju = world.client("cashier"), world.variants["keju-10"]
    values = {"day": today.isoformat(), "variant": keju.pk, "quantity": "4"}
    for _again in range(2):
        assert cashier.post(world.url("orders/kitchen/baked/"), values).status_code == 302
    assert Baked.objects.get().quantity == 4 and Event.objects.filter(verb="kitchen.baked").count() == 1
    assert queries.bake_list(today)[0].rows[0].done
    cashier.post(world.url("orders/kitchen/baked/"), values | {"quantity": "0"})
    assert not queries.bake_list(today)[0].rows[0].done
    assert cashier.post(world.url("orders/kitchen/baked/"), values | {"variant": "999999"}).status_code == 404
    assert world.client("viewer").post(world.url("orders/kitchen/baked/"), values).status_code == 403


def test_a_shop_without_much_of_a_past_expects_nothing(world, today):
    keju = world.variants["keju-10"].pk
    past = [PastOrder(None, today - timedelta(days=back), [LineInput(keju, 2)]) for back in range(1, 30)]
    actions.record_past(orders=past)
    actions.renew_forecasts()
    assert not Expected.objects.exists()


def test_what_is_sold_every_day_is_expected(world, today):
    keju = world.variants["keju-10"].pk
    past = [PastOrder(None, today - timedelta(days=back), [LineInput(keju, 6)]) for back in range(1, 120)]
    actions.record_past(orders=past)
    for _again in range(2):
        actions.renew_forecasts()
    expected = Expected.objects.get(day=today, variant=keju)
    assert 3 <= expected.usual <= expected.likely <= 14
    row = queries.bake_list(today)[0].rows[0]
    assert (row.quantity, row.likely, row.wanted) == (0, expected.likely, expected.likely)
    place(world, today, keju_10=50)
    assert queries.bake_list(today)[0].rows[0].wanted == 50
    assert "Likely" in world.client("viewer").get(world.url("orders/kitchen/")).content.decode()


def test_labels_say_baked_and_best_before(world, today):
    place(world, today, keju_10=2)
    place(world, today, keju_10=3, sticker="Tini & Budi")
    found = {(label.sticker, label.count, label.best_before) for label in queries.labels(today)}
    assert found == {("Tini & Budi", 3, today + timedelta(days=4)), ("", 2, today + timedelta(days=4))}
    shown = world.client("viewer").get(world.url("orders/kitchen/labels/")).content.decode()
    assert shown.count('class="label"') == 5 and "Tini &amp; Budi" in shown


def test_the_run_sheet_goes_by_place(world, today):
    place(world, today, who="siti", keju_10=2, fulfilment="delivery", address="Jalan Melati 3")
    place(world, today, who="ratna", keju_10=1, fulfilment="courier", address="x", map_point="-8.05,111.71")
    place(world, today, who="guru", keju_10=9)
    link = place(world, today, keju_10=1, fulfilment="titip", address="y", map_point="https://maps.app.goo.gl/x")
    rounds = queries.run_sheet(today)
    assert [(one.place, one.boxes) for one in rounds] == [("", 1), ("Pogalan", 3)]
    assert queries.map_link(link) == "https://maps.app.goo.gl/x"
    assert rounds[1].stops[0].map_link.endswith("query=Jalan%20Melati%203%2C%20Pogalan")
    assert rounds[1].stops[1].map_link.endswith("query=-8.05%2C111.71")
    shown = world.client("viewer").get(world.url("orders/deliveries/")).content.decode()
    assert "https://wa.me/6281230004005" in shown and "Bu Guru" not in shown
    order = rounds[1].stops[0].order
    answer = world.client("cashier").post(world.url(f"orders/{order.pk}/sending/"), {"back": "deliveries"})
    assert answer["Location"].endswith("orders/deliveries/") and Order.objects.get(pk=order.pk).state == "underway"


def test_the_board_hands_over_with_one_tap(world, today):
    order = place(world, today, who="siti", keju_10=2)
    actions.mark_ready(order=order)
    place(world, today + timedelta(days=1), who="guru", keju_10=2)
    board, cashier = world.url("orders/pickups/"), world.client("cashier")
    shown = cashier.get(board).content.decode()
    assert "Bu Siti" in shown and "48,000" in shown and "Bu Guru" not in shown
    answer = cashier.post(world.url(f"orders/{order.pk}/completion/"), {"back": "board", "method": "cash"})
    assert answer["Location"].endswith("orders/pickups/")
    order.refresh_from_db()
    assert (order.state, order.paid) == ("completed", 48_000)
    assert "Bu Siti" not in cashier.get(board).content.decode()
    assert 'name="method"' not in world.client("viewer").get(board).content.decode()


def test_pages_ask_the_same_of_few_and_many(world, today, django_assert_max_num_queries):
    client = world.client("owner")
    for number in range(12):
        place(world, today, who="siti", keju_10=1 + number, fulfilment="delivery", address="x")
        place(world, today, who="guru", keju_20=1 + number)
    for page in ("kitchen/", "deliveries/", "pickups/", "kitchen/labels/"):
        with django_assert_max_num_queries(18):
            client.get(world.url(f"orders/{page}"))
