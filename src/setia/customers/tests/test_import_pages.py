"""Bringing in a file through the front door: choose, look, bring in, read the report, take out."""

import csv
import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from setia.core.tasks import drain
from setia.customers.importing import staging
from setia.customers.importing.forms import LARGEST_PASTE
from setia.customers.models import Customer, ImportRun

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def client(world):
    return world.client("manager")


def page(answer):
    return answer.content.decode()


def send(world, client, content, *, kind="customers", name="pelanggan.csv"):
    """Choose a file; returns the run it became."""
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    answer = client.post(world.url("customers/import/"), {"kind": kind, "file": file})
    assert answer.status_code == 302, re.findall(r'field__error">.*?</svg>(.*?)</p>', page(answer), re.S)
    run = ImportRun.objects.latest("pk")
    assert answer["Location"] == world.url(f"customers/import/{run.pk}/")
    return run


def columns(*names, **more):
    return {f"column-{index}": name for index, name in enumerate(names)} | more


PEOPLE = """Nama;No HP;Kecamatan
Bu Mira;0812 9999 1111;Pogalan
Bu Salah;0812 9999 111O;Tugu
Bu Ratna Wulandari;081230004001;
"""


def test_from_the_file_to_the_report_and_back(world, client):
    run = send(world, client, PEOPLE)
    url = world.url(f"customers/import/{run.pk}/")
    html = page(client.get(url))
    assert "Bu Mira · +6281299991111 · Pogalan" in html and "There are letters in this number" in html
    assert "Bring in 3 rows" in html and "1 would be left out" in html
    assert not Customer.objects.filter(display_name="Bu Mira").exists(), "looking writes nothing"

    client.post(url + "columns/", columns("name", "phone", "district", begin="1"))
    html = page(client.get(url))
    assert "0 of 3 rows" in html and 'hx-trigger="every 1s"' in html and 'http-equiv="refresh"' in html
    partial = page(client.get(url, **HTMX))
    assert "<html" not in partial and "0 of 3 rows" in partial

    drain("imports")
    html = page(client.get(url))
    assert "every 1s" not in html and 'http-equiv="refresh"' not in html
    assert [int(n) for n in re.findall(r'figure"><b>(\d+)</b>', html)] == [1, 1, 1]
    assert "0812 9999 111O" in html and "Download 1 row" in html
    assert Customer.objects.get(display_name="Bu Mira").district == "Pogalan"

    client.post(url + "undoing/")
    assert "Taking out again" in page(client.get(url))
    drain("imports")
    assert "removed" in page(client.get(url)) and not Customer.objects.filter(display_name="Bu Mira").exists()
    assert "pelanggan.csv" in page(client.get(world.url("customers/import/")))


def test_who_may(world):
    run = send(world, world.client("owner"), PEOPLE)
    for path in ("", f"{run.pk}/", f"{run.pk}/rejected/"):
        for who, status in (("stranger", 404), ("viewer", 403), ("cashier", 403), ("manager", 200)):
            assert world.client(who).get(world.url(f"customers/import/{path}")).status_code == status, (path, who)
    for path in ("columns/", "undoing/", "removal/"):
        for who, status in (("stranger", 404), ("viewer", 403), ("cashier", 403)):
            assert world.client(who).post(world.url(f"customers/import/{run.pk}/{path}")).status_code == status
        assert world.client("owner").get(world.url(f"customers/import/{run.pk}/{path}")).status_code == 405


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This file is empty"),
        (b"Nama;No HP\n", "only headings"),
        (b'nama,hp\n"Bu Siti,0812\n', "Row 2 opens a quotation mark"),
        (b"\xd0\xcf\x11\xe0", "old Excel file"),
        (b"PK\x03\x04", "cannot be opened"),
        (b"%PDF-1.4\0", "not a table"),
    ],
)
def test_a_file_that_cannot_be_read(world, client, content, words):
    file = SimpleUploadedFile("x.csv", content)
    answer = client.post(world.url("customers/import/"), {"kind": "purchases", "file": file})
    assert answer.status_code == 422 and words in page(answer)
    assert re.search(r'value="purchases"[^>]*checked', page(answer)), "what was chosen stays"
    assert not ImportRun.objects.exists() and not list(staging.folder().iterdir())


