"""Which day is meant: every rule about days, hours and who they belong to."""

from datetime import date, datetime, time, timedelta, timezone

import pytest

from setia.conversations import reading
from setia.conversations.reading.feasts import next_feast, pasaran

JAKARTA = timezone(timedelta(hours=7))
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=JAKARTA)


def read(text, at=MONDAY):
    return reading.read(f"keju 2 kotak, {text}", sent_at=at)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ambil hari ini", "2026-11-23"),
        ("ambil saiki", "2026-11-23"),
        ("ambil nanti sore", "2026-11-23"),
        ("ambil jam 4", "2026-11-23"),
        ("ambil besok", "2026-11-24"),
        ("mbenjang kulo pendhet", "2026-11-24"),
        ("ambil lusa", "2026-11-25"),
        ("jupuk suk emben", "2026-11-25"),
        ("ambil sabtu", "2026-11-28"),
        ("ambil besok sabtu", "2026-11-28"),
        ("ambil sabtu besok", "2026-11-28"),
        ("ambil hari minggu", "2026-11-29"),
        ("ambil minggu pagi", "2026-11-29"),
        ("ambil malam minggu", "2026-11-28"),
        ("ambil malem jumat", "2026-11-26"),
        ("ambil jumat malam", "2026-11-27"),
        ("ambil malam jumat kliwon", "2026-12-03"),
        ("ambil jumat legi", "2026-12-25"),
        ("ambil rabu minggu depan", "2026-12-02"),
        ("ambil senin depan", "2026-11-30"),
        ("ambil tgl 5", "2026-12-05"),
        ("ambil tgl 30", "2026-11-30"),
        ("ambil tgl 31", "2026-12-31"),
        ("ambil tgl 2 bulan depan", "2026-12-02"),
        ("ambil 12 des", "2026-12-12"),
        ("ambil 12 Januari", "2027-01-12"),
        ("ambil 12/12", "2026-12-12"),
        ("ambil 12-12-2026", "2026-12-12"),
        ("ambil 12.12.26", "2026-12-12"),
        ("ambil sabtu tgl 28", "2026-11-28"),
        ("ambil Sabtu, 28 November 2026", "2026-11-28"),
        ("ambil 3 hari lagi", "2026-11-26"),
        ("ambil telung dina engkas", "2026-11-26"),
        ("ambil seminggu lagi", "2026-11-30"),
        ("ambil 2 minggu lagi", "2026-12-07"),
        ("ambil sepasar lagi", "2026-11-28"),
        ("ambil selapan lagi", "2026-12-28"),
        ("ambil sebulan lagi", "2026-12-23"),
        ("ambil H-3 lebaran", "2027-03-07"),
        ("buat nikahan tgl 12 des, ambil h-1", "2026-12-11"),
        ("acara tgl 12 des, ambil h min 2", "2026-12-10"),
        ("buat nikahan tgl 12 des, ambil sehari sebelumnya", "2026-12-11"),
        ("buat lebaran, ambil tgl 5", "2027-03-05"),
        ("buat natalan, ambil tgl 24", "2026-12-24"),
        ("buat nikahan 12 januari, ambil tgl 11", "2027-01-11"),
        ("buat arisan tgl 30", "2026-11-30"),
        ("tak tf sekarang, ambil lusa", "2026-11-25"),
        ("pesan hari ini, diambil besok", "2026-11-24"),
    ],
)
def test_a_day_with_one_meaning(text, day):
    assert read(text).day == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        "ambil rabu depan",
        "ambil minggu depan",
        "ambil minggu ini",
        "ambil sabtu tgl 29",
        "ambil sabtu atau minggu",
        "ambil antara tgl 5-7 des",
        "ambil tgl 5 atau 6",
        "ambil paling lambat jumat",
        "ambil sebelum jumat",
        "ambil akhir bulan",
        "ambil awal bulan depan",
        "ambil bulan depan",
        "ambil h-1",
        "ambil tgl 20 nov",
        "ambil tgl 32",
        "ambil 31 februari",
        "ambil secepatnya",
        "ambil kapan2",
        "buat nikahan tgl 12 des, nanti diambil",
        "buat pengajian malem senin, nanti saya ambil jam 4 sore",
        "kemarin",
    ],
)
def test_a_day_with_two_meanings_is_asked(text):
    got = read(text)
    assert got.day is None
    assert {"date", "pickup_date"} & set(got.must_ask)


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("ambil rabu depan", ("2026-11-25", "2026-12-02")),
        ("ambil minggu depan", ("2026-11-30", "2026-12-06")),
        ("ambil sabtu atau minggu", ("2026-11-28", "2026-11-29")),
        ("ambil antara tgl 5-7 des", ("2026-12-05", "2026-12-07")),
        ("ambil paling lambat jumat", ("2026-11-23", "2026-11-27")),
        ("ambil awal bulan depan", ("2026-12-01", "2026-12-10")),
    ],
)
def test_an_open_day_keeps_its_bounds(text, window):
    assert read(text).as_record()["date_window"] == {"from": window[0], "to": window[1]}


