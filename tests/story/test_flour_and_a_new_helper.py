"""Flour becomes dearer, and somebody new learns to serve: through the pages, from the first word to the last. In both
languages."""

import re
from datetime import timedelta

import pytest

from setia.catalog import queries as prices
from setia.conversations.models import Message
from setia.orders.models import Order
from setia.supply.models import Material, PriceReview, Supplier
from setia.team import actions as team
from setia.team.models import Behaviour, Candidate, ChecklistItem

pytestmark = pytest.mark.django_db(transaction=True)

CONSENT = {"purpose": "promotion", "state": "given", "how": "counter"}
WORDS = {
    "id": ("{nama}, tepung naik; mulai lusa Rp20.500.", "tepung naik"),
    "en": ("{nama}, flour costs more; Rp20,500 from the day after tomorrow.", "flour costs more"),
}


def test_flour_rises_and_every_price_changes_on_one_day(street, language):
    world, owner = street.world, street.world.client("owner")
    green, ratna = world.variants["kacang-hijau-10"], world.customers["ratna"]
    asking, told_by = WORDS[language]

    # A recipe with what its materials cost, and what is sold to whom in these weeks.
    owner.post(world.url("supply/suppliers/new/"), {"name": "Toko Tepung", "kind": "permanent"})
    shop = Supplier.objects.get()
    for name, amount in (("Tepung", "12rb"), ("Kacang", "24rb")):
        owner.post(world.url("supply/materials/new/"), {"name": name, "unit": "kg", "supplier": shop.pk})
        _diary(owner, world, Material.objects.get(name=name), shop, amount)
    flour, beans = Material.objects.get(name="Tepung"), Material.objects.get(name="Kacang")
    baking = {"boxes": "20", "labour": "20rb", "energy": "10rb", f"m{flour.pk}": "8", f"m{beans.pk}": "5"}
    owner.post(world.url(f"supply/costs/{green.pk}/"), baking)
    assert green.label in _html(owner, world.url("supply/costs/"))
    owner.post(world.url(f"customers/{ratna.pk}/consents/"), CONSENT)
    owner.post(world.url("products/page/opening/"))
    public = f"/p/c/{world.shop.slug}/"
    for number, days in enumerate((0, 28, 12)):
        street.clock.forward(days=days)
        _sell(world, ratna, green, f"before-{number}")
    street.work()

    # She writes eighteen percent more into the diary; a question opens by itself.
    _diary(owner, world, flour, shop, "14.160")
    street.work()
    review = PriceReview.objects.get()
    page = world.url(f"supply/reviews/{review.pk}/")
    asked = _html(owner, page)
    assert "20.500" in asked.replace(",", ".") and street.said("A new price") in asked
    assert ratna.display_name in asked
    assert str(review.pk) in _html(owner, world.url("supply/reviews/"))

    # From the day after tomorrow on; who buys it regularly hears it first, with the reason.
    today = world.shop.today()
    day = today + timedelta(days=2)
    owner.post(page, {"option": "price", "effective_on": day.isoformat(), f"p{green.pk}": "20.500"})
    owner.post(f"{page}announcement/", {"text": asking})
    told = Message.objects.get(purpose="promotion")
    assert told.customer == ratna and told_by in told.text

    # Today the old price everywhere, on the day the new one everywhere.
    for wanted in (20_000, 20_500):
        now = world.shop.today()
        assert prices.prices(None, day=now)[green.pk] == wanted
        shown = f"{wanted:,}".replace(",", ".")
        for html in (_html(owner, world.url("orders/counter/")), _html(world.visitor(), public), _list(owner, world)):
            assert shown in html.replace(",", "."), wanted
        assert owner.get(world.url("products/picture/")).status_code == 200
        _sell(world, ratna, green, f"at-{wanted}")
        assert Order.objects.get(device_key=f"at-{wanted}").total == wanted
        street.clock.forward(days=2)


def _diary(owner, world, material, supplier, amount):
    line = {"supplier": supplier.pk, "amount": amount, "on": world.shop.today().isoformat()}
    assert owner.post(world.url(f"supply/materials/{material.pk}/"), line).status_code == 302


def _sell(world, customer, variant, key):
    sale = {"customer": customer.pk, f"boxes-{variant.pk}": "1", "method": "cash", "device_key": key}
    assert world.client("cashier").post(world.url("orders/counter/"), sale).status_code == 302


def _html(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def _list(owner, world):
    return _html(owner, world.url("products/"))


def test_a_candidate_is_tried_hired_taught_seen_and_thanked(street, language):
    world, owner = street.world, street.world.client("owner")
    team.prepare()  # what opening a shop wakes
    owner.post(world.url("team/candidates/new/"), {"name": "Tari", "phone": "0812 3000 9101"})
    tari = Candidate.objects.get()
    page = world.url(f"team/candidates/{tari.pk}/")
    owner.post(f"{page}trial/", {"trial_on": world.shop.today().isoformat()})
    line = ChecklistItem.objects.filter(kind="trial").order_by("pk").first()
    owner.post(f"{page}lines/{line.pk}/")
    assert "Tari" in _html(owner, world.url("team/candidates/"))
    assert street.said("Trial shift") in _html(owner, page)
    owner.post(f"{page}decision/", {"hire": "1", "reason": "Rajin dan mau belajar", "role": "cashier"})

    # She opens the link she is sent, chooses a name and a password, and is one of them; she learns.
    link = re.search(r"/join/[^/\"<]+/", _html(owner, world.url("settings/members/link/")))[0]
    hers = world.visitor()
    hers.cookies["django_language"] = language  # what her phone speaks
    assert world.shop.name in _html(hers, link)
    answer = hers.post(link, {"username": "tari", "password": "roti hangat tiap pagi"})
    assert answer.status_code == 302, answer.content.decode()
    street.work()
    tari.refresh_from_db()
    member = tari.member
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
    assert "5.0" in html.replace(",", ".") and street.said("of 5, from %(n)s rating", n=1) in html
    hers.post(f"{mine}seen/")
    assert "Sabar sekali" in _html(owner, mine)

    # What is others' stays others'.
    assert hers.get(world.url(f"team/members/{world.members['chat'].pk}/")).status_code == 404
    assert hers.get(page).status_code == 403
