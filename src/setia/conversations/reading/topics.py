"""What the customer asks about, so that the answer can be prepared beside the order."""

from typing import Final

from .line import Line

_TOPICS: Final = (
    (
        "dp_boleh",
        r"(?:~payment|panjer|uang muka)(?: \S+){0,4} (?:bisa|boleh|oke)(?: tidak)? \?|(?:bisa|boleh) (?:panjer|uang muka)",
    ),
    ("dp", r"(?:panjer|uang muka|dpnya)(?: nya)? berapa|(?:panjer|uang muka) \?|berapa (?:panjer|uang muka)"),
    ("total", r"total(?: semua| nya)?(?: jadi)? berapa|berapa total|jadi berapa|semua berapa|totalnya \?|habis berapa"),
    ("qris", r"(?:bayar |pakai |via |bisa )*qris(?: bisa| boleh)?(?: tidak)? \?|bisa(?: bayar| pakai| via)* qris"),
    (
        "ongkir_atau_bisa_kirim",
        r"ongkir|(?:bisa|isa|iso|dapat|saged|boleh)(?: minta)? (?:kirim|dikirim|antar|diantar)|(?:kirim|antar|dikirim|diantar)(?: \S+){0,4} (?:bisa|iso|saged)(?: tidak| ya| nggih)? \?",
    ),
    ("cukup_atau_tidak", r"cukup(?: tidak| ya| \?| untuk)"),
    ("diskon", r"diskon|potongan harga|harga (?:reseller|grosir|khusus)|promo"),
    (
        "jam_buka",
        r"(?:buka|tutup)(?: \S+){0,3} (?:jam berapa|tidak|kapan|sampai jam)|jam buka|buka \?|jam berapa (?:buka|tutup)|masih buka",
    ),
    (
        "tahan_berapa_hari",
        r"tahan (?:berapa|sampai|lama)|kuat berapa|(?:berapa|brp) hari tahan|awet|kadaluarsa|expired|kedaluwarsa|exp",
    ),
    (
        "rekening",
        r"(?:no|nomor|nomer)(?: \S+)? (?:rek|rekening)|norek|rekening(?: nya)?(?: apa| berapa| mana| \?)|minta rek",
    ),
    (
        "varian",
        r"(?:rasa|varian)(?: nya)?(?: yang)? (?:apa|opo|ada)|ada rasa apa|apa (?:aja|saja) rasa|macam rasa|pilihan rasa|ada berapa rasa",
    ),
    (
        "alamat_toko",
        r"(?:alamat|lokasi|toko)(?: nya)?(?: \S+)? (?:di ?mana|dimana|pundi|endi|mana)|share ?lok|shareloc|maps",
    ),
    (
        "kabar_pesanan",
        r"(?:kapan|sudah)(?: \S+){0,3} (?:jadi|siap|ambil|diambil|dikirim|diantar|matang)(?: \S+){0,3} pesanan|pesanan(?: \S+){0,4} (?:sudah|kapan)(?: \S+){0,2} (?:jadi|siap|\?)",
    ),
    ("halal", r"halal(?: tidak| kan| \?)|sertifikat halal|pirt"),
    (
        "stok",
        r"(?:masih )?ada(?: \S+){0,3} (?:tidak|\?)|masih (?:ada|ready)|ready(?: \S+){0,2} (?:tidak|\?)|stok|ready \?|ada \?|yang ready|kosong (?:tidak|\?)|kehabisan",
    ),
    (
        "harga",
        r"(?:harga|per \S+)(?: \S+){0,5} berapa|berapa(?: ya)?(?: bu| mbak| kak| pak| mas)?(?: harga| P:\S+| V:\S+| \?)|harga|berapaan|Rp\d+ (?:kan|ya|to)(?: \S+)? \?|(?:U:\S+|V:\S+|P:\S+|#\d+) berapa",
    ),
    ("bisa_tidak", r"(?:masih )?(?:bisa|iso|saged|boleh)(?: tidak| ya)? \?|sanggup|(?:masih )?bisa pesan"),
)


def topics(line: Line) -> tuple[str, ...]:
    """Codes of what is asked, the most particular first."""
    found = [code for code, expression in _TOPICS if line.first(expression, claimed=True)]
    if "total" in found and "harga" in found and not line.has("harga|Rp\\d+"):
        found.remove("harga")
    if len(found) > 1 and "bisa_tidak" in found:
        found.remove("bisa_tidak")
    if "diskon" in found and "harga" in found:
        found.remove("harga")
    if "dp" in found and "harga" in found and not line.has("harga"):
        found.remove("harga")
    if "ongkir_atau_bisa_kirim" in found and "harga" in found and not line.has("harga"):
        found.remove("harga")
    return tuple(found)
