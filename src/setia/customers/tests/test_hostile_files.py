"""Files nobody should have to fear: a clear answer each, memory flat, nothing half brought in."""

import io
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook

from setia.core.errors import DomainError
from setia.customers import importing
from setia.customers.importing import staging
from setia.customers.models import Customer, ImportRow, ImportRun
from setia.orders.models import Order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

MB = 1 << 20
HEAD = "nama,no hp\n"
GOOD = "Bu Baik,081299990000\n"


@pytest.fixture
def ask(bring):
    """Bring a file in, or the error as text."""

    def ask(content: bytes, kind: str = "customers", **options) -> importing.Summary | str:
        try:
            return bring(content, name="berkas", kind=kind, **options)
        except DomainError as error:
            return str(error)

    return ask


def sheet(*rows: list, **parts: bytes) -> bytes:
    """A spreadsheet with these rows; `parts` are put in place of its own (`xl__workbook` is `xl/workbook.xml`)."""
    book, made = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(made)
    if not parts:
        return made.getvalue()
    changed = {f"{name.replace('__', '/')}.xml": content for name, content in parts.items()}
    again = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, changed.pop(part.filename, None) or old.read(part))
        for name, content in changed.items():
            new.writestr(name, content)
    return again.getvalue()


def cells(inside: bytes, before: bytes = b"") -> bytes:
    """The XML of a sheet with one cell."""
    return (
        b'<?xml version="1.0"?>' + before + b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
        b'main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>' + inside + b"</t></is></c></row></sheetData>"
        b"</worksheet>"
    )


def nested(deep: int) -> bytes:
    """So many elements, each within the one before."""
    return b"<b>" * deep + b"</b>" * deep


LAUGHS = b"<!DOCTYPE a [<!ENTITY a 'ha'>" + b"".join(
    b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10 if n else b"&a;") for n in range(9)
) + b"]>"  # fmt: skip

