"""A bazaar from the plan to what stayed of it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation

from setia.conversations.tests import webhooks
from setia.core.errors import DomainError
from setia.customers import actions as customers
from setia.customers import queries as people
from setia.customers.models import Customer
from setia.orders import actions as orders
from setia.promotions.actions import bazaars, stall
from setia.promotions.models import Bazaar, Guest
from setia.promotions.queries import bazaars as queries
from setia.promotions.tests.test_stall import person, sale
from setia.shops import public

pytestmark = pytest.mark.django_db


@pytest.fixture
def market(world):
    with translation.override("en"):
        yield bazaars.plan(name="Pasar Minggu", starts_on=world.shop.today(), opening_cash=100_000, goal_people=5)


def test_from_the_plan_to_the_count(world, clock):
    owner, variant = world.client("owner"), world.variants["kacang-hijau-10"]
    today = world.shop.today()
    typed = {"name": "Pasar Minggu", "starts_on": today.isoformat(), "opening_cash": "100rb", "goal_people": "5"}
    answer = owner.post(world.url("promotions/bazaars/new/"), typed)
    row = Bazaar.objects.get()
    url = world.url(f"promotions/bazaars/{row.pk}/")
    assert answer["Location"] == url and row.entry_link.source == "bazaar"
    owner.post(f"{url}stock/", {f"boxes-{variant.pk}": "30", "boxes-x": "1"})
    owner.post(f"{url}helpers/", {"member": world.members["cashier"].pk})
    owner.post(f"{url}costs/", {"kind": "rent", "amount": "60rb"})
    assert owner.post(f"{url}costs/", {"kind": "rent", "amount": ""}).status_code == 422
    owner.post(f"{url}tasks/", {"label": "Taplak meja"})
    task = queries.tasks_of(row.pk)[-1]
    owner.post(f"{url}tasks/{task.pk}/", {"done": "1"})
    task.refresh_from_db()
    assert task.done_at and task.done_by_id == world.members["owner"].pk

    stall.receive(
        bazaar=row,
        items=[
            person("p1", "Bu Narti", phone="0812 7000 3001", agrees=True),
            sale("s1", variant, buyer="p1", n=2),
            sale("s2", variant, n=3, method="qris"),
        ],
    )
    page = owner.get(url).content.decode()
    for words in ("Taplak meja", "Rp 60,000", "goal 5"):
        assert words in page
    assert "Bu Narti" in owner.get(f"{url}people/?show=agreed").content.decode()
    cash = {one.key: one.expected for one in queries.money(row)}
    assert cash == {"cash": 140_000, "qris": 60_000}
    assert queries.boxes(row)[0].expected == 25
    counted = {"money-cash": "139rb", "money-qris": "60rb", f"boxes-{variant.pk}": "24"}
    assert owner.post(f"{url}count/", counted).status_code == 302
    row.refresh_from_db()
    assert row.closed_at
    assert {one.key: one.difference for one in queries.money(row)} == {"cash": -1_000, "qris": 0}
    assert queries.boxes(row)[0].difference == -1

    # she comes back: one customer who stayed cost all of it
    clock.forward(days=9)
    orders.sell(lines=[orders.LineInput(variant.pk, 1)], customer=Customer.objects.get(display_name="Bu Narti"))
    result = queries.outcome(row).result
    assert (result.new, result.again, result.per_again) == (1, 1, 60_000)
    assert "Pasar Minggu" in owner.get(world.url("promotions/bazaars/compared/")).content.decode()
    # called off, a sale of the stall is not expected any more
    orders.undo_sale(order=queries.sales_of(row.pk).last())
    assert sum(one.expected for one in queries.money(row)) < 200_000

    owner.post(f"{url}removal/")
    assert "Pasar Minggu" in owner.get(world.url("promotions/bazaars/")).content.decode()
    owner.post(f"{url}removal/", {"back": "1"})
    assert queries.bazaars().get() == row


def test_the_plan_may_not_end_before_it_begins(world):
    today = world.shop.today()
    with pytest.raises(DomainError) as refused:
        bazaars.plan(name="X", starts_on=today, ends_on=today - timedelta(days=1))
    assert refused.value.field == "ends_on"


def test_who_may(world, market):
    url = world.url(f"promotions/bazaars/{market.pk}/")
    for path in ("", "poster/", "people/", "count/", "stall/"):
        assert world.client("cashier").get(f"{url}{path}").status_code == 200
        assert world.client("viewer").get(f"{url}{path}").status_code == 403
        assert world.client("stranger").get(f"{url}{path}").status_code == 404
    assert world.client("cashier").get(f"{url}edit/").status_code == 403


def test_somebody_signs_up_by_the_poster(world, market):
    path = public.link("bazaar_join", bazaars.JOIN, market.pk)
    page = Client().get(f"{path}?lang=id").content.decode()
    assert "BERHENTI" in page and "checked" not in page
    typed = {"name": "Bu Poster", "phone": "0812 7000 4001"}
    assert Client().post(path, typed).status_code == 302
    poster = Customer.objects.get(display_name="Bu Poster")
    assert (poster.source, people.consents(poster.pk)["promotion"]) == ("bazaar", "not_asked")
    Client().post(path, typed | {"agrees": "on"})
    assert people.may_write(poster.pk, "promotion") and Guest.objects.get().how == "page"
    # anybody may type a number: it gives nothing away, and takes no answer away
    ratna = world.customers["ratna"]
    customers.answer_consent(customer=ratna, purpose="promotion", state="withdrawn", how="counter")
    answer = Client().post(path, {"name": "X", "phone": "0812 3000 4001", "agrees": "on"}, follow=True)
    assert "Ratna" not in answer.content.decode() and not people.may_write(ratna.pk, "promotion")
    assert Client().post(path, {"name": "", "phone": "12"}).status_code == 422
    bazaars.remove(bazaar=market)
    assert Client().get(path).status_code == 404


def test_somebody_writes_with_the_code_of_the_poster(world, market):
    webhooks.connect()
    text = f"Halo, saya dari stan [#{market.entry_link.code}]"
    webhooks.deliver(webhooks.messages(webhooks.text(text, sender="6281270005001")))
    guest = Guest.objects.get()
    assert (guest.how, guest.newcomer, guest.customer.source) == ("chat", True, "bazaar")
