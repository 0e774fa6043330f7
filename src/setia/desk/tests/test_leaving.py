"""Why people stay away: late regulars each with the reason most likely, what they told, what won them back."""

from datetime import timedelta

import pytest

from setia.care import actions as care
from setia.care.models import Complaint, Settlement
from setia.catalog import actions as catalog
from setia.core import clock
from setia.orders import actions as orders
from setia.orders.actions import LineInput, PastOrder

pytestmark = pytest.mark.django_db

AWAY = 40
WEEKLY = tuple(AWAY + 7 * n for n in range(12))


def page(shop, who="owner"):
    answer = shop.world.client(who).get(shop.world.url("leaving/"))
    assert answer.status_code == 200
    return answer


def grouped(shop):
    """Names by reason, and the detail beside each."""
    context = page(shop).context
    found = {str(label): [(row.customer, detail) for row, detail in rows] for label, rows in context["groups"]}
    return found | {"Not known": [(row.customer, "") for row in context["unknown"]]}


def comes(shop, name, flavour="kacang-hijau-10", ago=WEEKLY):
    """A regular of every week who has been away for long."""
    variant, today = shop.world.variants[flavour], shop.world.shop.today()
    days = (today - timedelta(days=days) for days in ago)
    rows = [PastOrder(shop.who(name).pk, day, [LineInput(variant.pk, 2)], "counter") for day in days]
    orders.record_past(orders=rows)


def late(shop, name):
    """The last three orders: two of them handed over after the promised day."""
    today = shop.world.shop.today()
    for ago, wait in ((AWAY + 14, 0), (AWAY + 7, 2), (AWAY, 1)):
        at = clock.now() - timedelta(days=ago)
        with clock.frozen(at - timedelta(days=3)):
            line = LineInput(shop.world.variants["kacang-hijau-10"].pk, 2)
            day = today - timedelta(days=ago + wait)
            order = orders.place(customer=shop.who(name), lines=[line], due_on=day, channel="chat")
        with clock.frozen(at):
            orders.complete(order=order, method="cash")


def bored(shop, name):
    """First many tastes about every ten days, then the same one at twice the gap."""
    flavours = [shop.world.variants[key] for key in ("kacang-hijau-10", "keju-10", "cokelat-10", "ubi-ungu-10")]
    day, today, rows = AWAY + 60, shop.world.shop.today(), []
    for n in range(12):
        pair = {flavours[n % 4].pk, flavours[(n + 1) % 4].pk}
        rows.append((day + 10 * (12 - n), pair))
    rows += [(ago, {flavours[0].pk}) for ago in (AWAY + 48, AWAY + 24, AWAY)]
    orders.record_past(
        orders=[
            PastOrder(
                shop.who(name).pk, today - timedelta(days=ago), [LineInput(pk, 1) for pk in sorted(pks)], "counter"
            )
            for ago, pks in rows
        ]
    )


def test_each_reason_that_has_evidence_is_named_and_the_first_one_counts(shop):
    dearer = shop.world.variants["keju-10"]
    comes(shop, "ratna")
    comes(shop, "slamet")
    comes(shop, "siti", "keju-10")
    comes(shop, "endah", ago=tuple(AWAY + 7 * n for n in range(3, 12)))
    late(shop, "endah")
    bored(shop, "guru")
    comes(shop, "kasan")
    catalog.set_price(variant=dearer, amount=27_000, valid_from=shop.world.shop.today())
    care.tell_elsewhere(customer=shop.who("ratna"), reason="price", by=shop.owner)
    for name in ("ratna", "slamet"):
        care.open_complaint(kind="crushed", source="counter", customer=shop.who(name), by=shop.owner)
    care.renew_boredom()
    shop.night()
    found = grouped(shop)
    assert found == {
        "They told so": [(shop.who("ratna"), "Cheaper there")],
        "A complaint not made good": [(shop.who("slamet"), "")],
        "Orders came late": [(shop.who("endah"), "2 of the last 3")],
        "What they take became dearer": [(shop.who("siti"), "+12 %")],
        "Seems to look for something else": [(shop.who("guru"), "")],
        "Not known": [(shop.who("kasan"), "")],
    }
    # what was made good to their content is no reason any more
    for row in Complaint.objects.filter(customer=shop.who("slamet")):
        made_good(shop, row)
    assert (shop.who("slamet"), "") in grouped(shop)["Not known"]


def made_good(shop, row):
    made = care.offer(complaint=row, option="replace", cost=10_000, value=20_000, by=shop.owner)
    care.accept(settlement=made)
    care.settle(settlement=made)
    care.say_content(complaint=row, content=True)


def test_what_was_told_and_who_came_again_are_counted(shop):
    for name, reason in (("ratna", "price"), ("siti", "price"), ("slamet", "nearer")):
        care.tell_elsewhere(customer=shop.who(name), reason=reason, by=shop.owner)
    shop.clock.forward(days=3)
    orders.complete(order=shop.orders("siti"), method="cash")
    context = page(shop).context
    assert context["reasons"] == [("Cheaper there", 2, 1), ("Nearer to them", 1, 0)]
    assert {row.customer: again for row, again in context["told"]}[shop.who("siti")]


def test_a_settlement_that_won_somebody_back_is_counted_with_those_that_did_not(shop):
    for name in ("ratna", "siti", "slamet"):
        row = care.open_complaint(kind="crushed", source="counter", customer=shop.who(name), by=shop.owner)
        made_good(shop, row)
    assert Settlement.objects.filter(state="done").count() == 3 and not page(shop).context["won"]
    shop.clock.forward(days=20)
    orders.complete(order=shop.orders("ratna"), method="cash")
    assert page(shop).context["won"] == [("New boxes", 1, 1)], "the others still have their sixty days"
    shop.clock.forward(days=45)
    assert page(shop).context["won"] == [("New boxes", 1, 3)]
    assert "1 of 3 came back" in page(shop).content.decode()


def test_a_word_from_today_is_counted_beside_those_left_alone(shop):
    prompt = shop.late()
    from setia.today import actions

    actions.done(prompt=prompt, by=shop.owner)
    shop.clock.forward(days=2)
    orders.complete(order=shop.orders("slamet"), method="cash")
    shop.works()
    shop.tomorrow(days=20)
    written = page(shop).context["written"]
    assert [(one.written, one.left) for one in written] == [((1, 1), (0, 0))]


def test_it_is_the_managers_page_and_a_shop_without_a_past_is_told_how_it_fills(shop):
    world = shop.world
    assert "Nobody told yet." in page(shop, "manager").content.decode()
    for who in ("cashier", "viewer"):
        assert world.client(who).get(world.url("leaving/")).status_code == 403
    assert world.client("stranger").get(world.url("leaving/")).status_code == 404
