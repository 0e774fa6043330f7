"""Properties of the pure decisions."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.conversations import phrases, rules
from setia.conversations.models import MessageStatus

STATUSES = [status for status in MessageStatus.values if status != "received"]
NEWS = sorted(rules.NEWS)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


def after(start: str, news: list[str]) -> str:
    for one in news:
        start = rules.advance(start, one)
    return start


@given(st.sampled_from(STATUSES), st.permutations(NEWS), st.integers(0, len(NEWS)))
def test_news_in_any_order_end_the_same(start, order, count):
    told = order[:count]
    assert after(start, told) == after(start, sorted(told)) == after(start, told * 2)


@given(st.sampled_from(STATUSES), st.sampled_from(NEWS))
def test_a_status_never_goes_back(current, news):
    assert rules.RANK[rules.advance(current, news)] >= rules.RANK[current]


@pytest.mark.parametrize(
    ("current", "news", "then"),
    [
        ("accepted", "failed", "failed"),
        ("sent", "failed", "failed"),
        ("delivered", "failed", "delivered"),
        ("failed", "sent", "failed"),
        ("failed", "delivered", "delivered"),
        ("unknown", "sent", "sent"),
        ("sending", "read", "read"),
        ("read", "delivered", "read"),
        ("read", "played", "played"),
    ],
)
def test_what_beats_what(current, news, then):
    assert rules.advance(current, news) == then


@given(MOMENTS, st.none() | MOMENTS)
def test_a_window_only_grows(at, current):
    until = rules.window_after(at, current)
    assert until >= at + timedelta(hours=24) and (current is None or until >= current)
    assert rules.window_is_open(until, until - timedelta(seconds=1))
    assert not rules.window_is_open(until, until)
    assert not rules.window_is_open(None, at)


@given(st.text(max_size=60), st.dictionaries(st.sampled_from(["name", "shop", "order"]), st.text(max_size=10)))
def test_filling_never_fails_and_touches_only_what_it_knows(text, values):
    filled = rules.fill(text, values)
    if not rules.placeholders(text) & set(values):
        assert filled == text


def test_a_name_with_braces_is_not_filled_again():
    assert rules.fill("Halo {name}", {"name": "{shop}", "shop": "X"}) == "Halo {shop}"


@given(st.text(max_size=80))
def test_words_of_any_kind_are_read_without_failing(text):
    assert phrases.is_stop(text) in (True, False)
    assert not (phrases.is_stop(text) and phrases.asks_for_price_list(text))


@given(st.integers(1, 100))
def test_pauses_grow_and_end(times):
    assert timedelta(seconds=4) <= rules.pair_pause(times) <= rules.pair_pause(times + 1) <= timedelta(hours=1)


@given(MOMENTS, st.integers(-100_000, 100_000), st.none() | st.integers(-100_000, 100_000))
def test_automations_answer_only_what_is_fresh_and_nobody_handles(now, written, paused):
    allowed = rules.may_automate(
        now=now,
        written_at=now - timedelta(seconds=written),
        paused_until=None if paused is None else now + timedelta(seconds=paused),
    )
    assert allowed == (written <= 3600 and (paused is None or paused <= 0))
