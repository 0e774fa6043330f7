"""A day at the bazaar: planned, lived through on two phones, counted, and followed up in the days after. In both
languages."""

import json

import pytest

from setia.customers import queries as people
from setia.customers.models import Customer
from setia.promotions.actions import bazaars as actions
from setia.promotions.models import Bazaar
from setia.promotions.queries import bazaars
from setia.shops import public
from setia.today import actions as today
from setia.today.models import Prompt

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_day_at_the_bazaar(street, language):
    world, owner, cashier = street.world, street.world.client("owner"), street.world.client("cashier")
    variant, day = world.variants["kacang-hijau-10"], world.shop.today().isoformat()
    plan = {"name": "Pasar Minggu", "starts_on": day, "opening_cash": "100rb", "goal_people": "3"}
    owner.post(world.url("promotions/bazaars/new/"), plan)
    row = Bazaar.objects.get()
    assert street.said("Planned. Now say what goes along.") in _page(owner, world.url(f"promotions/bazaars/{row.pk}/"))
    url = world.url(f"promotions/bazaars/{row.pk}/")
    owner.post(f"{url}costs/", {"kind": "rent", "amount": "50rb"})
    owner.post(f"{url}stock/", {f"boxes-{variant.pk}": "10"})

    # One visitor scans the poster, one writes on WhatsApp, one is written down by Dewi, who sells to her.
    join = public.link("bazaar_join", actions.JOIN, row.pk)
    visitor = world.visitor()
    assert street.said("Leave my name") in _page(visitor, join)
    visitor.post(join, {"name": "Bu Poster", "phone": "0812 9876 1001", "agrees": "on"})
    street.has_phone("6281298761002", "Bu Chat")
    street.writes("+6281298761002", f"{street.said('Hello, I was at your stall')} [#{row.entry_link.code}]")
    sale = {"person": "visitor-1", "method": "cash", "lines": [{"variant": variant.pk, "quantity": 2, "price": 20_000}]}
    sent = [
        {"key": "visitor-1", "kind": "person", "at": "", "data": {"name": "Bu Stan", "agrees": True}},
        {"key": "visitor-2", "kind": "sale", "at": "", "data": sale},
        {"key": "visitor-3", "kind": "sample", "at": "", "data": {"variant": variant.pk, "count": 4}},
    ]
    for device in ("hp-dewi", "hp-dewi", "hp-harti"):  # the answer was lost, then the other phone had them too
        body = json.dumps({"device": device, "items": sent})
        cashier.post(f"{url}stall/items/", body, content_type="application/json")
    street.work()
    assert street.said("What came of it") in _page(owner, url)
    outcome = bazaars.outcome(row)
    assert (outcome.met, outcome.new, outcome.orders, outcome.sales, outcome.samples) == (3, 3, 1, 40_000, 4)

    # In the evening: cash is right, a box is missing.
    owner.post(f"{url}count/", {"money-cash": "140rb", f"boxes-{variant.pk}": "7"})
    assert [one.difference for one in bazaars.money(row)] == [0]
    assert [one.difference for one in bazaars.boxes(row)] == [-1]
    counted = _page(owner, f"{url}count/")
    assert street.said("Counted.") in counted and street.said("right") in counted

    # Two days later Today brings up who agreed and has not come since; one of them comes.
    street.clock.forward(days=2)
    today.renew_prompts()
    asked = {one.customer.display_name for one in Prompt.objects.filter(kind="bazaar", state="open")}
    assert asked == {"Bu Poster", "Bu Stan"}
    assert "Bu Stan" in _page(owner, world.url())
    stan = Customer.objects.get(display_name="Bu Stan")
    assert people.may_write(stan.pk, "promotion")
    sale = {"customer": stan.pk, f"boxes-{variant.pk}": "1", "method": "cash", "device_key": "later"}
    cashier.post(world.url("orders/counter/"), sale)
    street.work()
    assert not Prompt.objects.filter(kind="bazaar", state="open", customer=stan).exists()
    assert bazaars.outcome(row).result.per_again == 50_000
    assert street.said("%(n)s came back", n=1) in _page(owner, url)


def _page(browser, path):
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()
