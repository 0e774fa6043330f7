"""Every usual writing of a number is one number; whatever could be two is refused with a remedy."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.core.phone import PhoneError, find, last_digits, normalise, pretty, split, wa_link

BUDI = "+6281234567890"

mobiles = st.from_regex(r"8[1-35-9][0-9]{7,10}", fullmatch=True)


@pytest.mark.parametrize(
    "written",
    [
        "081234567890",
        "0812-3456-7890",
        "0812 3456 7890",
        "081.234.567.890",
        "0812,3456,7890",
        "81234567890",
        "81234567890.0",
        "'081234567890",
        "6281234567890",
        "62 812-3456-7890",
        "+62 (0)812-3456-7890",
        "+620812-3456-7890",
        "62081234567890",
        "0062 812 3456 7890",
        "wa.me/6281234567890",
        "wa.me/081234567890",
        "https://wa.me/6281234567890?text=pesan%2010%20kotak",
        "https://api.whatsapp.com/send?phone=6281234567890&text=hai",
        "whatsapp://send?text=hai&phone=+6281234567890",
        "tel:+6281234567890",
        "6281234567890@s.whatsapp.net",
        "6281234567890:12@s.whatsapp.net",
        "\u200e\u202a+62\u00a0812\u20113456\u20117890\u202c",
        "０８１２３４５６７８９０",
        "٠٨١٢٣٤٥٦٧٨٩٠",
        "WA: 0812 3456 7890",
        "No. HP 081234567890 (WA)",
    ],
)
def test_one_number_in_many_writings(written: str) -> None:
    phone = normalise(written)
    assert (phone.e164, phone.kind, phone.raw) == (BUDI, "mobile", written)


@pytest.mark.parametrize(
    ("written", "e164", "kind"),
    [
        ("62811234567", "+62811234567", "mobile"),
        ("62815123456", "+62815123456", "mobile"),
        ("62355791234", "+62355791234", "landline"),
        ("0355 791234", "+62355791234", "landline"),
        ("0355/791234", "+62355791234", "landline"),
        ("(0352) 481234", "+62352481234", "landline"),
        ("1500-123", "+621500123", "other"),
        ("+60 12-345 6789", "+60123456789", "mobile"),
        ("+1 202 555 0123", "+12025550123", "mobile"),
    ],
)
def test_short_landline_and_foreign_numbers(written: str, e164: str, kind: str) -> None:
    phone = normalise(written)
    assert (phone.e164, phone.kind) == (e164, kind)


def test_a_national_number_belongs_to_the_region_of_the_shop() -> None:
    assert normalise("012-345 6789", region="MY").e164 == "+60123456789"
    assert normalise("60123456789", region="MY").e164 == "+60123456789"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "empty"),
        (" \u200e ", "empty"),
        ("8.12346E+10", "excel"),
        ("8,12346E+10", "excel"),
        ("0812 3456 7890 / 0857 1234 5678", "several"),
        ("081234567890, 085712345678", "several"),
        ("081234567890 085712345678", "several"),
        ("0812-3456-7890/91", "several"),
        ("0812 3456 789O", "letters"),
        ("0812 3456 7890 ext 2", "letters"),
        ("Bu Siti", "letters"),
        ("siti@example.com", "not_a_number"),
        ("120363041234567890@g.us", "not_a_number"),
        ("wa.me/message/ABC123", "not_a_number"),
        ("110", "too_short"),
        ("791234", "too_short"),
        ("081234567", "too_short"),
        ("-", "too_short"),
        ("08123456789012", "too_long"),
        ("0400 1234 567", "invalid"),
        ("+999 1234 5678", "invalid"),
        ("+62 62 811 234 567", "doubled_prefix"),
        ("0628123456789", "doubled_prefix"),
    ],
)
def test_a_doubtful_number_is_refused_with_a_remedy(written: str, code: str) -> None:
    with pytest.raises(PhoneError) as refusal:
        normalise(written)
    assert refusal.value.code == code
    assert refusal.value.message.endswith(".")


@pytest.mark.parametrize(
    ("written", "suggestion"),
    [("0812 3456 789O", BUDI), ("O8l2 3456 7890", BUDI), ("62 6281234567890", BUDI), ("0812 E456 7890", "")],
)
def test_a_refusal_carries_the_number_to_ask_about(written: str, suggestion: str) -> None:
    with pytest.raises(PhoneError) as refusal:
        normalise(written)
    assert refusal.value.suggestion == suggestion


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("0812 3456 7890 / 0857 1234 5678", ["0812 3456 7890", "0857 1234 5678"]),
        ("081234567890 atau 085712345678", ["081234567890", "085712345678"]),
        ("081234567890 ::: 085712345678", ["081234567890", "085712345678"]),
        ("081234567890\n085712345678; 0355/791234", ["081234567890", "085712345678", "0355", "791234"]),
        ("0355/791234", ["0355/791234"]),
        ("0812 3456 7890", ["0812 3456 7890"]),
        ("https://wa.me/6281234567890?text=1,2", ["https://wa.me/6281234567890?text=1,2"]),
        ("", []),
    ],
)
def test_two_numbers_in_a_cell(cell: str, numbers: list[str]) -> None:
    assert split(cell) == numbers


@pytest.mark.parametrize(
    ("message", "numbers"),
    [
        ("Bu, nomer saya 0812 3456 7890 12 kotak ya besok", [BUDI]),
        ("hub 62811234567 atau wa.me/6281234567890?text=hai", ["+62811234567", BUDI]),
        ("HP:081234567890, tlp (0355) 791234", [BUDI, "+62355791234"]),
        ("+62 812-3456-7890. Sama dengan 081234567890", [BUDI]),
        ("transfer BCA 8290123456 a.n. Siti", []),
        ("no rek BNI 0812345678", []),
        ("tgl 08-12-2026 10.00, 50 kotak 15.000, total 750.000", []),
        ("buka jam 08.00 - 10.00", []),
        ("INV-081234567890 dan 0812 3456 789O", []),
        ("budi 081234567890@s.whatsapp.net", []),
    ],
)
def test_numbers_in_a_chat(message: str, numbers: list[str]) -> None:
    assert [phone.e164 for phone in find(message)] == numbers


def test_pretty_and_last_digits() -> None:
    assert pretty(BUDI) == "0812-3456-7890"
    assert pretty("+62355791234") == "(0355) 791234"
    assert pretty(BUDI, region="MY") == "+62 812-3456-7890"
    assert last_digits(BUDI) == "7890"
    assert last_digits(BUDI, 6) == "567890"


def test_a_whatsapp_link_has_digits_only_and_spaces_as_percent_20() -> None:
    assert wa_link(BUDI) == "https://wa.me/6281234567890"
    assert wa_link(BUDI, "Bu Siti,\n2 + 1 kotak") == (
        "https://wa.me/6281234567890?text=Bu%20Siti%2C%0A2%20%2B%201%20kotak"
    )


@given(mobiles)
def test_all_writings_of_a_mobile_agree(national: str) -> None:
    e164 = f"+62{national}"
    writings = [
        f"0{national}",
        f"62{national}",
        f"+62 (0){national}",
        f"0062{national}",
        f"wa.me/62{national}",
        f"62{national}@s.whatsapp.net",
        f"0{national[:3]}-{national[3:7]}-{national[7:]}",
        pretty(e164),
        e164,
    ]
    assert {normalise(writing).e164 for writing in writings} == {e164}


@given(mobiles, mobiles)
def test_two_numbers_are_never_taken_for_one(first: str, second: str) -> None:
    for separator in ("/", ",", " atau ", " ", "\n"):
        cell = f"0{first}{separator}0{second}"
        with pytest.raises(PhoneError):
            normalise(cell)
        assert [normalise(part).e164 for part in split(cell)] == [f"+62{first}", f"+62{second}"]


@given(mobiles, st.integers(1, 9), st.sampled_from("OolISx"))
def test_a_letter_never_shortens_a_number(national: str, place: int, letter: str) -> None:
    with pytest.raises(PhoneError):
        normalise(f"0{national[:place]}{letter}{national[place + 1 :]}")


@given(st.text() | st.text(alphabet="0123456789+-() /@.EeO"))
def test_any_text_is_a_number_or_a_refusal(text: str) -> None:
    try:
        phone = normalise(text)
    except PhoneError:
        return
    assert re.fullmatch(r"\+[1-9]\d{5,14}", phone.e164)
    assert normalise(phone.e164).e164 == phone.e164


@given(st.text())
def test_reading_a_chat_never_fails(text: str) -> None:
    assert all(phone.e164.startswith("+") for phone in find(text))


@given(mobiles, st.text())
def test_a_draft_arrives_as_written(national: str, draft: str) -> None:
    query = urlsplit(wa_link(f"+62{national}", draft)).query
    assert parse_qs(query, keep_blank_values=True, strict_parsing=bool(query)).get("text", [""]) == [draft]
