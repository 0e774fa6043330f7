"""A Ramadan campaign with a hold-out, from the audience to the result; and a voucher with one use left. In both
languages."""

from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from setia.core import clock
from setia.customers import actions as customers
from setia.customers.queries import phone_of
from setia.orders import actions as orders
from setia.orders.actions import LineInput
from setia.orders.models import Order
from setia.promotions.actions import campaigns_sending as sending
from setia.promotions.models import Campaign, Offer, Recipient
from setia.segments import actions as segments

pytestmark = pytest.mark.django_db(transaction=True)

BROUGHT = (
    "It brought buyers: of 100 people written to, about %(n)s more bought than would have anyway "
    "(probably between %(low)s and %(high)s)."
)
WORDS = {
    "id": "{name}, Ramadan sebentar lagi. Mau disisihkan bakpia?",
    "en": "{name}, Ramadan is near. Shall we keep bakpia for you?",
}


def test_ramadan_from_the_audience_to_the_result(street, language):
    world = street.world
    owner = world.client("owner")
    crowd = []
    for n in range(12):
        person = customers.add_customer(display_name=f"Bu Ramadan {n}", phone=f"0812777{n:05}", language=language)
        customers.answer_consent(customer=person, purpose="promotion", state="given", how="counter", evidence="-")
        crowd.append(person)
        street.has_phone(f"62812777{n:05}", person.display_name)
        street.writes(f"62812777{n:05}", "Halo")
    segments.renew_profiles()

    # The owner writes it and looks at the price before anything leaves.
    form = {
        "name": "Ramadan",
        "kind": "season",
        "audience": "people=" + ",".join(str(person.pk) for person in crowd),
        "text": WORDS[language],
        "holds_out": "on",
        "window_days": "14",
        "send_from": "00:00",
        "send_until": "23:59",
    }
    page = owner.post(world.url("promotions/campaigns/new/"), form)["Location"]
    before = owner.get(page).content.decode()
    assert street.said("What this audience can show") in before and street.said("can be reached") in before
    owner.post(page + "start/", {"now": "1"})
    row = Campaign.objects.get()
    for _look in range(6):
        street.work()
        street.clock.forward(seconds=10)
    row.refresh_from_db()
    assert row.state == "sent"
    written = Recipient.objects.filter(campaign=row, held=False).select_related("customer", "message")
    assert len(written) == 6 and all(one.message.status in ("accepted", "sent", "delivered", "read") for one in written)

    # Five of those written to order, and none of those held out.
    for one in list(written)[:5]:
        line = LineInput(variant_id=world.variants["kacang-hijau-10"].pk, quantity=2)
        orders.place(customer=one.customer, lines=[line], due_on=world.shop.today(), channel="chat")
    assert WORDS[language].format(name="Bu Ramadan") in street.heard(phone_of(written[0].customer))
    during = owner.get(page).content.decode()
    assert street.said("Helped") not in during and "interval" not in during, "nobody peeks"
    street.clock.forward(days=15)
    sending.settle_results()
    told = owner.get(page).content.decode()
    assert "interval" in told and street.said("Helped") in told
    assert street.said(BROUGHT).partition("%")[0] in told
    row.refresh_from_db()
    assert row.result["rate"]["low"] > 0 and row.result["held_bought"] == 0


def test_a_voucher_with_one_use_left(street, language):
    """Two tills, two customers, one use: who comes second is told so in words, and pays the full price or nothing."""
    world, owner = street.world, street.world.client("owner")
    today, variant = world.shop.today(), world.variants["kacang-hijau-10"]
    offer = {"kind": "amount", "name": "Terakhir", "amount": "5rb", "starts_on": today.isoformat(), "limit": "1"}
    owner.post(world.url("promotions/offers/new/"), offer | {"by_code": "on", "stacking": "alone"})
    row = Offer.objects.get()
    owner.post(world.url(f"promotions/offers/{row.pk}/codes/"), {"code": "akhir"})

    def sell(person):
        sale = {"customer": world.customers[person].pk, f"boxes-{variant.pk}": "1", "method": "cash"}
        return tills[person].post(world.url("orders/counter/"), sale | {"device_key": person, "code": "AKHIR"})

    tills = {"ratna": world.client("cashier"), "slamet": world.client("owner")}
    answers = at_once(sell, list(tills))
    assert sorted(answer.status_code for answer in answers) == [302, 422]
    refused = next(answer for answer in answers if answer.status_code == 422).content.decode()
    late = ("This offer has just been used up.", "No voucher has this code, or it is not valid for this order.")
    assert any(street.said(text) in refused for text in late)
    order = Order.objects.get()
    row.refresh_from_db()
    assert (order.total, row.used) == (15_000, 1)
    stopped = "It stopped by itself: the limit or the budget is reached. Raise it, or end the offer."
    assert street.said(stopped) in owner.get(world.url(f"promotions/offers/{row.pk}/")).content.decode()


def at_once(act, names):
    """What `act(name)` answered for each of them, all started in the same moment; SQLite lets one write at a time."""
    if connection.vendor == "sqlite":
        return [act(name) for name in names]
    moment, gate, answers = clock.now(), Barrier(len(names)), []

    def hand(name):
        try:
            with clock.frozen(moment):
                gate.wait()
                answers.append(act(name))
        finally:
            connections.close_all()

    threads = [Thread(target=hand, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
