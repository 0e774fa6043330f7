"""Figures whose rows lie in other areas, counted again slowly: what loyalty brings, what is kept, promises kept."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from setia.care import actions as care
from setia.care.models import Answer
from setia.conversations.models import Message
from setia.core import clock
from setia.customers.models import Customer
from setia.desk.reports import month, nightly
from setia.desk.tests.test_objectives import loyal_on, night, on_days, page, people_who, the_span, told  # noqa: F401
from setia.orders import actions as orders
from setia.orders.models import Line, Order
from setia.segments.models import Report
from setia.supply import actions as supply

pytestmark = pytest.mark.django_db


def completed(since, until):
    return [row for row in Order.objects.all() if row.completed_on and since <= row.completed_on <= until]


def test_what_loyalty_brings_is_counted_again(connected):
    connected.bought("guru", *(3 + 7 * n for n in range(30)))
    connected.bought("slamet", *(4 + 7 * n for n in range(20)))
    connected.bought("endah", 9, 60)
    connected.bought("siti", 8)
    connected.bought("ratna", 300)
    for name in ("guru", "guru", "endah", "ratna"):
        connected.writes(name)
    Customer.objects.filter(pk=connected.who("siti").pk).update(referred_by=connected.who("guru"))
    Customer.objects.filter(pk=connected.who("endah").pk).update(referred_by=connected.who("siti"))
    connected.clock.forward(days=1)
    night()
    today, since = connected.world.shop.today(), connected.world.shop.today() - timedelta(days=91)
    loyal = loyal_on(connected, today)
    assert connected.who("guru").pk in loyal
    bought = people_who(lambda days: any(since <= day < today for day in days))
    slow = {}
    for name, people in (("loyal", bought & loyal), ("others", bought - loyal)):
        days = {(row.customer_id, row.completed_on) for row in completed(since, today - timedelta(days=1))}
        written = [row for row in Message.objects.filter(direction="in") if row.customer_id in people]
        friends = [one for one in Customer.objects.exclude(referred_by=None) if one.referred_by_id in people]
        slow[name] = {
            "people": len(people),
            "purchases": sum(customer in people for customer, _day in days),
            "messages": len(written),
            "friends": sum(one.orders.filter(completed_on__gt=today - timedelta(days=365)).exists() for one in friends),
        }
    assert Report.objects.get(name="objectives").data["loyal"]["benefits"] == slow
    assert slow["loyal"]["messages"] == 2 and slow["loyal"]["friends"] == slow["others"]["friends"] == 1


def with_a_recipe(shop):
    """20 boxes of keju take 4 kg of flour at 12,000, and 10,000 of work: 2,900 a box."""
    flour = supply.add_material(name="Tepung")
    mill = supply.add_supplier(name="Giling")
    supply.note_price(material=flour, supplier=mill, amount=12_000)
    keju = shop.world.variants["keju-10"]
    supply.set_recipe(variant=keju, boxes=20, lines={flour.pk: Decimal(4)}, labour=10_000)
    return keju


def test_what_is_kept_after_the_ingredients_is_counted_again(told):  # noqa: F811
    keju = with_a_recipe(told)
    told.orders("guru", boxes=5)
    orders.complete(order=told.orders("endah", boxes=3))
    told.clock.forward(days=1)
    night()
    since, until = the_span(told)
    lines = Line.objects.filter(order__in=[row.pk for row in completed(since, until)])
    of_keju = [line for line in lines if line.variant_id == keju.pk]
    data = Report.objects.get(name="objectives").data["sales"]["margin"]
    assert data["cost"] == 2_900 * sum(line.quantity for line in of_keju) > 0
    assert data["money"] == sum(line.amount for line in of_keju) < data["all"] == sum(line.amount for line in lines)


def test_promises_kept_are_counted_again(told):  # noqa: F811
    punctual, late = told.orders("guru"), told.orders("endah")
    orders.complete(order=punctual)
    told.clock.forward(days=2)
    orders.complete(order=late)
    orders.cancel(order=told.orders("ratna"), reason="")
    told.clock.forward(days=1)
    night()
    promised = [row for row in completed(*the_span(told)) if row.channel not in ("counter", "imported")]
    kept = [row for row in promised if row.completed_at.astimezone(told.world.shop.zone).date() <= row.due_on]
    data = Report.objects.get(name="objectives").data["satisfied"]
    assert (data["kept"], data["promises"]) == (len(kept), len(promised))
    assert (
        punctual.pk in {row.pk for row in kept}
        and late.pk in {row.pk for row in promised}
        and len(kept) < len(promised)
    )


def test_the_rest_of_the_month_is_counted_again(told):  # noqa: F811
    with_a_recipe(told)
    with clock.frozen(clock.now() - timedelta(days=2)):
        for score in (5, 4, 1):
            care.answer(form="csat", source="page", score=score)
    nightly.renew_reports()
    today = told.world.shop.today()
    for first in (today.replace(day=1), (today.replace(day=1) - timedelta(days=1)).replace(day=1)):
        data = Report.objects.get(name=month.name(first)).data
        since, until = date.fromisoformat(data["since"]), date.fromisoformat(data["until"])
        assert data["whole"] == (first.month != today.month) and since == first
        rows = completed(since, until)
        channels = {row.channel for row in rows}
        assert {tuple(row) for row in data["channels"]} == {
            (one, sum(row.channel == one for row in rows), sum(row.total for row in rows if row.channel == one))
            for one in channels
        }
        assert data["new"] == len(people_who(lambda days: since <= days[0] <= until))  # noqa: B023
        faces = on_days(told, "at", (since, until), Answer.objects.filter(form="csat"))
        assert (data["rated"], data["content"]) == (len(faces), sum(row.score >= 4 for row in faces))
        lines = Line.objects.filter(order__in=[row.pk for row in rows])
        assert data["margin"]["all"] == sum(line.amount for line in lines)
        for key, back in (("month", 1), ("year", 12)):
            earlier = month.span(month.before(first, back), today)
            assert data["before"][key] == sum(row.total for row in completed(earlier.since, earlier.until))
