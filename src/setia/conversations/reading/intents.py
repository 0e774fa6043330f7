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
_REMOVE: Final = r"kurangi|coret|hapus|dihapus|(?:tidak|jangan) (?:usah|perlu) (?:pakai )?(?:V:\S+)|V:\S+ (?:tidak|jangan) (?:usah|perlu)"
_MISWRITTEN: Final = r"bukan #\S+(?: U:\S+)? (?:tapi|melainkan)|salah (?:ketik|tulis|pesan)"
_RESTOCK: Final = r"restok|titip jual|titipan|laku (?:#|~report)|retur|~report|stok(?: \S+){0,3} (?:tinggal|habis|menipis)|(?:toko|warung|kantin|koperasi|rak|etalase)(?: \S+){0,3} (?:habis|tinggal|kosong)|(?:habis|kosong)(?: \S+){0,4} (?:isi lagi|kirim lagi|diisi lagi)"
_AGAIN: Final = (
    r"(?:seperti|sama)(?: seperti)?(?: yang)? (?:biasa|~past|terakhir)|(?:ulangi|ulang)(?: \S+){0,2} (?:pesanan|pesan|terakhir)"
    r"|pesan(?:an)? (?:yang )?(?:biasa|sama|terakhir)|sama seperti (?:pesanan|~past)|seperti pesanan|biasa ya|(?:yang|pesanan) biasa"
)
_CONDITION: Final = r"belum pasti|masih rencana|kalau(?: \S+){0,3} (?:jadi|ada|masih|cocok|cukup|ready|pesan|murah|dapat|ambil|mau|beli|boleh)|misal|andai|rencana|kalau (?:#|V:|P:)|kayaknya|barangkali"
_ORDERS: Final = (
    r"pesan|beli|butuh|minta|titip|mundhut|tolong|jadi(?= #)|mau(?= (?:\S+ )?(?:#|V:|P:|pesan|beli|ambil))|oke"
)
_ASKED: Final = r"(?:bisa|boleh|masih bisa|iso|saged|mau tanya|tanya|nanya|tanglet|takon)(?: (?:kalau|kah|bu|mbak|kak|saya))* (?:pesan|beli|#|P:|V:)|tanya|nanya|tanglet|takon|apakah bisa pesan"
_EARLIER: Final = r"pesanan|yang (?:tadi|kemarin)"
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


def complaint(line: Line, *, dated: bool) -> str | None:
    """The kind of complaint, or None. Wishes ("jangan sampai gosong") and orders for a coming day are not complaints."""
    for kind, expression in _COMPLAINTS:
        place = line.first(expression, claimed=True)
        if place is None or line.first(rf"{_WISHED} (?:{expression})", claimed=True):
            continue
        if line.first(_PAST, claimed=True) and not (dated and _orders_anew(line)):
            return kind
    return None


def claim_wrongly_sent(line: Line) -> None:
    """ "kok yang datang kumbu": the flavour that came instead is not what the complaint is about."""
    line.claim_all(
        r"(?:kok|malah|tapi)(?: yang)? (?:datang|dapat|sampai|dikirim|diantar|isi)(?: \S+){0,2} V:\S+", "wrong"
    )


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
    if line.has(_MISWRITTEN) or line.has(_REPLACE) and not line.has("uang ganti|ganti rugi"):
        return "change_replace"
    if line.has(_REMOVE):
        return "change_remove"
    return None


def adds(line: Line) -> bool:
    """ "tambah" to an order that exists already, not a further line of this one."""
    place = line.first("tambah", claimed=True)
    if place is None:
        return False
    ordered = line.first("pesan|beli|butuh|minta(?! tolong)", claimed=True, end=place.start)
    if (line.has(_EARLIER) and ordered is None) or line.has(r"(?:kemarin|tadi)(?: \S+){0,2} pesan"):
        return True
    return ordered is None and line.first(r"#\S+", claimed=True, end=place.start) is None


def restocks(line: Line) -> bool:
    """Whether a reseller reports sales or empty shelves and wants new goods."""
    return line.has(_RESTOCK)


def repeats(line: Line, *, counted: bool) -> bool:
    """ "kayak biasanya", unless that belongs to the address or the payment, or the lines are all said anew."""
    if counted and not line.has("tapi|cuma|kecuali|pesanan|ulangi"):
        return False
    return line.first(_AGAIN) is not None


def decide(line: Line, signals: Signals) -> tuple[Intent | None, bool]:
    """Question or order, and whether it is tentative; None when the message asks for nothing."""
    if line.has(_CONDITION) and (signals.counted or signals.tasted) and _if_first(line):
        return "question", True
    if "kabar_pesanan" in signals.questions and not line.has("pesan|beli|butuh|minta"):
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
        r"belum pasti|kalau(?: \S+){0,3} (?:jadi|ada|masih|cocok|cukup|ready|pesan|murah|ambil|beli)|misal|andai|rencana|kalau (?:#|V:|P:)"
    )


def _only_asks(line: Line, signals: Signals) -> bool:
    """A price or stock question about counted goods, with nothing that commits to them."""
    return (
        bool(signals.questions) and not (signals.handed or signals.addressed or signals.paid) and not line.has(_ORDERS)
    )


def _orders_anew(line: Line) -> bool:
    """ "sekarang pesan 5 kotak buat besok": a new order in the same breath."""
    return line.has("pesan|beli|butuh") and not line.has("kok|kecewa|komplain|ternyata|cuma")


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
