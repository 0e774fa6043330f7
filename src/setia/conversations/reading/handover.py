"""How the goods reach the customer: pick-up, own delivery, courier of the day, parcel service, or not said."""

from typing import Any, Final

from .line import Line, either, pattern
from .places import TOWNS

_LETTERS: Final = either(
    *(
        "daftar",
        "list",
        "pricelist",
        "price",
        "harga",
        "foto",
        "gambar",
        "poto",
        "no",
        "nomor",
        "rekening",
        "rek",
        "norek",
    ),
    *("katalog", "bukti", "lokasi", "shareloc", "share", "wa", "chat", "info", "contoh", "menu", "brosur", "kabar"),
    *("salam", "uang", "duit", "qris", r"Rp\d+", "alamat(?! (?:biasa|rumah|kantor|lama|sama|saya))"),
)
_MESSAGE_NOT_GOODS: Final = rf"(?:kirim|dikirim)(?: (?:aja|dong|saya|dulu|bu|mbak|kak|lewat wa))* (?:{_LETTERS})"
_REFUSED: Final = (
    r"(?:tidak|jangan)(?: (?:usah|perlu|jadi|bisa))?(?: (?:saya|tak))? (?:antar|diantar|kirim|dikirim|ambil|diambil)"
)
_BOUGHT: Final = r"(?:ambil|mundhut)(?: (?:yang|lagi|aja|saja|dulu|cuma))*(?= (?:#|V:|P:|A:|X:|isi|rasa|banyak))"
_PICKUP: Final = (
    r"(?:ambil|diambil|jemput|(?<!antar )(?<!kirim )mampir|mundhut"
    r"|ambil sendiri|saya(?: yang)? ke (?:toko|sana|situ|tempat))"
)
_DELIVERY: Final = r"(?:antar|diantar|kirim|dikirim)"
_COURIER: Final = (
    r"gosend|go - send|go - jek|kurir|travel|bus|gojek|shopee instan"
    r"|instan(?:t)?|sameday|same day|borzo|indrive|titip (?:travel|bus)"
)
_EXPEDITION: Final = (
    r"jne|ekspedisi|pos indonesia|kargo|cargo|id express|(?<!ke )kantor pos"
    r"|via pos|lewat pos|kilat pos|pos kilat|U:paket kilat|kilat khusus"
)
_PAID_WHEN_FETCHED: Final = r"(?:sisa|sisanya|bayar|lunas|pelunasan)(?: \S+){0,3} (?:ambil|diambil)"
_BRING: Final = "(?:kirim|antar|dikirim|diantar)"
_FETCH: Final = "(?:ambil|diambil)(?: sendiri)?"
_CHOICE: Final = either(rf"{_BRING} (?:/|atau|apa) {_FETCH}", rf"{_FETCH} (?:/|atau|apa) {_BRING}")


def claim_letters(line: Line) -> None:
    """Take "kirim daftar harga" and refusals out of the way: nothing is delivered there."""
    line.claim_all(_MESSAGE_NOT_GOODS, "message")
    line.claim_all(
        r"Rp\d+(?: (?:sudah|saya|tak|tadi|barusan|dulu))* (?:kirim|dikirim)(?! (?:ke|lewat|hari))", "message"
    )
    line.claim_all(_REFUSED, "refused")
    for label in list(line.find(rf"(?:{_CHOICE}) :")):
        line.claim(label.start, label.end, "label")


def read_handover(line: Line, address: dict[str, Any] | None) -> str | None:
    """pickup, delivery, courier, expedition, or None when not said or said both ways."""
    view = [
        token.sym for token in line.tokens if token.role not in ("message", "refused", "label", "greeting", "share")
    ]
    text = f" {' '.join(view)} "
    if line.first(_CHOICE):
        return None
    if _in(text, _EXPEDITION):
        return "expedition"
    if _in(text, _COURIER):
        return "courier"
    fetched, brought = _fetched(line), _in(text, _DELIVERY)
    if fetched and brought:
        return "delivery" if line.has(_PAID_WHEN_FETCHED) else None
    if brought and address and address.get("kota") in TOWNS.values():
        return "expedition"
    if brought or (not fetched and (address or _in(text, "cod"))):
        return "delivery"
    return "pickup" if fetched else None


def _in(text: str, expression: str) -> bool:
    return pattern(expression).search(text) is not None


def _fetched(line: Line) -> bool:
    """Pick-up, unless "ambil" only means taking so many of something."""
    for place in line.find(_PICKUP, claimed=True):
        if line.tokens[place.start].role in ("message", "refused", "label"):
            continue
        if place[0] == "mundhut" and not line.first(
            "(?:saya|piyambak) mundhut|mundhut (?:piyambak|sendiri|~date|~time)"
        ):
            continue
        bought = line.first(_BOUGHT, claimed=True, start=place.start, end=place.end + 4)
        if bought is not None and place[0] == "mundhut":
            continue
        if bought is None or bought.start != place.start or _when_near(line, place.end):
            return True
    return False


def _when_near(line: Line, at: int) -> bool:
    """Whether a day or hour stands in the same sentence, with nothing about paying in between."""
    for tokens in (line.tokens[at:], line.tokens[:at][::-1]):
        for token in tokens:
            if token.sym in ("¶", ".", ";", "?", "!", "transfer", "bayar", "panjer"):
                break
            if token.role in ("date", "time"):
                return True
    return False
