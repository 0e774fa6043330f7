"""Orders through the pages: who may, what is typed, what two taps do."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from setia.catalog import actions as catalog
from setia.catalog.models import Product
from setia.customers.models import Customer
from setia.orders import actions
from setia.orders.actions import LineInput
from setia.orders.models import Order, Payment

pytestmark = pytest.mark.django_db


@pytest.fixture
def today(world):
    return world.shop.today()


@pytest.fixture
def order(world, today):
    return actions.place(
        lines=[LineInput(world.variants["keju-10"].pk, 2)],
        due_on=today,
        customer=world.customers["ratna"],
        deposit=20_000,
    )


def basket(world, key="key-1", **wanted):
    """Form values of a basket."""
    values = {f"boxes-{world.variants[name.replace('_', '-')].pk}": str(count) for name, count in wanted.items()}
    return values | {"device_key": key}


def when(today, **more):
    return {"due_on": today.isoformat(), "fulfilment": "pickup"} | more


def complaints(page):
    """What the page says is wrong."""
    return re.findall(r'class="(?:field__error|toast toast--error)[^>]*>(.*?)</p>', page, re.DOTALL)


def test_who_may_look_and_who_may_sell(world, order):
    reads = ["orders/", "orders/?show=done", "orders/kitchen/", f"orders/{order.pk}/"]
    sells = ["orders/new/", "orders/counter/", "orders/people/", f"orders/{order.pk}/changes/"]
    for path in reads + sells:
        assert world.client("cashier").get(world.url(path)).status_code == 200, path
        assert world.client("stranger").get(world.url(path)).status_code == 404, path
        assert world.client("viewer").get(world.url(path)).status_code == (200 if path in reads else 403), path
    for name in (
        "confirmation",
        "readiness",
        "completion",
        "reopening",
        "cancellation",
        "payments",
        "refunds",
        "undone-sale",
    ):
        path = world.url(f"orders/{order.pk}/{name}/")
        assert world.client("cashier").get(path).status_code == 405, "a GET never writes"
        assert world.client("viewer").post(path).status_code == 403
        theirs = path.replace(world.shop.slug, world.stranger_shop.slug)
        assert world.client("stranger").post(theirs).status_code == 404
    page = world.client("viewer").get(world.url(f"orders/{order.pk}/")).content.decode()
    assert "<form" not in page


# --- Taking an order --------------------------------------------------------------------------------------------------


def test_an_order_for_a_known_customer(world, today):
    values = basket(world, keju_10=2) | when(
        today, customer=world.customers["ratna"].pk, deposit="20rb", note="Pita merah"
    )
    answer = world.client("cashier").post(world.url("orders/new/"), values)
    order = Order.objects.get()
    assert answer["Location"] == world.url(f"orders/{order.pk}/")
    assert (order.customer, order.paid, order.note) == (world.customers["ratna"], 20_000, "Pita merah")
    assert order.taken_by == world.members["cashier"]


def test_the_same_form_twice_is_one_order(world, today):
    client, values = world.client("cashier"), basket(world, keju_10=2) | when(today)
    client.post(world.url("orders/new/"), values)
    answer = client.post(world.url("orders/new/"), values, follow=True)
    assert Order.objects.count() == 1
    assert "was written down already" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"due_on": "2026-11-22"}, "This day is over"),
        ({"due_on": ""}, "Choose a day"),
        ({"due_on": "2036-11-22"}, "Check the year"),
        ({"discount": "1jt"}, "discount cannot be"),
        ({"discount": "-5000"}, "minus"),
        ({"deposit": "100.000"}, "deposit cannot be"),
        ({"fulfilment": "delivery"}, "Write where"),
        ({"customer": "999999"}, "not in the book"),
        ({"customer": "new", "display_name": ""}, "Write a name"),
        (
            {"customer": "new", "display_name": "Bu Baru", "phone": "0812 3000 4001"},
            "already written down for Bu Ratna",
        ),
        ({"customer": "new", "display_name": "Bu Baru", "phone": "ratna"}, "number"),
    ],
)
def test_bad_input_is_named_and_nothing_typed_is_lost(world, today, typed, said):
    values = basket(world, keju_10=2) | when(today, note="Pita merah", due_time="09:30") | typed
    answer = world.client("cashier").post(world.url("orders/new/"), values)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in " ".join(complaints(page)), complaints(page)
    assert "Pita merah" in page and 'value="09:30"' in page
    assert re.search(rf'name="boxes-{world.variants["keju-10"].pk}" value="2"', page)
    assert not Order.objects.exists()


@pytest.mark.parametrize("count", ["0", "-1", "5001", "dua", ""])
def test_baskets_that_cannot_be(world, today, count):
    values = basket(world, keju_10=count) | when(today)
    answer = world.client("cashier").post(world.url("orders/new/"), values)
    assert answer.status_code == 422
    assert not Order.objects.exists()


def test_what_is_brought_goes_to_the_customers_own_place(world, today):
    values = basket(world, keju_10=1) | when(today, customer=world.customers["ratna"].pk, fulfilment="delivery")
    world.client("cashier").post(world.url("orders/new/"), values)
    assert Order.objects.get().address == "depan SD Pogalan 1, Pogalan"


def test_somebody_is_looked_up_without_a_script(world, today):
    """Find and pick are buttons of the same form: nothing is saved, everything typed stays."""
    client = world.client("cashier")
    typed = basket(world, keju_10=3) | {"note": "Pita merah", "due_on": today.isoformat(), "who": "ratna", "find": "1"}
    page = client.post(world.url("orders/new/"), typed).content.decode()
    ratna = world.customers["ratna"]
    assert f'name="pick" value="{ratna.pk}"' in page and "0812-3000-4001" in page
    page = client.post(world.url("orders/new/"), typed | {"pick": ratna.pk}).content.decode()
    assert f'name="customer" value="{ratna.pk}"' in page
    assert "Pita merah" in page and 'value="3"' in page and 'value="key-1"' in page
    assert not Order.objects.exists()


def test_somebody_is_looked_up_with_a_script(world):
    client = world.client("cashier")
    found = client.get(world.url("orders/people/"), {"who": "4003"}).content.decode()
    yanti = world.customers["yanti"]
    assert f'value="{yanti.pk}"' in found and "Reseller" in found
    chosen = client.get(world.url("orders/people/"), {"pick": yanti.pk}).content.decode()
    assert 'data-kind="reseller"' in chosen and f'name="customer" value="{yanti.pk}"' in chosen
    fresh = client.get(world.url("orders/people/"), {"pick": "new", "who": "0877 1234 5678"}).content.decode()
    assert 'name="phone"' in fresh and 'value="0877 1234 5678"' in fresh
    named = client.get(world.url("orders/people/"), {"pick": "new", "who": "Bu Karti"}).content.decode()
    assert re.search(r'name="display_name"[^>]*value="Bu Karti"', named)
    assert 'id="who"' in client.get(world.url("orders/people/"), {"pick": ""}).content.decode()


def test_a_link_from_the_customers_page_chooses_them(world):
    page = world.client("cashier").get(world.url(f"orders/new/?customer={world.customers['yanti'].pk}"))
    assert page.context["picked"].customer == world.customers["yanti"]
    assert page.context["form"].initial["channel"] == "reseller"
    for odd in ("abc", "999999", "9" * 30, "-1"):
        assert world.client("cashier").get(world.url(f"orders/new/?customer={odd}")).status_code == 200


def test_an_order_is_changed_on_the_form_it_was_taken_with(world, today, order):
    path = world.url(f"orders/{order.pk}/changes/")
    catalog.set_price(variant=world.variants["keju-10"], amount=50_000)
    page = world.client("cashier").get(path).content.decode()
    assert re.search(rf'name="boxes-{world.variants["keju-10"].pk}" value="2"', page) and "Rp 24,000" in page
    values = basket(world, keju_10=3, cokelat_10=1) | when(today + timedelta(days=1), delivery_fee="10rb")
    assert world.client("cashier").post(path, values).status_code == 302
    order.refresh_from_db()
    assert (order.total, order.due_on) == (3 * 24_000 + 24_000 + 10_000, today + timedelta(days=1))
    answer = world.client("cashier").post(path, values | {"due_on": "2026-11-01"})
    assert answer.status_code == 422 and "This day is over" in answer.content.decode()
    actions.cancel(order=order)
    assert world.client("cashier").get(path).status_code == 302


# --- One order --------------------------------------------------------------------------------------------------------


def test_the_page_offers_one_next_step_at_a_time(world, order):
    client, path = world.client("cashier"), world.url(f"orders/{order.pk}/")
    for step, following in (("confirmation", "readiness"), ("readiness", "completion"), ("completion", None)):
        page = client.get(path).content.decode()
        assert page.count('class="btn btn--go"') == 1 and f"{step}/" in page
        answer = client.post(f"{path}{step}/", {"method": "cash"}, follow=True)
        if following:
            assert f"{following}/" in answer.content.decode()
    order.refresh_from_db()
    assert (order.state, order.balance) == ("completed", 0)
    page = client.get(path).content.decode()
    assert "btn--go" not in page and "Paid in full" in page


def test_handing_over_asks_how_the_rest_is_paid(world, order):
    client, path = world.client("cashier"), world.url(f"orders/{order.pk}/")
    actions.mark_ready(order=order)
    answer = client.post(f"{path}completion/")
    assert answer.status_code == 422 and "Tap how the rest is paid" in answer.content.decode()
    client.post(f"{path}completion/", {"method": "later"})
    order.refresh_from_db()
    assert (order.state, order.balance) == ("completed", 28_000)


def test_undo_takes_back_what_the_page_showed(world, order):
    client, path = world.client("cashier"), world.url(f"orders/{order.pk}/")
    client.post(f"{path}confirmation/")
    client.post(f"{path}readiness/")
    for _ in range(2):
        client.post(f"{path}reopening/", {"state": "ready"})
    order.refresh_from_db()
    assert order.state == "confirmed"
    assert client.post(f"{path}reopening/", {"state": "nonsense"}).status_code == 302


def test_cash_beyond_the_balance_goes_back_at_once(world, order):
    client, path = world.client("cashier"), world.url(f"orders/{order.pk}/payments/")
    values = {"amount": "50rb", "method": "cash", "device_key": "a"}
    page = client.post(path, values, follow=True).content.decode()
    assert "Give back Rp22.000" in page or "Give back Rp 22,000" in page
    client.post(path, values)
    order.refresh_from_db()
    assert order.paid == 48_000 and Payment.objects.count() == 2
    answer = client.post(path, {"amount": "-1", "method": "cash", "device_key": "b"})
    assert answer.status_code == 422 and "minus" in answer.content.decode()


def test_a_transfer_stays_as_it_arrived_and_can_go_back(world, order):
    client, path = world.client("cashier"), world.url(f"orders/{order.pk}/")
    client.post(f"{path}payments/", {"amount": "30.000", "method": "transfer", "device_key": "a"})
    page = client.get(path).content.decode()
    assert "too much was paid" in page
    answer = client.post(f"{path}refunds/", {"amount": "60.000", "method": "cash", "device_key": "b"})
    assert answer.status_code == 422 and "No more can go back" in answer.content.decode()
    client.post(f"{path}refunds/", {"amount": "2.000", "method": "cash", "device_key": "c"})
    order.refresh_from_db()
    assert (order.paid, order.surplus) == (48_000, 0)


def test_calling_off_with_the_money(world, order):
    client, path = world.client("cashier"), world.url(f"orders/{order.pk}/cancellation/")
    answer = client.post(path, {"reason": "Hajatan batal", "refund": "25.000", "refund_method": "cash"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Hajatan batal" in page and "No more can go back" in page
    page = client.post(
        path, {"reason": "Hajatan batal", "refund": "15rb", "refund_method": "cash"}, follow=True
    ).content.decode()
    assert "Hajatan batal" in page and "The shop keeps" in page
    order.refresh_from_db()
    assert (order.state, order.paid) == ("cancelled", 5_000)
    page = client.post(world.url(f"orders/{order.pk}/completion/"), {"method": "cash"}, follow=True).content.decode()
    assert "already in this state" in page


# --- The counter ------------------------------------------------------------------------------------------------------


def test_a_sale_in_two_taps_and_a_nervous_finger(world):
    client, path = world.client("cashier"), world.url("orders/counter/")
    key = re.search(r'name="device_key" value="([^"]+)"', client.get(path).content.decode())[1]
    values = basket(world, key, keju_10=1, kacang_hijau_10=2) | {"method": "cash", "received": "100rb"}
    answer = client.post(path, values)
    client.post(path, values)
    sale = Order.objects.get()
    assert (sale.total, sale.paid, sale.state) == (64_000, 64_000, "completed")
    page = client.get(answer["Location"]).content.decode()
    assert "Give back Rp36.000" in page or "Give back Rp 36,000" in page
    assert f"orders/{sale.pk}/undone-sale/" in page
    fresh = re.search(r'name="device_key" value="([^"]+)"', page)[1]
    assert fresh != key
    page = client.post(world.url(f"orders/{sale.pk}/undone-sale/"), follow=True).content.decode()
    assert "is taken back" in page
    sale.refresh_from_db()
    assert (sale.state, sale.paid) == ("cancelled", 0)


def test_a_sale_to_somebody_new_writes_them_down(world):
    values = basket(world, keju_10=1) | {
        "method": "qris",
        "customer": "new",
        "display_name": "Bu Karti",
        "phone": "081277770001",
    }
    world.client("cashier").post(world.url("orders/counter/"), values)
    sale = Order.objects.get()
    assert sale.customer == Customer.objects.get(display_name="Bu Karti")


def test_a_reseller_at_the_counter_pays_reseller_prices(world):
    values = basket(world, keju_10=1) | {"method": "qris", "customer": str(world.customers["yanti"].pk)}
    world.client("cashier").post(world.url("orders/counter/"), values)
    assert Order.objects.get().total == 20_500


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"method": ""}, "Tap how it was paid"),
        ({"method": "shells"}, "Select a valid"),
        ({"received": "x"}, "not an amount"),
    ],
)
def test_a_sale_that_cannot_be_keeps_the_basket(world, typed, said):
    values = basket(world, keju_10=2) | {"method": "cash"} | typed
    answer = world.client("cashier").post(world.url("orders/counter/"), values)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in " ".join(complaints(page))
    assert re.search(rf'name="boxes-{world.variants["keju-10"].pk}" value="2"', page)
    assert not Order.objects.exists()


def test_an_empty_shelf_says_what_to_do(world):
    catalog.retire(product=Product.objects.get())
    for path in ("orders/counter/", "orders/new/"):
        page = world.client("cashier").get(world.url(path)).content.decode()
        assert "Write down your flavours and prices first" in page


# --- Lists ------------------------------------------------------------------------------------------------------------


def test_the_list_by_day(world, today, order, clock):
    client = world.client("viewer")
    later = actions.place(lines=[LineInput(world.variants["keju-10"].pk, 5)], due_on=today + timedelta(days=5))

    def shown(query):
        days = client.get(world.url(f"orders/{query}")).context["days"]
        return [row.pk for _day, rows in days for row in rows]

    assert shown("") == [order.pk, later.pk]
    assert shown("?show=today") == shown("?show=tomorrow") == [order.pk]
    assert shown("?show=week") == [order.pk, later.pk]
    assert shown("?show=done") == []
    assert shown("?q=ratna") == [order.pk] and shown(f"?q=%23{later.number}") == [later.pk] and shown("?q=zzz") == []
    assert shown("?show=nonsense&page=x") == [order.pk, later.pk]
    clock.forward(days=2)
    page = client.get(world.url("orders/?show=today")).content.decode()
    assert "overdue" in page and f"orders/{order.pk}/" in page
    actions.complete(order=order)
    assert shown("?show=done") == [order.pk]
    partial = client.get(world.url("orders/?q=ratna"), headers={"HX-Request": "true"}).content.decode()
    assert partial.startswith('<div class="group') and "<html" not in partial


def test_long_lists_have_more_pages(world, today):
    for _ in range(51):
        actions.sell(lines=[LineInput(world.variants["keju-10"].pk, 1)])
    client = world.client("viewer")
    first = client.get(world.url("orders/?show=done"))
    assert first.context["more"] == 2 and "page=2" in first.content.decode()
    second = client.get(world.url("orders/?show=done&page=2"))
    assert sum(len(rows) for _day, rows in second.context["days"]) == 1 and not second.context["more"]


def test_the_kitchen_of_a_day(world, today, order):
    actions.change(order=order, note="Tanpa wijen")
    page = world.client("viewer").get(world.url("orders/kitchen/")).content.decode()
    assert "Keju isi 10" in page and "Bu Ratna Wulandari" in page and "Tanpa wijen" in page
    assert "198 more boxes" in page, "of 200 a day"
    tomorrow = (today + timedelta(days=1)).isoformat()
    assert (
        "Nothing to bake" in world.client("viewer").get(world.url(f"orders/kitchen/?day={tomorrow}")).content.decode()
    )
    actions.change(order=order, lines=[LineInput(world.variants["keju-10"].pk, 203)])
    assert "3 boxes more than you can bake" in world.client("viewer").get(world.url("orders/kitchen/")).content.decode()
    for odd in ("x", "2026-13-40", "0001-01-01", "9999-12-31", ""):
        assert world.client("viewer").get(world.url(f"orders/kitchen/?day={odd}")).status_code == 200


@pytest.mark.parametrize(
    "path", ["orders/", "orders/?show=done", "orders/?q=bu", "orders/kitchen/", "orders/counter/", "orders/new/"]
)
def test_pages_ask_no_more_when_there_are_more_rows(world, today, path):
    client = world.client("cashier")

    def ask():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(world.url(path)).status_code == 200
        return len(captured)

    def fill(count):
        for number in range(count):
            who = list(world.customers.values())[number % 7]
            lines = [LineInput(world.variants["keju-10"].pk, 1), LineInput(world.variants["cokelat-10"].pk, 2)]
            actions.place(lines=lines, due_on=today, customer=who)
            actions.sell(lines=lines, customer=who)

    ask()
    fill(10)
    ten = ask()
    fill(10)
    assert ask() == ten


def test_every_label_of_the_order_page_belongs_to_one_field(world, order):
    """Several forms ask how it is paid; a tap on one must not choose in another."""
    client, url = world.client("owner"), world.url(f"orders/{order.pk}/")

    def look(answer):
        page = answer.content.decode()
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert not {one for one in ids if ids.count(one) > 1}
        assert set(re.findall(r'<label for="([^"]+)"', page)) <= set(ids)

    for step in (actions.confirm, actions.mark_ready):
        step(order=order)
        look(client.get(url))
    look(client.post(f"{url}payments/", {"amount": "x", "method": "cash"}))
    actions.record_payment(order=order, amount=60_000, method="cash", kind="balance")
    look(client.get(url))
    look(client.post(f"{url}refunds/", {"amount": "x"}))
    actions.complete(order=order)
    look(client.get(url))
    actions.reopen(order=order)
    actions.cancel(order=Order.objects.get(pk=order.pk))
    look(client.get(url))
