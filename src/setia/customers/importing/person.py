"""One row of a file of customers, read. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.customers import rules
from setia.customers.importing.cells import read_date, read_numbers
from setia.customers.importing.importer import Cells, Column, How, RowProblem
from setia.customers.models import CustomerKind, IdentityKind, Source

COLUMNS = (
    Column(
        "name",
        gettext_lazy("Name"),
        "nama, nama pelanggan, nama customer, nama konsumen, nama pembeli, nama lengkap, nama kontak, "
        "pelanggan, konsumen, pembeli, name, "
        "full name, customer, customer name, display name, contact name, first name, middle name, last name, "
        "nama depan, nama belakang",
        required=True,
        several=True,
    ),
    Column("nickname", gettext_lazy("Nickname"), "nickname, short name, panggilan, nama panggilan, julukan"),
    Column(
        "phone",
        gettext_lazy("Phone or WhatsApp"),
        "phone, phone number, phone value, mobile, mobile phone, telephone, tel, telp, tlp, telepon, no telp, "
        "no telepon, nomor telepon, nomor telp, hp, no hp, nomor hp, nomer hp, handphone, ponsel, kontak, nomor, wa, "
        "no wa, nomor wa, whatsapp, no whatsapp, nomor whatsapp, customer phone, phone no, "
        "mobile number, no handphone, nomor handphone, nomor ponsel, no ponsel",
        several=True,
    ),
    Column(
        "email",
        gettext_lazy("Email"),
        "email, e mail, e mail value, email value, email address, alamat email, surel",
        several=True,
    ),
    Column(
        "card",
        gettext_lazy("Member number"),
        "card, member, member number, member no, no member, nomor member, kartu, no kartu, customer id, customer code, "
        "kode pelanggan, id pelanggan, no pelanggan, nomor pelanggan, barcode",
    ),
    Column(
        "district",
        gettext_lazy("District"),
        "district, kecamatan, kec, kota, city, address city, area, wilayah, daerah, kota kabupaten, kabupaten, kab",
    ),
    Column(
        "address",
        gettext_lazy("Address"),
        "address, address street, street, alamat, alamat lengkap, alamat rumah, jalan, desa, kelurahan, "
        "billing address, shipping address, alamat pengiriman, address line",
        several=True,
    ),
    Column("landmark", gettext_lazy("How to find the house"), "landmark, patokan, ancer ancer, ciri rumah"),
    Column("kind", gettext_lazy("Kind of customer"), "kind, type, jenis, jenis pelanggan, tipe, tipe pelanggan"),
    Column(
        "source",
        gettext_lazy("How they found you"),
        "source, sumber, asal, tahu dari, dari mana, how they found you",
    ),
    Column(
        "birthday",
        gettext_lazy("Birthday"),
        "birthday, birth date, birthdate, date of birth, dob, tanggal lahir, tgl lahir, ulang tahun, lahir",
        is_date=True,
    ),
    Column(
        "note",
        gettext_lazy("Note"),
        "note, notes, catatan, keterangan, ket, remark, remarks, organization name, organization, company, "
        "company name, perusahaan, toko, nama toko",
        several=True,
    ),
)

_KINDS = {
    CustomerKind.END: "end customer buyer pembeli pelanggan umum eceran retail",
    CustomerKind.RESELLER: "reseller pengecer agen agent dropshipper",
    CustomerKind.INTERMEDIARY: "intermediary go-between perantara makelar",
}
KINDS = {word: kind.value for kind, words in _KINDS.items() for word in words.split()}

_SOURCES = {
    Source.WORD_OF_MOUTH: "word of mouth, a friend told them, teman, saudara, getok tular, referral",
    Source.BAZAAR: "bazaar, bazar, pameran, bazaar or exhibition, event",
    Source.STATUS: "status, whatsapp status, status wa, status whatsapp",
    Source.LEAFLET: "leaflet, brosur, selebaran, pamflet",
    Source.RESELLER: "reseller",
    Source.PASSER_BY: "passer-by, passer by, walked past, lewat, mampir",
    Source.ONLINE: "online, found online, internet, google, instagram, facebook, ig, fb, tiktok",
    Source.CHAT: "chat, wrote by itself, whatsapp, wa",
}
SOURCES = {word: source.value for source, words in _SOURCES.items() for word in words.split(", ")}

_NO_YEAR = re.compile(r"--(\d\d)-?(\d\d)")
_SEVERAL = re.compile(r"\s*(?::::|[,;/])\s*")
_PHONE = IdentityKind.PHONE.value
_LENGTHS = {"name": 120, "nickname": 40, "address": 200, "landmark": 120, "district": 60, "note": 1000}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Plain values of a person; `name_key` is the folded name."""

    name: str
    name_key: str
    kind: str = CustomerKind.END.value
    source: str = ""
    address: str = ""
    landmark: str = ""
    district: str = ""
    note: str = ""
    nickname: str = ""
    # Without a year in the file it stands in 2000; only day and month are kept.
    birthday: date | None = None
    # What identifies the person: (kind of identity, value).
    keys: tuple[tuple[str, str], ...] = ()

    @property
    def place_key(self) -> tuple[str, str]:
        """What stands for the person when nothing identifies them: name and district, folded."""
        return self.name_key, rules.name_key(self.district)


