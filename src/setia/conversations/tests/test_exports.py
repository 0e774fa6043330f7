"""Exported chats of every form: what went in comes out, whatever phone wrote the file."""

import contextlib
import io
import zipfile
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.conversations import exports
from setia.conversations.exports import ExportError

NNBSP, LRM = "\u202f", "\u200e"

# name: (moment -> header up to the name, day first?, seconds kept?)
FORMS = {
    "android_en_24": (lambda t: f"{t:%d/%m/%y}, {t:%H:%M} - ", True, False),
    "android_en_12": (lambda t: f"{t.month}/{t.day}/{t:%y}, {_twelve(t)}{NNBSP}{t:%p} - ", False, False),
    "android_id": (lambda t: f"{t:%d/%m/%Y} {t:%H.%M} - ", True, False),
    "android_id_short": (lambda t: f"{t:%d/%m/%y} {t:%H.%M} - ", True, False),
    "android_id_comma": (lambda t: f"{t:%d/%m/%Y}, {t:%H.%M} - ", True, False),
    "android_iso": (lambda t: f"{t:%Y-%m-%d}, {t:%H:%M} - ", None, False),
    "android_dots": (lambda t: f"{t:%d.%m.%y}, {t:%H:%M} - ", True, False),
    "android_pm": (lambda t: f"{t:%d/%m/%y}, {_twelve(t)} {'p.m.' if t.hour > 11 else 'a.m.'} - ", True, False),
    "ios_id": (lambda t: f"[{t:%d/%m/%y}, {t:%H.%M.%S}] ", True, True),
    "ios_en_12": (lambda t: f"[{t.month}/{t.day}/{t:%y}, {_twelve(t)}:{t:%S}{NNBSP}{t:%p}] ", False, True),
    "ios_en_24": (lambda t: f"{LRM}[{t:%d/%m/%Y}, {t:%H:%M:%S}] ", True, True),
}


def _twelve(moment):
    return f"{moment.hour % 12 or 12}:{moment:%M}"


words = st.text(
    alphabet=st.one_of(
        st.sampled_from("abc ,.!?:/-[]<>()\U0001f600\u200d0123456789\n"), st.characters(categories=["L"])
    ),
    min_size=1,
    max_size=60,
).filter(lambda text: text.strip("\n ") == text and not exports.reader._HEADER.search(text))
chats = st.lists(
    st.tuples(st.integers(0, 40_000_000), st.sampled_from(["Bu Andi", "Toko Sari", "+62 812-3000-9001"]), words),
    min_size=1,
    max_size=20,
)
START = datetime(2024, 1, 3, 4, 5, 6)


@given(chat=chats, form=st.sampled_from(sorted(FORMS)), ends=st.sampled_from(["\n", "\r\n"]))
def test_what_was_said_comes_back(chat, form, ends):
    header, day_first, seconds = FORMS[form]
    said = sorted((START + timedelta(seconds=after), who, text) for after, who, text in chat)
    file = "\n".join(f"{header(at)}{who}: {text}" for at, who, text in said) + "\n"
    read = exports.read(file.replace("\n", ends), day_first=day_first)
    if seconds is False:
        said = [(at.replace(second=0), who, text) for at, who, text in said]
    assert [(line.at, line.author, line.text) for line in read.lines] == said


@given(chat=chats, form=st.sampled_from(sorted(FORMS)))
def test_the_order_of_day_and_month_is_asked_or_right(chat, form):
    header, day_first, _seconds = FORMS[form]
    said = sorted((START + timedelta(seconds=after), who, text) for after, who, text in chat)
    read = exports.read("\n".join(f"{header(at)}{who}: x" for at, who, _text in said))
    right = [line.at.date() for line in read.lines] == [at.date() for at, _who, _text in said]
    assert right or read.ambiguous


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(ExportError):
        assert exports.read(text).lines is not None


def one(text, **options):
    [line] = exports.read(text, **options).lines
    return line


