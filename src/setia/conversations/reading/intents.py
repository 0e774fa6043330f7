"""What the message wants. Signals are looked for from the weightiest (a cancellation) to the plainest (an order)."""

from dataclasses import dataclass
from typing import Final

from .line import Line, either
from .record import Intent

_CANCEL: Final = either(
    "batal",
    r"(?:tidak|jangan) (?:usah )?jadi"
    r"(?! (?:(?:saya|tak) )?(?:antar|diantar|kirim|dikirim|ambil|diambil)| #\S+(?: U:\S+)? tapi)",
)
_CANCEL_IF: Final = either(rf"kalau(?: \S+){{0,2}} (?:{_CANCEL})", "jangan (?:sampai )?batal")
_REPLACE: Final = either("ganti", "ubah", "pindah")
_OTHER_SWAPS: Final = either(
    *("uang ganti", "ganti rugi", r"ganti (?:nomor|nomer|no|hp|wa)", r"(?:nomor|nomer|no|hp|wa)(?: \S+){0,2} ganti")
)
_MOVE: Final = either("undur", "maju", "pindah", "ganti (?:hari|jadwal|jam)")
_MOVED: Final = either(rf"(?:{_MOVE})(?: \S+){{0,3}} ~date", "ganti(?: (?:ke|jadi|tanggal|hari))? ~date")
_NEW_PLACE: Final = r"(?:ganti|ubah|pindah) alamat|alamat(?: \S+){0,3} (?:ganti|ubah|pindah)"
_REMOVE: Final = either(
    *("kurangi", "coret", "hapus", "dihapus"),
    r"(?:tidak|jangan) (?:usah|perlu)(?: pakai)? V:\S+",
    r"V:\S+(?: #\S+)?(?: U:\S+)? (?:tidak|jangan) (?:usah|perlu)(?! (?:isi|antar|diantar|kirim|dikirim|dibungkus))",
)
_MISWRITTEN: Final = either(
    r"bukan #\S+(?: U:\S+)? (?:tapi|melainkan)",
    r"V:\S+(?: #\S+)?(?: U:\S+)?(?: (?:tolong|ya|mau|bu))* jadi (?:rasa )?V:\S+",
    "salah (?:ketik|tulis|pesan)",
    r"bukan (?:V:|#)\S+",
    r"tidak jadi #\S+(?: \S+){0,4} #\S+(?: U:\S+)? (?:aja|saja)",
    r"(?:kemarin|tadi)(?: \S+){0,4} (?:pesan|bilang|ngomong)(?: \S+){0,8} jadi #\S+",
    r"yang #\S+(?: \S+){0,3} jadi #\S+",
    r"dari #\S+(?: U:\S+)? (?:jadi|ke|menjadi) #\S+",
)
_SET_TO: Final = r"pesanan(?: \S+){0,7} #\S+(?: \S+){0,6} jadi #\S+"
_SHELF: Final = "toko|warung|kantin|koperasi|rak|etalase"
_RESTOCK: Final = either(
    *("restok", "titip jual", "titipan", "retur", "~report", "nyetok", r"isi ulang", r"laku(?: \S+)? (?:#\S+|~report)"),
    r"stok(?: \S+){0,4} (?:tinggal|habis|menipis|tipis|kosong)(?! berapa)",
    rf"(?:{_SHELF})(?: \S+){{0,3}} (?:habis|tinggal|kosong|menipis|tipis)",
    r"(?:habis|kosong)(?: \S+){0,4} (?:isi|kirim|diisi) lagi",
    rf"(?:sisa|tinggal)(?: \S+){{1,8}} (?:{_SHELF})",
    r"dagangan(?: \S+){0,2} (?:habis|laku|tinggal|menipis)",
)
_AGAIN: Final = either(
    r"(?:seperti|sama)(?: seperti)?(?: yang)? (?:biasa|~past|terakhir)",
    r"(?:ulangi|ulang)(?: \S+){0,2} (?:pesanan|pesan|terakhir)",
    r"pesan(?:an)?(?: yang)? (?:biasa|sama|terakhir)",
    r"sama seperti (?:pesanan|~past)",
    r"(?:seperti|sama)(?: \S+){0,3} (?:lalu|kemarin|~past)",
    *("pesan ulang", "repeat", "pesanan (?:rutin|langganan)", "(?:langganan|rutin)(?: saya)? seperti"),
    *("seperti pesanan", "biasa ya", "(?:yang|pesanan) biasa"),
)
_CONDITION: Final = either(
    *("belum (?:jadi|tentu|fix|deal)", "masih (?:tanya|pikir|mikir|nunggu|rembukan)", "(?:tanya|mikir|pikir) dulu"),
    *("belum pasti", "masih rencana", "misal", "andai", "rencana"),
    r"kalau(?: \S+){0,3} (?:jadi|ada|masih|cocok|cukup|ready|pesan|murah|ambil|beli|buka)",
    r"kalau (?:#|V:|P:)\S+",
    r"kalau(?: \S+)? (?:antar|diantar|kirim|dikirim)(?: \S+){0,4} (?:berapa|ongkir|kena)",
)
_ORDERS: Final = either(
    *(
        "pesan",
        "beli",
        "butuh",
        r"minta(?! (?:harga|info|daftar|no|nomor|rek|rekening|alamat|nota|kwitansi|struk))",
        "titip",
        "mundhut",
        "tolong",
        "oke",
        r"jadi(?= #)",
    ),
    r"mau(?= (?:\S+ )?(?:#|V:|P:|pesan|beli|ambil))",
)
_ASKED: Final = either(
    r"(?:bisa|boleh|sempat|masih bisa)(?: (?:kalau|bu|mbak|kak|saya))* (?:pesan|beli|ambil #|[#PV]:?)\S*",
    *("tanya", "nanya", "tanglet", "takon", "(?:telat|terlambat) tidak"),
)
_EARLIER: Final = either("pesanan", "yang (?:tadi|kemarin)", "yang(?: saya)? pesan (?:tadi|kemarin)")
_REMINDER: Final = r"jangan lupa(?: \S+){0,2} pesanan"
_THANKS: Final = either(
    "makasih", "terima kasih", "sudah (?:sampai|diterima|terima|datang)", "alhamdulillah", "mantap", "enak"
)


