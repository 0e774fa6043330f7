"""The invented past: believable, the same for the same seed, and nobody buys before they came."""

from collections import Counter
from datetime import date, timedelta

import pytest

from setia.core import calendars, phone
from setia.demo import cast, simulator

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def history():
    return simulator.simulate(TODAY)


def test_the_size_of_a_village_bakery(history):
    assert len(history.people) == 400
    assert 3_500 <= len(history.purchases) <= 4_500
    assert {purchase.person for purchase in history.purchases} >= set(range(len(cast.CUSTOMERS)))


def test_the_same_seed_is_the_same_past(history):
    again = simulator.simulate(TODAY)
    assert again.purchases == history.purchases and again.people == history.people
    assert simulator.simulate(TODAY, seed=8).purchases != history.purchases


def test_nobody_buys_before_they_came_or_tomorrow(history):
    for purchase in history.purchases:
        assert history.people[purchase.person].joined <= purchase.day < TODAY
        assert all(boxes > 0 and 0 <= variant < len(cast.VARIANTS) for variant, boxes in purchase.items)


def test_word_of_mouth_is_a_forest(history):
    for number, person in enumerate(history.people):
        if person.brought_by is not None:
            referrer = history.people[person.brought_by]
            assert person.source == "word_of_mouth"
            assert person.brought_by < number and referrer.joined <= person.joined


def test_phones_are_valid_and_nobodys_twice(history):
    phones = [person.phone for person in history.people if person.phone]
    assert len(phones) == len(set(phones))
    assert all(phone.normalise(number).e164 == number for number in phones)


def test_celebrations_swell_the_shop(history):
    per_day = Counter(purchase.day for purchase in history.purchases)
    lebaran = next(
        season for season in calendars.seasons((TODAY - timedelta(days=365), TODAY)) if season.code == "lebaran_hampers"
    )
    days = (lebaran.ends - lebaran.starts).days + 1
    busy = sum(per_day[lebaran.starts + timedelta(days=n)] for n in range(days)) / days
    usual = sum(per_day[lebaran.starts - timedelta(days=n)] for n in range(40, 80)) / 40
    assert busy > 1.5 * usual