# What is refused as a whole: the file, and words of the answer.
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "empty"),
    "blanks only": (lambda: b" \n\n \n", "empty"),
    "headings only": (lambda: HEAD.encode(), "only headings"),
    "headings only, xlsx": (lambda: sheet(["nama", "no hp"]), "only headings"),
    "an empty spreadsheet": (lambda: sheet(), "empty"),
    "200 columns": (lambda: (",".join(f"k{n}" for n in range(200)) + "\n" + "x," * 199 + "x\n").encode(), "200 cells"),
    "200 columns, xlsx": (lambda: sheet([f"k{n}" for n in range(200)], ["x"] * 200), "200 cells"),
    "html as .xls": (lambda: b"<html><body><table><tr><td>nama</td></tr></table>", "web page"),
    "xml as .xls": (lambda: b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "web page"),
    "an old .xls, or one with a password": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "password"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(500), "not a table"),
    "NUL bytes": (lambda: b"nama,no hp\nBu\0 Mira,0812\n", "not a table"),
    "a zip that is no spreadsheet": (lambda: _zip({"halo.txt": b"halo"}), "cannot be opened"),
    "half a spreadsheet": (lambda: sheet(["nama"], ["Bu Mira"])[:-300], "cannot be opened"),
    "broken xml": (lambda: sheet(["nama"], xl__worksheets__sheet1=b"<worksheet><sheetData><row>"), "cannot be opened"),
    "a zip bomb of rows": (lambda: sheet(["n"], xl__worksheets__sheet1=cells(b"x" * 40 * MB)), "too large"),
    "a zip bomb of words": (lambda: sheet(["n"], xl__sharedStrings=b" " * 70 * MB), "too large"),
    "entities": (lambda: sheet(["n"], xl__worksheets__sheet1=cells(b"&a8;", LAUGHS)), "cannot be opened"),
    "entities, from outside": (
        lambda: sheet(["n"], xl__worksheets__sheet1=cells(b"&x;", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/x">]>')),
        "cannot be opened",
    ),
    "deep xml in a cell": (lambda: sheet(["n"], xl__worksheets__sheet1=cells(nested(20_000))), "cannot be opened"),
    "deep xml in the words": (lambda: sheet(["n"], xl__sharedStrings=nested(20_000)), "cannot be opened"),
    "a quotation mark never closed": (lambda: (HEAD + GOOD + '"Bu Mira,0812\n' + GOOD * 3).encode(), "never closed"),
    "a cell of a million letters": (lambda: (HEAD + GOOD + "x" * 1_000_000 + ",\n").encode(), "more text"),
    "no column named": (lambda: b"kolom,lajur\nBu Mira,Pogalan\n", "which column holds"),
    "the same heading for two": (lambda: b"tanggal,jumlah\n2026-01-02,5\n", "which column holds"),
}  # fmt: skip


def _zip(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize("name", REFUSED)
def test_refused_as_a_whole(world, ask, name):
    make, words = REFUSED[name]
    content, people = make(), Customer.objects.count()
    tracemalloc.start()
    said = ask(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(said, str) and words in said, said
    assert Customer.objects.count() == people and not ImportRun.objects.exists() and not ImportRow.objects.exists()
    assert not list(staging.folder().iterdir()), "no table is left"
    assert peak < 12 * MB, f"{peak / MB:.0f} MB"


BAD_ROW = {
    "a shortened number": ("Bu Mira,6.28E+12", "spreadsheet has shortened"),
    "letters in a number": ("Bu Mira,O812 9999 111l", "letters"),
    "a formula": ('=HYPERLINK("http://example.com"),0812', "formula"),
    "a command": ("=cmd|' /C calc'!A0,0812", "formula"),
    "a huge whole number": (f"Bu Mira,{'9' * 4_900}", "cannot be taken in"),
    "a quotation mark inside": ('Bu "Mi"ra,"0812"9', "quotation mark"),
    "a name of 6,000 letters": (f"{'x' * 6_000},", "more than 5000 characters"),
    "one cell too many": ("Bu Mira,081299991111,lebih", "more cells"),
}


@pytest.mark.parametrize("name", BAD_ROW)
def test_one_row_is_left_out_and_says_why(world, ask, name):
    row, words = BAD_ROW[name]
    summary = ask(f"{HEAD}{GOOD}{row}\nPak Baik,081299990001\n".encode())
    assert (summary.created, summary.rejected, summary.problems[0][0]) == (2, 1, 3), summary
    assert words in summary.problems[0][1], summary.problems


ODD = "Bu Renée 🥮,081299991111\n"
READ = {
    "UTF-16": (HEAD + ODD).encode("utf-16"),
    "UTF-16 without its mark": (HEAD + ODD).encode("utf-16-le"),
    "UTF-8 with the mark twice": b"\xef\xbb\xbf" * 2 + (HEAD + ODD).encode(),
    "Windows' letters": b"nama;no hp\r\nBu Ren\xe9e;0812 9999 1111\r\n",
    "lines that end with CR": (HEAD + ODD).replace("\n", "\r").encode(),
    "semicolons": (HEAD + ODD).replace(",", ";").encode(),
    "tabs": (HEAD + ODD).replace(",", "\t").encode(),
    "sep= at the start": b"sep=;\n" + (HEAD + ODD).replace(",", ";").encode(),
    "marks that cannot be seen": (
        "nama,no hp\n\u200fBu\u00a0 Renée\u202e 🥮\u200b,\u202a+62 812\u20119999\u20111111\u202c\n".encode()
    ),
    "a number kept as text": b'nama,no hp\nBu Ren\xc3\xa9e,"=""081299991111"""\n',
    "a number without its nought": b"nama,no hp\nBu Ren\xc3\xa9e,81299991111.0\n",
    "the same heading twice": (
        b"nama,no hp,no hp,kecamatan,kecamatan\nBu Ren\xc3\xa9e,081299991111,081299992222,Tugu,X\n"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_odd_but_read(world, ask, name):
    summary = ask(READ[name])
    assert not isinstance(summary, str), summary
    assert (summary.created, summary.rejected) == (1, 0), summary
    made = Customer.objects.get(identities__value="+6281299991111")
    assert made.display_name in ("Bu Renée 🥮", "Bu Renée") and made.district in ("", "Tugu")


def test_mixed_dates_are_asked_about(world, ask):
    rows = "customer,date,amount\nBu Ratna Wulandari,25/11/2025,5000\nBu Ratna Wulandari,11/25/2025,6000\n"
    said = ask(rows.encode(), "purchases")
    assert "Row 2 begins with the day, row 3 with the month" in said and not Order.objects.exists()
    summary = ask(rows.encode(), "purchases", day_first=True)
    assert (summary.created, summary.rejected) == (1, 1)


@pytest.mark.parametrize(
    ("cell", "words"),
    [("-5000", ""), ("(5000)", ""), ("9" * 400, ""), ("6.28E+12", ""), ("1e999", "")],
)  # fmt: skip
def test_amounts_that_are_none(world, ask, cell, words):
    rows = f"customer,date,amount\nBu Ratna Wulandari,2025-11-25,{cell}\nBu Ratna Wulandari,45986,7000\n"
    summary = ask(rows.encode(), "purchases")
    assert (summary.created, summary.rejected) == (1, 1), summary
    assert Order.objects.get().total == 7_000, "and a day number of a spreadsheet is a date"


def test_a_formula_without_its_result(world, ask):
    summary = ask(sheet(["nama", "no hp"], ["=A3", "081299991111"], ["Bu Mira", "081299992222"]))
    assert (summary.created, summary.rejected) == (1, 1) and "name is missing" in summary.problems[0][1]


def test_large_pictures_in_cards_take_no_memory(world, ask):
    line = b" " + b"QUJD" * 18 + b"\n"
    picture = b"PHOTO;ENCODING=b;TYPE=JPEG:QUJD\n" + line * (4 * MB // len(line))
    whole = b"PHOTO;ENCODING=b;TYPE=JPEG:" + b"QUJD" * MB + b"\n"
    cards = b"".join(
        b"BEGIN:VCARD\nVERSION:3.0\nFN:Orang %d\n%sTEL:0812999910%02d\nEND:VCARD\n" % (n, part, n)
        for n, part in enumerate((picture, whole, picture))
    )
    ask(b"BEGIN:VCARD\nFN:Pemanasan\nEND:VCARD\n")
    tracemalloc.start()
    summary = ask(cards)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (summary.created, summary.rejected) == (3, 0)
    assert peak < 4 * MB, f"{peak / MB:.1f} MB"


BROKEN_CARDS = {
    "no end": (b"BEGIN:VCARD\nFN:Bu Mira\nTEL:081299991111\n", 1, 0),
    "no end, then another": (b"BEGIN:VCARD\nFN:Bu Mira\nBEGIN:VCARD\nFN:Bu Tari\nEND:VCARD\n", 2, 0),
    "one inside another": (b"BEGIN:VCARD\nFN:Bu Mira\nAGENT:\nBEGIN:VCARD\nFN:X\nEND:VCARD\nNOTE:a\nEND:VCARD\n", 1, 0),
    "no name": (b"BEGIN:VCARD\nTEL:081299991111\nEND:VCARD\n", 0, 1),
    "unknown letters": (b"BEGIN:VCARD\nFN;CHARSET=x-none;ENCODING=QUOTED-PRINTABLE:=E9\nEND:VCARD\n", 0, 1),
    "a note without end": (b"BEGIN:VCARD\nFN:Bu Mira\nNOTE:" + b"x" * 3 * MB + b"\nEND:VCARD\n", 0, 1),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN_CARDS)
def test_broken_cards(world, ask, name):
    content, created, rejected = BROKEN_CARDS[name]
    summary = ask(content)
    assert (summary.created, summary.rejected) == (created, rejected), summary


def test_one_bad_row_among_a_hundred_thousand(world, ask, monkeypatch):
    """Looked at only: what reading costs must not grow with the file."""
    rows = [f"Orang {n},0812{90_000_000 + n}" for n in range(100_000)]
    rows[77_777] = "Orang salah,6.28E+12"
    content = (HEAD + "\n".join(rows)).encode()
    path = staging.folder().parent / "besar.csv"
    path.write_bytes(content)
    del rows, content
    tracemalloc.start()
    table, survey = staging.stage(path, importing.CUSTOMERS.columns)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    staging.forget(table)
    assert survey.rows == 100_000 and peak < 3 * MB, f"{peak / MB:.1f} MB"