def test_pasted_rows(world, client):
    """Rows copied from a spreadsheet come with tabs. Too many are refused and not lost."""
    url = world.url("customers/import/")
    answer = client.post(url, {"kind": "customers", "text": "Nama\tNo HP\nBu Mira\t0812 9999 1111\n"})
    run = ImportRun.objects.get()
    assert answer["Location"].endswith(f"/{run.pk}/") and run.columns == ["name", "phone"]
    text = "Bu Mira\t0812\n" * (5_000_000 // 13)
    answer = client.post(url, {"kind": "customers", "text": text})
    assert answer.status_code == 422 and "too much to paste" in page(answer) and len(page(answer)) > len(text)
    assert len(text) > LARGEST_PASTE
    answer = client.post(url, {"kind": "customers", "text": "Nama\n\n"})
    assert answer.status_code == 422 and "only headings" in page(answer)
    assert "Choose a file, or paste some rows" in page(client.post(url, {"kind": "customers"}))


def test_columns_are_chosen_by_hand(world, client):
    run = send(world, client, "Bu Mira,081299991111\nBu Sri,081299992222\n")
    url = world.url(f"customers/import/{run.pk}/")
    html = page(client.get(url))
    assert "does not name its columns" in html and "Column A" in html and "Bu Mira · Bu Sri" in html
    answer = client.post(url + "columns/", columns("", "phone", begin="1"))
    assert answer.status_code == 422 and "Say which column holds: Name" in page(answer)
    assert re.search(r'<option value="phone" selected', page(answer)), "what was chosen stays"
    client.post(url + "columns/", columns("name", ""))
    assert "081299991111" not in page(client.get(url)).split("<aside")[0].split("What the columns hold")[0]
    client.post(url + "columns/", columns("name", "phone", begin="1"))
    drain("imports")
    assert Customer.objects.filter(display_name__in=("Bu Mira", "Bu Sri")).count() == 2


def test_dates_that_can_be_read_in_two_ways_are_asked_about(world, client):
    content = "customer,date,amount\nBu Ratna Wulandari,03/04/2026,20000\n"
    run = send(world, client, content, kind="purchases")
    url = world.url(f"customers/import/{run.pk}/")
    assert "How are dates written?" in page(client.get(url))
    answer = client.post(url + "columns/", columns("customer", "date", "amount", begin="1"))
    assert answer.status_code == 422 and "can be read in two ways" in page(answer)
    client.post(url + "columns/", columns("customer", "date", "amount", begin="1", dates="month"))
    drain("imports")
    run.refresh_from_db()
    assert (run.created, run.day_first) == (1, False)


def test_dates_of_both_orders_name_the_rows(world, client):
    content = "customer,date,amount\nBu Siti,25/04/2026,20000\nBu Siti,04/26/2026,20000\n"
    run = send(world, client, content, kind="purchases")
    url = world.url(f"customers/import/{run.pk}/columns/")
    answer = client.post(url, columns("customer", "date", "amount", begin="1"))
    assert "Row 2 begins with the day, row 3 with the month" in page(answer)


def test_purchases_from_a_spreadsheet(world, client):
    from datetime import date

    book = openpyxl.Workbook()
    for row in (
        ["Nama Pelanggan", "Tanggal", "Total Belanja", "Produk"],
        ["Bu Ratna Wulandari", date(2026, 10, 5), 76000, "2 Bakpia Keju"],
        ["Tamu Baru", 46300, "Rp 38.000", None],
        ["Tamu Baru", date(2027, 1, 1), 38000, None],
        ["Tamu Baru", date(2026, 1, 1), -1, None],
    ):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    run = send(world, client, file.getvalue(), kind="purchases", name="penjualan.xlsx")
    url = world.url(f"customers/import/{run.pk}/")
    html = page(client.get(url))
    assert "2 Bakpia Keju" in html and "in the future" in html and "without a minus" in html
    client.post(url + "columns/", columns("customer", "date", "amount", "items", begin="1"))
    drain("imports")
    html = page(client.get(url))
    assert [int(n) for n in re.findall(r'figure"><b>(\d+)</b>', html)] == [2, 1, 0, 2]


def test_rows_left_out_can_be_mended_and_brought_in(world, client):
    run = send(world, client, PEOPLE)
    client.post(world.url(f"customers/import/{run.pk}/columns/"), columns("name", "phone", "district", begin="1"))
    drain("imports")
    answer = client.get(world.url(f"customers/import/{run.pk}/rejected/"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][:3] == ["Nama", "No HP", "Kecamatan"] and rows[1][:3] == ["Bu Salah", "0812 9999 111O", "Tugu"]
    assert "letters" in rows[1][3] and "pelanggan-rows.csv" in answer["Content-Disposition"]
    again = send(world, client, text.replace("111O", "1113"))
    assert again.columns == ["name", "phone", "district", ""]
    client.post(world.url(f"customers/import/{again.pk}/columns/"), columns("name", "phone", "district", "", begin="1"))
    drain("imports")
    assert Customer.objects.get(display_name="Bu Salah").district == "Tugu"


def test_putting_a_file_aside(world, client):
    run = send(world, client, PEOPLE)
    answer = client.post(world.url(f"customers/import/{run.pk}/removal/"), follow=True)
    assert "Nothing was brought in" in page(answer) and not ImportRun.objects.exists()
    assert not list(staging.folder().iterdir())


def test_what_is_done_is_done(world, client):
    """The buttons of an old page change nothing that has begun."""
    run = send(world, client, PEOPLE)
    url = world.url(f"customers/import/{run.pk}/")
    good = columns("name", "phone", "district", begin="1")
    client.post(url + "columns/", good)
    client.post(url + "columns/", good)
    assert "Wait until the file is brought in" in page(client.post(url + "undoing/", follow=True))
    client.post(url + "removal/")
    drain("imports")
    client.post(url + "columns/", good)
    run.refresh_from_db()
    assert (run.state, run.created) == ("done", 1)


def test_kept_people_are_named_in_the_report(world, client):
    from setia.customers import actions

    run = send(world, client, PEOPLE)
    url = world.url(f"customers/import/{run.pk}/")
    client.post(url + "columns/", columns("name", "phone", "district", begin="1"))
    drain("imports")
    mira = Customer.objects.get(display_name="Bu Mira")
    actions.add_note(customer=mira, text="suka keju", by=None)
    client.post(url + "undoing/")
    drain("imports")
    html = page(client.get(url))
    assert f'href="{world.url(f"customers/{mira.pk}/")}"' in html and "something happened since" in html
