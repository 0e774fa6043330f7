"""Taking orders and changing them."""

from datetime import time, timedelta

import pytest

from setia.catalog import actions as catalog
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.core.scope import open_shop
from setia.customers.models import Customer
from setia.orders import actions
from setia.orders.actions import LineInput, Newcomer
from setia.orders.models import Adjustment, Line, Order, Payment

pytestmark = pytest.mark.django_db


@pytest.fixture
def today(world):
    return world.shop.today()


def boxes(world, **wanted):
    return [LineInput(world.variants[key.replace("_", "-")].pk, count) for key, count in wanted.items()]


def sums(order):
    """The order's total and payments, added up from the rows themselves."""
    total = sum(Line.objects.filter(order=order).values_list("amount", flat=True))
    total += sum(Adjustment.objects.filter(order=order).values_list("amount", flat=True))
    return total, sum(Payment.objects.filter(order=order).values_list("amount", flat=True))


def test_an_order_keeps_words_prices_and_money(world, today):
    order = actions.place(
        lines=boxes(world, kacang_hijau_10=3, keju_20=1),
        due_on=today + timedelta(days=1),
        due_time=time(9),
        customer=world.customers["ratna"],
        discount=6_000,
        delivery_fee=10_000,
        fulfilment="delivery",
        address="  depan SD  ",
        deposit=50_000,
        deposit_method="transfer",
        taken_by=world.members["cashier"],
    )
    order.refresh_from_db()
    assert order.total == 3 * 20_000 + 46_000 - 6_000 + 10_000
    assert sums(order) == (order.total, order.paid) == (110_000, 50_000)
    assert (order.balance, order.number, order.address) == (60_000, 1, "depan SD")
    lines = Line.objects.filter(order=order).order_by("pk")
    assert [(line.label, line.quantity) for line in lines] == [("Kacang hijau isi 10", 3), ("Keju isi 20", 1)]
    assert Payment.objects.get(order=order).kind == "deposit"
    placed = Event.objects.get(verb="order.placed")
    assert placed.customer_id == world.customers["ratna"].pk
    assert placed.data == {"number": 1, "total": 110_000, "channel": "phone", "state": "placed"}


def test_numbers_go_up_by_one_in_every_shop(world, today):
    first = [actions.place(lines=boxes(world, keju_10=1), due_on=today).number for _ in range(3)]
    assert first == [1, 2, 3]
    with open_shop(world.stranger_shop):
        product = catalog.add_product(name="Keripik")
        crisps = catalog.add_variant(product=product, price=9_000)
        assert actions.place(lines=[LineInput(crisps.pk, 1)], due_on=today).number == 1


def test_resellers_pay_their_own_prices(world, today):
    yanti = actions.place(lines=boxes(world, keju_10=2), due_on=today, customer=world.customers["yanti"])
    anybody = actions.place(lines=boxes(world, keju_10=2), due_on=today, customer=world.customers["ratna"])
    assert (yanti.total, anybody.total) == (41_000, 48_000)


def test_posting_twice_is_one_order_and_one_deposit(world, today):
    order = actions.place(lines=boxes(world, keju_10=2), due_on=today, deposit=10_000, device_key="phone-1")
    again = actions.place(lines=boxes(world, keju_10=2), due_on=today, deposit=10_000, device_key="phone-1")
    assert again == order
    assert Order.objects.count() == Payment.objects.count() == 1
    assert Event.objects.filter(verb="order.placed").count() == 1


