"""The texts that go back to the customer."""

from datetime import datetime, timedelta, timezone

import pytest

from setia.conversations import reading

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=7)))


def read(text, **more):
    return reading.read(text, sent_at=NOW, **more)


def test_one_question_for_everything_open():
    got = read("keju 3, ijo 2 kotak ya, sama susu", sender="Bu Lastri")
    assert got.question("id").startswith("Maaf Bu, ") and got.question("id").count("?") == 1
    assert got.question("en").startswith("Sorry, ")


def test_nothing_open_nothing_asked():
    got = read("keju 3 kotak, diambil besok sore")
    assert got.must_ask == () and got.question("id") == "" and got.bookable


def test_a_complaint_is_met_with_regret():
    assert read("bakpia kejunya kok jamuren bu").question("id").startswith("Mohon maaf sekali")


@pytest.mark.parametrize(
    ("sender", "who"),
    [("Bu Siti Pogalan", "Bu"), ("Pak Slamet", "Pak"), ("Mbak Rin", "Mbak"), (None, "Kak"), ("Dwi", "Kak")],
)
def test_the_sender_is_addressed_as_the_shop_knows_them(sender, who):
    assert read("keju ya", sender=sender).question("id").startswith(f"Maaf {who}, ")


def test_the_order_is_said_back():
    got = read("kacang ijo 3 kotak isi 10, campur 2-3 kotak, diantar sabtu jam 10 ke Jl. Melati 8", sender="Bu Lastri")
    assert got.summary("id").splitlines() == [
        "Kami catat ya Bu:",
        "- Bakpia Kacang Hijau 3 kotak isi 10",
        "- Bakpia campur 2 sampai 3 kotak",
        "Sabtu 28 November 2026 pagi jam 10.00, diantar Jl. Melati 8",
        "Sudah benar?",
    ]
    assert "Saturday 28 November 2026 in the morning at 10:00, delivery Jl. Melati 8" in got.summary("en")


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("tambah 5 kotak keju lagi bu utk pesanan sabtu td", "Kami tambahkan ya Kak:"),
        ("bu pesanan jumat dikurangi 5 kotak ijo ya", "Kami kurangi ya Kak:"),
        ("yg keju 3 kotak ganti kumbu semua, pesanan kamis", "Kami ubah menjadi ya Kak:"),
        ("batal ya bu pesanan yg besok rabu 5 kotak keju", "Yang dibatalkan ya Kak:"),
    ],
)
def test_a_change_is_said_back_as_a_change(text, opening):
    assert read(text).summary("id").startswith(opening)


def test_nothing_understood_nothing_said_back():
    assert read("assalamualaikum bu").summary("id") == ""


def test_what_is_on_file_is_not_asked():
    text = "keju 3 kotak, diantar besok ke rumah spt biasa"
    assert read(text).must_ask == ("address_if_none_saved",)
    assert read(text, saved=reading.Saved(address="Jl. Melati 8")).must_ask == ()


def test_the_last_order_is_named_when_it_is_on_file():
    last = read("keju 3 kotak isi 10, ambil besok").items
    got = read("kayak biasanya ya bu, ambil besok", saved=reading.Saved(items=last))
    assert got.must_ask == ("confirm_items",)
    assert "Bakpia Keju 3 kotak isi 10" in got.question("id")
    assert "Bakpia Keju 3 kotak of 10" in got.question("en")
