"""Orders from the public page: they arrive, they wait, they cannot bury the shop."""

from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from setia.catalog import actions as catalog
from setia.customers.models import Customer
from setia.orders.asking import rules
from setia.orders.models import Order

PATH = "/p/o/sekar-pandan/"


@pytest.fixture
def visitor(world):
    catalog.open_page()
    return Client(headers={"Accept-Language": "en"})


def wish(world, **changes):
    """What a stranger sends."""
    values = {
        f"b{world.variants['keju-10'].pk}": "2",
        "name": "Bu Wiwik",
        "phone": "0812 3000 4999",
        "due_on": (world.shop.today() + timedelta(days=2)).isoformat(),
        "device_key": "key-1",
    }
    return values | changes


@pytest.mark.django_db
def test_a_basket_becomes_one_text_for_whatsapp(world, visitor):
    keju, kumbu = world.variants["keju-10"], world.variants["kumbu-hitam-10"]
    answer = visitor.get(
        PATH, {f"b{keju.pk}": "2", f"b{kumbu.pk}": "3", "bx": "9", f"b{kumbu.pk}x": "-1", "s": "poster"}
    )
    page = answer.content.decode()
    assert "Rp 108,000" in page and "[#POSTER]" in page and "2 kotak Keju isi 10" in page
    assert "https://wa.me/6281230004000?text=" in page
    assert "Nothing chosen yet" in visitor.get(PATH).content.decode()


@pytest.mark.django_db
def test_an_order_arrives_to_be_confirmed_once(world, visitor):
    for _twice in range(2):
        answer = visitor.post(PATH, wish(world), follow=True)
        assert "Thank you" in answer.content.decode()
    order = Order.objects.get()
    assert (order.channel, order.state, order.total) == ("page", "placed", 48_000)
    assert order.customer.display_name == "Bu Wiwik" and "Bu Wiwik" in order.note
    assert world.client("cashier").get(world.url(f"orders/{order.pk}/")).status_code == 200


@pytest.mark.django_db
def test_a_known_number_finds_its_person_and_tells_the_visitor_nothing(world, visitor):
    before = Customer.objects.count()
    answer = visitor.post(PATH, wish(world, phone="0812 3000 4003", name="Siapa"), follow=True)
    order = Order.objects.get()
    assert order.customer == world.customers["yanti"] and Customer.objects.count() == before
    assert order.total == 41_000  # her own price, which the page does not say
    assert "41,000" not in answer.content.decode() and "Yanti" not in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"phone": "12"}, "field--wrong"),
        ({"name": ""}, "field--wrong"),
        ({"due_on": "2026-11-23"}, "Choose a day from"),
        ({"due_on": "2029-01-01"}, "Choose a day from"),
    ],
)
def test_bad_input_is_named_and_nothing_typed_is_lost(world, visitor, changes, said):
    answer = visitor.post(PATH, wish(world, note="tanpa kotak") | changes)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert "tanpa kotak" in answer.content.decode() and not Order.objects.exists()


@pytest.mark.django_db
def test_machines_and_floods_are_kept_out(world, visitor, clock):
    assert visitor.post(PATH, wish(world, website="spam.example")).status_code == 302
    assert not Order.objects.exists()
    codes = [
        visitor.post(PATH, wish(world, device_key=f"k{n}", phone=f"0812 3000 48{n:02}")).status_code for n in range(6)
    ]
    assert codes == [302] * rules.FROM_ONE_AN_HOUR + [429] * 2
    assert visitor.post(PATH, wish(world, device_key="other"), REMOTE_ADDR="10.1.1.1").status_code == 302
    assert visitor.post(PATH, wish(world, note="x" * 30_000)).status_code == 413
    clock.forward(hours=2)
    assert visitor.post(PATH, wish(world, device_key="later", phone="0812 3000 4777")).status_code == 302


@pytest.mark.django_db
def test_one_number_cannot_pile_up_orders(world, visitor):
    codes = [
        visitor.post(PATH, wish(world, device_key=f"k{n}"), REMOTE_ADDR=f"10.0.0.{n}").status_code for n in range(5)
    ]
    assert codes == [302] * rules.WAITING_OF_ONE + [429] * 2


@pytest.mark.django_db
def test_ordering_on_the_page_can_be_turned_off(world, visitor):
    catalog.change_page(takes_orders=False)
    visitor.post(PATH, wish(world))
    assert not Order.objects.exists()
    assert "order here" not in visitor.get(PATH, {f"b{world.variants['keju-10'].pk}": "1"}).content.decode()


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3000)), max_size=200), st.sampled_from("abc"))
def test_never_more_than_the_limits(knocks, origin):
    from datetime import UTC, datetime

    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    taken: list[tuple[str, datetime]] = []
    for who, minutes in sorted(knocks, key=lambda pair: -pair[1]):
        at = now - timedelta(minutes=minutes)
        if not rules.too_many(taken, who, at):
            taken.append((who, at))
    for who, at in taken:
        hour = [other for other, then in taken if timedelta(0) <= at - then < timedelta(hours=1)]
        assert hour.count(who) <= rules.FROM_ONE_AN_HOUR and len(hour) <= rules.FROM_ALL_AN_HOUR
