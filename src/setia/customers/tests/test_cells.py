"""Cells, headings and files of every kind: what can be read is read, what cannot says what to do."""

import csv
import io
import re
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.core import money, phone
from setia.customers.importing import cells, headers, reading, staging
from setia.customers.importing.importer import RowProblem
from setia.customers.importing.person import COLUMNS
from setia.orders.importing.purchases import COLUMNS as PURCHASE_COLUMNS

TODAY = date(2026, 11, 23)


def read(text, day_first=True):
    return cells.read_date(text, today=TODAY, day_first=day_first)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-03", "2026/11/3", "2026-11-03 14:05", "2026-11-03T14:05:00Z", "03/11/2026", "3.11.2026", "3-11-26",
        "03/11/2026 09.15", "3 November 2026", "3 Nov 2026", "03-Nov-26", "Selasa, 3 November 2026", "3 nopember 2026",
        "Nov 3, 2026", "November 3 2026", "46329", "46329.5",
    ],
)  # fmt: skip
def test_dates_in_any_usual_writing(text):
    assert read(text) == date(2026, 11, 3)


def test_month_first_is_another_day():
    assert read("3/4/2026") == date(2026, 4, 3)
    assert read("3/4/2026", day_first=False) == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("text", "day_first", "words"),
    [
        ("24/11/2026", True, "in the future"),
        ("2062-11-03", True, "in the future"),
        ("31/02/2026", True, "no such day"),
        ("11/25/2026", True, "no month 25"),
        ("25/11/2026", False, "no month 25"),
        ("03/04/2026", None, "begins with the day or the month"),
        ("", True, "missing"),
        ("kemarin", True, "is not a date"),
        ("3 Smarch 2026", True, "is not a date"),
        ("1203-01-01", True, "too long ago"),
    ],
)
def test_dates_that_are_none_say_why(text, day_first, words):
    with pytest.raises(RowProblem, match=words):
        read(text, day_first)


@given(day=st.dates(min_value=date(1950, 1, 1), max_value=TODAY))
def test_every_day_survives_its_writings(day):
    assert read(day.isoformat()) == read(f"{day:%d/%m/%Y}") == read(f"{day:%m/%d/%Y}", day_first=False) == day
    assert read(str((day - date(1899, 12, 30)).days)) == day or day < date(1927, 5, 19)
    assert read(f"{day:%d %B %Y}") == day


@given(st.text(max_size=30))
def test_no_text_breaks_the_readers(text):
    for reader in (read, cells.read_amount, cells.read_number, cells.read_numbers):
        try:
            reader(text)
        except RowProblem as problem:
            assert str(problem)
    assert cells.plain(text) == cells.plain(cells.plain(text))
    assert "\0" not in cells.plain(text) and "\n" not in cells.plain(text)


@pytest.mark.parametrize(
    ("seen", "order"),
    [
        ((True, False, True), "day"), ((False, True, False), "month"), ((True, True, True), "mixed"),
        ((False, False, True), "unknown"), ((False, False, False), "plain"),
    ],
)  # fmt: skip
def test_the_order_of_day_and_month(seen, order):
    assert cells.date_order(*seen) == order


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("76000", 76_000),
        ("76.000", 76_000),
        ("1,250,000", 1_250_000),
        ("Rp 15.000,-", 15_000),
        ("15rb", 15_000),
        ("0", 0),
    ],
)
def test_amounts(text, amount):
    assert cells.read_amount(text) == amount


@pytest.mark.parametrize("text", ["-1", "−1", "(15000)", "", "gratis", "1.5", "15.00.0", "99999999999999999"])
def test_amounts_that_are_none(text):
    with pytest.raises(RowProblem):
        cells.read_amount(text)


@given(st.from_regex(r"[0-9]{1,4}(?:[.,][0-9]{1,3}){0,3}", fullmatch=True))
def test_the_short_way_to_an_amount_is_the_long_one(text):
    try:
        # what other programs write: cents that are none
        expected = money.parse_money(re.sub(r"[.,]00$", "", text))
    except money.MoneyError:
        with pytest.raises(RowProblem):
            cells.read_amount(text)
    else:
        assert cells.read_amount(text) == expected


@given(st.from_regex(r"(?:\+?62|0|)[ .-]?8[0-9]{2,3}[ .-]?[0-9]{2,5}[ .-]?[0-9]{1,5}", fullmatch=True))
def test_the_short_way_to_a_number_is_the_long_one(text):
    try:
        expected = phone.normalise(text).e164
    except phone.PhoneError:
        with pytest.raises(RowProblem):
            cells.read_number(text)
    else:
        assert cells.read_number(text) == expected


