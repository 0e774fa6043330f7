"""What goes together is said beside the basket, only with evidence; what it led to is counted."""

from datetime import timedelta

import pytest

from setia.core.models import Event
from setia.orders import actions, queries
from setia.orders.actions import LineInput, PastOrder
from setia.orders.models import Hint, Pairing

pytestmark = pytest.mark.django_db


@pytest.fixture
def pairs(world):
    """A past in which kumbu and ubi ungu go together, and people who like cheese like chocolate."""
    day, past = world.shop.today(), []
    ids = {key: variant.pk for key, variant in world.variants.items()}
    for back in range(1, 41):
        when = day - timedelta(days=back)
        together = [LineInput(ids["kumbu-hitam-10"], 1), LineInput(ids["ubi-ungu-10"], 1)]
        past.append(PastOrder(None, when, together))
        past += [PastOrder(None, when, [LineInput(ids["kacang-hijau-10"], 1)]) for _time in range(3)]
    actions.record_past(orders=past)
    actions.renew_pairings()
    return ids


def test_pairs_with_evidence_are_found_and_written_anew(world, pairs):
    found = set(Pairing.objects.values_list("variant_id", "other_id", "people"))
    kumbu, ubi = pairs["kumbu-hitam-10"], pairs["ubi-ungu-10"]
    assert found == {(kumbu, ubi, False), (ubi, kumbu, False)}
    actions.renew_pairings()
    assert Pairing.objects.count() == 2


def test_the_counter_says_so_and_counts_what_it_led_to(world, pairs):
    cashier, kumbu, ubi = world.client("cashier"), pairs["kumbu-hitam-10"], pairs["ubi-ungu-10"]
    shown = cashier.get(world.url("orders/hints/"), {f"boxes-{kumbu}": "1"}).content.decode()
    assert "often takes Ubi ungu isi 10" in shown and f'value="together:{ubi}"' in shown
    both = cashier.get(world.url("orders/hints/"), {f"boxes-{kumbu}": "1", f"boxes-{ubi}": "1"}).content.decode()
    assert "often takes" not in both
    for key, basket in (("a", {ubi: 1, kumbu: 1}), ("b", {kumbu: 1})):
        values = {f"boxes-{pk}": n for pk, n in basket.items()}
        values |= {"device_key": key, "method": "cash", "shown": [f"together:{ubi}", "nonsense:1", "together:999999"]}
        for _tap in range(2):
            assert cashier.post(world.url("orders/counter/"), values).status_code == 302
    assert sorted(Hint.objects.values_list("added", "amount")) == [(False, 0), (True, 22_000)]
    counted = queries.hint_counts(world.shop.today(), world.shop.today())
    assert [(row.shown, row.added, row.amount, row.percent) for row in counted] == [(2, 1, 22_000, 50)]
    report = world.url("orders/hints/report/")
    assert "Ubi ungu" in world.client("owner").get(report).content.decode()
    assert world.client("cashier").get(report).status_code == 403


def test_what_she_has_never_tried(world):
    day, past = world.shop.today(), []
    ids = {key: variant.pk for key, variant in world.variants.items()}
    from setia.customers import actions as customers

    for number in range(60):
        person = customers.add_customer(display_name=f"Orang {number}")
        liked = ("keju-10", "cokelat-10") if number < 25 else ("kacang-hijau-10",)
        past += [PastOrder(person.pk, day - timedelta(days=5 + n), [LineInput(ids[k], 1)]) for n, k in enumerate(liked)]
    siti = world.customers["siti"]
    past.append(
        PastOrder(siti.pk, day - timedelta(days=3), [LineInput(ids["keju-20"], 1), LineInput(ids["keju-10"], 1)])
    )
    actions.record_past(orders=past)
    actions.renew_pairings()
    shown = world.client("cashier").get(world.url("orders/hints/"), {"customer": siti.pk}).content.decode()
    assert "Bu Siti Pogalan has never tried Cokelat isi 10" in shown
    past = [PastOrder(siti.pk, day - timedelta(days=1), [LineInput(ids["cokelat-10"], 1)])]
    actions.record_past(orders=past)
    assert (
        "never tried"
        not in world.client("cashier").get(world.url("orders/hints/"), {"customer": siti.pk}).content.decode()
    )


def test_free_delivery_and_room_in_the_delivery(world):
    actions.change_terms(free_delivery_above=100_000, boxes_per_delivery=12)
    keju, cashier = world.variants["keju-10"].pk, world.client("cashier")
    page = world.url("orders/hints/")
    near = cashier.get(page, {f"boxes-{keju}": "3", "fulfilment": "delivery"}).content.decode()
    assert "28,000 more, and delivery is free" in near
    assert "free" not in cashier.get(page, {f"boxes-{keju}": "3", "fulfilment": "pickup"}).content.decode()
    assert "2 more boxes fit" in cashier.get(page, {f"boxes-{keju}": "10", "fulfilment": "delivery"}).content.decode()


def test_a_shop_that_knows_little_says_nothing(world):
    shown = world.client("cashier").get(world.url("orders/hints/"), {"customer": world.customers["siti"].pk})
    assert "hint__" not in shown.content.decode() and "never" not in shown.content.decode()


def test_faces_and_tastes(world):
    cashier, keju = world.client("cashier"), world.variants["keju-10"]
    sale = actions.sell(lines=[LineInput(keju.pk, 1)], customer=world.customers["siti"])
    page = world.url(f"orders/{sale.pk}/rating/")
    for score in ("4", "4", "5", "9", "x"):
        assert cashier.post(page, {"score": score, "back": "counter"}).status_code == 302
    rated = Event.objects.filter(verb="order.rated").order_by("pk")
    assert [(event.data["score"], event.data["before"]) for event in rated] == [(4, None), (5, 4)]
    assert world.client("viewer").post(page, {"score": "1"}).status_code == 403
    taste = world.url("orders/counter/samples/")
    assert cashier.get(taste).status_code == 200
    assert cashier.post(taste, {"variant": keju.pk, "customer": world.customers["siti"].pk}).status_code == 302
    assert cashier.post(taste, {"variant": "0"}).status_code == 200
    event = Event.objects.get(verb="counter.sampled")
    assert (event.data["variant_id"], event.customer_id) == (keju.pk, world.customers["siti"].pk)


def test_the_same_again_in_one_tap(world):
    keju, siti, owner = world.variants["keju-10"].pk, world.customers["siti"], world.client("owner")
    order = actions.place(
        lines=[LineInput(keju, 7)],
        due_on=world.shop.today(),
        customer=siti,
        fulfilment="delivery",
        address="Jalan Melati 3",
        sticker="Keluarga Siti",
    )
    actions.complete(order=order)
    for query in (f"repeat={order.pk}", f"customer={siti.pk}&repeat=last"):
        page = owner.get(world.url(f"orders/new/?{query}"))
        form = page.context["form"]
        assert form.initial[f"boxes-{keju}"] == "7" and form.initial["address"] == "Jalan Melati 3"
        assert page.context["picked"].customer == siti
    assert "repeat=last" in owner.get(world.url(f"customers/{siti.pk}/")).content.decode()
    for query in ("repeat=999999", "repeat=x", "repeat=last"):
        assert owner.get(world.url(f"orders/new/?{query}")).status_code == 200
