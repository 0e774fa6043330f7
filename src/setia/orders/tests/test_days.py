"""Full days, closed days, the waiting list, and the pages that show them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.core.errors import DomainError
from setia.core.models import Event
from setia.orders import actions, queries
from setia.orders.actions import LineInput
from setia.orders.models import Order, Waiting
from setia.orders.rules import planning
from setia.orders.rules.planning import Load
from setia.today.sources import waiting as source

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(world):
    return world.shop.today() + timedelta(days=3)


def place(world, day, boxes, **more):
    return actions.place(lines=[LineInput(world.variants["keju-10"].pk, boxes)], due_on=day, **more)


def test_a_full_day_refuses_and_may_be_overbooked(world, day):
    place(world, day, 190, overbook=False)
    with pytest.raises(DomainError) as full:
        place(world, day, 11, overbook=False)
    assert (full.value.code, full.value.field) == ("full", "due_on") and "10" in str(full.value)
    order = place(world, day, 10, overbook=False)
    assert queries.load_of(day) == Load(200, 200) and queries.load_of(day).state == "full"
    with pytest.raises(DomainError):
        actions.change(order=order, overbook=False, lines=[LineInput(world.variants["keju-10"].pk, 11)])
    actions.change(order=order, overbook=False, lines=[LineInput(world.variants["keju-10"].pk, 9)])
    assert place(world, day, 50).pk and queries.load_of(day).state == "over"


def test_a_closed_day_and_another_number(world, day):
    actions.plan_day(day=day, closed=True, reason="Wedding in the family")
    with pytest.raises(DomainError) as closed:
        place(world, day, 1, overbook=False)
    assert closed.value.code == "closed" and not queries.load_of(day).fits(0)
    actions.plan_day(day=day, capacity=5)
    assert queries.load_of(day) == Load(0, 5)
    assert Event.objects.filter(verb="day.planned").count() == 2


def test_counter_sales_and_calls_off_take_no_room(world, day):
    actions.cancel(order=place(world, day, 40))
    actions.sell(lines=[LineInput(world.variants["keju-10"].pk, 3)])
    assert queries.load_of(day).boxes == queries.load_of(world.shop.today()).boxes == 0


def test_who_waits_gets_the_place_that_got_free(world, day):
    big = place(world, day, 200)
    siti, guru = world.customers["siti"], world.customers["guru"]
    actions.wait(day=day, boxes=150, customer=siti)
    actions.wait(day=day, boxes=120, customer=guru)
    actions.wait(day=day, boxes=30, name="Bu Parti 0812")
    assert queries.can_be_served(world.shop.today()) == [] and list(source.find(world.shop.today())) == []
    actions.cancel(order=big)
    served = queries.can_be_served(world.shop.today())
    assert [entry.who for entry in served] == ["Bu Siti Pogalan", "Bu Parti 0812"]
    found = list(source.find(world.shop.today()))
    assert [candidate.customer_id for candidate in found] == [siti.pk] and "150" in found[0].draft
    assert "150" in source.reason(found[0].facts, siti)
    form = world.client("owner").get(world.url(f"orders/new/?waiting={served[0].pk}")).context["form"]
    values = {name: value for name, value in form.initial.items() if value is not None}
    values |= {"waiting": served[0].pk, f"boxes-{world.variants['keju-10'].pk}": "150", "fulfilment": "pickup"}
    assert world.client("owner").post(world.url("orders/new/"), values).status_code == 302
    entry = Waiting.objects.get(customer=siti)
    assert (entry.state, entry.order) == ("ordered", Order.objects.latest("pk"))
    assert [entry.who for entry in queries.can_be_served(world.shop.today())] == ["Bu Parti 0812"]


def test_asking_twice_is_waiting_once(world, day):
    for boxes in (10, 20):
        actions.wait(day=day, boxes=boxes, customer=world.customers["siti"])
    assert Waiting.objects.get().boxes == 20
    for wrong in ({"boxes": 0, "name": "x"}, {"boxes": 1}, {"boxes": 1, "name": "x", "day": day - timedelta(days=9)}):
        with pytest.raises(DomainError):
            actions.wait(**{"day": day} | wrong)


def test_the_order_form_of_a_full_day(world, day):
    place(world, day, 200)
    owner, cashier, url = world.client("owner"), world.client("cashier"), world.url("orders/new/")
    values = {"device_key": "k", "customer": world.customers["siti"].pk, "due_on": day.isoformat()}
    values |= {"fulfilment": "pickup", f"boxes-{world.variants['keju-10'].pk}": "5"}
    for who in (owner, cashier):
        refused = who.post(url, values)
        assert refused.status_code == 422 and "This day is full" in refused.content.decode()
    assert 'name="overbook"' not in refused.content.decode()
    assert cashier.post(url, values | {"overbook": "1"}).status_code == 422
    assert cashier.post(world.url("orders/waiting/"), values).status_code == 302
    assert Waiting.objects.get().note == "5 Keju isi 10"
    assert owner.post(url, values | {"overbook": "1"}).status_code == 302
    shown = cashier.get(world.url(f"orders/calendar/day/?day={day}")).content.decode()
    assert "Bu Siti Pogalan" in shown and "too many" in shown
    entry = Waiting.objects.get()
    assert cashier.post(world.url(f"orders/waiting/{entry.pk}/removal/")).status_code == 302
    assert Waiting.objects.get().state == "gone"


def test_days_are_planned_by_who_manages(world, day):
    page = world.url(f"orders/calendar/day/?day={day}")
    values = {"plan": "1", "capacity": "20", "closed": "", "reason": "x"}
    assert world.client("owner").post(page, values).status_code == 302 and queries.load_of(day).capacity == 20
    assert world.client("cashier").post(page, values | {"capacity": "9"}).status_code == 422
    assert world.client("viewer").post(page, values).status_code == 403
    assert world.client("cashier").post(page, {"name": "Bu Tin", "boxes": "3"}).status_code == 302
    assert queries.load_of(day).capacity == 20 and Waiting.objects.get().who == "Bu Tin"


@pytest.mark.parametrize("query", ["", "?view=week", "?day=2026-02-31", "?day=nonsense", "?day=2026-12-31"])
def test_the_calendar_shows_how_full_days_are(world, day, query):
    place(world, day, 33)
    shown = world.client("viewer").get(world.url(f"orders/calendar/{query}"))
    assert shown.status_code == 200
    if query in ("", "?day=nonsense"):
        assert "33" in shown.content.decode()


def test_the_calendar_asks_the_same_of_few_and_many(world, day, django_assert_max_num_queries):
    client = world.client("owner")
    for boxes in range(1, 12):
        place(world, day + timedelta(days=boxes % 5), boxes)
        actions.wait(day=day, boxes=boxes, name=f"n{boxes}")
    for query in ("", "?view=week"):
        with django_assert_max_num_queries(16):
            client.get(world.url(f"orders/calendar/{query}"))


@given(st.integers(0, 500), st.none() | st.integers(0, 500), st.booleans(), st.integers(1, 100))
def test_a_day_fits_what_it_has_room_for(boxes, capacity, closed, more):
    load = Load(boxes, capacity, closed)
    assert load.fits(more) == (not closed and (capacity is None or boxes + more <= capacity))
    assert 0 <= load.percent <= 100


@given(st.dates())
def test_months_and_weeks_are_whole(day):
    if day.year in (1, 9999):
        return
    days = planning.month_days(day)
    assert day in days and len(days) % 7 == 0 and days[0].weekday() == 0 and days[-1].weekday() == 6
    assert [one for one in days if one.month == day.month][0].day == 1
    assert day in planning.week_days(day) and len(planning.week_days(day)) == 7
