"""Reductions of other areas: offered, taken in the sale's transaction, given back when the order is called off."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.core.errors import DomainError
from setia.core.models import Event
from setia.orders import actions, deductions, rules
from setia.orders.actions import LineInput
from setia.orders.deductions import Quote
from setia.orders.models import Adjustment, Order, Payment

pytestmark = pytest.mark.django_db


class Stamps:
    """A fake programme: 5,000 off for people with a name, a voucher HEMAT of 10,000 that is there `left` times."""

    source = "fake"

    def __init__(self, left=1):
        self.left, self.settled = left, {}

    def quote(self, *, customer_id, lines, channel, code, on, delivery_fee):
        found = [Quote("points", "fake", "card", 5_000, "Ten stamps")] if customer_id else []
        if code == "HEMAT":
            found.append(Quote("voucher", "fake", "HEMAT", 10_000, "Voucher HEMAT", by_code=True))
        return found

    def settle(self, *, order, quote, by):
        if quote.reference == "HEMAT" and self.left < 1:
            raise DomainError("This voucher is used up.", code="limit")
        self.left -= quote.reference == "HEMAT"
        self.settled[order.pk, quote.reference] = quote.amount

    def take_back(self, *, order, quote):
        if self.settled.pop((order.pk, quote.reference), None) is not None:
            self.left += quote.reference == "HEMAT"


@pytest.fixture
def stamps():
    fake = Stamps()
    deductions.install(fake)
    yield fake
    deductions.uninstall("fake")


def lines(world, boxes=2):
    return [LineInput(world.variants["keju-10"].pk, boxes)]


def test_a_voucher_is_settled_with_the_sale(world, stamps):
    sale = actions.sell(
        lines=lines(world), customer=world.customers["siti"], code=" HEMAT ", deductions=[("fake", "card")]
    )
    assert (sale.total, sale.paid, sale.balance) == (33_000, 33_000, 0)
    assert sorted(Adjustment.objects.values_list("kind", "source", "reference", "amount")) == [
        ("points", "fake", "card", -5_000),
        ("voucher", "fake", "HEMAT", -10_000),
    ]
    assert stamps.settled == {(sale.pk, "card"): 5_000, (sale.pk, "HEMAT"): 10_000}
    assert Event.objects.filter(verb="order.completed").get().data["total"] == 33_000


def test_a_refusal_undoes_the_whole_sale(world, stamps):
    stamps.left = 0
    with pytest.raises(DomainError) as refused:
        actions.sell(lines=lines(world), code="HEMAT")
    assert refused.value.field == "code" and not Order.objects.exists() and not Payment.objects.exists()


@pytest.mark.parametrize(("code", "wanted"), [("NOTHING", []), ("", [("fake", "card")]), ("", [("other", "x")])])
def test_what_is_not_offered_is_not_taken(world, stamps, code, wanted):
    with pytest.raises(DomainError) as refused:
        actions.place(lines=lines(world), due_on=world.shop.today(), code=code, deductions=wanted)
    assert refused.value.field == "code" and not Order.objects.exists()


def test_called_off_gives_back_and_taken_back_settles_again(world, stamps):
    order = actions.place(
        lines=lines(world),
        due_on=world.shop.today() + timedelta(days=1),
        customer=world.customers["siti"],
        code="HEMAT",
    )
    assert order.total == 38_000 and stamps.left == 0
    order = actions.cancel(order=order)
    assert stamps.left == 1 and not stamps.settled
    order = actions.reopen(order=order)
    assert stamps.left == 0 and stamps.settled == {(order.pk, "HEMAT"): 10_000} and order.total == 38_000
    actions.cancel(order=order)
    stamps.left = 0  # somebody else was quicker
    with pytest.raises(DomainError):
        actions.reopen(order=Order.objects.get())
    assert Order.objects.get().state == "cancelled"


def test_taking_it_twice_takes_it_once_and_removing_gives_it_back(world, stamps):
    order = actions.place(lines=lines(world), due_on=world.shop.today(), customer=world.customers["siti"])
    for _again in range(2):
        order = actions.add_deduction(order=order, wanted=[("fake", "card")])
    assert order.total == 43_000 and Adjustment.objects.count() == 1
    for _again in range(2):
        order = actions.remove_deduction(order=order, source="fake", reference="card")
    assert order.total == 48_000 and not stamps.settled and not Adjustment.objects.exists()


def test_an_order_never_becomes_smaller_than_what_was_taken_off(world, stamps):
    order = actions.place(lines=lines(world, 1), due_on=world.shop.today(), discount=20_000, code="HEMAT")
    assert order.total == 0 and stamps.settled == {(order.pk, "HEMAT"): 4_000}
    with pytest.raises(DomainError):
        actions.change(order=order, discount=21_000)
    assert actions.change(order=order, lines=lines(world, 2)).total == 24_000


def test_pages_show_what_is_offered(world, stamps):
    cashier, siti = world.client("cashier"), world.customers["siti"]
    basket = {f"boxes-{world.variants['keju-10'].pk}": "2", "customer": siti.pk}
    shown = cashier.get(world.url("orders/deductions/"), basket | {"code": "HEMAT"}).content.decode()
    assert "Ten stamps" in shown and "Voucher HEMAT" in shown and shown.count(" checked") == 1
    assert "No voucher" in cashier.get(world.url("orders/deductions/"), basket | {"code": "X"}).content.decode()
    form = cashier.get(world.url("orders/counter/")).context["form"]
    values = basket | {"method": "cash", "device_key": form.initial["device_key"], "deductions": "fake:card"}
    assert cashier.post(world.url("orders/counter/"), values).status_code == 302
    assert Order.objects.get().total == 43_000
    refused = cashier.post(world.url("orders/counter/"), values | {"device_key": "2", "code": "X"})
    assert refused.status_code == 422 and "No voucher" in refused.content.decode()
    open_order = actions.place(lines=lines(world), due_on=world.shop.today(), customer=siti)
    page, change = world.url(f"orders/{open_order.pk}/"), world.url(f"orders/{open_order.pk}/reductions/")
    cashier.post(change, {"code": "HEMAT"})
    assert "Take out" in cashier.get(page).content.decode()
    cashier.post(f"{change}removal/", {"key": "fake:HEMAT"})
    assert "Take out" not in cashier.get(page).content.decode()
    assert world.client("viewer").post(change, {"code": "HEMAT"}).status_code == 403


@given(st.lists(st.integers(0, 100_000), max_size=6), st.integers(0, 200_000))
def test_what_fits_is_never_more_than_there_is_room(amounts, room):
    fitting = rules.fit(amounts, room)
    assert sum(fitting) == min(sum(amounts), room)
    assert all(0 <= part <= amount for part, amount in zip(fitting, amounts, strict=True))


class Carriage(Stamps):
    """Delivery for free, up to 12,000."""

    def quote(self, *, customer_id, lines, channel, code, on, delivery_fee):
        free = Quote("brought", "fake", "way", min(12_000, delivery_fee), "Free delivery", automatic=True)
        return super().quote(
            customer_id=customer_id, lines=lines, channel=channel, code=code, on=on, delivery_fee=delivery_fee
        ) + [free]


@pytest.fixture
def carriage():
    fake = Carriage()
    deductions.install(fake)
    yield fake
    deductions.uninstall("fake")


def test_free_delivery_comes_off_the_fee_and_off_nothing_else(world, carriage):
    basket = {"lines": lines(world, 1), "due_on": world.shop.today(), "fulfilment": "delivery", "address": "Pogalan"}
    order = actions.place(**basket, delivery_fee=15_000, discount=24_000, agreed=True)
    assert order.total == 3_000 and carriage.settled == {(order.pk, "way"): 12_000}
    with pytest.raises(DomainError) as refused:
        actions.change(order=order, delivery_fee=10_000)
    assert refused.value.field == "delivery_fee"
    assert actions.change(order=order, delivery_fee=20_000, discount=0).total == 24_000 + 8_000
    order = actions.remove_deduction(order=order, source="fake", reference="way")
    assert order.total == 44_000 and not carriage.settled
    assert actions.place(**basket | {"device_key": "no fee"}, agreed=True).total == 24_000
    assert (
        actions.place(**basket | {"device_key": "both"}, delivery_fee=9_000, code="HEMAT", agreed=True).total == 14_000
    )


@given(
    st.lists(st.tuples(st.integers(0, 100_000), st.booleans()), max_size=6),
    st.integers(0, 200_000),
    st.integers(0, 30_000),
)
def test_goods_and_delivery_are_two_purses(wanted, room, fee):
    quotes = [Quote("brought" if way else "gift", "fake", str(n), amount, "") for n, (amount, way) in enumerate(wanted)]
    fitted = deductions.fit(quotes, room, fee)
    off_fee = sum(quote.amount for quote in fitted if quote.of_delivery)
    off_goods = sum(quote.amount for quote in fitted if not quote.of_delivery)
    assert off_fee == min(fee, sum(amount for amount, way in wanted if way))
    assert off_goods == min(room, sum(amount for amount, way in wanted if not way))
    assert rules.total([(1, room)], delivery_fee=fee, taken_off=off_goods, off_delivery=off_fee) >= 0


def test_the_form_offers_free_delivery_as_soon_as_there_is_a_fee(world, carriage):
    cashier = world.client("cashier")
    basket = {f"boxes-{world.variants['keju-10'].pk}": "2"}
    shown = cashier.get(world.url("orders/deductions/"), basket | {"delivery_fee": "10rb"}).content.decode()
    assert 'data-of="delivery"' in shown and "10,000" in shown
    for fee in ("", "banyak", "-5"):
        shown = cashier.get(world.url("orders/deductions/"), basket | {"delivery_fee": fee}).content.decode()
        assert "Free delivery" not in shown


def test_what_others_took_off_is_not_typed_again_by_the_form(world, stamps):
    order = actions.place(
        lines=lines(world), due_on=world.shop.today(), customer=world.customers["siti"], discount=1_000
    )
    Adjustment.objects.create(order=order, kind="discount", source="fake", reference="x", amount=-2_000)
    page = world.client("cashier").get(world.url(f"orders/{order.pk}/changes/"))
    assert page.context["form"].initial["discount"] == 1_000
    assert 'data-off="2000" data-taken' in page.content.decode()
