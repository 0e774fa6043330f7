"""Amounts: what people write is read exactly, what could mean two things is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.core.money import (
    LARGEST,
    MoneyError,
    Reading,
    format_money,
    in_words,
    minor_digits,
    parse_money,
    read_money,
    round_cash,
    short_money,
)

amounts = st.integers(0, LARGEST)
currencies = st.sampled_from(["IDR", "MYR", "SGD", "USD", "JPY", "VND", "KWD"])
locales = st.sampled_from(["id", "en"])


@pytest.mark.parametrize(
    ("amount", "currency", "indonesian", "english"),
    [
        (15_000, "IDR", "Rp15.000", "Rp 15,000"),
        (0, "IDR", "Rp0", "Rp 0"),
        (-2_000, "IDR", "-Rp2.000", "-Rp 2,000"),
        (1_250_000, "IDR", "Rp1.250.000", "Rp 1,250,000"),
        (123_405, "USD", "US$1.234,05", "$1,234.05"),
        (-50, "MYR", "-MYR 0,50", "-MYR 0.50"),
        (1_500, "JPY", "JP¥1.500", "¥1,500"),
    ],
)
def test_an_amount_on_the_screen(amount: int, currency: str, indonesian: str, english: str) -> None:
    assert format_money(amount, currency) == indonesian
    assert format_money(amount, currency, "en") == format_money(amount, currency, "en-gb") == english


@pytest.mark.parametrize(
    ("amount", "indonesian", "english"),
    [
        (999, "Rp999", "Rp 999"),
        (1_000, "Rp1 rb", "Rp 1K"),
        (125_000, "Rp125 rb", "Rp 125K"),
        (125_500, "Rp125,5 rb", "Rp 125.5K"),
        (950_000, "Rp950 rb", "Rp 950K"),
        (999_949, "Rp999,9 rb", "Rp 999.9K"),
        (999_950, "Rp1 jt", "Rp 1M"),
        (-1_200_000, "-Rp1,2 jt", "-Rp 1.2M"),
        (3_400_000_000, "Rp3,4 M", "Rp 3.4B"),
        (25 * 10**15, "Rp25000 T", "Rp 25000T"),
    ],
)
def test_a_short_amount(amount: int, indonesian: str, english: str) -> None:
    assert short_money(amount) == indonesian
    assert short_money(amount, locale="en") == english


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("15000", 15_000),
        ("15.000", 15_000),
        ("15,000", 15_000),
        ("15 000", 15_000),
        ("Rp15.000", 15_000),
        ("Rp 15.000,-", 15_000),
        ("rp. 15.000,00", 15_000),
        ("IDR 15,000.00", 15_000),
        ("Rp\u00a015.000", 15_000),
        ("15.000.", 15_000),
        ("1.250.000", 1_250_000),
        ("15rb", 15_000),
        ("15 rb", 15_000),
        ("15rb,-", 15_000),
        ("15ribu", 15_000),
        ("15k", 15_000),
        ("15K", 15_000),
        ("12,5rb", 12_500),
        ("35ewu", 35_000),
        ("15rb500", 15_500),
        ("1,5jt", 1_500_000),
        ("1.5jt", 1_500_000),
        ("1,25 juta", 1_250_000),
        ("0,5jt", 500_000),
        ("1jt2", 1_200_000),
        ("1jt25", 1_250_000),
        ("1jt250", 1_250_000),
        ("1jt 250", 1_250_000),
        ("1jt250rb", 1_250_000),
        ("1juta 250.000", 1_250_000),
        ("1 milyar", 1_000_000_000),
        ("sejuta", 1_000_000),
        ("setengah juta", 500_000),
        ("satu setengah juta", 1_500_000),
        ("seribu", 1_000),
        ("sewu", 1_000),
        ("lima belas ribu", 15_000),
        ("Limabelas Ribu", 15_000),
        ("duaratus limapuluh ribu", 250_000),
        ("0", 0),
        ("nol", 0),
        ("lima", 5),
    ],
)
def test_amounts_as_people_write_them(written: str, amount: int) -> None:
    assert parse_money(written) == amount


@pytest.mark.parametrize(
    ("written", "reading"),
    [
        ("@35rb", Reading(35_000, each=True)),
        ("@ Rp35.000", Reading(35_000, each=True)),
        ("35rban", Reading(35_000, about=True)),
        ("35rb-an", Reading(35_000, about=True)),
        ("35 ribuan", Reading(35_000, about=True)),
        ("sejutaan", Reading(1_000_000, about=True)),
        ("50kan", Reading(50_000, about=True)),
        ("35rb", Reading(35_000)),
    ],
)
def test_a_price_of_one_and_a_rough_figure_are_told_apart(written: str, reading: Reading) -> None:
    assert read_money(written) == reading


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("Rp", "garbage"),
        ("-5000", "negative"),
        ("Rp-5.000", "negative"),
        ("-Rp5.000", "negative"),
        ("\u22125rb", "negative"),
        ("(5.000)", "negative"),
        ("1,5", "ambiguous"),
        ("15.50", "ambiguous"),
        ("1.250rb", "ambiguous"),
        ("1,500jt", "ambiguous"),
        ("1,5jt2", "ambiguous"),
        ("1jt 2", "ambiguous"),
        ("15rb5", "ambiguous"),
        ("5rb7rb", "ambiguous"),
        ("15.000,50", "decimals"),
        ("15.00.000", "garbage"),
        ("1.500,000.5", "garbage"),
        ("0.500", "ambiguous"),
        ("081234567890", "garbage"),
        ("15rb-20rb", "garbage"),
        ("15rb/kotak", "garbage"),
        ("2x15rb", "garbage"),
        ("kotak", "garbage"),
        ("dua dua ribu", "garbage"),
        ("ribu lima", "garbage"),
        ("setengah kotak", "garbage"),
        ("9" * 17, "too_large"),
        ("9" * 500, "garbage"),
    ],
)
def test_what_is_not_one_amount_is_refused(written: str, code: str) -> None:
    with pytest.raises(MoneyError) as refusal:
        parse_money(written)
    assert refusal.value.code == code
    assert refusal.value.message.endswith(".")


def test_minor_units_of_other_currencies() -> None:
    assert [minor_digits(currency) for currency in ("IDR", "MYR", "VND", "KWD")] == [0, 2, 0, 3]
    assert parse_money("12.5", "MYR") == 1_250
    assert parse_money("MYR 1,234.50", "MYR") == 123_450
    assert parse_money("15k", "MYR") == 1_500_000
    assert parse_money("1.500", "KWD", "en") == 1_500
    assert parse_money("1.500", "KWD", "id") == 1_500_000
    with pytest.raises(MoneyError):
        parse_money("12.345.1", "MYR")


@pytest.mark.parametrize(
    ("amount", "step", "rounded"),
    [
        (57_487, 100, 57_500),
        (57_450, 100, 57_400),
        (57_451, 100, 57_500),
        (300, 500, 500),
        (-57_487, 100, -57_500),
        (7, 1, 7),
    ],
)
def test_cash_is_rounded_to_the_coin(amount: int, step: int, rounded: int) -> None:
    assert round_cash(amount, step) == rounded


def test_a_rounding_step_of_nothing_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        round_cash(100, 0)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (17, "tujuh belas"),
        (100, "seratus"),
        (1_000, "seribu"),
        (1_001, "seribu satu"),
        (125_500, "seratus dua puluh lima ribu lima ratus"),
        (1_000_000, "satu juta"),
        (21_001_010, "dua puluh satu juta seribu sepuluh"),
        (-2_000, "minus dua ribu"),
    ],
)
def test_an_amount_in_words(amount: int, words: str) -> None:
    assert in_words(amount) == words


def test_words_end_somewhere() -> None:
    with pytest.raises(MoneyError):
        in_words(10**15)


@given(amounts, currencies, locales)
def test_reading_undoes_formatting(amount: int, currency: str, locale: str) -> None:
    assert parse_money(format_money(amount, currency, locale), currency, locale) == amount


@given(st.integers(0, LARGEST - 1))
def test_reading_undoes_spelling_out(amount: int) -> None:
    assert parse_money(in_words(amount)) == amount


@given(st.integers(1, 999), st.sampled_from(["rb", " ribu", "k", "jt", " juta"]))
def test_a_unit_multiplies(number: int, unit: str) -> None:
    assert parse_money(f"{number}{unit}") == number * (1000 if unit.strip()[0] in "rk" else 1_000_000)


@given(st.text() | st.text(alphabet="0123456789.,rbjtkan -@Rp"))
def test_any_text_is_an_amount_or_a_refusal(text: str) -> None:
    try:
        amount = parse_money(text)
    except MoneyError:
        return
    assert 0 <= amount <= LARGEST


@given(st.integers(-(10**9), 10**9), st.integers(1, 10_000))
def test_rounding_lands_on_a_step_and_never_far(amount: int, step: int) -> None:
    rounded = round_cash(amount, step)
    assert rounded % step == 0
    assert abs(2 * (rounded - amount)) <= step


@given(st.integers(1000, 10**14), locales)
def test_a_short_amount_is_within_a_twentieth_of_its_unit(amount: int, locale: str) -> None:
    point = {"id": ",", "en": "."}[locale]
    text = short_money(amount, locale=locale).removeprefix("Rp").strip()
    number = text.rstrip(" rbjtMTKB")
    unit = {"rb": 10**3, "K": 10**3, "jt": 10**6, "B": 10**9, "T": 10**12}.get(text[len(number) :].strip())
    unit = unit or (10**9 if locale == "id" else 10**6)
    assert abs(float(number.replace(point, ".")) * unit - amount) <= unit / 20 + 1
