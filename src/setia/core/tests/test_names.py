"""Names as saved in a phone: taken apart, greeted, compared; husband and wife are never one person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.core.names import (
    ASK_FROM,
    SAME_FROM,
    Name,
    greeting_name,
    initials,
    same_person_score,
    spelling_key,
    split_name,
)
from setia.core.places import DISTRICTS, districts_of, lookup

given_names = st.sampled_from(["Ratna", "Wulandari", "Slamet", "Sugeng", "Riyadi", "Yanti", "Dinda", "Arif", "Lestari"])
two_words = st.lists(given_names, min_size=2, max_size=3, unique=True).map(" ".join)
for_women = st.sampled_from(["Bu", "Ibu", "Mbak", "Hj.", "Bulik", "Ning"])
for_men = st.sampled_from(["Pak", "Bapak", "Mas", "H.", "Pakde", "Cak"])


@pytest.mark.parametrize(
    ("display", "name"),
    [
        ("Bu Ratna Wulandari", Name("Bu", "female", "Ratna Wulandari", "", "")),
        ("Bu Siti Pogalan", Name("Bu", "female", "Siti", "Pogalan", "")),
        ("BU SITI POGALAN", Name("Bu", "female", "Siti", "Pogalan", "")),
        ("Ratna 🌸 (Durenan)", Name("", None, "Ratna", "Durenan", "")),
        ("bu siti desa ngadirenggo", Name("Bu", "female", "Siti", "Ngadirenggo", "")),
        ("Siti dr Pogalan", Name("", None, "Siti", "Pogalan", "")),
        ("Mbak Yanti reseller TA", Name("Mbak", "female", "Yanti", "Tulungagung", "reseller")),
        ("Kak Dinda - reseller", Name("Kak", None, "Dinda", "", "reseller")),
        ("Ratna anak Bu Slamet", Name("", None, "Ratna", "", "anak Bu Slamet")),
        ("Pak RT", Name("Pak", "male", "", "", "RT")),
        ("Pak RT 05", Name("Pak", "male", "", "", "RT 05")),
        ("Pak RT Slamet", Name("Pak", "male", "Slamet", "", "RT")),
        ("Bu Guru SD 2", Name("Bu", "female", "", "", "Guru SD 2")),
        ("Bu Bidan Rini", Name("Bu", "female", "Rini", "", "Bidan")),
        ("Mas JNE", Name("Mas", "male", "", "", "JNE")),
        ("Bu Hj. Siti Aminah, S.Pd.", Name("Bu", "female", "Siti Aminah", "", "")),
        ("Drs. Sugeng Riyadi M.Pd.I", Name("Drs.", "male", "Sugeng Riyadi", "", "")),
        ("BU RINI SETIAWAN", Name("Bu", "female", "Rini Setiawan", "", "")),
        ("Pak Haji Slamet", Name("Pak", "male", "Slamet", "", "")),
        ("Bu Ning", Name("Bu", "female", "Ning", "", "")),
        ("Ning", Name("", None, "Ning", "", "")),
        ("Bu Pogalan", Name("Bu", "female", "Pogalan", "", "")),
        ("Toko Barokah Durenan", Name("", None, "Toko Barokah", "Durenan", "")),
        ("Slamet", Name("", None, "Slamet", "", "")),
        ("", Name("", None, "", "", "")),
    ],
)
def test_a_saved_name_is_taken_apart(display: str, name: Name) -> None:
    assert split_name(display) == name


@pytest.mark.parametrize(
    ("display", "greeting", "letters"),
    [
        ("Bu Ratna Wulandari", "Bu Ratna", "RW"),
        ("Bu Siti Pogalan", "Bu Siti", "S"),
        ("ibu siti", "Bu Siti", "S"),
        ("Hj. Siti Aminah", "Bu Siti", "SA"),
        ("H. Slamet", "Pak Slamet", "S"),
        ("KH Ahmad Zaini", "Kyai Ahmad", "AZ"),
        ("dr. Rina", "dr. Rina", "R"),
        ("Muhammad Arif", "Arif", "MA"),
        ("M. Arif Riyadi", "Arif", "MA"),
        ("Muhammad", "Muhammad", "M"),
        ("Ratna Wulandari", "Ratna", "RW"),
        ("Pak RT 05", "Pak RT", "PR"),
        ("Bu Guru SD 2", "Bu Guru", "BG"),
        ("Toko Barokah", "Toko Barokah", "TB"),
        ("🌸", "🌸", "?"),
        ("", "", "?"),
    ],
)
def test_greeting_and_avatar(display: str, greeting: str, letters: str) -> None:
    assert greeting_name(display) == greeting
    assert initials(display) == letters


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Muhammad Nur", "Moh. Noer"),
        ("Mochammad Arif", "M. Arif"),
        ("Siti Aminah", "St. Aminah"),
        ("Dwi Astuti", "Dwie Astoeti"),
        ("Djoko Soetjipto", "Joko Sucipto"),
        ("Ma'ruf", "Maruf"),
        ("Annisa", "ANISA"),
        ("Achmad", "Ahmad"),
    ],
)
def test_spelling_habits_do_not_matter(first: str, second: str) -> None:
    assert spelling_key(first) == spelling_key(second)


def test_different_names_stay_different() -> None:
    assert len({spelling_key(name) for name in ("Eka", "Eko", "Ratna", "Ratno", "Siti", "Sri", "Dewi", "Dwi")}) == 8


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ratna Wulandari", "Bu Ratna Wulandari"),
        ("Ratna Wulandari", "Wulandari Ratna"),
        ("Dwi Astuti Pogalan", "Dwie Astoeti"),
    ],
)
def test_the_same_but_for_spelling(first: str, second: str) -> None:
    assert same_person_score(first, second) >= SAME_FROM


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Bu Siti Pogalan", "Siti Pogalan"),
        ("Sugeng", "Sugeng Riyadi"),
        ("Ratna", "Bu Ratna Wulandari"),
        ("Muhammad Arif", "Moh. Arif"),
        ("Sularso", "Sularsa"),
        ("Budi Santoso", "Budi Santosa"),
        ("Nur Aini", "Noeraini"),
        ("Ratna Wulandari Pogalan", "Ratna Wulandari Durenan"),
        ("Pak RT", "Pak RT"),
    ],
)
def test_worth_asking_but_not_settled(first: str, second: str) -> None:
    assert ASK_FROM <= same_person_score(first, second) < SAME_FROM


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Pak Slamet", "Bu Slamet"),
        ("Mas Arif Riyadi", "Mbak Arif Riyadi"),
        ("Bu Siti Pogalan", "Bu Siti Durenan"),
        ("Pak RT", "Slamet"),
        ("Pak RT Pogalan", "Pak RT Durenan"),
        ("", ""),
    ],
)
def test_vetoes(first: str, second: str) -> None:
    assert same_person_score(first, second) == 0


def test_strangers_score_low() -> None:
    assert same_person_score("Siti Aminah", "Dewi Lestari") < ASK_FROM


@given(st.text(), st.text())
def test_comparing_any_texts_is_fair_and_bounded(first: str, second: str) -> None:
    score = same_person_score(first, second)
    assert 0 <= score <= 100
    assert score == same_person_score(second, first)
    assert len(initials(first)) in (1, 2)


@given(two_words, for_women, for_men)
def test_sexes_never_mix_and_honorifics_never_matter(core: str, woman: str, man: str) -> None:
    assert same_person_score(f"{woman} {core}", f"{man} {core}") == 0
    assert same_person_score(f"{woman} {core}", core) == same_person_score(core, core) == 100
    assert split_name(f"{woman} {core}").core == core


@given(given_names, given_names)
def test_one_word_never_settles_it(first: str, second: str) -> None:
    assert same_person_score(first, second) < SAME_FROM


@given(two_words, for_women, st.sampled_from([name for names in DISTRICTS.values() for name in names]))
def test_the_parts_put_together_are_taken_apart_again(core: str, honorific: str, place: str) -> None:
    name = split_name(f"{honorific} {core} reseller {place}")
    assert (name.core, name.place, name.role, name.sex) == (core, place, "reseller", "female")


class TestPlaces:
    def test_the_districts_of_three_regencies(self) -> None:
        assert {regency: len(districts_of(regency)) for regency in DISTRICTS} == {
            "Trenggalek": 14,
            "Tulungagung": 19,
            "Ponorogo": 21,
        }
        assert districts_of("Jombang") == ()

    def test_a_name_with_one_meaning_is_certain(self) -> None:
        place = lookup(" pogalan, ")
        assert place is not None
        assert (place.name, place.regencies, place.certain) == ("Pogalan", ("Trenggalek",), True)

    @pytest.mark.parametrize(
        ("name", "regencies"),
        [
            ("Kauman", ("Tulungagung", "Ponorogo")),
            ("Besuki", ("Tulungagung",)),
            ("Sukorejo", ("Ponorogo",)),
            ("Karanganyar", ()),
            ("Bandung", ("Tulungagung",)),
            ("Trenggalek", ("Trenggalek",)),
            ("Sby", ()),
            ("Kediri", ()),
        ],
    )
    def test_a_name_with_several_meanings_is_asked_about(self, name: str, regencies: tuple[str, ...]) -> None:
        place = lookup(name)
        assert place is not None
        assert (place.regencies, place.certain) == (regencies, False)

    def test_short_forms_and_unknown_names(self) -> None:
        found = lookup("TA")
        assert found is not None and found.name == "Tulungagung"
        assert lookup("Ngadirenggo") is None