def test_several_numbers_in_a_cell():
    assert cells.read_numbers("0812 3000 4001 / 0812 3000 4002") == ["+6281230004001", "+6281230004002"]
    assert cells.read_numbers("+62 812-3000-4001 ::: +62 812-3000-4001") == ["+6281230004001"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0812 3456 789O", "letters"),
        ("8.12346E+10", "spreadsheet has shortened"),
        ("081", "not complete"),
        ("08123456789012", "too many digits"),
    ],
)
def test_numbers_that_are_none(text, words):
    with pytest.raises(RowProblem, match=words) as refused:
        cells.read_numbers(text)
    assert text in str(refused.value)


# --- Headings ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("*Nama Pelanggan", "name"), ("No. HP (WA)", "phone"), ("Phone 1 - Value", "phone"),
        ("E-mail 1 - Value", "email"),
        ("Nomor Telepon", "phone"), ("KECAMATAN", "district"), ("Alamat:", "address"), ("Tgl. Lahir", "birthday"),
        ("Keterangan", "note"), ("Poin", ""), ("", ""),
    ],
)  # fmt: skip
def test_headings_of_customers(heading, name):
    assert headers.guess([heading], COLUMNS) == [name]


def test_headings_of_purchases():
    for row in (["customer", "date", "amount", "items"], ["Nama Pelanggan", "Tanggal", "Total Belanja", "Produk"]):
        assert headers.guess(row, PURCHASE_COLUMNS) == ["customer", "date", "amount", "items"]
    mapping = headers.guess(["No HP", "Tgl", "Rp"], PURCHASE_COLUMNS)
    assert mapping == ["phone", "date", "amount"] and not headers.missing(mapping, PURCHASE_COLUMNS)
    assert [column.name for column in headers.missing(["customer"], PURCHASE_COLUMNS)] == ["date", "amount"]


def test_a_heading_that_comes_twice():
    assert headers.guess(["Nama", "HP", "WA", "Kota", "Kecamatan"], COLUMNS) == [
        "name",
        "phone",
        "phone",
        "district",
        "",
    ]


