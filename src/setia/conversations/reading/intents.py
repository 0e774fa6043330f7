"""What the message wants. Signals are looked for from the weightiest (something is wrong) to the plainest (an order)."""

from dataclasses import dataclass
from typing import Any, Final

from .line import Line
from .record import Intent

_COMPLAINTS: Final = (
    ("sakit", r"(?:sakit|mules|diare|muntah|mual|keracunan)(?: perut)?|alergi|gatal"),
    ("benda_asing", r"rambut|staples|serangga|semut|kerikil|lalat|ulat|isi hekter"),
    ("berjamur", r"jamur"),
    ("basi", r"basi|kadaluarsa|expired|kecing|lendir|berlendir|bau"),
    ("gosong", r"gosong"),
    ("kurang_matang", r"(?:kurang|tidak|belum) (?:matang|mateng)|mentah"),
    (
        "salah_rasa",
        r"salah (?:rasa|isi|kirim|varian)|(?:kok|malah|tapi)(?: yang)? (?:datang|dateng|dapat|sampai|dikirim|isi|diantar|keluar)(?: \S+){0,2} (?:V:\S+|X:\S+)|tertukar|ketuker|tidak sesuai",
    ),
    ("hancur", r"hancur|remuk"),
    ("kemasan_rusak", r"penyok|(?:kotak|kemasan|U:\S+|dus)(?: \S+){0,2} (?:rusak|sobek|basah)|rusak|sobek"),
    (
        "kurang_isi",
        r"kurang(?: isi)? (?:#\d+|satu|isi|U:\S+)|isi(?: \S+){0,2} (?:kurang|cuma|hanya|mung)|(?:cuma|hanya|mung)(?: \S+){0,2} #\d+|tidak (?:lengkap|genap)|kurang lengkap",
    ),
    (
        "terlambat",
        r"(?:belum|tidak)(?: juga)? (?:sampai|datang|dateng|diantar|dikirim|tekan|rawuh)|terlambat|telat|kesuwen|lama banget",
    ),
    ("salah_alamat", r"salah alamat|nyasar"),
    ("salah_harga", r"salah (?:harga|hitung)|kembalian kurang|kemahalan"),
    (
        "pelayanan",
        r"(?:pelayanan|penjual|karyawan|pegawai)(?: \S+){0,3} (?:kasar|judes|jutek|tidak ramah|ketus)|judes|jutek|tidak ramah",
    ),
    ("tekstur_keras", r"keras"),
    ("tidak_enak", r"tidak enak|hambar|kemanisan|pahit|asam|kecewa|komplain|complain|keluhan"),
)
_WISHED: Final = r"(?:jangan|semoga|asal|takut|biar|supaya|ben)(?: \S+){0,4}"
_PAST: Final = (
    r"kok|padahal|kecewa|kemarin|tadi|beli|komplain|gimana|piye|pripun|sampai|ternyata|semua|ada|makan|katanya"
)
_CANCEL: Final = r"batal|tidak (?:usah )?jadi(?: (?:pesan|ambil|beli|order|pesanan))?|tidak jadi"
_REPLACE: Final = r"ganti|ubah|pindah"
_MOVE: Final = r"undur|maju|pindah|ganti (?:hari|tanggal|jadwal|jam)"
_REMOVE: Final = r"kurangi|coret|hapus|dihapus|(?:tidak|jangan) (?:usah|perlu) (?:pakai )?(?:V:\S+)"
_RESTOCK: Final = r"restok|titip jual|titipan|laku (?:#|~report)|retur|~report|stok(?: \S+){0,3} (?:tinggal|habis|menipis)|(?:toko|warung|kantin|koperasi|rak|etalase)(?: \S+){0,3} (?:habis|tinggal|kosong)|(?:habis|kosong)(?: \S+){0,4} (?:isi lagi|kirim lagi|diisi lagi)"
_AGAIN: Final = r"(?:seperti|sama)(?: seperti)?(?: yang)? (?:biasa|kemarin|tadi|terakhir|dulu)|(?:ulangi|ulang)(?: \S+){0,2} (?:pesanan|pesan|terakhir)|pesan(?:an)? (?:yang )?(?:biasa|sama|terakhir)|sama seperti (?:pesanan|kemarin)|seperti pesanan|biasa ya|(?:yang|pesanan) biasa"
_CONDITION: Final = r"kalau(?: \S+){0,3} (?:jadi|ada|masih|cocok|cukup|ready|pesan|murah|dapat|ambil|mau|beli|boleh)|misal|andai|rencana|kalau (?:#|V:|P:)|kayaknya|barangkali"
_ORDERS: Final = (
    r"pesan|beli|butuh|minta|titip|mundhut|tolong|jadi (?=#)|mau (?=(?:\S+ )?(?:#|V:|P:|pesan|beli|ambil))|oke"
)
_ASKED: Final = r"(?:bisa|boleh|masih bisa|iso|saged|mau tanya|tanya|nanya|tanglet|takon)(?: (?:kalau|kah|bu|mbak|kak|saya))* (?:pesan|beli|#|P:|V:)|tanya|nanya|tanglet|takon|apakah bisa pesan"
_EARLIER: Final = r"pesanan|yang (?:tadi|kemarin)|~date_past"
_THANKS: Final = r"makasih|terima kasih|sudah (?:sampai|diterima|terima|datang|saya terima)|alhamdulillah|mantap|enak"


