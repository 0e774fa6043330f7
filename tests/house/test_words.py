"""The reader of the stories notices the other language, and leaves people their own words."""

import pytest

from tests import words

PAGE = '<!doctype html><html lang="{language}"><body><main>{inside}</main></body></html>'
SAYS = {"id": "Simpan perubahan", "en": "Save the change"}


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize(
    "inside",
    [
        "<button>{text}</button>",
        "<p>\n  {text}\n</p>",
        '<input aria-label="{text}">',
        '<input placeholder="{text}"><p>12</p>',
        '<div data-say-none="{text}"></div>',
    ],
)
def test_a_text_of_the_other_language_is_noticed(language, inside):
    other = "en" if language == "id" else "id"
    page = PAGE.replace("{language}", language)
    assert words.speaks(page.replace("{inside}", inside.replace("{text}", SAYS[language])), language)
    with pytest.raises(AssertionError, match=SAYS[other]):
        words.speaks(page.replace("{inside}", inside.replace("{text}", SAYS[other])), language)


def test_a_piece_of_a_sentence_with_a_name_in_it_is_noticed():
    text = "Bu Ratna, thank you for telling a friend about Bakpia Sekar Pandan: they bought for the first time."
    assert words.foreign(text, "id") and not words.foreign(text, "en")


@pytest.mark.parametrize(
    "inside",
    [
        '<p class="bubble">Simpan perubahan</p>',
        "<textarea>Simpan perubahan</textarea>",
        '<a lang="id">Simpan perubahan</a>',
        "<script>Simpan perubahan</script>",
    ],
)
def test_what_people_typed_is_theirs(inside):
    assert words.speaks(PAGE.replace("{language}", "en").replace("{inside}", inside), "en")


def test_texts_are_said_in_both_languages_and_only_those_there_are():
    assert words.said("Save the change", "id") == "Simpan perubahan"
    assert words.said("%(n)s stamp", "en", n=2) == "2 stamps"
    with pytest.raises(AssertionError):
        words.said("Nothing of the kind", "id")