def test_whether_a_first_row_names_the_columns():
    assert headers.names_columns(["Nama", "No HP"], COLUMNS)
    assert headers.names_columns(["Siapa", "Apa"], COLUMNS)
    assert not headers.names_columns(["Bu Siti", "081230004005"], COLUMNS)
    assert not headers.names_columns(["Bu Siti", "Rp 15.000"], COLUMNS)
    assert [headers.letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


# --- Files ------------------------------------------------------------------------------------------------------------


def rows_of(tmp_path, content, name="file.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [(number, cells) for number, cells, _problem in reading.rows_of(path)]


TABLE = [(1, ["nama", "catatan"]), (2, ["Bu Siti", "suka «keju», é"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_every_letter_and_every_mark(tmp_path, encoding, mark):
    text = io.StringIO()
    csv.writer(text, delimiter=mark, lineterminator="\r\n").writerows(row for _number, row in TABLE)
    assert rows_of(tmp_path, text.getvalue().encode(encoding)) == TABLE


def test_rows_keep_the_numbers_of_the_spreadsheet(tmp_path):
    found = rows_of(tmp_path, 'nama;hp\n\n"Bu\nSiti";0812\n;\nPak Slamet;0813\n')
    assert found == [(1, ["nama", "hp"]), (3, ["Bu Siti", "0812"]), (5, ["Pak Slamet", "0813"])]
    assert rows_of(tmp_path, "sep=;\nnama;hp\nBu, Siti;0812\n")[0] == (2, ["nama", "hp"])


def test_a_comma_in_an_amount_does_not_divide(tmp_path):
    found = rows_of(tmp_path, "customer;date;amount\nBu Siti, Pogalan;1/2/2026;15,000\nBu Sri;2/2/2026;20,000\n")
    assert found[1][1] == ["Bu Siti, Pogalan", "1/2/2026", "15,000"]


def test_a_quotation_mark_inside_a_cell_costs_one_row(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text('nama,hp\n"Bu "Siti",0812\nPak Slamet,0813\n')
    found = list(reading.rows_of(path))
    assert found[1][0] == 2 and "quotation mark" in found[1][2] and "Siti" in found[1][1][0]
    assert found[2] == (3, ["Pak Slamet", "0813"], "")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\xd0\xcf\x11\xe0rest of an old file", "old_excel"),
        (b"PK\x03\x04 not a real archive", "damaged"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_a_table"),
        (b'nama,hp\nBu Siti,0812\n"Pak Slamet,0813\nBu Sri,0814\n', "open_quote"),
        (b"nama,hp\n" + b"x" * 5_000_000 + b",0812\n", "open_quote"),
    ],
)
def test_files_that_cannot_be_read(tmp_path, content, code):
    with pytest.raises(reading.UnreadableFile) as refused:
        rows_of(tmp_path, content)
    assert refused.value.code == code and refused.value.message
    if code == "open_quote":
        assert "Row 3" in str(refused.value) or "Row 2" in str(refused.value)


def test_spreadsheets(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Kosong"
    sheet = book.create_sheet("Pelanggan")
    sheet.append(["Nama", "No HP", "Tanggal", "Total", "Ada"])
    sheet.append(["Bu Siti", 81230004005, date(2026, 11, 3), 76000.0, True])
    sheet.append([None, None, None, None, None])
    sheet.append(["Pak Slamet", "0812 3000 4002", datetime(2026, 11, 3, 14, 5), 15.5, None])
    book.save(tmp_path / "file.xlsx")
    assert [(number, row) for number, row, _problem in reading.rows_of(tmp_path / "file.xlsx")] == [
        (1, ["Nama", "No HP", "Tanggal", "Total", "Ada"]),
        (2, ["Bu Siti", "81230004005", "2026-11-03", "76000", "True"]),
        (4, ["Pak Slamet", "0812 3000 4002", "2026-11-03 14:05", "15.5"]),
    ]


def test_a_spreadsheet_that_unpacks_without_end(tmp_path, monkeypatch):
    book = openpyxl.Workbook()
    book.active.append(["Nama"])
    book.save(tmp_path / "file.xlsx")
    monkeypatch.setattr(reading, "LARGEST_UNPACKED", 100)
    with pytest.raises(reading.UnreadableFile) as refused:
        list(reading.rows_of(tmp_path / "file.xlsx"))
    assert refused.value.code == "too_large"


# --- Tables of our own ------------------------------------------------------------------------------------------------


@pytest.fixture
def stage(tmp_path, settings):
    settings.HOME = tmp_path

    def stage(text, columns=COLUMNS):
        source = tmp_path / "source.csv"
        source.write_text(text)
        return staging.stage(source, columns)

    return stage


def test_a_table_and_what_is_known_of_it(stage):
    name, survey = stage("Nama,Tgl lahir\nBu Siti,03/04/1980\nBu Sri,25/12/1981\nPak Slamet,12/25/1982,extra\n")
    assert survey.header == ["Nama", "Tgl lahir"] and survey.named and survey.rows == 3
    assert survey.dates == {"1": [3, 0, 2]}, "the broken row tells nothing"
    rows = list(staging.read_table(name))
    assert rows[0] == (2, ["Bu Siti", "03/04/1980"], "")
    assert rows[2][1] == ["Pak Slamet", "12/25/1982", "extra"] and "more cells (3)" in rows[2][2]
    assert list(staging.read_table(name, skip=2)) == rows[2:]
    staging.forget(name)
    assert not list(staging.folder().iterdir())
    staging.forget(name)
    staging.forget("")


def test_a_file_without_headings(stage):
    name, survey = stage("Bu Siti,081230004005\nBu Sri,081230004006\n")
    assert not survey.named and survey.header == ["Column A", "Column B"] and survey.rows == 2
    assert next(staging.read_table(name)) == (1, ["Bu Siti", "081230004005"], "")


@pytest.mark.parametrize(("text", "code"), [("Nama,No HP\n", "only_headings"), ("a," * 150, "too_wide")])
def test_files_without_anything_to_take(stage, text, code):
    with pytest.raises(reading.UnreadableFile) as refused:
        stage(text)
    assert refused.value.code == code
    assert not list(staging.folder().iterdir()), "nothing is left behind"


def test_a_cell_that_is_a_novel(stage):
    name, survey = stage(f"Nama,Catatan\nBu Siti,{'x' * 6000}\nBu Sri,ok\n")
    rows = list(staging.read_table(name))
    assert survey.rows == 2 and "more than 5000 characters" in rows[0][2] and len(rows[0][1][1]) == 5000


def test_the_clock_of_a_spreadsheet_is_no_date_order(stage):
    assert stage("Nama,Tgl\nBu Siti,2026-11-03\nBu Sri,46000\n")[1].dates == {}