@dataclass(frozen=True, slots=True)
class Signals:
    """What the message carries besides words, for the last decision between question and order."""

    counted: bool
    tasted: bool
    dated: bool
    handed: bool
    addressed: bool
    paid: bool
    questions: tuple[str, ...]


def complaint(line: Line) -> str | None:
    """The kind of complaint, or None. Wishes ("jangan sampai gosong") and new orders are not complaints."""
    for kind, expression in _COMPLAINTS:
        place = line.first(expression, claimed=True)
        if place is None or line.first(rf"{_WISHED} {expression}", claimed=True):
            continue
        if line.first(_PAST, claimed=True) and not _orders_anew(line):
            return kind
    return None


def change(line: Line) -> Intent | None:
    """Cancel or change of an earlier order, or None."""
    if line.has(_CONDITION) and not line.has("pesanan"):
        return None
    if line.has(_CANCEL) and not line.has(rf"kalau(?: \S+){{0,2}} (?:{_CANCEL})|jangan (?:sampai )?batal"):
        if line.has(rf"(?:{_REPLACE})(?: (?:jadi|ke|sama))*(?: (?:yang|rasa))* (?:V:|#)"):
            return "change_replace"
        return "change_remove" if _only_part(line) else "cancel"
    if line.has(rf"(?:{_MOVE})") and (line.has("pesanan|ambil|diambil|antar|kirim|acara|jadi D:\\d|ke D:\\d")):
        return "change_replace"
    if line.has(_REPLACE) and not line.has("uang ganti|ganti rugi"):
        return "change_replace"
    if line.has(_REMOVE):
        return "change_remove"
    return None


def adds(line: Line) -> bool:
    """ "tambah" to an order that exists already, not a further line of this one."""
    place = line.first("tambah|plus|sekalian", claimed=True)
    if place is None or place[0] != "tambah":
        return False
    if line.has(_EARLIER) and not line.first("pesan", claimed=True, end=place.start):
        return True
    before = line.first(r"pesan|beli|butuh|minta|#\d+ |V:\S+", claimed=True, end=place.start)
    return before is None


def restocks(line: Line) -> bool:
    """Whether a reseller reports sales or empty shelves and wants new goods."""
    return line.has(_RESTOCK)


def repeats(line: Line) -> bool:
    """ "kayak biasanya", unless that belongs to the address or the payment."""
    return line.first(_AGAIN) is not None


