"""Decisions about roles, addresses and hours."""

import re
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.shops.rules import (
    RESERVED_SLUGS,
    RIGHTS,
    WEEKDAYS,
    Right,
    device_name,
    hours_from,
    is_open,
    may,
    may_be_signed_in,
    may_open_shop,
    slug_base,
    slug_for,
    stretches,
)

minutes = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
weeks = st.dictionaries(st.sampled_from(WEEKDAYS), st.tuples(minutes, minutes), max_size=7)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31))


# --- Rights


def test_owners_may_everything_and_nobody_more_than_the_role_above():
    assert RIGHTS["owner"] == frozenset(Right)
    assert RIGHTS["viewer"] < RIGHTS["cashier"] < RIGHTS["chat"] < RIGHTS["manager"] < RIGHTS["owner"]
    assert not any(may("burglar", right) for right in Right)


@pytest.mark.parametrize(
    ("open_sign_up", "roles", "answer"),
    [
        (True, [], True),
        (False, [], False),
        (False, ["cashier", "manager"], False),
        (False, ["viewer", "owner"], True),
    ],
)
def test_who_may_open_a_shop(open_sign_up, roles, answer):
    assert may_open_shop(open_sign_up=open_sign_up, roles=roles) is answer


@pytest.mark.parametrize(
    ("role", "shops", "answer"),
    [("cashier", 1, True), ("manager", 1, True), ("cashier", 2, False), ("owner", 1, False)],
)
def test_a_link_opens_nothing_that_is_not_the_owners(role, shops, answer):
    assert may_be_signed_in(role=role, shops=shops) is answer


# --- Addresses


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Bakpia Bu Sri", "bakpia-bu-sri"),
        ("  Toko  Kuê & Sons! ", "toko-kue-sons"),
        ("菓子", "toko"),
        ("", "toko"),
        ("Static", "static-2"),
        ("Sign in", "sign-in-2"),
    ],
)
def test_an_address_from_a_name(name, slug):
    assert slug_for(name) == slug


@given(st.text(max_size=90), st.integers(0, 4))
def test_addresses_are_short_plain_and_free(name, others):
    taken = frozenset()
    for _ in range(others):
        taken |= {slug_for(name, taken)}
    slug = slug_for(name, taken)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= 40
    assert slug not in taken and slug not in RESERVED_SLUGS
    assert slug.startswith(slug_base(name))


# --- Opening hours


@given(weeks, moments)
def test_hours_are_kept_as_they_were_meant(week, moment):
    """A day's opening lasts from `opens` until `closes`, past midnight when `closes` is not later."""
    kept = hours_from(week)

    def stretch(day: date) -> tuple[datetime, datetime] | None:
        times = week.get(WEEKDAYS[day.weekday()])
        if times is None:
            return None
        start, end = datetime.combine(day, times[0]), datetime.combine(day, times[1])
        return start, end if start < end else end + timedelta(days=1)

    around = [stretch(moment.date()), stretch(moment.date() - timedelta(days=1))]
    expected = not week or any(times and times[0] <= moment < times[1] for times in around)
    assert is_open(kept, moment) is expected


@given(weeks)
def test_a_week_is_told_in_the_fewest_lines(week):
    kept = hours_from(week)
    lines = stretches(kept)
    told = {
        WEEKDAYS[number]: [line.opens, line.closes]
        for line in lines
        for number in range(line.first, line.last + 1)
        if line.opens is not None
    }
    assert told == kept
    if kept:
        assert [number for line in lines for number in range(line.first, line.last + 1)] == list(range(7))
        assert all((one.opens, one.closes) != (next_one.opens, next_one.closes) for one, next_one in pairwise(lines))


def test_a_day_that_is_not_named_is_closed():
    hours = {"mon": ["07:00", "17:00"]}
    monday = datetime(2026, 11, 23)
    assert is_open(hours, monday.replace(hour=7))
    assert not is_open(hours, monday.replace(hour=17))
    assert not is_open(hours, monday.replace(hour=9) + timedelta(days=1))


# --- Devices


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (
            "Mozilla/5.0 (Linux; Android 13; Pixel) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("curl/8", ""),
    ],
)
def test_devices_by_the_name_people_know(said, name):
    assert device_name(said) == name
