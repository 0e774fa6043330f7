"""Three matters from the first word to the end: a crushed box, bad beans, and a wish that came true. In both
languages."""

import re

import pytest

from setia.care import queries
from setia.care.models import Complaint, Settlement, Suggestion
from setia.conversations.models import Message
from setia.orders.models import Order
from setia.promotions.models import Launch
from setia.supply import queries as batches
from setia.supply.models import Batch, Lot, Material, Supplier
from setia.supply.queries import reached_by

pytestmark = pytest.mark.django_db(transaction=True)

RATNA, YANTI = "+6281230004001", "+6281230004003"


def _buys(street, customer, key, **more):
    variant = more.pop("variant", street.world.variants["kacang-hijau-10"])
    sale = {"customer": customer.pk, f"boxes-{variant.pk}": "2", "method": "cash", "device_key": key} | more
    assert street.world.client("cashier").post(street.world.url("orders/counter/"), sale).status_code == 302
    street.work()
    return Order.objects.get(device_key=key)


def _page(browser, path):
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_a_crushed_box_is_made_good_and_the_customer_comes_back(street, language):
    world, owner = street.world, street.world.client("owner")
    ratna = world.customers["ratna"]
    order = _buys(street, ratna, "first")
    street.has_phone(RATNA, "Bu Ratna")
    street.writes(RATNA, "Bu kok hancur semua bakpianya, kecewa")
    said = Message.objects.filter(direction="in").latest("pk")
    assert street.said("Crushed") in _page(owner, world.url("care/"))
    owner.post(world.url(f"care/complaints/from-message/{said.pk}/"))
    row = Complaint.objects.get()
    assert (row.kind, row.customer, row.order) == ("crushed", ratna, order)

    # She listens, offers what is fair beside what others got, and Bu Ratna agrees.
    page = world.url(f"care/complaints/{row.pk}/")
    assert street.said("Make it good") in _page(owner, page)
    owner.post(f"{page}notes/", {"text": "Kardusnya tertindih di motor"})
    off = next(way for way in queries.ways_for(row) if way.option == "discount")
    owner.post(f"{page}offer/", {"option": "discount", "cost": off.cost, "value": off.value})
    assert street.said("Offered. Write down what they say to it.") in _page(owner, page)
    made = Settlement.objects.get()
    owner.post(world.url(f"care/offers/{made.pk}/step/"), {"step": "accept"})
    assert street.said("It is ticked by itself at their next purchase.") in _page(owner, page)

    # Six days later she is back: the money is off, and she is content.
    street.clock.forward(days=6)
    basket = {"customer": ratna.pk, f"boxes-{world.variants['kacang-hijau-10'].pk}": "2"}
    offered = _page(owner, world.url("orders/deductions/") + "?" + "&".join(f"{k}={v}" for k, v in basket.items()))
    assert street.said("Agreed for a complaint") in offered
    again = _buys(street, ratna, "second", deductions=f"care:{made.pk}")
    assert again.total == 2 * 20_000 - off.value
    assert street.said("Are they content?") in _page(owner, page)
    owner.post(f"{page}content/", {"content": "1"})
    row.refresh_from_db()
    assert row.state == "closed" and row.content
    assert queries.counts().content == 1
    closed = _page(owner, page)
    assert street.said("Did they come back?") in closed and street.said("Not within 60 days.") not in closed
    assert ratna.display_name in _page(owner, world.url("care/complaints/closed/"))