@pytest.mark.parametrize(
    ("text", "at", "day", "confirm"),
    [
        # The weekday of the message itself: today only with an hour that is still to come.
        ("ambil senin jam 4 sore", MONDAY, "2026-11-23", False),
        ("ambil senin", MONDAY, "2026-11-30", True),
        ("ambil senin jam 8 pagi", MONDAY, "2026-11-30", True),
        ("ambil malam selasa", MONDAY, "2026-11-23", False),
        ("ambil malam selasa", MONDAY.replace(hour=21), "2026-11-30", True),
        # "Selasa depan" on a Thursday can only be next week's.
        ("ambil selasa depan", MONDAY + timedelta(days=3), "2026-12-01", False),
        ("ambil besok pagi", MONDAY.replace(hour=1), "2026-11-24", True),
        ("buat lebaran, ambil tgl 5", MONDAY, "2027-03-05", True),
    ],
)
def test_what_is_said_back_to_be_sure(text, at, day, confirm):
    got = read(text, at)
    assert got.day == date.fromisoformat(day)
    assert ("confirm_date" in got.must_ask) is confirm


@pytest.mark.parametrize(
    ("text", "clock", "part"),
    [
        ("ambil besok jam 9", time(9), "pagi"),
        ("ambil besok jam 4 sore", time(16), "sore"),
        ("ambil besok sore jam 4", time(16), "sore"),
        ("ambil besok jam 2", time(14), "siang"),
        ("ambil besok jam 10.30", time(10, 30), "pagi"),
        ("ambil besok jam 16.00", time(16), "sore"),
        ("ambil besok pukul 07:30", time(7, 30), "pagi"),
        ("ambil besok jam setengah 8 pagi", time(7, 30), "pagi"),
        ("ambil besok jam setengah sepuluh", time(9, 30), "pagi"),
        ("ambil besok jam pitu bengi", time(19), "malam"),
        ("ambil besok jam 12", time(12), "siang"),
        ("ambil besok bakda isya", None, "malam"),
        ("ambil besok habis ashar", None, "sore"),
        ("ambil besok sebelum maghrib", None, "sore"),
        ("ambil jumat habis jumatan", None, "siang"),
        ("ambil besok enjing", None, "pagi"),
    ],
)
def test_hours_and_parts_of_the_day(text, clock, part):
    got = read(text)
    assert (got.clock, got.daypart) == (clock, part)


def test_seven_without_more_is_asked():
    got = read("ambil besok jam 7")
    assert got.clock is None and "time" in got.must_ask


@pytest.mark.parametrize("greeting", ["selamat sore bu", "pagi mbak", "malam kak", "sugeng enjang bu", "met siang"])
def test_a_greeting_is_no_time(greeting):
    got = reading.read(f"{greeting}, keju 2 kotak diambil besok", sent_at=MONDAY)
    assert got.daypart is None and got.day == date(2026, 11, 24)


def test_feasts_and_the_javanese_week():
    assert next_feast("lebaran", date(2026, 11, 23)) == date(2027, 3, 10)
    assert next_feast("natal", date(2026, 12, 25)) == date(2026, 12, 25)
    assert next_feast("lebaran", date(2040, 1, 1)) is None
    # Sourced days: 17 August 1945 Legi, 28 April 1978 Pon, 10 April 2024 Pahing, 27 June 2025 Kliwon.
    days = (date(1945, 8, 17), date(1978, 4, 28), date(2024, 4, 10), date(2025, 6, 27))
    assert [pasaran(day) for day in days] == [0, 2, 1, 4]


def test_the_feast_of_a_message_is_an_estimate_until_decreed():
    event = reading.read("50 kotak campur buat lebaran besok", sent_at=MONDAY).event
    assert event == {"type": "lebaran", "date": "2027-03-10", "date_estimated": True}