def read_person(cells: Cells, how: How) -> PersonRow:
    """A person from the cells of a row. Raises RowProblem for the first thing that is wrong."""
    texts = {field: _text(cells, field) for field in _LENGTHS}
    name = texts.pop("name")
    if not name:
        raise RowProblem(_("The name is missing."))
    birthday = _text(cells, "birthday")
    return PersonRow(
        name=name,
        name_key=rules.name_key(name),
        kind=_kind(_text(cells, "kind")),
        source=_source(_text(cells, "source")),
        birthday=_birthday(birthday, how) if birthday else None,
        keys=tuple(dict.fromkeys(_keys(cells))),
        **texts,
    )


def _birthday(text: str, how: How) -> date:
    """Contacts of a phone know birthdays without a year: `--05-12`."""
    text = text.strip()
    if found := _NO_YEAR.fullmatch(text):
        text = f"2000-{found[1]}-{found[2]}"
    return read_date(text, today=how.today, day_first=how.day_first)


def phone_key(number: str) -> tuple[str, str]:
    """The key of a number in E.164."""
    return _PHONE, number


def _keys(cells: Cells) -> Iterator[tuple[str, str]]:
    for cell in cells.get("phone", ()):
        if cell:
            yield from map(phone_key, read_numbers(cell))
    for cell in cells.get("email", ()):
        if cell:
            for part in filter(None, _SEVERAL.split(cell)):
                yield IdentityKind.EMAIL.value, _email(part)
    for cell in cells.get("card", ()):
        if cell:
            yield IdentityKind.CARD.value, cell[:140]


def _text(cells: Cells, name: str) -> str:
    """What the columns of a name hold together, not longer than it may be."""
    values = cells.get(name)
    if not values:
        return ""
    text = rules.tidy(values[0] if len(values) == 1 else (" " if name == "name" else ", ").join(filter(None, values)))
    most = _LENGTHS.get(name, 0)
    if len(text) > most > 0:
        said = _("“%(start)s…” is too long. Shorten it to at most %(most)s characters.")
        raise RowProblem(said % {"start": text[:30], "most": most})
    return text


def _email(cell: str) -> str:
    if "@" not in cell.strip("@") or " " in cell or len(cell) > 140:
        raise RowProblem(_("“%(text)s” is not an email address.") % {"text": cell[:40]})
    return cell.lower()


def _kind(cell: str) -> str:
    if not cell:
        return CustomerKind.END.value
    if found := next((KINDS[word] for word in cell.lower().split() if word in KINDS), None):
        return found
    said = _("“%(text)s” is not a kind of customer. Write buyer, reseller or go-between, or leave it empty.")
    raise RowProblem(said % {"text": cell[:40]})


def _source(cell: str) -> str:
    return SOURCES.get(cell.lower(), Source.OTHER.value) if cell else ""
