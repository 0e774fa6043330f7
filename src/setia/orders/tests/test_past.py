"""Orders of the past come in once, exactly, and can be taken back."""

from datetime import date, timedelta

import pytest

from setia.core.models import Event, Reaction
from setia.orders import actions, queries
from setia.orders.actions import LineInput, PastLine, PastOrder
from setia.orders.models import Line, Order, Payment, PurchaseSummary

pytestmark = pytest.mark.django_db


def book(world, days=3):
    siti, today = world.customers["siti"].pk, world.shop.today()
    return [
        PastOrder(siti, today - timedelta(days=10 * n), [PastLine("Keju", 3, 70_000)], key=f"book:{n}")
        for n in range(1, days + 1)
    ]


def test_sums_of_an_old_book_stay_exact(world):
    actions.record_past(orders=book(world, 1))
    order, line = Order.objects.get(), Line.objects.get()
    assert (order.total, order.paid, order.state, order.channel) == (70_000, 70_000, "completed", "import")
    assert (line.amount, line.unit_price, line.quantity) == (70_000, 23_333, 3)
    assert Payment.objects.get().amount == 70_000
    assert order.completed_on == world.shop.day_of(order.completed_at) == world.shop.today() - timedelta(days=10)


def test_prices_of_the_day_count_for_what_is_on_the_list(world):
    yanti, keju = world.customers["yanti"], world.variants["keju-10"]
    day = world.shop.today() - timedelta(days=30)
    actions.record_past(orders=[PastOrder(yanti.pk, day, [LineInput(keju.pk, 10)], channel="reseller")])
    assert Order.objects.get().total == 205_000


def test_nobody_is_thanked_for_the_past(world):
    before = Event.objects.count(), Reaction.objects.count()
    actions.record_past(orders=book(world))
    assert (Event.objects.count(), Reaction.objects.count()) == before


def test_bringing_a_book_in_twice_is_once(world):
    assert len(actions.record_past(orders=book(world, 2))) == 2
    assert len(actions.record_past(orders=book(world, 3))) == 1
    summary = PurchaseSummary.objects.get()
    assert (summary.orders, summary.spent, summary.again_after) == (3, 210_000, 10)
    assert sorted(Order.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_numbers_go_on_after_the_past(world):
    actions.record_past(orders=book(world, 3))
    order = actions.place(lines=[LineInput(world.variants["keju-10"].pk, 1)], due_on=world.shop.today())
    assert order.number == 4


def test_taking_a_book_back_leaves_everything_else(world):
    siti = world.customers["siti"]
    own = actions.sell(lines=[LineInput(world.variants["keju-10"].pk, 1)], customer=siti)
    before = queries.summary_of(siti.pk)
    ids = actions.record_past(orders=book(world))
    assert actions.erase_past(order_ids=[*ids, own.pk]) == 3, "a sale of today is no part of the book"
    after = queries.summary_of(siti.pk)
    assert (after.orders, after.spent, after.first_on, after.again_after) == (
        before.orders, before.spent, before.first_on, None,
    )  # fmt: skip
    assert list(Order.objects.all()) == [own]
    assert Line.objects.count() == Payment.objects.count() == 1


def test_summaries_in_bulk_equal_those_kept_one_by_one(world):
    keju, siti = world.variants["keju-10"].pk, world.customers["siti"]
    actions.record_past(orders=[*book(world), PastOrder(None, date(2026, 1, 1), [PastLine("", 1, 5)])])
    actions.sell(lines=[LineInput(keju, 2)], customer=siti)
    one_by_one = PurchaseSummary.objects.values(
        "customer_id", "orders", "spent", "first_on", "last_on", "again_after"
    ).get()
    PurchaseSummary.objects.update(orders=99, spent=0)
    assert actions.renew_summaries() == 1
    assert PurchaseSummary.objects.values(*one_by_one).get() == one_by_one


def test_a_variant_without_a_price_on_that_day_is_named(world):
    long_ago = date(2020, 1, 1)
    from setia.core.errors import DomainError

    with pytest.raises(DomainError, match="Keju isi 10"):
        actions.record_past(
            orders=[PastOrder(world.customers["siti"].pk, long_ago, [LineInput(world.variants["keju-10"].pk, 1)])]
        )
    assert not Order.objects.exists()
