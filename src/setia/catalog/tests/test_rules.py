"""Codes and prices through time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.catalog import rules

days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
histories = st.lists(st.tuples(days, st.integers(1, 100_000)), max_size=10)


@given(histories, days)
def test_on_every_day_the_newest_price_that_has_begun_counts(history, day):
    begun = [(start, amount) for start, amount in dict(history).items() if start <= day]
    found = rules.on(rules.spans(history), day)
    assert (found.amount if found else None) == (max(begun)[1] if begun else None)


@given(histories)
def test_spans_follow_each_other_without_gap_or_overlap(history):
    spans = rules.spans(history)
    assert len(spans) == len(dict(history))
    for span, following in zip(spans, spans[1:], strict=False):
        assert span.until == following.valid_from - timedelta(days=1)
        assert span.valid_from <= span.until
    assert not spans or spans[-1].until is None


@given(st.text(max_size=200), st.sets(st.sampled_from(["item", "keju-10", "keju-10-2", "a"])))
def test_codes_are_short_plain_and_free(words, taken):
    code = rules.sku_for(words, taken)
    assert code not in taken
    assert 0 < len(code) <= 40
    assert code == rules.slug(code)


def test_codes_read_like_the_words():
    assert rules.sku_for("Kacang hijau 10", set()) == "kacang-hijau-10"
    assert rules.sku_for("Keju 10", {"keju-10", "keju-10-2"}) == "keju-10-3"
    assert rules.slug("Crème brûlée!") == "creme-brulee"


def test_resellers_and_go_betweens_have_a_list_of_their_own():
    assert [rules.list_of(kind) for kind in ("reseller", "intermediary")] == ["reseller", "intermediary"]
    assert rules.list_of("end") == rules.list_of("stranger") == rules.list_of("") == rules.EVERYONE


def test_numbers_of_the_authorities_are_read_strictly():
    for text in ("P-IRT No. 2063575010012-29", "2063575010012-29", "206357501001229", "PIRT 2063575010012 29"):
        assert rules.pirt(text) == "2063575010012-29"
    assert rules.pirt_ends("2063575010012-29") == 2029
    assert rules.halal(" id 1234 5678 9012 34567") == "ID12345678901234567"
    for read, wrong in (
        (rules.pirt, ("", "123", "0063575010012-29", "2063575010012-299")),
        (rules.halal, ("", "12345678901234567", "ID1234", "KH1")),
    ):
        for text in wrong:
            with pytest.raises(ValueError):
                read(text)