_ASIDE: Final = (
    r"salah (?:chat|kirim|orang|sambung|grup)|(?:kabari|dikabari|kabarin)(?! \?)|(?:nanti|besok) (?:info|kabar)"
)

_FRAGMENT: Final = 5
"""Tokens of a message so short that a flavour alone ("keju ya") must be an order, or the answer to our question."""


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
    asked_counts: bool = False


def change(line: Line) -> Intent | None:
    """Cancel or change of an earlier order, or None. A condition ("kalau …") changes nothing yet."""
    if line.first(_CONDITION) and not line.has("pesanan"):
        return None
    if line.has(_NEW_PLACE):
        return "change_replace"
    if line.has(r"batal(?: yang)? #\S+(?: U:\S+)?(?: V:\S+)? dari"):
        return "change_remove"
    if line.has(_MISWRITTEN) or _set_anew(line) or (line.has(_SET_TO) and not line.has("tambah|kurangi")):
        return "change_replace"
    if line.first(_MOVED) and not line.first("batal"):
        return "change_replace"
    if line.has(_CANCEL) and not line.has(_CANCEL_IF):
        if line.has(rf"(?:{_REPLACE})(?: \S+){{0,4}} (?:V:|#)\S+"):
            return "change_replace"
        return "change_remove" if _only_part(line) else "cancel"
    if line.has(_MOVE) and line.has(either("pesan", "pesanan", "ambil", "diambil", "antar", "kirim", "acara")):
        return "change_replace"
    if line.first(r"~refused") and line.has("ambil|diambil|antar|diantar") and not line.has("pesan|beli|mau"):
        return "change_replace"
    if line.first(_REPLACE) and not line.has(_OTHER_SWAPS):
        return "change_replace"
    if line.has(_REMOVE):
        return "change_remove"
    return "change_add" if _adds(line) else None


def _set_anew(line: Line) -> bool:
    """ "kejune 2 kotak jadikan 4": the one count of the message gets another value; "3 keju 2 ijo jadi 5" adds up."""
    place = line.first(r"V:\S+ #\S+(?: U:\S+)? jadi #\S+", claimed=True)
    return place is not None and sum(token.amount is not None for token in line.tokens[: place.end]) == 2