def test_bad_beans_lead_from_the_complaint_to_everybody_who_got_some(street, language):
    world, owner = street.world, street.world.client("owner")
    today, green = world.shop.today().isoformat(), world.variants["kacang-hijau-10"]

    # A supplier, the material, three sacks on three days: looked at, and baked from.
    owner.post(world.url("supply/suppliers/new/"), {"name": "UD Kacang", "kind": "trial"})
    supplier = Supplier.objects.get()
    owner.post(world.url("supply/materials/new/"), {"name": "Kacang hijau", "unit": "kg", "supplier": supplier.pk})
    beans = Material.objects.get()
    for sack in ("KA-1", "KA-2", "KA-3"):
        delivery = {"material": beans.pk, "supplier": supplier.pk, "quantity": "25", "cost": "500rb", "code": sack}
        owner.post(world.url("supply/deliveries/new/"), delivery | {"received_on": today})
        lot = Lot.objects.get(code=sack)
        assert street.said("Written down. Now look at it.") in _page(owner, world.url(f"supply/deliveries/{lot.pk}/"))
        owner.post(world.url(f"supply/deliveries/{lot.pk}/"), {"verdict": "accepted"})
    baked = {"variant": green.pk, "boxes": "30", "baked_on": today, "lots": lot.pk}
    owner.post(world.url("supply/batches/new/"), baked)
    batch = Batch.objects.get()
    page = world.url(f"supply/suppliers/{supplier.pk}/")
    before = batches.score_of(supplier)
    assert street.said("How they do") in _page(owner, page) and before.complaints == 1

    # Two bought of it; one comes back with rancid ones, and one tap leads to the batch.
    order = _buys(street, world.customers["ratna"], "a")
    _buys(street, world.customers["yanti"], "b")
    told = {"kind": "stale", "source": "counter", "boxes": "1", "customer": world.customers["ratna"].pk}
    owner.post(world.url("care/complaints/new/"), told | {"text": "Kacangnya apak"})
    row = Complaint.objects.get()
    assert row.order == order and queries.suggested_batches(row) == [batch]
    assert street.said("From which batch?") in _page(owner, world.url(f"care/complaints/{row.pk}/"))
    owner.post(world.url(f"care/complaints/{row.pk}/batch/"), {"batch": batch.pk})
    street.work()

    # From the batch to the sack, and to the score of who sold it.
    traced = _page(owner, world.url(f"care/complaints/{row.pk}/"))
    assert street.said("Traced to batch %(code)s.", code=batch.code) in traced
    assert [one.pk for one in batches.traced_to(lot=lot)] and street.said("Complaints traced to it") in _page(
        owner, world.url(f"supply/deliveries/{lot.pk}/")
    )
    after = batches.score_of(supplier)
    assert after.complaints < before.complaints and after.total < before.total
    shown = re.search(rf"<b>{round(100 * after.complaints)}%</b>", _page(owner, page))
    assert shown, "the score says so"

    # Everybody who may have got some, in two taps; and the helper cannot call a batch back.
    names = {one.customer.pk for one in reached_by(batch)}
    assert {world.customers["ratna"].pk, world.customers["yanti"].pk} <= names
    page = world.url(f"supply/batches/{batch.pk}/recall/")
    listed = _page(owner, page)
    assert street.said("Who may have got some") in listed
    assert all(world.customers[key].display_name in listed for key in ("ratna", "yanti"))
    owner.post(page, {"reason": "Kacangnya apak"})
    assert street.said("This batch is called back:") in _page(owner, page)
    batch.refresh_from_db()
    assert batch.recalled_at is not None and world.client("cashier").get(page).status_code == 403


def test_a_wish_comes_true_and_those_who_asked_hear_of_it(street, language):
    world, owner = street.world, street.world.client("owner")
    wish = {"id": "Bakpia rasa durian", "en": "Bakpia with durian"}[language]
    ask = {"text": wish, "source": "counter"}
    for key, number in (("ratna", RATNA), ("yanti", YANTI)):
        street.has_phone(number, key)
        street.writes(number, "Bu, kapan ada rasa baru?")
        owner.post(world.url("care/suggestions/new/"), ask | {"customer": world.customers[key].pk})
    topic = Suggestion.objects.get()
    page = world.url(f"care/suggestions/{topic.pk}/")
    assert street.said("Written down. Whoever asked hears from you when it is decided.") in _page(owner, page)
    owner.post(f"{page}decision/", {"state": "trying", "answer": ""})
    assert not Message.objects.filter(purpose="suggestion").exists()

    # It is baked for the first time, and Bu Ratna, who asked, tastes it before the others.
    bakpia = world.variants["kacang-hijau-10"].product
    owner.post(world.url(f"products/{bakpia.pk}/flavours/"), {"flavour": "Durian", "pack_size": "10", "price": "26rb"})
    durian = bakpia.variants.get(flavour="Durian")
    plan = {"name": "Durian", "suggestion": topic.pk, "variant": durian.pk}
    owner.post(world.url("promotions/launches/new/"), plan)
    launch = Launch.objects.get()
    at = world.url(f"promotions/launches/{launch.pk}/")
    asked = _page(owner, at)
    assert street.said("Who asked for it") in asked and world.customers["yanti"].display_name in asked
    owner.post(f"{at}tasters/", {"people": world.customers["ratna"].pk})
    owner.post(f"{at}tastes/", {"customer": world.customers["ratna"].pk})
    owner.post(f"{at}announcement/", {"what": "today"})

    # «You asked for it»: with the words that are prepared, to those who asked and nobody else.
    prepared = re.search(r'id="answer-launched"[^>]*>([^<]+)<', _page(owner, page))[1]
    words = "You asked for it: %(title)s is there! Would you like to be the first to taste it?"
    assert prepared == street.said(words, title=wish)
    owner.post(f"{page}decision/", {"state": "launched", "answer": prepared, "variant": durian.pk})
    street.work()
    told = Message.objects.filter(purpose="suggestion")
    assert {message.customer_id for message in told} == {world.customers[key].pk for key in ("ratna", "yanti")}
    assert all(any(prepared in heard for heard in street.heard(number)) for number in (RATNA, YANTI))
    decided = _page(owner, page)
    assert durian.label in decided

    # She buys it; after thirty days the owner reads how it was taken up.
    _buys(street, world.customers["ratna"], "durian", variant=durian)
    street.clock.forward(days=31)
    over = _page(owner, at)
    assert street.said("How it was taken up") in over and street.said("has bought it") in over
