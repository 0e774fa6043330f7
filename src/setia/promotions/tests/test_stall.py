"""What phones at a stall send: once each, in any order, from two phones, with what cannot be said apart."""

import gzip
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import setia
from setia.care.models import Voice
from setia.core import clock
from setia.customers import queries as people
from setia.customers.models import Customer
from setia.loyalty import actions as loyalty
from setia.loyalty import queries as cards
from setia.orders.models import Order, Payment
from setia.promotions.actions import bazaars, stall
from setia.promotions.models import DeviceItem, Guest, Sample
from setia.promotions.queries import bazaars as queries

PHONE = "0812 7000 1{:03}"


@pytest.fixture
def market(world):
    with translation.override("en"):
        yield bazaars.plan(name="Pasar Minggu", starts_on=world.shop.today(), opening_cash=100_000)


def item(key, kind, **data):
    return {"key": f"{key:>8}".replace(" ", "0"), "kind": kind, "at": clock.now().isoformat(), "data": data}


def person(key, name="Bu Baru", **more):
    return item(key, "person", name=name, **more)


def sale(key, variant, *, buyer="", n=1, price=20_000, method="cash"):
    buyer = buyer and f"{buyer:>8}".replace(" ", "0")
    lines = [{"variant": variant.pk, "quantity": n, "price": price}]
    return item(key, "sale", person=buyer, method=method, lines=lines)


def states(outcomes):
    return [outcome.state for outcome in outcomes]


def test_a_person_with_consent_stamps_and_a_purchase(world, market):
    loyalty.change_programme(stamps_on=True)
    variant, owner = world.variants["kacang-hijau-10"], world.members["owner"]
    sent = [
        person("p1", "Bu Narti", phone=PHONE.format(1), agrees=True, district="Durenan"),
        item("s1", "stamps", person="000000p1", count=4),
        sale("a1", variant, buyer="p1", n=2),
        item("t1", "sample", variant=variant.pk, count=1, person="000000p1"),
        item("w1", "suggestion", text="  Rasa durian, dong ", person="000000p1"),
        item("c1", "consent", person="000000p1", agrees=False),
    ]
    assert states(stall.receive(bazaar=market, items=sent, device="phone", by=owner)) == ["done"] * 6
    narti = Customer.objects.get(display_name="Bu Narti")
    assert (narti.source, narti.district) == ("bazaar", "Durenan")
    assert people.consents(narti.pk)["promotion"] == "withdrawn"
    assert cards.account_of(narti.pk).stamps == 4
    order = Order.objects.get(customer=narti)
    assert (order.channel, order.total, order.paid, order.state) == ("bazaar", 40_000, 40_000, "completed")
    assert Sample.objects.get().customer_id == narti.pk
    assert queries.suggestions_of(market.pk)[0].text == "Rasa durian, dong"
    assert [(one.customer_id, one.source) for one in Voice.objects.all()] == [(narti.pk, "bazaar")]
    assert Guest.objects.get().newcomer
    # what the tables hold is not kept a second time
    assert not any(row.payload for row in DeviceItem.objects.all())


def test_what_cannot_be_is_said_and_holds_up_nothing(world, market):
    variant = world.variants["keju-10"]
    sent = [
        {"key": "x", "kind": "sale", "data": {}},
        item("k1", "dance"),
        item("k2", "sale", lines="many", method="cash"),
        item("k3", "sale", lines=[{"variant": 999_999, "quantity": 1, "price": 1}], method="cash"),
        sale("k4", variant, buyer="nobody"),
        item("k5", "sample", variant=variant.pk, count=0),
        person("k6", phone="123456789"),
        "nonsense",
        sale("k7", variant, price=24_000),
    ]
    outcomes = stall.receive(bazaar=market, items=sent)
    assert states(outcomes) == ["failed", "failed", "failed", "failed", "waits", "failed", "done", "failed", "done"]
    assert all(outcome.text for outcome in outcomes if outcome.state == "failed")
    assert Order.objects.get().total == 24_000
    # the wrong number is kept as a remark, not lost with the person
    baru = Customer.objects.get(display_name="Bu Baru")
    assert "123456789" in people.notes_of(baru.pk)[0].text


def test_the_price_is_the_one_that_was_paid(world, market):
    """Prices may change before the phone finds a signal."""
    variant = world.variants["keju-10"]
    stall.receive(bazaar=market, items=[sale("a", variant, n=3, price=22_500)])
    assert Order.objects.get().total == 67_500


