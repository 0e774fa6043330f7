"""Daily work: once per shop and day, on the shop's clock, and again after a crash."""

from datetime import time

import pytest
from django.db import connection

from setia import recurring
from setia.core.models import DailyRun
from setia.core.scope import current_shop


@pytest.fixture
def nightly(monkeypatch):
    ran = []
    monkeypatch.setattr(
        recurring, "DAILY", (recurring.Daily("count", time(2, 0), lambda: ran.append(current_shop().slug)),)
    )
    return ran


def rounds(count=3):
    for _ in range(count):
        recurring.plan_daily_runs()
        while recurring.settle_daily_runs():
            pass


def test_each_shop_has_its_night_once(world, nightly, clock):
    rounds()
    assert sorted(nightly) == ["lor-sawah", "sekar-pandan"]
    clock.forward(hours=12)  # 21.00: still the same day
    rounds()
    assert len(nightly) == 2
    clock.forward(hours=4)  # 01.00: not yet time
    rounds()
    assert len(nightly) == 2
    clock.forward(hours=2)
    rounds()
    assert len(nightly) == 4


def test_one_shops_failure_is_its_own(world, monkeypatch, clock):
    ran = []

    def fail_once():
        ran.append(current_shop().slug)
        if ran.count("lor-sawah") == 1 and ran[-1] == "lor-sawah":
            raise RuntimeError("no flour")

    monkeypatch.setattr(recurring, "DAILY", (recurring.Daily("count", time(2, 0), fail_once),))
    rounds()
    assert sorted(ran) == ["lor-sawah", "sekar-pandan"]
    failed = DailyRun.across_shops.get(shop=world.stranger_shop)
    assert "no flour" in failed.error
    clock.forward(minutes=5)
    rounds()
    assert ran.count("lor-sawah") == 2 and ran.count("sekar-pandan") == 1


def test_a_run_that_died_is_taken_up_again(world, nightly, clock):
    from setia.core import work

    recurring.plan_daily_runs()
    assert len(work.claim(DailyRun.across_shops.all(), limit=9)) == 2
    rounds()
    assert nightly == []
    clock.forward(minutes=16)
    rounds()
    assert len(nightly) == 2


def test_sqlite_learns_the_sizes_of_its_tables(world):
    recurring.learn_sizes()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1")
            assert "customers_customer" in {name for (name,) in cursor.fetchall()}
