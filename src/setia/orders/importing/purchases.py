"""One row of a file of purchases, read; and what keeps the same purchase from being written twice. Pure."""

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.customers import rules as people
from setia.customers.importing import Cells, Column, How, RowProblem
from setia.customers.importing.cells import read_amount, read_date, read_number
from setia.orders.rules import MOST_BOXES, MOST_MONEY

COLUMNS = (
    Column(
        "customer",
        gettext_lazy("Customer"),
        "customer, customer name, name, pelanggan, nama pelanggan, nama, nama customer, nama pembeli, pembeli, "
        "konsumen, contact, contact name, buyer",
        required=True,
        unless="phone",
    ),
    Column(
        "phone",
        gettext_lazy("Phone or WhatsApp"),
        "phone, phone number, mobile, telepon, no telepon, nomor telepon, telp, no telp, hp, no hp, nomor hp, wa, "
        "no wa, whatsapp, nomor wa, no whatsapp, customer phone, customer contacts, no handphone, nomor handphone, "
        "phone value",
    ),
    Column(
        "date",
        gettext_lazy("Date"),
        "date, order date, invoice date, purchase date, transaction date, day, tanggal, tgl, tanggal beli, "
        "tanggal order, tanggal pesanan, tanggal transaksi, tgl beli, tgl transaksi, waktu, receipt date, "
        "tanggal nota, tanggal struk, date time",
        required=True,
        is_date=True,
    ),
    Column(
        "amount",
        gettext_lazy("Amount"),
        "amount, total, grand total, total amount, price, sum, value, jumlah, jumlah bayar, total belanja, "
        "total bayar, nominal, harga, nilai, bayar, rp, total collected, total penjualan, "
        "total transaksi, total tagihan, invoice total",
        required=True,
    ),
    Column(
        "items",
        gettext_lazy("What they bought"),
        "items, item, products, product, product name, barang, produk, nama produk, pesanan, isi pesanan, rincian, "
        "keterangan, catatan, description, deskripsi, item name, nama item",
    ),
)

# A number instead of a name, also one that a spreadsheet has shortened.
_NUMBER = re.compile(r"[+(]?[\d\s().+-]{8,}|\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_COUNT_FIRST = re.compile(r"(\d{1,4})\s*(?:x|×|\*)?\s+(?=\D)(.+)", re.IGNORECASE)
_COUNT_LAST = re.compile(r"(.+?)\s*(?:x|×|\*)\s*(\d{1,4})", re.IGNORECASE)
_SEVERAL = re.compile(r"[;,+\n]|\s(?:dan|and|&)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PurchaseRow:
    """Plain values of a purchase; `number` in E.164 or empty, `name_key` the folded name."""

    name: str
    name_key: str
    number: str
    day: date
    amount: int
    items: str

    @property
    def likeness(self) -> bytes:
        """The same for rows that say the same: who, when, how much. Eight bytes."""
        said = f"{self.number or self.name_key}\n{self.day.isoformat()}\n{self.amount}"
        return blake2b(said.encode(), digest_size=8).digest()


def read_purchase(cells: Cells, how: How) -> PurchaseRow:
    """A purchase from the cells of a row. Raises RowProblem for the first thing that is wrong."""
    name, number = _text(cells, "customer"), _text(cells, "phone")
    if not number and _NUMBER.fullmatch(name):
        # Many books know people by their number alone.
        name, number = "", name
    if not name and not number:
        raise RowProblem(_("The customer is missing."))
    if len(name) > 120:
        said = _("“%(start)s…” is too long. Shorten it to at most %(most)s characters.")
        raise RowProblem(said % {"start": name[:30], "most": 120})
    if number:
        number = read_number(number)
    day = read_date(_text(cells, "date"), today=how.today, day_first=how.day_first)
    amount = read_amount(_text(cells, "amount"), how.currency)
    if amount > MOST_MONEY:
        raise RowProblem(_("This amount is too large. Check the number of zeros."))
    return PurchaseRow(name, people.name_key(name), number, day, amount, _text(cells, "items"))


def _text(cells: Cells, name: str) -> str:
    values = cells.get(name)
    return people.tidy(values[0]) if values and values[0] else ""


def item_of(text: str) -> tuple[str, int]:
    """What was bought, as words and a count: `3 Bakpia Keju` is three. Several things stay one line of words."""
    if not _SEVERAL.search(text):
        if found := _COUNT_FIRST.fullmatch(text):
            return _counted(found[2], found[1], text)
        if found := _COUNT_LAST.fullmatch(text):
            return _counted(found[1], found[2], text)
    return text[:120], 1


def _counted(label: str, count: str, text: str) -> tuple[str, int]:
    return (label.strip()[:120], int(count)) if 1 <= int(count) <= MOST_BOXES else (text[:120], 1)


class Occurrences:
    """How often the same purchase stood in the file so far: somebody may buy for 20.000 twice on one day.

    An open-addressing table of 9 bytes a place, so that a million rows take 18 MB and not hundreds.
    """

    def __init__(self, rows: int) -> None:
        size = 1 << max(10, (2 * rows).bit_length())
        self._mask = size - 1
        self._seen = array("Q", bytes(8 * size))
        self._counts = bytearray(size)

    def next(self, likeness: bytes) -> int:
        """0 for the first time, 1 for the second… (at most 255: more often is the same again)."""
        value = int.from_bytes(likeness, "big") or 1
        place = value & self._mask
        while self._seen[place] not in (0, value):
            place = (place + 1) & self._mask
        self._seen[place] = value
        count = self._counts[place]
        self._counts[place] = min(255, count + 1)
        return count


def key_of(likeness: bytes, occurrence: int) -> str:
    """The device key of a purchase: the same file brought in twice gives the same keys."""
    return f"import:{likeness.hex()}:{occurrence}"


class Bought(NamedTuple):
    """What somebody has bought so far; `again_after` as in PurchaseSummary."""

    orders: int
    spent: int
    first_on: date
    last_on: date
    again_after: int | None


def add_purchases(before: Bought | None, purchases: Iterable[tuple[date, int]]) -> Bought:
    """The summary after more purchases (day, amount), in any order; at least one.

    First and second day of the old summary are its two smallest, so those two and the new days tell the new two.
    """
    days, amounts = zip(*purchases, strict=True)
    known = set(days)
    if before:
        known.add(before.first_on)
        if before.again_after is not None:
            known.add(date.fromordinal(before.first_on.toordinal() + before.again_after))
    first, *later = sorted(known)
    return Bought(
        orders=len(days) + (before.orders if before else 0),
        spent=sum(amounts) + (before.spent if before else 0),
        first_on=first,
        last_on=max(*days, before.last_on) if before else max(days),
        again_after=(later[0] - first).days if later else None,
    )