def _adds(line: Line) -> bool:
    """ "tambah" to an order that exists already, not a further line of this one."""
    place = line.first("tambah|plus", claimed=True)
    if place is None or (place[0] == "plus" and place.start > 2 and not line.has(_EARLIER)):
        return False
    ordered = line.first("pesan|beli|butuh|minta(?! tolong)", claimed=True, end=place.start)
    if (
        line.has(r"tambah jadi #\S+")
        or (line.has(_EARLIER) and ordered is None)
        or line.has(r"(?:kemarin|tadi)(?: \S+){0,2} pesan|yang(?: saya)? pesan (?:kemarin|tadi)")
    ):
        return True
    return ordered is None and line.first(r"#\S+", claimed=True, end=place.start) is None


def _only_part(line: Line) -> bool:
    """Only some flavours are called off: "coklatnya ga jadi, yang lain tetap"."""
    partly = line.has(either("tetap", "lain", "lainnya", "saja", "aja", "sisanya")) and line.has(r"V:\S+")
    if partly and not line.has("pesanan(?: saya)? batal"):
        return True
    return line.first(rf"(?:yang )?V:\S+(?: ~date)? (?:{_CANCEL})") is not None


def restocks(line: Line) -> bool:
    """Whether a reseller reports sales or empty shelves and wants new goods."""
    return line.has(_RESTOCK) or line.first(_RESTOCK) is not None


def repeats(line: Line, *, counted: bool) -> bool:
    """ "kayak biasanya", unless that belongs to the address or the payment, or the lines are all said anew."""
    if counted and not line.has(either("tapi", "cuma", "kecuali", "pesanan", "ulangi")):
        return False
    return line.first(_AGAIN) is not None


def repeats_but(line: Line) -> bool:
    """ "sama seperti kemarin tapi coklatnya diganti susu": the last order again with something else, not a change."""
    again = line.first(_AGAIN)
    swap = line.first(_REPLACE, claimed=True)
    return bool(again and swap and again.start < swap.start and line.has("tapi|cuma|hanya")) and not line.has("pesanan")


def decide(line: Line, signals: Signals) -> tuple[Intent | None, bool]:
    """Question or order, and whether it is tentative; None when the message asks for nothing."""
    orders, asks = line.has(_ORDERS), bool(signals.questions)
    goods = signals.counted or signals.tasted
    if not goods and line.has(_ASIDE):
        return None, False
    bound = signals.addressed or signals.paid
    if goods and line.first(_CONDITION):
        return "question", True
    if asks and line.has(_ASKED) and not (signals.addressed or line.has("transfer|bayar")):
        return "question", True
    if "saran_jumlah" in signals.questions or (line.has("mau (?:tanya|nanya)") and not signals.counted):
        return "question", True
    if line.has(_REMINDER) or line.has("minta (?:nota|kwitansi|struk|bukti)"):
        return None, False
    ordered_before = line.first(r"pesan ~past|~past(?: \S+){0,2} pesan") is not None
    if "kabar_pesanan" in signals.questions and (ordered_before or not line.has("pesan|beli|butuh|minta")):
        return "question", True
    if line.has("(?:ambil|diambil|jemput|mundhut) pesanan") and not line.has("pesan|tambah") and not signals.dated:
        return None, False
    bound_nowhere = not (signals.handed or signals.dated or bound)
    if asks and signals.asked_counts and bound_nowhere and not line.has("pesan"):
        return "question", True
    only_asks = asks and not (signals.handed or bound or orders)
    if signals.counted and (signals.handed or signals.dated or bound) and not only_asks:
        return "order", False
    if line.has(_THANKS) and not (asks and line.has(r"\?")) and not line.has("pesan(?! lagi)|mau|butuh|minta"):
        return None, False
    if orders and not only_asks and (goods or (not asks and line.has(r"P:\S+"))):
        return "order", False
    if asks or (line.has(r"\?") and not signals.counted):
        return "question", True
    if signals.counted or (signals.tasted and (signals.handed or signals.dated)) or line.has("pesan|titip"):
        return "order", False
    return ("order", False) if signals.tasted and len(line.tokens) <= _FRAGMENT else (None, False)


def refers(line: Line) -> bool:
    """Whether the message points at an earlier order ("yang kemarin", "pesanan tadi")."""
    return line.has(either("tadi", "kemarin", "barusan"))


def role_hint(line: Line, sender: str | None) -> str | None:
    """ "reseller" when the sender or the message says so."""
    said = line.has("reseller") or any(word in (sender or "").lower() for word in ("reseller", "agen", "grosir"))
    return "reseller" if said else None
