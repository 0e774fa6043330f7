"""Is something wrong with goods that were already delivered, and what?"""

from typing import Final

from .drafts import Basket
from .line import Line, either

_KINDS: Final = {
    "sakit": either(r"(?:sakit|mules|diare|muntah|mual|keracunan)(?: perut)?", "alergi", "gatal"),
    "benda_asing": either(
        *("rambut", "plastik di (?:dalam|isi)", "kawat", "kecoa", "benang", "staples"),
        *("hekter", "serangga", "semut", "kerikil", "lalat", "ulat"),
    ),
    "berjamur": "jamur",
    "basi": either(
        "basi", "kadaluarsa", "expired", "kecing", "lendir", "berlendir", "bau", "berbau", "berair", "semriwing"
    ),
    "gosong": "gosong",
    "kurang_matang": either(r"(?:kurang|tidak|belum) (?:matang|mateng)", "mentah"),
    "salah_rasa": either(
        r"salah (?:rasa|isi|kirim|varian|pesanan|barang)",
        r"(?:pesan|minta|beli)(?: \S+){1,5} (?:dikasih|dikasi|diberi|dapat|datang)(?: yang| nya)?(?: rasa)? [VX]:\S+",
        r"(?:kok|malah|tapi)(?: yang)? (?:datang|dapat|sampai|dikirim|isi|diantar|keluar)(?: \S+){0,2} [VX]:\S+",
        "tertukar",
        "ketuker",
        "tidak sesuai",
    ),
    "hancur": "hancur",
    "kemasan_rusak": either("penyok", "rusak", r"(?:U:\S+|kemasan)(?: \S+){0,2} (?:sobek|basah)", "sobek"),
    "kurang_isi": either(
        r"kurang(?: isi)? (?:#\S+|isi|U:\S+)",
        r"isi(?: \S+){0,2} (?:kurang|cuma|hanya|mung)",
        r"(?:cuma|hanya|mung)(?: \S+){0,2} #\d+",
        "tidak (?:lengkap|genap)",
        "kurang lengkap",
    ),
    "terlambat": either(
        r"(?:belum|tidak)(?: juga)? (?:sampai|datang|diantar|dikirim)", "terlambat", "telat", "kesuwen", "lama banget"
    ),
    "salah_alamat": either("salah alamat", "nyasar"),
    "salah_harga": either(
        "salah (?:harga|hitung|total)",
        r"kembalian(?: \S+){0,2} kurang",
        r"kurang(?: \S+){0,1} kembalian",
        "kelebihan bayar",
    ),
    "pelayanan": either(
        r"(?:pelayanan|penjual|karyawan|pegawai)(?: \S+){0,3} (?:kasar|ketus)",
        "judes",
        "jutek",
        "tidak ramah",
        r"kasar(?: (?:sekali|banget|ya))*(?: (?:ngomong|bicara|omongan)\S*)?",
    ),
    "tekstur_keras": "keras",
    "tidak_enak": either(
        "tidak (?:enak|kerasa|terasa|seenak|empuk|segar)",
        "beda (?:sama|dari|dengan) yang",
        "hambar",
        "kemanisan",
        "pahit",
        "asam",
        "kecewa",
        "komplain",
        "complain",
        "keluhan",
    ),
}
_WISHED: Final = r"(?:jangan|semoga|asal|takut|biar|supaya|ben)(?: \S+){0,4}"
_HAPPENED: Final = either(
    *(
        "kok",
        "padahal",
        "kecewa",
        "kemarin",
        "jarene",
        "tadi",
        "beli",
        "komplain",
        "gimana",
        "piye",
        "pripun",
        "sampai",
        "ternyata",
    ),
    *("semua", "ada", "makan", "katanya", "yang dikirim", "dikasih", "kembalian", "ketuker", "tertukar"),
)
_REPROACH: Final = either("kok", "kecewa", "komplain", "ternyata", "cuma")


def read_complaint(line: Line, *, dated: bool) -> str | None:
    """The kind of complaint, or None. A wish ("jangan sampai gosong") is none, nor is an order for a coming day."""
    for kind, expression in _KINDS.items():
        if not line.has(expression) or line.has(rf"{_WISHED} (?:{expression})"):
            continue
        ordered_anew = dated and line.has("pesan|beli|butuh") and not line.has(_REPROACH)
        if line.has(_HAPPENED) and not ordered_anew:
            return kind
    return None


def keep_affected(basket: Basket) -> None:
    """ "beli keju 5 kotak, 1 kotak gosong": of a bought and a smaller affected count, the affected one counts."""
    counted = [draft for draft in basket.real if draft.amount and draft.amount.exact]
    bought = [draft for draft in counted if draft.taste]
    bare = [draft for draft in counted if not draft.taste]
    if len(bought) == len(bare) == 1 and bought[0].amount and bare[0].amount:
        if bare[0].amount.low < bought[0].amount.low:
            bought[0].amount, bought[0].unit = bare[0].amount, bare[0].unit or bought[0].unit
        basket.drafts.remove(bare[0])


def claim_wrongly_sent(line: Line) -> None:
    """ "kok yang datang kumbu", "isine mung 8": what came instead is not what was ordered."""
    line.claim_all(
        r"(?:kok|malah|tapi)(?: yang)? (?:datang|dapat|sampai|dikirim|diantar|isi)(?: \S+){0,2} V:\S+", "wrong"
    )
    line.claim_all(r"(?:dikasih|dikasi|diberi|diisi|malah|dapat)(?: rasa)? V:\S+", "wrong")
    line.claim_all(r"isi(?: nya)? (?:cuma|mung|hanya|kok|tinggal) #\d+", "wrong")
