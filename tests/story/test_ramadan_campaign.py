"""A Ramadan campaign with a hold-out, from the audience to the result; and a voucher with one use left."""

import pytest

from setia.core.errors import DomainError
from setia.customers import actions as customers
from setia.orders import actions as orders
from setia.orders.actions import LineInput
from setia.promotions.actions import campaigns_sending as sending
from setia.promotions.actions import offers
from setia.promotions.models import Campaign, Recipient
from setia.segments import actions as segments

pytestmark = pytest.mark.django_db(transaction=True)


def test_ramadan_from_the_audience_to_the_result(street):
    world = street.world
    owner = world.client("owner")
    crowd = []
    for n in range(12):
        person = customers.add_customer(display_name=f"Bu Ramadan {n}", phone=f"0812777{n:05}")
        customers.answer_consent(customer=person, purpose="promotion", state="given", how="counter", evidence="-")
        crowd.append(person)
        street.ask("POST", "users", {"phone": f"62812777{n:05}", "name": person.display_name, "reads": True})
        street.writes(f"62812777{n:05}", "Halo")
    segments.renew_profiles()

    # The owner writes it and looks at the price before anything leaves.
    form = {
        "name": "Ramadan",
        "kind": "season",
        "audience": "people=" + ",".join(str(person.pk) for person in crowd),
        "text": "{name}, Ramadan sebentar lagi. Mau disisihkan bakpia?",
        "holds_out": "on",
        "window_days": "14",
        "send_from": "00:00",
        "send_until": "23:59",
    }
    page = owner.post(world.url("promotions/campaigns/new/"), form)["Location"]
    before = owner.get(page + "?lang=en").content.decode()
    assert page and before
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
    assert "interval" not in owner.get(page).content.decode(), "nobody peeks"
    street.clock.forward(days=15)
    sending.settle_results()
    told = owner.get(page).content.decode()
    assert "interval" in told
    row.refresh_from_db()
    assert row.result["rate"]["low"] > 0 and row.result["held_bought"] == 0


def test_a_voucher_with_one_use_left(street):
    world = street.world
    today = world.shop.today()
    offer = offers.save_offer(
        offer=None, name="Terakhir", kind="amount", amount=5_000, starts_on=today, by_code=True, limit=1
    )
    offers.add_shared_code(offer=offer, code="AKHIR")
    line = LineInput(variant_id=world.variants["kacang-hijau-10"].pk, quantity=1)
    came = []
    for person in ("ratna", "slamet"):
        try:
            order = orders.place(
                customer=world.customers[person], lines=[line], due_on=today, channel="chat", code="akhir"
            )
            came.append(order.total)
        except DomainError as error:
            came.append(error.field)
    assert came == [15_000, "code"]