def test_it_happened_when_the_phone_says_within_reason(world, market, clock):
    variant, made = world.variants["keju-10"], clock_now()
    clock.forward(days=1)
    ahead = sale("b", variant) | {"at": (clock_now() + timedelta(days=400)).isoformat()}
    wrong = sale("c", variant) | {"at": "1970-01-01T00:00:00Z"}
    stall.receive(bazaar=market, items=[sale("a", variant) | {"at": made.isoformat()}, ahead, wrong])
    days = sorted(Order.objects.values_list("completed_on", flat=True))
    assert days == [world.shop.day_of(made), world.shop.today(), world.shop.today()]
    assert Payment.objects.order_by("at").first().at == made


def clock_now():
    return clock.now()


def test_somebody_known_by_number_stays_who_they_are(world, market):
    ratna = world.customers["ratna"]
    outcome = stall.receive(bazaar=market, items=[person("a", "Ratna W", phone="0812 3000 4001", agrees=True)])[0]
    assert outcome.state == "done" and ratna.display_name in outcome.text
    assert not Guest.objects.get().newcomer
    assert people.may_write(ratna.pk, "promotion")


ITEMS = ("p1", "p2", "s1", "s2", "s3", "t1", "t2", "w1", "m1")


def _sent(world):
    variant = world.variants["kacang-hijau-10"]
    return {
        "p1": person("p1", "Bu Satu", phone=PHONE.format(1), agrees=True),
        # both phones wrote down the same person
        "p2": person("p2", "Bu Satu", phone=PHONE.format(1)),
        "s1": sale("s1", variant, buyer="p1"),
        "s2": sale("s2", variant, buyer="p2", n=2),
        "s3": sale("s3", variant, method="qris"),
        "t1": item("t1", "sample", variant=variant.pk, count=1, person="000000p1"),
        "t2": item("t2", "sample", variant=variant.pk, count=5),
        "w1": item("w1", "suggestion", text="Lebih manis"),
        "m1": item("m1", "stamps", person="000000p2", count=3),
    }


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(batches=st.lists(st.lists(st.sampled_from(ITEMS), max_size=6), max_size=8), last=st.permutations(ITEMS))
def test_sent_in_any_order_and_often_it_is_there_once(world, market, batches, last):
    """Two phones, repeated batches, any interleaving: in the end exactly what was written down."""
    from django.db import transaction

    with transaction.atomic():
        loyalty.change_programme(stamps_on=True)
        sent = _sent(world)
        for batch in batches:
            stall.receive(bazaar=market, items=[sent[key] for key in batch])
        for _round in range(2):  # what waited for a person finds them the second time
            stall.receive(bazaar=market, items=[sent[key] for key in last])
        assert DeviceItem.objects.filter(state="done").count() == len(ITEMS)
        one = Customer.objects.get(display_name="Bu Satu")
        assert Order.objects.filter(channel="bazaar").count() == 3
        assert sum(Order.objects.filter(customer=one).values_list("total", flat=True)) == 60_000
        assert sum(Sample.objects.values_list("count", flat=True)) == 6
        assert Guest.objects.count() == 1
        assert cards.account_of(one.pk).stamps == 3
        money = {counted.key: counted.expected for counted in queries.money(market)}
        assert money == {"cash": 160_000, "qris": 20_000}
        transaction.set_rollback(True)


def test_pages_of_a_stall(world, market):
    cashier, url = world.client("cashier"), world.url(f"promotions/bazaars/{market.pk}/stall/")
    page = cashier.get(url)
    assert page.status_code == 200 and b"<script>" not in page.content
    assert cashier.get(f"{url}facts.json").json()["variants"]
    assert cashier.get(f"{url}manifest.webmanifest").json()["start_url"] == url
    worker = cashier.get(f"{url}worker.js")
    assert worker["Content-Type"].startswith("text/javascript") and url in worker.content.decode()
    body = json.dumps({"device": "d", "items": [person("a")]})
    answer = cashier.post(f"{url}items/", body, content_type="application/json")
    assert answer.json()["items"] == [{"key": "0000000a", "state": "done", "text": ""}]
    for broken in ("", "[]", '{"items": 3}', json.dumps({"items": [1] * 51})):
        assert cashier.post(f"{url}items/", broken, content_type="application/json").status_code == 400
    assert world.client("viewer").get(url).status_code == 403
    assert world.client("stranger").get(url).status_code == 404


def test_the_first_load_is_small(world, market):
    """As it travels, compressed: half of the 80 KB it may have."""
    root = Path(setia.__file__).parent
    own = [root / "promotions/static/promotions" / name for name in ("stall.js", "stall.css")]
    parts = [path.read_bytes() for path in own]
    parts.append(b"\n".join(path.read_bytes() for path in sorted((root / "web/static/css").glob("*.css"))))
    parts.append(world.client("cashier").get(world.url(f"promotions/bazaars/{market.pk}/stall/")).content)
    sizes = [len(gzip.compress(part)) for part in parts]
    assert sum(sizes) < 40_000, sizes