def decide(line: Line, signals: Signals) -> tuple[Intent | None, bool]:
    """Question or order, and whether it is tentative; None when the message asks for nothing."""
    if line.has(_CONDITION) and (signals.counted or signals.tasted) and _if_first(line):
        return "question", True
    definite = signals.counted and (signals.handed or signals.dated or signals.addressed or signals.paid)
    if line.has(_ASKED) and signals.questions and not (signals.addressed or line.first("transfer|bayar", claimed=True)):
        return "question", True
    if definite and not _only_asks(line, signals):
        return "order", False
    if line.has(_THANKS) and not line.has("pesan (?!lagi)|mau|butuh|minta"):
        return None, False
    if (
        (signals.counted or signals.tasted or line.has("P:\\S+"))
        and line.has(_ORDERS)
        and not _only_asks(line, signals)
    ):
        return "order", False
    if signals.questions or (line.has("\\?") and not signals.counted):
        return "question", True
    if signals.counted:
        return "order", False
    if signals.tasted and (signals.handed or signals.dated):
        return "order", False
    return ("order", False) if line.has("pesan|titip") else (None, False)


def _if_first(line: Line) -> bool:
    """A condition about the order itself, not about its details ("kalau bisa diantar pagi")."""
    return line.has(
        r"kalau(?: \S+){0,3} (?:jadi|ada|masih|cocok|cukup|ready|pesan|murah|ambil|beli)|misal|andai|rencana|kalau (?:#|V:|P:)"
    )


def _only_asks(line: Line, signals: Signals) -> bool:
    """A price or stock question about counted goods, with nothing that commits to them."""
    return (
        bool(signals.questions) and not (signals.handed or signals.addressed or signals.paid) and not line.has(_ORDERS)
    )


def _orders_anew(line: Line) -> bool:
    """ "sekarang pesan 5 kotak": a new order in the same breath."""
    return line.has(
        r"(?:mau|tolong|sekarang)?(?: \S+){0,1} ?pesan (?:lagi )?(?:P:\S+ )?(?:V:\S+ )?#\d+"
    ) and not line.has("kok|kecewa|komplain")


def _only_part(line: Line) -> bool:
    """Only some flavours are called off: "coklatnya ga jadi, yang lain tetap"."""
    if (
        line.has("tetap|lain(?:nya)?|saja|aja|sisanya")
        and line.has("V:\\S+")
        and not line.has("pesanan(?: saya)? batal")
    ):
        return True
    return line.has(rf"(?:yang )?V:\S+ (?:~date )?(?:{_CANCEL})")


def refers(line: Line) -> bool:
    """Whether the message points at an earlier order ("yang kemarin", "pesanan tadi")."""
    return line.has("yang(?: \\S+)? (?:tadi|kemarin)|tadi|kemarin|barusan")


def role_hint(line: Line, sender: str | None) -> str | None:
    """ "reseller" when the sender or the message says so."""
    said = line.has("reseller") or any(word in (sender or "").lower() for word in ("reseller", "agen", "grosir"))
    return "reseller" if said else None


def report(line: Line) -> dict[str, Any]:
    """Counts of a consignment report; claims them, so that what was sold is not ordered again."""
    if not line.has(
        r"laku|titipan|titip jual|retur|restok|stok(?: \S+){0,3} tinggal|(?:toko|kantin|koperasi)(?: \S+){0,3} tinggal|konsinyasi|setor"
    ):
        return {}
    made: dict[str, Any] = {}
    for name, words in (
        ("sold", "laku|terjual"),
        ("returned", "retur"),
        ("remaining", "sisa|sisanya|tinggal|kari|isih|masih"),
        ("expired", "kadaluarsa|expired|basi"),
    ):
        after = line.first(rf"(?:{words})(?: (?:nya|cuma|:|=|ada|baru|sudah|mung|hanya))* #(?P<n>\d+)(?: U:\w+)?")
        before = line.first(rf"#(?P<n>\d+)(?: U:\w+)? (?:yang )?(?:{words})") if name != "remaining" else None
        if place := after or before:
            made[name] = int(place["n"])
            line.claim(place.start, place.end, "report")
    if place := line.first(
        r"(?:titip|titipan|kemarin)(?: (?:kemarin|lalu|~date|minggu|nya|:))* #(?P<n>\d+)(?: U:\w+)?(?= (?:,|\.)? ?~report)"
    ):
        made["supplied"] = int(place["n"])
        line.claim(place.start, place.end, "report")
    return made
