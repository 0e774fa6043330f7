"""Celebrations: two years ahead, planned backwards, with those of last time."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from setia.core.models import Event
from setia.core.scope import open_shop
from setia.customers import actions as customers
from setia.orders import actions as orders
from setia.orders.actions import LineInput, PastOrder
from setia.promotions.models import SeasonShift
from setia.promotions.queries import seasons as queries
from setia.promotions.queries import seasons_demand as forecast
from setia.segments import actions as segments
from setia.segments import queries as profiles
from setia.segments.rules import all_of, condition
from setia.today.sources import campaign as source
from setia.today.sources import occasion

pytestmark = pytest.mark.django_db


def test_the_dates_are_those_of_the_calendar(world):
    day = world.shop.today()
    rows = {(one.season.code, one.season.starts) for one in queries.ahead(day)}
    assert ("maulid", date(2027, 8, 15)) in rows and ("kupatan", date(2027, 3, 17)) in rows
    assert all(one.season.estimate for one in queries.ahead(day) if one.season.code == "kupatan")


def test_one_is_planned_backwards_with_those_of_last_time(world):
    day = world.shop.today()
    maulid = next(one for one in queries.ahead(day) if one.season.code == "maulid")
    past = queries.last_time(maulid.season, day)
    assert past is not None and past.starts == date(2026, 8, 25), "a lunar year is shorter"
    line = LineInput(variant_id=world.variants["kacang-hijau-10"].pk, quantity=4)
    ratna = world.customers["ratna"]
    orders.record_past(orders=[PastOrder(customer_id=ratna.pk, day=past.starts, lines=[line], channel="chat")])
    page = world.url(f"promotions/seasons/maulid/{maulid.season.starts}/")
    html = world.client("owner").get(page).content.decode()
    assert ratna.display_name in html and f"people={ratna.pk}" in html
    assert world.client("stranger").get(page).status_code == 404
    assert world.client("viewer").get(page).status_code == 200
    assert world.client("owner").get(world.url("promotions/seasons/")).status_code == 200
    assert world.client("owner").get(world.url("promotions/seasons/maulid/2027-01-01/")).status_code == 404
    assert world.client("owner").get(world.url("promotions/seasons/maulid/nonsense/")).status_code == 404


def test_nobody_is_invited_to_what_remembers_the_dead(world):
    day = world.shop.today()
    for one in queries.ahead(day):
        if one.season.memorial:
            url = world.url(f"promotions/seasons/{one.season.code}/{one.season.starts}/")
            assert "promotions/campaigns/new/" not in world.client("owner").get(url).content.decode()
    assert list(source.find(day)) == []


def test_the_owner_moves_a_day_and_takes_it_back(world):
    day, owner = world.shop.today(), world.client("owner")
    maulid = next(one for one in queries.ahead(day) if one.season.code == "maulid")
    starts, there = maulid.season.starts, maulid.season.starts + timedelta(days=1)
    page = world.url(f"promotions/seasons/maulid/{starts}/")
    assert world.client("viewer").post(f"{page}shift/", {"starts": there}).status_code == 403
    assert world.client("stranger").post(f"{page}shift/", {"starts": there}).status_code == 404
    assert owner.post(f"{page}shift/", {"starts": starts + timedelta(days=60)}).status_code == 422
    assert owner.post(f"{page}shift/", {"starts": "soon"}).status_code == 422
    moved = owner.post(f"{page}shift/", {"starts": there}).headers["Location"]
    assert moved.endswith(f"maulid/{there}/") and owner.get(page).status_code == 404
    found = queries.one(day, "maulid", there)
    assert found is not None and found.shifted and not found.season.estimate
    assert queries.by_the_calendar(found.season).starts == starts
    assert str(starts.day) in owner.get(moved).content.decode()
    with open_shop(world.stranger_shop):
        assert queries.one(day, "maulid", starts) is not None, "the neighbour keeps the calendar's day"
    again = owner.post(f"{moved}shift/", {"undo": "1"}).headers["Location"]
    assert again.endswith(f"maulid/{starts}/") and SeasonShift.objects.count() == 0
    assert Event.objects.filter(verb="season.shifted").count() == 2


def test_the_forecast_learns_from_the_shop_and_keeps_silent_without_a_past(world):
    day = date(2026, 11, 23)
    year_end = next(one.season for one in queries.ahead(day) if one.season.code == "year_end")
    assert forecast.expect(year_end, day) is None, "nothing is known yet"
    past = queries.last_time(year_end, day)
    assert past is not None
    variant, siti = world.variants["kacang-hijau-10"].pk, world.customers["siti"].pk
    first = past.starts - timedelta(days=120)
    orders.record_past(
        orders=[
            PastOrder(
                customer_id=siti,
                day=on,
                lines=[LineInput(variant_id=variant, quantity=30 if past.starts <= on <= past.ends else 10)],
                channel="counter",
            )
            for on in (first + timedelta(days=n) for n in range((day - first).days))
        ]
    )
    found = forecast.expect(year_end, day)
    assert found is not None and found.past == 1
    assert found.usual == pytest.approx(10, abs=1) and 2.2 < found.times <= 3.0, "drawn a little towards nothing"
    length = (year_end.ends - year_end.starts).days + 1
    assert found.boxes == pytest.approx(length * found.usual * found.times, rel=0.1) and found.enough > 20
    page = world.url(f"promotions/seasons/year_end/{year_end.starts}/")
    assert world.client("owner").get(page).status_code == 200


def test_a_day_of_remembrance_is_quiet_and_in_no_campaign(world):
    day, ratna = world.shop.today(), world.customers["ratna"]
    near = day + timedelta(days=3)
    values = {"calendar": "gregorian", "month": near.month, "day": near.day}
    customers.add_occasion(customer=ratna, kind="memorial", label="Haul Bapak", **values)
    assert list(occasion.find(day)) == [], "not without having asked for it"
    customers.answer_consent(customer=ratna, purpose="occasion", state="given", how="counter", evidence="diminta")
    (found,) = occasion.find(day)
    with translation.override("id"):
        said = occasion.reason(found.facts, ratna)
    assert "Haul Bapak" in said
    for word in ("selamat", "promo", "diskon", "happy", "gembira"):
        assert word not in found.draft.lower()
    assert list(occasion.find(near)) == [], "on the day itself nothing is said"
    rule = all_of(condition("day", {"which": "any", "days": 14}))
    segments.renew_profiles()
    assert ratna.pk not in set(profiles.profiles(rule).values_list("customer_id", flat=True))
