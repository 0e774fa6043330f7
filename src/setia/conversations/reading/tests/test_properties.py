"""What must hold for any text at all, and for any mixture of the words orders are made of."""

from datetime import date, datetime, timedelta, timezone

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from setia.conversations import reading
from setia.conversations.reading.text import LONGEST, clean, tokens

JAKARTA = timezone(timedelta(hours=7))
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=JAKARTA)

# Pieces of messages with the numbers of goods each could stand for.
PIECES = {
    "2 kotak": {2},
    "limang kotak": {5},
    "sekawan dos": {4},
    "sekotak": {1},
    "yaitu setengah lusin": {6},
    "selusin kotak": {12},
    "sak kodi": {20},
    "selawe": {25},
    "seket papat biji": {54},
    "rong atus bungkus": {200},
    "seratus dua puluh lima box": {125},
    "1.000 biji": {1000},
    "x3": {3},
    "(7)": {7},
    "50an kotak": {50},
    "4/5 kotak": set(),
    "2-3 dus": set(),
    "beberapa kotak": set(),
    "keju": set(),
    "ijo": set(),
    "kumbu item": set(),
    "coklat": set(),
    "campur": set(),
    "bakpia": set(),
    "isi 10": set(),
    "@20": set(),
    "@35rb": set(),
    "semua": set(),
    "sisanya": set(),
    "masing2": set(),
    "besok sabtu": set(),
    "malem jumat": set(),
    "tgl 12": {12},
    "h-1": {1},
    "rabu depan": set(),
    "jam 9 pagi": {9},
    "lebaran": set(),
    "buat nikahan tgl 5 des": {5},
    "kemarin": set(),
    "diambil": set(),
    "dianter ke rumah": set(),
    "rt 04/02": {4, 2},
    "Jl. Melati 8": {8},
    "200 tamu": set(),
    "tambah": set(),
    "ganti": set(),
    "batal": set(),
    "ga jadi": set(),
    "kurangi": set(),
    "laku 18 sisa 3": set(),
    "kalih": {2},
    "dan": set(),
    ",": set(),
    ".": set(),
    "?": set(),
    "\n": set(),
    "bu": set(),
    "pesan": set(),
    "kalau ada": set(),
    "0812-3456-7890": set(),
    "Rp35.000": set(),
}
messages = st.lists(st.sampled_from(list(PIECES)), max_size=12)
moments = st.datetimes(timezones=st.just(JAKARTA))
relaxed = settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])


@relaxed
@given(st.text(max_size=300), moments)
@example("2½ kotak keju", NOW)
@example("①②③ ijo² 5️⃣", NOW)
@example("9" * 400 + " kotak keju tgl 99/99/9999 jam 99.99 h-99 rt 0/0", NOW)
@example("besok lusa minggu depan malam jumat legi", datetime.max.replace(tzinfo=JAKARTA))
@example("kemarin tgl 31 lebaran h-30", datetime.min.replace(tzinfo=JAKARTA))
def test_no_text_breaks_it(text, moment):
    got = reading.read(text, sent_at=moment)
    got.as_record()
    for language in ("id", "en"):
        assert got.question(language).endswith("?") or not got.must_ask
        got.summary(language)


@relaxed
@given(messages, moments)
def test_no_mixture_of_order_words_breaks_it(pieces, moment):
    reading.read(" ".join(pieces), sent_at=moment).as_record()


@relaxed
@given(messages)
def test_quantities_are_numbers_of_the_text(pieces):
    """A quantity was said, or follows by subtraction or halving from what was said; then `computed` shows how."""
    said = set().union(*(PIECES[piece] for piece in pieces))
    for item in reading.read(" ".join(pieces), sent_at=NOW).items:
        if item.qty is not None and not item.computed:
            assert item.qty in said
        if item.computed:
            numbers = [float(part) for part in item.computed.replace("/", "-").split("-")]
            assert all(number in said | {2.0} for number in numbers)


FLAVOURS = {"keju": "keju", "ijo": "kacang_hijau", "kumbu item": "kumbu_hitam", "coklat": "cokelat", "campur": "campur"}


@relaxed
@given(messages)
def test_flavours_are_named_in_the_text(pieces):
    said = {FLAVOURS[piece] for piece in pieces if piece in FLAVOURS}
    for item in reading.read(" ".join(pieces), sent_at=NOW).items:
        assert item.variant is None or item.variant in said
        assert set(item.components) <= said
        assert item.replaces is None or item.replaces in said


@relaxed
@given(
    messages, st.datetimes(min_value=datetime(2025, 1, 2), max_value=datetime(2030, 1, 1), timezones=st.just(JAKARTA))
)
def test_dates_are_never_in_the_past(pieces, moment):
    got = reading.read(" ".join(pieces), sent_at=moment)
    assert got.day is None or got.day >= moment.date()
    window = got.as_record().get("date_window")
    assert window is None or window["from"] <= window["to"]


@relaxed
@given(messages)
def test_open_ends_are_asked(pieces):
    """An order never leaves a quantity, a flavour or a date open without asking for it."""
    got = reading.read(" ".join(pieces), sent_at=NOW)
    if got.intent != "order":
        return
    asks = " ".join(got.must_ask)
    assert got.day is not None or "date" in asks
    assert got.fulfilment is not None or "fulfilment" in asks
    assert got.items or "items" in asks
    for item in got.items:
        assert item.qty is not None or "qty" in asks
        assert item.variant is not None or item.product is None or "variant" in asks


@relaxed
@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    once = clean(text)
    assert clean(once) == once


@relaxed
@given(st.text())
def test_tokens_lie_in_the_text_in_order(text):
    cleaned = clean(text)
    position = 0
    for token in tokens(cleaned):
        assert position <= token.start < token.end <= len(cleaned)
        position = token.end


@relaxed
@given(messages)
def test_reading_is_the_same_each_time(pieces):
    text = " ".join(pieces)
    assert reading.read(text, sent_at=NOW).as_record() == reading.read(text, sent_at=NOW).as_record()


def test_a_huge_paste_is_refused_politely():
    got = reading.read("keju 2 kotak\n" * 400_000, sent_at=NOW)
    assert got.items == () and got.must_ask == ("shorter_text",)
    assert "terlalu panjang" in got.question("id") and len(got.text) <= 200
    assert reading.read("a" * LONGEST, sent_at=NOW).must_ask == ()


def test_a_long_list_is_read_whole():
    got = reading.read("\n".join(f"keju {count} kotak" for count in range(1, 101)) + "\nambil besok", sent_at=NOW)
    assert [item.qty for item in got.items] == list(range(1, 101))
    assert got.day == date(2026, 11, 24)
