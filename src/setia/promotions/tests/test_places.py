"""Places to grow: numbers that open their people, goals, honest hints, a map that stays in its box."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.core.errors import DomainError
from setia.core.models import Event
from setia.customers import actions as customers
from setia.orders import actions as orders
from setia.promotions.actions import places as actions
from setia.promotions.models import PlaceGoal
from setia.promotions.queries import places as queries
from setia.promotions.rules import places as rules
from setia.segments import actions as segments

pytestmark = pytest.mark.django_db
FEW = st.integers(0, 50)
SIGNS = st.builds(rules.Signs, FEW, FEW, FEW, FEW, FEW)
NAMES = st.sampled_from(["Pogalan", "Trenggalek", "Durenan", "Tulungagung", "Kauman, Ponorogo", "Atlantis"])


@given(st.dictionaries(NAMES, SIGNS), NAMES)
def test_hints_are_silent_when_thin_and_grow_with_signs(places, town):
    named = rules.next_best(places, town)
    assert len(named) <= rules.MOST_NAMED and town not in named
    assert all(places[name].strength >= rules.FEWEST_SIGNS for name in named)
    for name, one in places.items():
        near = rules.nearness(name, town)
        more = rules.Signs(one.customers, one.resellers, one.told + 1, one.fresh, one.before)
        fuller = rules.Signs(one.customers + 1, one.resellers, one.told, one.fresh, one.before)
        assert rules.score(more, near) > rules.score(one, near) >= rules.score(fuller, near)


POINTS = st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), max_size=4)


@given(st.dictionaries(NAMES, POINTS), st.dictionaries(NAMES, FEW))
def test_the_map_stays_in_its_box(points, numbers):
    for circle in rules.drawn(points, numbers):
        assert circle.x - circle.radius >= 0 and circle.x + circle.radius <= rules.WIDTH
        assert circle.y - circle.radius >= 0 and circle.y + circle.radius <= rules.HEIGHT


@given(st.dictionaries(NAMES, POINTS), st.dictionaries(NAMES, FEW))
def test_no_name_covers_another_or_a_circle(points, numbers):
    circles = rules.drawn(points, numbers)
    boxes = [
        next(box for x, y, anchor, box in rules._name_boxes(c) if anchor == c.anchor and abs(y - c.name_y) < 0.1)
        for c in circles
        if c.anchor
    ]
    assert all(rules._apart(one, other) for n, one in enumerate(boxes) for other in boxes[:n])


@given(st.integers(0, 500), st.integers(1, 500), st.integers(-50, 900))
def test_the_pace_of_a_goal_reaches_it(now, goal, days):
    from datetime import date

    today = date(2026, 11, 28)
    found = rules.progress(now, goal, today, today + timedelta(days=days))
    assert found.reached == (now >= goal) == (found.percent == 100)
    assert (found.per_month is None) == (found.over or found.reached)
    if found.per_month is not None:
        assert now + found.per_month * max(1, days / 30) >= goal - 1e-6


def test_a_name_of_two_regencies_belongs_to_neither():
    assert rules.regency_of("Kauman") == "" and rules.regency_of("Kauman, Ponorogo") == "Ponorogo"
    numbers = {"Ngunut": 2, "Boyolangu": 3, "Kauman": 9, "Pogalan": 4, "Kauman, Tulungagung": 1}
    assert rules.counted("Tulungagung", True, numbers) == 6
    assert rules.counted("Pogalan", False, numbers) == 4


@pytest.fixture
def book(world):
    """Three buy in Ngunut, two of them brought by a reseller there; one in town."""
    keju = world.variants["keju-10"]
    yanti = customers.add_customer(display_name="Bu Penjual", kind="reseller", district="Ngunut")
    made = [yanti, customers.add_customer(display_name="Bu Kota", district=world.shop.district or "Trenggalek")]
    made += [
        customers.add_customer(
            display_name=f"Bu Baru {n}", district="Ngunut", referred_by=yanti, latitude=-8.1, longitude=112.0
        )
        for n in (1, 2)
    ]
    for one in made:
        orders.sell(lines=[orders.LineInput(keju.pk, 2)], customer=one)
    segments.renew_profiles()
    return world


def test_numbers_open_their_people_and_places_their_openers(book):
    today = book.shop.today()
    row = next(one for one in queries.by_district(today) if one.name == "Ngunut")
    assert (row.customers, row.signs.resellers, row.signs.told, row.signs.fresh) == (3, 1, 2, 3)
    assert row.sales > 0
    opener = queries.openers()[0]
    assert (opener.customer.display_name, opener.brought) == ("Bu Penjual", [("Ngunut", 2)])
    assert [(one.name, one.number) for one in queries.circles(queries.customers_by_district(today))] == [("Ngunut", 3)]
    owner = book.client("owner")
    page = owner.get(book.url("promotions/places/"))
    text = page.content.decode()
    assert "Ngunut (2)" in text and "<circle" in text
    people = next(url for one, url in page.context["places"] if one.name == "Ngunut")
    listed = owner.get(people).content.decode()
    assert "Bu Penjual" in listed and "Bu Baru 1" in listed and "Bu Kota" not in listed
    assert [name for name, _signs, _url in page.context["next"]] == ["Ngunut"]


def test_set_change_take_out_and_put_back_a_goal(book):
    owner, url, day = book.client("owner"), book.url("promotions/places/"), book.shop.today() + timedelta(days=180)
    typed = {"place": "r:Tulungagung", "customers": "40", "by_day": day.isoformat()}
    assert owner.post(url, typed).status_code == 302
    goal = PlaceGoal.objects.get()
    assert (goal.place, goal.whole, goal.customers, goal.started_with) == ("Tulungagung", True, 40, 3)
    refused = owner.post(url, typed)
    assert refused.status_code == 422 and 'value="40"' in refused.content.decode()
    one = f"{url}goals/{goal.pk}/"
    assert owner.get(one).status_code == 200
    assert owner.post(one, {"customers": 3, "by_day": day.isoformat()}).status_code == 302
    assert queries.goals(book.shop.today(), queries.customers_by_district(book.shop.today()))[0].progress.reached
    owner.post(f"{one}removal/")
    assert 'name="undo"' in owner.get(one).content.decode()
    assert PlaceGoal.objects.filter(removed_at=None).count() == 0
    owner.post(f"{one}removal/", {"undo": "1"})
    assert PlaceGoal.objects.filter(removed_at=None).count() == 1
    assert Event.objects.filter(verb="place_goal.changed").count() == 4
    with pytest.raises(DomainError):
        actions.set_goal(place="Pogalan", customers=5, by_day=book.shop.today())


def test_only_who_manages_and_only_of_this_shop(world):
    goal = actions.set_goal(place="Pogalan", customers=5, by_day=world.shop.today() + timedelta(days=9))
    for path in ("promotions/places/", f"promotions/places/goals/{goal.pk}/"):
        assert world.client("owner").get(world.url(path)).status_code == 200
        for helper in ("cashier", "viewer"):
            assert world.client(helper).get(world.url(path)).status_code == 403
        assert world.client("stranger").get(world.url(path)).status_code == 404


def test_as_many_queries_for_many_goals(world, django_assert_max_num_queries):
    for n in range(1, 12):
        actions.set_goal(place="Pogalan", customers=5, by_day=world.shop.today() + timedelta(days=n))
    owner = world.client("owner")
    with django_assert_max_num_queries(30):
        owner.get(world.url("promotions/places/"))
