"""Waits, matters, opening hours, snoozes, moods: pure decisions with their properties."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.conversations import service
from setia.conversations.service import SILENCE, Said

ZONE = ZoneInfo("Asia/Jakarta")
HOURS = {day: ["07:00", "17:00"] for day in service.WEEKDAYS}
START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday, nine o'clock in the shop


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def them(minutes, text="halo", chat=1):
    return Said(chat, at(minutes), ours=False, text=text)


def us(minutes, by=7, chat=1):
    return Said(chat, at(minutes), ours=True, by=by)


def test_a_wait_begins_with_the_first_question_and_ends_with_the_first_answer():
    (first, second) = service.waits([them(0), them(3), us(5), us(6, by=8), them(20)])
    assert (first.asked_at, first.answered_at, first.by) == (at(0), at(5), 7)
    assert (first.last_answer_at, first.last_by) == (at(6), 8)
    assert second.answered_at is None and second.words == ["halo"]


def test_what_the_shop_writes_first_is_no_answer():
    assert service.waits([us(0), us(5)]) == []


def test_a_matter_is_settled_by_silence_or_by_saying_so():
    found = service.waits([them(0), us(5), them(30), us(33, by=8)])
    (open_,) = service.matters(found, at(60))
    assert open_.settled_at is None
    (settled,) = service.matters(found, at(33) + SILENCE)
    assert (settled.began_at, settled.settled_at, settled.by) == (at(0), at(33), 8)
    (done,) = service.matters(found, at(60), {1: at(40)})
    assert done.settled_at == at(33)


def test_a_matter_that_ends_with_a_question_is_open():
    (matter,) = service.matters(service.waits([them(0)]), at(0) + 3 * SILENCE)
    assert matter.settled_at is None


def test_the_next_morning_is_another_matter():
    said = [them(0), us(5), them(5 + SILENCE.total_seconds() / 60), us(5 + SILENCE.total_seconds() / 60 + 2)]
    first, second = service.matters(service.waits(said), at(10_000))
    assert first.settled_at == at(5) and second.began_at == said[2].at


events = st.lists(
    st.tuples(st.integers(1, 3), st.integers(0, 5000), st.booleans(), st.sampled_from([None, 7, 8])), max_size=40
).map(
    lambda rows: [
        Said(chat, at(minute), ours, by if ours else None)
        for chat, minute, ours, by in sorted(rows, key=lambda r: r[1])
    ]
)


@given(events)
def test_waits_and_matters_of_anything(said):
    found = service.waits(said)
    for wait in found:
        assert wait.words and (wait.answered_at is None or wait.asked_at <= wait.answered_at <= wait.last_answer_at)
    assert sum(len(wait.words) for wait in found) == sum(not one.ours for one in said), "no question is lost"
    open_waits = [wait.chat for wait in found if wait.answered_at is None]
    assert len(open_waits) == len(set(open_waits)), "a chat waits at most once"
    matters = service.matters(found, at(6000))
    assert {matter.chat for matter in matters} == {wait.chat for wait in found}
    for matter in matters:
        assert matter.settled_at is None or matter.began_at <= matter.settled_at
    for wait in open_waits:
        assert any(matter.chat == wait and matter.settled_at is None for matter in matters)


minutes = st.integers(0, 60 * 24 * 20)


@given(minutes, minutes, minutes)
def test_open_time_adds_up_and_is_never_longer_than_the_clock(a, b, c):
    one, two, three = sorted((a, b, c))

    def length(first, last):
        return service.open_time(HOURS, at(first), at(last), ZONE)

    assert length(one, two) + length(two, three) == length(one, three)
    assert timedelta() <= length(one, three) <= timedelta(minutes=three - one)


def test_nobody_is_slow_at_night():
    evening, morning = at(9 * 60), at(22 * 60 + 10)  # 18.00 and 07.10 the next day
    assert service.open_time(HOURS, evening, morning, ZONE) == timedelta(minutes=10)
    assert service.open_time({}, evening, morning, ZONE) == morning - evening
    late = {"mon": ["18:00", "02:00"]}
    assert service.open_time(late, at(9 * 60), at(20 * 60), ZONE) == timedelta(hours=8)


@given(st.lists(st.timedeltas(timedelta(), timedelta(days=3)), max_size=20))
def test_the_typical_time_lies_between_the_ends(lengths):
    found = service.typical(lengths)
    if not lengths:
        assert found is None
    else:
        shown = [length.total_seconds() / 60 for length in lengths]
        assert found.count == len(lengths) and min(shown) - 1 <= found.minutes <= max(shown) + 1


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)), st.sampled_from([None, time(6, 30)]))
def test_snoozes_are_always_ahead(moment, opens):
    local = moment.replace(tzinfo=ZONE)
    found = service.snoozes(local, opens)
    assert all(at > local for at in found.values())
    assert found["morning"].date() == local.date() + timedelta(days=1)
    assert "evening" not in found or found["evening"].date() == local.date()


@pytest.mark.parametrize(
    "text",
    [
        "Kecewa saya Bu",
        "kok lama banget ya",
        "😡",
        "halo???",
        "gimana sih ini",
        "still no reply",
        "Bu kok nggak dibalas",
    ],
)
def test_displeasure_is_heard(text):
    assert service.sounds_unhappy(text)


@pytest.mark.parametrize("text", ["", "Bu, keju ada?", "matur nuwun 🙏", "enak sekali!", "tahan lama ya bu?", "nggih"])
def test_ordinary_words_are_ordinary(text):
    assert not service.sounds_unhappy(text)


@given(st.text(max_size=80))
def test_any_text_can_be_heard(text):
    assert service.sounds_unhappy(text) in (True, False)
