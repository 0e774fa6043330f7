"""Numbers in digits and words, money apart from counts, and the spelling they are read with."""

import pytest

from setia.conversations.reading.catalogue import BAKPIA
from setia.conversations.reading.prepare import prepare


def symbols(text):
    return prepare(text, BAKPIA).view().split()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("satu", 1),
        ("sepuluh", 10),
        ("sebelas", 11),
        ("lapan belas", 18),
        ("dua puluh lima", 25),
        ("duapuluhlima", None),
        ("limapuluh", 50),
        ("seratus", 100),
        ("seratus dua puluh lima", 125),
        ("dua ratus", 200),
        ("2 ratus", 200),
        ("siji", 1),
        ("rolas", 12),
        ("patbelas", 14),
        ("selikur", 21),
        ("patlikur", 24),
        ("selawe", 25),
        ("seket papat", 54),
        ("sewidak", 60),
        ("telung puluh", 30),
        ("sangang puluh sanga", 99),
        ("satus", 100),
        ("rong atus", 200),
        ("limang atus", 500),
        ("setunggal", 1),
        ("gangsal", 5),
        ("sekawan", 4),
        ("sedasa", 10),
        ("kalih welas", 12),
        ("kalih dasa", 20),
        ("selangkung", 25),
        ("tigang dasa gangsal", 35),
        ("setunggal atus", 100),
        ("selusin", 12),
        ("setengah lusin", 6),
        ("1/2 lusin", 6),
        ("½ lusin", 6),
        ("1,5 lusin", 18),
        ("satu setengah lusin", 18),
        ("sekodi", 20),
        ("2 kodi", 40),
        ("segros", 144),
        ("sepasang", 2),
        ("50an", 50),
        ("limapuluhan", 50),
        ("1.000", 1000),
        ("seribu", 1000),
        ("sewu", 1000),
        ("rong ewu", 2000),
    ],
)
def test_numbers_before_a_unit(text, value):
    found = [token for token in prepare(f"{text} biji", BAKPIA).tokens if token.amount]
    if value is None:
        assert [token.amount.exact for token in found] != [25]
    else:
        assert [token.amount.exact for token in found] == [value]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ijo kalih keju", "V:kacang_hijau kalih V:keju"),
        ("kalih kotak keju", "#2 U:kotak V:keju"),
        ("keju kalih, ijo tiga", "V:keju #2 , V:kacang_hijau #3"),
        ("kotak kalih coklat kalih kotak", "U:kotak kalih V:cokelat #2 U:kotak"),
        ("nem kotak", "#6 U:kotak"),
        ("weteng loro", "weteng loro"),
        ("salah satu", "salah satu"),
        ("sekotak", "#1 U:kotak"),
        ("sak dus", "#1 U:dus"),
        ("rongkotak", "#2 U:kotak"),
        ("telo", "V:ubi_ungu"),
        ("telu kotak", "#3 U:kotak"),
        ("ijo2", "V:kacang_hijau"),
        ("masing2", "masing"),
        ("masing-masing", "masing"),
        ("3x keju", "#3 x V:keju"),
    ],
)
def test_words_with_two_meanings(text, wanted):
    assert symbols(text) == wanted.split()


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("35rb", 35_000),
        ("35 ribu", 35_000),
        ("35k", 35_000),
        ("Rp35.000,-", 35_000),
        ("Rp 35.000", 35_000),
        ("35.000", 35_000),
        ("1,5jt", 1_500_000),
        ("1jt2", 1_200_000),
        ("sejuta", 1_000_000),
        ("seket ewu", 50_000),
        ("goceng", 5_000),
        ("35rban", 35_000),
    ],
)
def test_money_is_no_count(text, amount):
    assert f"Rp{amount}" in symbols(f"bayar {text} ya")


def test_large_counts_of_goods_are_no_money():
    assert symbols("2 ribu biji") == ["#2000", "U:biji"]
    assert symbols("1.000 kotak") == ["#1.000", "U:kotak"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("bapkia", "P:bakpia"),
        ("bkpia", "P:bakpia"),
        ("bakpiane", "P:bakpia"),
        ("cokalt", "V:cokelat"),
        ("kejunya", "V:keju"),
        ("kejuuuu", "V:keju"),
        ("kotake", "U:kotak"),
        ("diamibl", "diambil"),
        ("takjupuk", "ambil"),
        ("jum'at", "D:4"),
        ("ngahad", "D:6"),
        ("setu", "D:5"),
        ("sesuk", "besok"),
        ("mbenjang", "besok"),
        ("kamis", "D:3"),
        ("kami", "kita"),
        ("durenan", "durenan"),
        ("rabi", "rabi"),
        ("susah", "susah"),
        ("pkk", "pkk"),
    ],
)
def test_spelling(written, meant):
    assert symbols(written) == [meant]


def test_phone_numbers_and_links_count_nothing():
    for text in ("0812-3456-7890", "+62 812 3456 7890 0857 1122 3344", "https://wa.me/6281234567890", "0812 3456 789O"):
        assert not [
            token
            for token in prepare(f"keju 2 kotak {text}", BAKPIA).tokens
            if token.amount and token.amount.exact != 2
        ]
