"""Files as the programs write them that people come from."""

import quopri

import pytest
from openpyxl import Workbook

from setia.customers import importing, queries
from setia.customers.models import Customer, Note, Occasion
from setia.orders.models import Order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def who(name: str) -> Customer:
    return Customer.objects.get(display_name=name)


def values(customer: Customer) -> set[tuple[str, str]]:
    return {(row.kind, row.value) for row in queries.identities_of(customer.pk)}


def birthday(customer: Customer) -> str:
    return Occasion.objects.get(customer=customer).date_words


def quoted(text: str) -> str:
    return quopri.encodestring(text.encode()).decode()


OLD = f"""BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{quoted("Pogalan;Bu Renée;;;")}
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=42=75=20=52=65=6E=
=C3=A9=65=20=50=6F=67=61=6C=61=6E
TEL;CELL;PREF:0812-9999-1111
TEL;HOME:0355 791234
TEL;X-Layanan:*123#
BDAY:19800512
PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQ
 AAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQ
abcdefghijklmnop==

END:VCARD
"""
THREE = """BEGIN:VCARD
VERSION:3.0
item1.TEL;type=CELL:+62 812 9999 2222
N:Kasan;Pak;;;
FN:Pak Kasan
 dari
  Karangan
ORG:Toko Maju;Cabang 2
NICKNAME:Kang Kasan
EMAIL;TYPE=INTERNET:kasan@example.com
ADR;TYPE=HOME:;;Jl. Raya 3\\, RT 2;Karangan;Jawa Timur;66361;ID
BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29
NOTE:suka keju\\nminta siang
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:;;;;
FN:
ORG:Warung Sumber
TEL:081299993333
END:VCARD
"""
FOUR = """BEGIN:VCARD
VERSION:4.0
FN:Mbak Wiwik
TEL;VALUE=uri;TYPE="voice,home":tel:+62-812-9999-4444
TEL;VALUE=uri:tel:081299995555;ext=1
BDAY:--0512
EMAIL:wiwik@example.com
EMAIL:wiwik@example.org
PHOTO:data:image/jpeg;base64,MIICajCCAdOgAwIBAgICBEUwDQYJKoZIhvcNAQEEBQAwdzELMAkG
END:VCARD
"""


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_contacts_of_a_phone(world, bring, ending):
    cards = (OLD + THREE + FOUR).replace("\n", ending).encode()
    summary = bring(cards, name="kontak.vcf")
    assert (summary.read, summary.created, summary.rejected) == (4, 4, 0), summary.problems
    renee = who("Bu Renée Pogalan")
    assert values(renee) == {("phone", "+6281299991111"), ("phone", "+62355791234")}
    assert birthday(renee) == "12 May" and Note.objects.get(customer=renee).text == "Other numbers: *123#"
    kasan = who("Pak Kasandari Karangan")
    assert (kasan.nickname, kasan.district, kasan.address) == ("Kang Kasan", "Karangan", "Jl. Raya 3, RT 2")
    assert Note.objects.get(customer=kasan).text == "suka keju minta siang, Toko Maju, Cabang 2"
    assert birthday(kasan) == "29 February" and ("email", "kasan@example.com") in values(kasan)
    assert values(who("Warung Sumber")) == {("phone", "+6281299993333")}
    assert len(values(who("Mbak Wiwik"))) == 4 and birthday(who("Mbak Wiwik")) == "12 May"
    again = bring(cards, name="kontak.vcf")
    assert (again.created, again.matched) == (0, 4)


