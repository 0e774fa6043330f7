"""A demo that could not be made to the end is not there at all: the next start makes it."""

import pytest

from setia.customers.models import Customer
from setia.demo import build

pytestmark = pytest.mark.django_db


def test_a_demo_half_made_is_not_made(clock, monkeypatch):
    monkeypatch.setattr(build.segments, "renew_scores", lambda: 1 / 0)
    assert build.needed()
    with pytest.raises(ZeroDivisionError):
        build.build(access_token="key", phone_number_id="1", waba_id="2", people=build.FEWEST)
    assert build.needed() and not Customer.across_shops.exists()
