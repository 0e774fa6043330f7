"""Celebrations: two years ahead, planned backwards, with those of last time."""

from datetime import date

import pytest

from setia.orders import actions as orders
from setia.orders.actions import LineInput, PastOrder
from setia.promotions.queries import seasons as queries
from setia.today.sources import campaign as source

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
