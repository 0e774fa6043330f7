"""What the customer asks about, so that the answer can be prepared beside the order."""

from typing import Final

from .line import Line, either

_CAN: Final = "(?:bisa|isa|iso|dapat|saged|boleh)"
_SEND: Final = "(?:kirim|dikirim|antar|diantar)"
_DEPOSIT: Final = "(?:panjer|uang muka)"
_TOPICS: Final = {
    "dp_boleh": either(
        rf"(?:~payment|{_DEPOSIT})(?: \S+){{0,4}} (?:bisa|boleh|oke)(?: tidak)? \?", rf"(?:bisa|boleh) {_DEPOSIT}"
    ),
    "dp": either(rf"{_DEPOSIT}(?: nya)? berapa", rf"{_DEPOSIT} \?", rf"berapa {_DEPOSIT}"),
    "total": either(
        r"total(?: semua| nya)?(?: jadi)? berapa",
        "berapa total",
        "jadi berapa",
        "semua berapa",
        r"total \?",
        "habis berapa",
    ),
    "qris": either(
        r"(?:bayar |pakai |via |bisa )*qris(?: bisa| boleh)?(?: tidak)? \?", r"bisa(?: bayar| pakai| via)* qris"
    ),
    "ongkir_atau_bisa_kirim": either(
        r"ongkir(?: \S+){0,3} (?:berapa|\?)",
        "berapa ongkir",
        rf"{_CAN}(?: minta)? {_SEND}",
        rf"{_SEND}(?: \S+){{0,4}} {_CAN}(?: tidak| ya)? \?",
    ),
    "cukup_atau_tidak": r"cukup(?: tidak| ya| \?| untuk)",
    "diskon": either("diskon", "potongan harga", "harga (?:reseller|grosir|khusus)", "promo"),
    "jam_buka": either(
        r"(?:buka|tutup)(?: \S+){0,3} (?:jam berapa|tidak|kapan|sampai jam)",
        "jam buka",
        r"buka \?",
        "jam berapa (?:buka|tutup)",
        "masih buka",
    ),
    "tahan_berapa_hari": either(
        "tahan (?:berapa|sampai|lama)",
        "kuat berapa",
        "berapa hari tahan",
        "awet",
        "kadaluarsa",
        "expired",
        "kedaluwarsa",
    ),
    "rekening": either(
        r"(?:no|nomor|nomer)(?: \S+)? (?:rek|rekening)",
        "norek",
        r"rekening(?: nya)? (?:apa|berapa|mana|\?)",
        "minta rek",
    ),
    "varian": either(
        r"(?:rasa|varian)(?: nya)?(?: yang)? (?:apa|opo|ada)",
        "apa (?:aja|saja) rasa",
        "(?:macam|pilihan) rasa",
        "ada berapa rasa",
    ),
    "alamat_toko": either(
        r"(?:alamat|lokasi|toko)(?: nya)?(?: \S+)? (?:di mana|dimana|pundi|endi|mana)", "share ?lok", "shareloc", "maps"
    ),
    "kabar_pesanan": either(
        r"(?:kapan|jam berapa)(?: \S+){0,3} (?:jadi|siap|ambil|diambil|dikirim|diantar|matang)(?: \S+){0,3} pesanan",
        r"(?:diantar|dikirim|diambil|siap)(?: \S+){0,2} (?:jam berapa|kapan)",
        r"sudah(?: \S+){0,2} (?:jadi|siap|dikirim|diantar|matang)(?: \S+){0,3} pesanan",
        r"sudah(?: \S+){0,2} (?:jadi|siap|matang|dikirim|diantar|dibuat)(?: \S+){0,2} belum",
        r"pesanan(?: \S+){0,4} (?:sudah|kapan)(?: \S+){0,2} (?:jadi|siap|\?)",
    ),
    "isi_per_kotak": either(r"isi(?: [^#\s]\S*){0,3} berapa", "muat berapa", "berapa isi"),
    "halal": either(r"halal (?:tidak|kan|\?)", "sertifikat halal", "pirt"),
    "stok": either(
        r"ada(?: \S+){0,5} (?:tidak|\?)",
        "masih (?:ada|ready)",
        r"(?:ready|kosong|habis)(?: \S+){0,2} (?:tidak|to|\?)",
        *("stok", "yang ready", "kehabisan", "(?:tinggal|sisa) berapa"),
    ),
    "harga": either(
        r"(?:harga|per \S+)(?: \S+){0,5} berapa",
        r"berapa(?: ya)?(?: bu| mbak| kak| pak| mas)?(?: harga| P:\S+| V:\S+| \?)",
        *("harga", "berapaan", "dapat berapa", "mahal"),
        r"Rp\d+ (?:kan|ya|to)(?: \S+)? \?",
        r"(?:U:\S+|V:\S+|P:\S+|#\d+) berapa",
    ),
    "saran_jumlah": either("enaknya", "sebaiknya", "baiknya", "idealnya"),
    "bisa_tidak": either(
        rf"{_CAN}(?: tidak| ya)? \?",
        "sanggup",
        "(?:telat|terlambat) tidak",
        "(?:bisa|sempat) pesan",
        rf"{_CAN} (?:beli|ambil)(?: \S+){{0,6}} \?",
    ),
}
# A vaguer topic gives way to the more particular one that its words belong to.
_GIVES_WAY: Final = (
    ("harga", ("diskon",)),
    ("harga", ("total", "dp", "ongkir_atau_bisa_kirim", "jam_buka", "stok", "rekening", "isi_per_kotak")),
    ("bisa_tidak", tuple(name for name in _TOPICS if name != "bisa_tidak")),
)


def topics(line: Line) -> tuple[str, ...]:
    """Codes of what is asked, the most particular first."""
    found = [code for code, expression in _TOPICS.items() if line.has(expression)]
    priced = line.has(r"harga|Rp\d+")
    for vague, particular in _GIVES_WAY:
        by_name = vague != "harga" or particular == ("diskon",) or not priced
        if vague in found and by_name and any(code in found for code in particular):
            found.remove(vague)
    return tuple(found)
