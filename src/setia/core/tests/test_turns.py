"""A worker leaves the database to those in a hurry, within bounds."""

import os
import time
from types import SimpleNamespace

import pytest

from setia.core import turns


@pytest.fixture
def waited(monkeypatch, settings, tmp_path):
    """A worker's process; how long it waited, without anybody having to."""
    settings.HOME = tmp_path
    waits = []
    monkeypatch.setattr(turns, "is_worker", True)
    monkeypatch.setattr(turns, "connection", SimpleNamespace(vendor="sqlite"))
    monkeypatch.setattr(turns.time, "sleep", waits.append)
    return waits


def stamp(seconds_ago):
    at = time.time() - seconds_ago
    os.utime(turns._stamp(), (at, at))


def test_with_nobody_in_a_hurry_it_waits_a_moment(waited):
    turns.give_way()
    turns.hurry()
    stamp(60)
    turns.give_way()
    assert waited == [turns.LEAST_S] * 2


def test_it_waits_as_long_as_others_come_but_not_for_ever(waited, monkeypatch):
    turns.hurry()
    monkeypatch.setattr(turns.time, "time", turns._stamp().stat().st_mtime.__float__)
    turns.give_way()
    assert sum(waited) == pytest.approx(turns.MOST_S)


def test_it_goes_on_once_the_rush_is_over(waited, monkeypatch):
    turns.hurry()
    monkeypatch.setattr(turns.time, "sleep", lambda seconds: (waited.append(seconds), stamp(1)))
    turns.give_way()
    assert waited == [turns.LEAST_S]


def test_a_clock_set_back_holds_nobody_up(waited):
    turns.hurry()
    stamp(-3600)
    turns.give_way()
    assert waited == [turns.LEAST_S]


def test_pages_and_other_databases_wait_for_nobody(waited, monkeypatch):
    turns.hurry()
    monkeypatch.setattr(turns, "is_worker", False)
    turns.give_way()
    monkeypatch.setattr(turns, "is_worker", True)
    monkeypatch.setattr(turns, "connection", SimpleNamespace(vendor="postgresql"))
    turns.give_way()
    assert waited == []


def test_where_nothing_can_be_noted_the_write_happens_all_the_same(waited, settings, tmp_path):
    settings.HOME = tmp_path / "gone"
    turns.hurry()
    turns.give_way()
    assert waited == [turns.LEAST_S]