SAMPLES = """21/07/2026 03.15 - Pesan dan panggilan terenkripsi secara end-to-end. Tidak seorang pun di luar chat ini.
21/07/2026 03.15 - Andi: Halo
21/07/2026 03.16 - Andi: <Media tidak disertakan>
21/07/2026 03.17 - Andi: IMG-20260721-WA0001.jpg (file terlampir)
Bukti transfer ya
21/07/2026 03.18 - Andi: Pesan ini telah dihapus
21/07/2026 03.19 - Andi: 2 kopi ya <Pesan ini telah diedit>
21/07/2026 03.20 - Panggilan suara tak terjawab
"""


def test_the_samples_of_an_indonesian_android():
    read = exports.read(SAMPLES)
    assert read.system == 2 and not read.ambiguous and read.authors == ("Andi",)
    hello, omitted, attached, deleted, edited = read.lines
    assert hello.text == "Halo" and hello.at == datetime(2026, 7, 21, 3, 15)
    assert omitted.file == "?" and omitted.text == ""
    assert attached.file == "IMG-20260721-WA0001.jpg" and attached.text == "Bukti transfer ya"
    assert deleted.deleted and deleted.text == ""
    assert edited.edited and edited.text == "2 kopi ya"


def test_the_samples_of_an_iphone():
    text = (
        f"[21/07/26, 03.15.42] Toko Sari: {LRM}Messages and calls are end-to-end encrypted. No one else.\r\n"
        "[21/07/26, 03.15.43] Andi: Halo\r\n"
        f"{LRM}[21/07/26, 03.16.10] Andi: {LRM}gambar tidak disertakan\r\n"
        f"{LRM}[21/07/26, 03.17.00] Andi: {LRM}<attached: ../../00000012-PHOTO.jpg>\r\n"
        f"{LRM}[21/07/26, 03.18.00] Andi: {LRM}Panggilan suara tak terjawab\r\n"
        "[21/07/26, 03.19.00] Andi: gambar tidak disertakan\r\n"
    )
    read = exports.read(text)
    assert read.system == 2
    assert [(line.text, line.file) for line in read.lines] == [
        ("Halo", ""),
        ("", "?"),
        ("", "00000012-PHOTO.jpg"),
        ("gambar tidak disertakan", ""),  # typed by a person: no mark before it
    ]


def test_a_pasted_chat_stays_inside_its_message():
    text = "21/07/2026 03.15 - Andi: ini chatnya\n[20/07/26, 10.00.00] Budi: besok\n21/07/2026 03.16 - Sari: oke"
    assert [line.author for line in exports.read(text).lines] == ["Andi", "Sari"]
    assert "Budi: besok" in exports.read(text).lines[0].text


def test_what_lies_ahead_decides_the_order():
    text = "03/04/26, 10:00 - A: x"
    assert exports.read(text).ambiguous
    decided = exports.read(text, latest=datetime(2026, 3, 10))
    assert not decided.ambiguous and decided.lines[0].at == datetime(2026, 3, 4, 10)


def test_midnight_and_noon_of_twelve_hours():
    assert one("7/21/26, 12:05 AM - A: x").at.hour == 0
    assert one("7/21/26, 12:05 PM - A: x").at.hour == 12


@pytest.mark.parametrize("text", ["", "Halo", "32/13/2026 10.00 - A: x", "a,b,c\n1,2,3"])
def test_what_is_no_export_is_refused(text):
    with pytest.raises(ExportError):
        exports.read(text)


def zipped(**files):
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return box.getvalue()


def test_files_are_unpacked_or_refused():
    assert exports.unpack("\ufeffHalo".encode()) == "Halo"
    assert exports.unpack(zipped(**{"IMG.jpg": "x", "_chat.txt": "Halo"})) == "Halo"
    for bad, code in (
        (zipped(**{"IMG.jpg": "x"}), "no_text"),
        (b"PK\x03\x04broken", "broken"),
        (b"\x93\xff", "broken"),
    ):
        with pytest.raises(ExportError) as error:
            exports.unpack(bad)
        assert error.value.code == code


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("WhatsApp Chat with Andi.txt", "Andi"),
        ("Chat WhatsApp dengan Bu Ratna (1).txt", "Bu Ratna"),
        ("WhatsApp Chat - Pak Slamet.zip", "Pak Slamet"),
        ("_chat.txt", ""),
    ],
)
def test_the_name_of_the_file_tells_whose_chat_it_is(name, who):
    assert exports.partner_of(name) == who