def test_the_same_variant_twice_is_one_line(world, today):
    variant = world.variants["keju-10"]
    order = actions.place(lines=[LineInput(variant.pk, 1), LineInput(variant.pk, 2)], due_on=today)
    assert Line.objects.get(order=order).quantity == 3


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"lines": []}, "lines"),
        ({"lines": [LineInput(1, 0)]}, "lines"),
        ({"lines": [LineInput(999_999, 1)]}, "lines"),
        ({"due_on": -1}, "due_on"),
        ({"due_on": 800}, "due_on"),
        ({"discount": 24_001}, "discount"),
        ({"discount": -1}, "discount"),
        ({"delivery_fee": -1}, "delivery_fee"),
        ({"deposit": 24_001}, "deposit"),
        ({"deposit": -1}, "deposit"),
        ({"deposit": 1, "deposit_method": "shells"}, "deposit_method"),
        ({"fulfilment": "pigeon"}, "fulfilment"),
        ({"channel": "rumour"}, "channel"),
        ({"note": "x" * 301}, "note"),
        ({"newcomer": Newcomer("Bu Baru", "not a number")}, "phone"),
        ({"newcomer": Newcomer("Bu Baru", "0812 3000 4001")}, "phone"),
        ({"newcomer": Newcomer("  ")}, "display_name"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(world, today, change, field):
    given = {"lines": boxes(world, keju_10=1), "due_on": today} | change
    if isinstance(given["due_on"], int):
        given["due_on"] = today + timedelta(days=given["due_on"])
    with pytest.raises(DomainError) as refused:
        actions.place(**given)
    assert refused.value.field == field
    assert not Order.objects.exists() and not Event.objects.filter(verb__startswith="order.").exists()


def test_what_is_retired_unpriced_or_a_neighbours_is_not_sold(world, today):
    retired, unpriced = (
        world.variants["keju-10"],
        catalog.add_variant(product=world.variants["keju-10"].product, flavour="Madu"),
    )
    catalog.retire(variant=retired)
    with open_shop(world.stranger_shop):
        foreign = catalog.add_variant(product=catalog.add_product(name="Keripik"), price=9_000)
    for variant in (retired, unpriced, foreign):
        with pytest.raises(DomainError, match="not sold") as refused:
            actions.place(lines=[LineInput(variant.pk, 1)], due_on=today)
        assert refused.value.field == "lines"
    catalog.bring_back(variant=retired)
    assert actions.place(lines=[LineInput(retired.pk, 1)], due_on=today).total == 24_000


def test_somebody_new_is_written_down_with_the_order_or_not_at_all(world, today):
    before = Customer.objects.count()
    with pytest.raises(DomainError):
        actions.place(lines=boxes(world, keju_10=1), due_on=today, deposit=10**8, newcomer=Newcomer("Bu Baru"))
    assert Customer.objects.count() == before
    newcomer = Newcomer("Bu Baru", "0877 1111 2222")
    order = actions.place(lines=boxes(world, keju_10=1), due_on=today, newcomer=newcomer, device_key="k")
    actions.place(lines=boxes(world, keju_10=1), due_on=today, newcomer=newcomer, device_key="k")
    assert order.customer.display_name == "Bu Baru"
    assert Customer.objects.count() == before + 1


# --- Changes ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def order(world, today):
    return actions.place(
        lines=boxes(world, keju_10=2, kumbu_hitam_10=1),
        due_on=today + timedelta(days=2),
        customer=world.customers["ratna"],
        discount=8_000,
        deposit=30_000,
    )


def test_a_change_keeps_agreed_prices_and_adds_up(world, today, order):
    for key in ("keju-10", "cokelat-10"):
        catalog.set_price(variant=world.variants[key], amount=30_000, valid_from=today)
    actions.change(order=order, lines=boxes(world, keju_10=3, cokelat_10=1), delivery_fee=5_000)
    assert order.total == 3 * 24_000 + 30_000 - 8_000 + 5_000
    assert sums(order) == (order.total, order.paid)
    changed = Event.objects.get(verb="order.changed")
    assert changed.data["fields"] == ["delivery_fee", "lines"] and changed.data["total"] == order.total


def test_a_change_to_less_than_was_paid_leaves_a_surplus(world, order):
    actions.change(order=order, lines=boxes(world, kumbu_hitam_10=1), discount=0)
    assert (order.total, order.paid, order.balance, order.surplus) == (20_000, 30_000, 0, 10_000)


def test_a_change_of_nothing_is_no_event(world, order):
    actions.change(order=order, lines=boxes(world, keju_10=2, kumbu_hitam_10=1), discount=8_000, due_on=order.due_on)
    assert not Event.objects.filter(verb="order.changed").exists()


def test_what_is_retired_meanwhile_stays_in_the_order(world, order):
    catalog.retire(variant=world.variants["keju-10"])
    actions.change(order=order, lines=boxes(world, keju_10=4))
    assert order.total == 4 * 24_000 - 8_000


def test_another_customer_kind_means_its_prices(world, order):
    actions.change(order=order, customer=world.customers["yanti"])
    assert order.total == 2 * 20_500 + 17_000 - 8_000
    assert sums(order)[0] == order.total


def test_a_day_that_is_over_may_stay_but_not_be_chosen(world, clock, today, order):
    clock.forward(days=5)
    actions.change(order=order, note="Ambil sore", due_on=order.due_on)
    assert order.note == "Ambil sore"
    with pytest.raises(DomainError) as refused:
        actions.change(order=order, due_on=today)
    assert refused.value.field == "due_on"


def test_a_closed_order_is_not_changed(world, order):
    actions.complete(order=order)
    with pytest.raises(DomainError) as refused:
        actions.change(order=order, note="x")
    assert refused.value.code == "closed"
    with pytest.raises(TypeError):
        actions.change(order=order, number=7)
