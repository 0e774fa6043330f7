"""Flour becomes dearer, and somebody new learns to serve: through the pages, from the first word to the last."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from setia.catalog import actions as catalog
from setia.catalog import queries as prices
from setia.conversations.models import Message
from setia.customers import actions as customers
from setia.orders import actions as orders
from setia.orders.actions import LineInput
from setia.orders.models import Order
from setia.shops import actions as shops
from setia.supply import actions as supply
from setia.supply.models import PriceReview
from setia.team import actions as team
from setia.team.models import Behaviour, Candidate, ChecklistItem

pytestmark = pytest.mark.django_db(transaction=True)


def test_flour_rises_and_every_price_changes_on_one_day(street):
    world, owner = street.world, street.world.client("owner")
    green, ratna, today = world.variants["kacang-hijau-10"], world.customers["ratna"], world.shop.today()
    shop = supply.add_supplier(name="Toko Tepung")
    flour, beans = (supply.add_material(name=name, supplier=shop) for name in ("Tepung", "Kacang"))
    for material, amount in ((flour, 12_000), (beans, 24_000)):
        supply.note_price(material=material, supplier=shop, amount=amount, on=today - timedelta(days=30))
    lines = {flour.pk: Decimal("8"), beans.pk: Decimal("5")}
    supply.set_recipe(variant=green, boxes=20, lines=lines, labour=20_000, energy=10_000)
    customers.answer_consent(customer=ratna, purpose="promotion", state="given", how="counter")
    catalog.open_page()
    public = f"/p/c/{world.shop.slug}/"
    for days in (40, 12):
        _bought(street, ratna, days)

    # She writes eighteen percent more into the diary; a question opens by itself.
    page = world.url(f"supply/materials/{flour.pk}/")
    owner.post(page, {"supplier": shop.pk, "amount": "14.160", "on": today.isoformat()})
    street.work()
    review = PriceReview.objects.get()
    page = world.url(f"supply/reviews/{review.pk}/")
    assert "20.500" in owner.get(page).content.decode().replace(",", ".")
    assert str(review.pk) in owner.get(world.url("supply/reviews/")).content.decode()

    # From the day after tomorrow on; who buys it regularly hears it first, with the reason.
    day = today + timedelta(days=2)
    owner.post(page, {"option": "price", "effective_on": day.isoformat(), f"p{green.pk}": "20.500"})
    owner.post(f"{page}announcement/", {"text": "{nama}, tepung naik; mulai lusa Rp20.500."})
    told = Message.objects.get(purpose="promotion")
    assert told.customer == ratna and "tepung naik" in told.text

    # Today the old price everywhere, on the day the new one everywhere.
    for wanted in (20_000, 20_500):
        now = world.shop.today()
        assert prices.prices(None, day=now)[green.pk] == wanted
        shown = f"{wanted:,}".replace(",", ".")
        for html in (_html(owner, world.url("orders/counter/")), _html(Client(), public), _list(owner, world)):
            assert shown in html.replace(",", "."), wanted
        assert owner.get(world.url("products/picture/")).status_code == 200
        sale = {"customer": ratna.pk, f"boxes-{green.pk}": "1", "method": "cash", "device_key": f"at-{wanted}"}
        world.client("cashier").post(world.url("orders/counter/"), sale)
        assert Order.objects.get(device_key=f"at-{wanted}").total == wanted
        street.clock.forward(days=2)


def _bought(street, customer, days):
    variant, day = street.world.variants["kacang-hijau-10"], street.world.shop.today() - timedelta(days=days)
    orders.record_past(orders=[orders.PastOrder(customer.pk, day, [LineInput(variant.pk, 1)], "counter")])


def _html(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def _list(owner, world):
    return _html(owner, world.url("products/"))


def test_a_candidate_is_tried_hired_taught_seen_and_thanked(street):
    world, owner = street.world, street.world.client("owner")
    team.prepare()
    owner.post(world.url("team/candidates/new/"), {"name": "Tari", "phone": "0812 3000 9101"})
    tari = Candidate.objects.get()
    page = world.url(f"team/candidates/{tari.pk}/")
    owner.post(f"{page}trial/", {"trial_on": world.shop.today().isoformat()})
    line = ChecklistItem.objects.filter(kind="trial").order_by("pk").first()
    owner.post(f"{page}lines/{line.pk}/")
    assert "Tari" in _html(owner, world.url("team/candidates/"))
    owner.post(f"{page}decision/", {"hire": "1", "reason": "Rajin dan mau belajar", "role": "cashier"})
    tari.refresh_from_db()

    # She opens her link and is one of them; she learns, and it is written down.
    user = get_user_model().objects.create(username="tari")
    member = shops.accept_invitation(invitation=tari.invitation, user_id=user.pk)
    street.work()
    hers = Client()
    hers.force_login(user)
    mine = world.url(f"team/members/{member.pk}/")
    owner.post(f"{mine}notes/", {"note": "Menimbang isi 30 gram"})
    step = ChecklistItem.objects.filter(kind="onboarding").order_by("pk").first()
    owner.post(world.url(f"team/members/{member.pk}/steps/{step.pk}/"))

    # She serves; a customer is glad, the owner sees something good, and says thank you.
    variant = world.variants["kacang-hijau-10"]
    ratna = world.customers["ratna"]
    sale = {"customer": ratna.pk, f"boxes-{variant.pk}": "2", "method": "cash", "device_key": "hers"}
    assert hers.post(world.url("orders/counter/"), sale).status_code == 302
    order = Order.objects.get(device_key="hers")
    hers.post(world.url(f"orders/{order.pk}/rating/"), {"score": "5"})
    good = Behaviour.objects.filter(good=True).order_by("pk").first()
    seen = {"member": member.pk, "behaviour": good.pk, "key": "k", "note": "Sabar sekali dengan Mbah"}
    owner.post(world.url("team/observations/new/"), seen)
    street.work()
    html = _html(hers, mine)
    assert "Menimbang isi 30 gram" in html and "Sabar sekali" in html and good.label in html
    assert "5.0" in html.replace(",", ".") and "from 1 rating" in html
    hers.post(f"{mine}seen/")
    assert "Sabar sekali" in _html(owner, mine)

    # What is others' stays others'.
    assert hers.get(world.url(f"team/members/{world.members['chat'].pk}/")).status_code == 404
    assert hers.get(page).status_code == 403