def test_google_contacts_old_and_new(world, bring):
    new = (
        "First Name,Middle Name,Last Name,Nickname,Organization Name,Birthday,Notes,Photo,Labels,E-mail 1 - Label,"
        "E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Label,"
        "Address 1 - Formatted,Address 1 - Street,Address 1 - City\n"
        "Bu,Siti,Rejo,Titik,Toko Rejo,1980-02-03,suka manis,,* myContacts ::: Langganan,* Home,"
        "rejo@example.com ::: siti@example.com,Mobile,0812 9999 1111 ::: +62 812-9999-2222,Work,0355 791234,Home,"
        '"Jl. Anyar 1\nTugu\nID",Jl. Anyar 1,Tugu\n'
    )
    assert bring(b"\xef\xbb\xbf" + new.encode(), name="contacts.csv").created == 1
    siti = who("Bu Siti Rejo")
    assert len(values(siti)) == 5 and (siti.nickname, siti.district, siti.address) == ("Titik", "Tugu", "Jl. Anyar 1")
    assert Note.objects.get(customer=siti).text == "Toko Rejo, suka manis" and birthday(siti) == "3 February"

    old = (
        "Name,Given Name,Additional Name,Family Name,Yomi Name,Birthday,Gender,Notes,Group Membership,E-mail 1 - Type,"
        "E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value\n"
        "Pak Joko Gandusari,Pak,Joko,Gandusari,, --07-09,,,* My Contacts,*,joko@example.com,Mobile,081299993333\n"
    )
    assert bring(old.encode(), name="google.csv").created == 1
    assert birthday(who("Pak Joko Gandusari")) == "9 July" and len(values(who("Pak Joko Gandusari"))) == 2


def test_loyverse(world, bring):
    people = (
        "Customer ID,Customer name,Email,Phone,Address,City,Province,Postal code,Country,Customer code,Points balance,"
        "Note,First visit,Last visit,Total visits,Total spent\n"
        ",Bu Marni Dongko,marni@example.com,+6281299991111,Jl. Pasar 2,Dongko,Jawa Timur,66363,ID,K-01,0.00,,"
        "01/02/2025 10:15,20/11/2026 09:00,12,900000.00\n"
    )
    assert bring(people.encode(), name="customers.csv").created == 1
    assert who("Bu Marni Dongko").district == "Dongko"
    receipts = (
        "Date,Receipt number,Receipt type,Gross sales,Discounts,Net sales,Taxes,Total collected,Cost of goods,"
        "Gross profit,Payment type,Description,Dining option,POS,Store,Cashier name,Customer name,Customer contacts,"
        "Status\n"
        "20/11/2026 09:00,1-1001,Sale,76000.00,0.00,76000.00,0.00,76000.00,0,76000.00,Cash,2 x Bakpia Keju,,Kasir 1,"
        'Toko,Ani,Bu Marni Dongko,"+6281299991111",Closed\n'
        "20/11/2026 09:05,1-1002,Sale,20000.00,0.00,20000.00,0.00,20000.00,0,20000.00,Cash,1 x Bakpia,,Kasir 1,"
        "Toko,Ani,,,Closed\n"
    )
    summary = bring(receipts.encode(), name="receipts.csv", kind="purchases")
    assert (summary.created, summary.rejected) == (1, 1) and "customer is missing" in summary.problems[0][1]
    order = Order.objects.get(customer=who("Bu Marni Dongko"))
    assert (order.total, str(order.lines.get().label), order.lines.get().quantity) == (76_000, "Bakpia Keju", 2)


def test_moka_like_and_any_spreadsheet(world, bring, tmp_path):
    book = Workbook()
    book.active.append(["Nama Pelanggan *", "No. Handphone *", "Email", "Tanggal Lahir", "Jenis Kelamin", "Alamat",
                        "Kota/Kabupaten", "Provinsi", "Kode Pos"])  # fmt: skip
    book.active.append(["Bu Hartini", 81299991111, "", "3/12/1975", "P", "Jl. Sawah", "Trenggalek", "Jatim", 66311])
    path = tmp_path / "moka.xlsx"
    book.save(path)
    summary = importing.import_file(path, day_first=True)
    assert (summary.created, summary.rejected) == (1, 0), summary.problems
    assert who("Bu Hartini").district == "Trenggalek" and birthday(who("Bu Hartini")) == "3 December"
    assert bring(b"Konsumen|WA|Kec.\nMas Eko|0812 9999 2222|Munjungan\n", name="apa-saja.txt").created == 1
