"""The yardstick itself."""

import pytest

from setia.conversations import reading


def item(variant="keju", qty=2, unit="kotak", pack_size=None):
    return {"product": "bakpia", "variant": variant, "qty": qty, "unit": unit, "pack_size": pack_size}


def record(items, **fields):
    base = {"intent": "order", "items": items, "date": "2026-11-24", "fulfilment": "pickup", "must_ask": []}
    return base | fields


def test_the_same_record_scores_a_hundred():
    same = record([item(), item("cokelat", 1)])
    assert reading.score(same, same).points == 100
    assert reading.score(same, record(same["items"][::-1])).points == 100


@pytest.mark.parametrize(
    ("got", "points"),
    [
        (record([item()], date=None), 85),
        (record([item()], fulfilment=None), 90),
        (record([item()], intent="question"), 90),
        (record([item(qty=3)]), 40),
        (record([item(), item("ubi_ungu")]), 70),
        (record([]), 40),
    ],
)
def test_each_part_has_its_weight(got, points):
    assert reading.score(record([item()]), got).points == pytest.approx(points)


def test_asking_more_costs_nothing_and_asking_less_costs_a_share():
    expected = record([item()], must_ask=["unit", "date"])
    assert reading.score(expected, record([item()], must_ask=["unit", "date", "qty"])).points == 100
    assert reading.score(expected, record([item()], must_ask=["unit"])).points == 97.5


@pytest.mark.parametrize(
    ("expected", "got", "severe"),
    [
        ([item(qty=None)], [item(qty=5)], ("qty 5",)),
        ([item(variant=None)], [item()], ("variant keju",)),
        ([], [item()], ("variant keju", "qty 2")),
        ([item()], [item(), item("susu", 1)], ("variant susu", "qty 1")),
        ([item(qty=5)], [item(qty=None)], ()),
        ([item(unit=None)], [item()], ()),
    ],
)
def test_inventions_are_counted_apart(expected, got, severe):
    assert reading.score(record(expected), record(got)).severe == severe


def test_an_invented_date_is_severe():
    assert reading.score(record([], date=None), record([])).severe == ("date 2026-11-24",)
