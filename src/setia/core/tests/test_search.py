"""Finding by part of a text, on both databases alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.core import search
from setia.core.scope import open_shop


@pytest.fixture
def indexed(world):
    search.put(
        "person",
        [(1, "Bu Siti Pogalan +6281230004005"), (2, "Pak Slamét Durenan 081230004002"), (3, 'Siti Aminah 50% "kutip"')],
    )
    return world


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("siti", {1, 3}),
        ("SITI pog", {1}),
        ("4002", {2}),
        ("slamet", {2}),
        ("lame", {2}),
        ("am", {3}),
        ("a", {3}),
        ("iti", {1, 3}),
        ("zzz", set()),
        ("", set()),
        ('"', {3}),
        ("50%", {3}),
        ("_iti", set()),
        ("siti' OR 1=1 --", set()),
        ("5", {3}),
        ("p", {1, 2}),
        ("po", {1}),
        ('"k', {3}),
        ("0\x002", set()),
        ("siti\x00pogalan", {1}),
    ],
)
def test_find(indexed, query, found):
    assert set(search.find("person", query)) == found


def test_a_changed_text_is_found_by_its_new_words_only(indexed):
    search.put("person", [(1, "Bu Endah Kauman")])
    assert search.find("person", "pogalan") == []
    assert search.find("person", "endah") == [1]
    search.drop("person", [1])
    assert search.find("person", "endah") == []


def test_kinds_and_shops_are_apart(indexed):
    search.put("product", [(1, "Siti cake")])
    assert search.find("product", "siti") == [1]
    with open_shop(indexed.stranger_shop):
        assert search.find("person", "siti") == []


@given(st.text())
def test_folding_is_stable(text):
    assert search.fold(search.fold(text)) == search.fold(text)


@given(st.text(), st.text())
def test_what_is_in_a_text_is_found_by_its_trigrams(text, query):
    """The index may find too much, never too little: every trigram asked for is one of the text's."""
    folded = search.fold(text)
    has = {search._quoted(folded[start : start + 3]) for start in range(len(folded) - 2)}
    for word in search.fold(query + " " + text).split():
        part = word if len(word) >= 3 else f" {word}"
        if part in folded:
            for term in search._terms(part):
                assert has & set(term.strip("()").split(" OR ")) or term in has


def test_a_neighbour_with_the_same_names_changes_nothing(indexed):
    with open_shop(indexed.stranger_shop):
        search.put("person", [(number, f"Bu Siti Pogalan {number}") for number in range(1, 400)])
    assert search.find("person", "siti pogalan") == [1]
    assert search.find("person", "siti", limit=1) in ([1], [3])
    with open_shop(indexed.stranger_shop):
        assert len(search.find("person", "siti")) == search.CANDIDATES
        search.drop("person", range(1, 399))
        assert search.find("person", "siti") == [399]
