"""Three matters from the first word to the end: a crushed box, bad beans, and a wish that came true."""

from decimal import Decimal

import pytest

from setia.care import queries
from setia.care.models import Complaint, Settlement, Suggestion
from setia.conversations.models import Message
from setia.orders.models import Order
from setia.supply import actions as supply
from setia.supply import queries as batches
from setia.supply.queries import reached_by

pytestmark = pytest.mark.django_db(transaction=True)


def _buys(street, customer, key, **more):
    variant = street.world.variants["kacang-hijau-10"]
    sale = {"customer": customer.pk, f"boxes-{variant.pk}": "2", "method": "cash", "device_key": key} | more
    assert street.world.client("cashier").post(street.world.url("orders/counter/"), sale).status_code == 302
    street.work()
    return Order.objects.get(device_key=key)


def test_a_crushed_box_is_made_good_and_the_customer_comes_back(street):
    world, owner = street.world, street.world.client("owner")
    ratna = world.customers["ratna"]
    order = _buys(street, ratna, "first")
    street.ask("POST", "users", {"phone": "6281230004001", "name": "Bu Ratna", "reads": True})
    street.writes("+6281230004001", "Bu kok hancur semua bakpianya, kecewa")
    said = Message.objects.filter(direction="in").latest("pk")
    owner.post(world.url(f"care/complaints/from-message/{said.pk}/"))
    row = Complaint.objects.get()
    assert row.kind == "crushed" and row.customer_id == said.customer_id
    page = world.url(f"care/complaints/{row.pk}/")
    if row.order_id is None:
        row.order, row.customer = order, ratna
        row.save(update_fields=["order", "customer"])
    ways = {way.option: way for way in queries.ways_for(row)}
    off = ways["discount"]
    owner.post(f"{page}offer/", {"option": "discount", "cost": off.cost, "value": off.value})
    made = Settlement.objects.get()
    owner.post(world.url(f"care/offers/{made.pk}/step/"), {"step": "accept"})
    street.clock.forward(days=6)
    again = _buys(street, ratna, "second", deductions=f"care:{made.pk}")
    assert again.total == 2 * 20_000 - off.value
    owner.post(f"{page}content/", {"content": "1"})
    row.refresh_from_db()
    assert row.state == "closed" and row.content
    assert queries.counts().content == 1


def test_bad_beans_lead_from_the_complaint_to_everybody_who_got_some(street):
    world, owner = street.world, street.world.client("owner")
    supplier = supply.add_supplier(name="UD Kacang")
    beans = supply.add_material(name="Kacang hijau", unit="kg", supplier=supplier)
    lot = supply.receive(material=beans, supplier=supplier, quantity=Decimal(25), cost=500_000, code="KA-1")
    batch = supply.bake(variant=world.variants["kacang-hijau-10"], boxes=30, lots=[lot])
    order = _buys(street, world.customers["ratna"], "a")
    _buys(street, world.customers["yanti"], "b")
    told = {"kind": "stale", "source": "counter", "boxes": "1", "customer": world.customers["ratna"].pk}
    owner.post(world.url("care/complaints/new/"), told | {"text": "Kacangnya apak"})
    row = Complaint.objects.get()
    assert row.order == order and queries.suggested_batches(row) == [batch]
    owner.post(world.url(f"care/complaints/{row.pk}/batch/"), {"batch": batch.pk})
    street.work()
    assert batches.traced_to(lot=lot).count() == 1
    assert "1" in owner.get(world.url(f"supply/suppliers/{supplier.pk}/")).content.decode()
    names = {one.customer.pk for one in reached_by(batch)}
    assert {world.customers["ratna"].pk, world.customers["yanti"].pk} <= names
    page = world.url(f"supply/batches/{batch.pk}/recall/")
    shown = owner.get(page).content.decode()
    assert all(world.customers[key].display_name in shown for key in ("ratna", "yanti"))
    owner.post(page, {"reason": "Kacangnya apak"})
    batch.refresh_from_db()
    assert batch.recalled_at is not None and world.client("cashier").get(page).status_code == 403


def test_a_wish_comes_true_and_those_who_asked_hear_of_it(street):
    world, owner = street.world, street.world.client("owner")
    ask = {"text": "Bakpia rasa durian", "source": "counter"}
    for key in ("ratna", "yanti"):
        owner.post(world.url("care/suggestions/new/"), ask | {"customer": world.customers[key].pk})
    topic = Suggestion.objects.get()
    page = world.url(f"care/suggestions/{topic.pk}/")
    owner.post(f"{page}decision/", {"state": "trying", "answer": ""})
    assert not Message.objects.filter(purpose="suggestion").exists()
    variant = world.variants["kacang-hijau-10"]
    owner.post(f"{page}decision/", {"state": "launched", "answer": "durian sudah ada!", "variant": variant.pk})
    told = Message.objects.filter(purpose="suggestion")
    assert {message.customer_id for message in told} == {world.customers[key].pk for key in ("ratna", "yanti")}
    assert all("durian" in message.text for message in told)
    assert "durian" in owner.get(page).content.decode()
