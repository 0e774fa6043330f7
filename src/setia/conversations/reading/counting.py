"""Which numbers count goods: ranges are joined, corrected ones dropped, guests, ages and house numbers taken away."""

from typing import Final

from .line import Line
from .places import NUMBERED
from .text import Amount

_GUESTS: Final = (
    "tamu|orang|org|undangan|anak|jamaah|santri|siswa|murid|peserta|kepala|kk|warga|kursi|meja|keluarga|cucu|pasang|kali"
    "|hari|minggu|bulan|tahun|thn|jam|menit|meter|m|km|cm|persen|%|gram|gr|g|ons|rombongan|rt|rw|lantai|kelas|pcs_"
)


def claim_second_choices(line: Line) -> None:
    """ "kalau ijo habis ganti keju": what to take instead is not ordered; the flavour that may run out is."""
    for place in list(
        line.find(
            r"kalau(?: \S+){1,3} (?:habis|kosong|tidak ada|entek)(?: ,)? (?P<swap>(?:ganti|diganti|pakai|boleh) \S+)"
        )
    ):
        words = len(place["swap"].split())
        line.claim(place.end - words, place.end, "fallback")
        line.claim(place.start, place.start + 1, "fallback")
    line.claim_all(
        r"kalau(?: (?:nya|memang|emang))? (?:tidak ada|habis|kosong|tidak)(?: ,)?"
        r"(?: (?:ya|ganti|pakai|boleh|yang|rasa))*"
        r" [VAX]:\S+(?!(?: (?:aja|saja|juga|boleh|ya))* #)(?: (?:aja|saja|juga|boleh))*",
        "fallback",
    )


def claim_talk_of_prices(line: Line) -> None:
    """ "sekarang harganya berapa?": the "now" of a price is no day for anything."""
    line.claim_all(r"(?:sekarang|hari ini)(?= (?:harga|per U:\S+|berapa))", "price_now")
    for place in list(line.find(r"harga(?: \S+)? (?:sekarang|hari ini)")):
        line.claim(place.end - 1, place.end, "price_now")


def claim_numbers_of_other_things(line: Line) -> None:
    """Guests, ages, house numbers, list numbers, durations: numbers that count no goods."""
    line.claim_all(rf"#\S+ (?:{_GUESTS})", "other")
    line.claim_all(r"(?:berapa|isi)(?: (?:berapa|to|ya|bu|mbak|kak|se|per))* #1 U:\S+(?! (?:V:|P:))", "each")
    line.claim_all(r"(?:dibungkus|dibagi)(?: isi)? #\S+(?! (?:U:|V:|P:))", "other")
    line.claim_all(r"pesanan(?: \S+){0,2} (?:dulu|~past) #\S+(?: U:\S+)?", "past")
    line.claim_all(r"dari(?: total)? pesanan(?: \S+){0,2} #\S+(?: U:\S+)?", "past")
    if line.has(r"berapa U:\S+"):
        line.claim_all(r"#\S+ U:porsi|@ #\S+ U:biji", "other")
    _claim_parts_for_people(line)
    _claim_earlier_purchases(line)
    line.claim_all(r"(?<=#\d )dari #\S+(?= U:)", "other")
    for place in list(line.find(r"U:\S+ dari #\S+(?: U:\S+)?")):
        line.claim(place.start + 1, place.end, "other")
    line.claim_all(r"(?:satuan|U:\S+) (?:apa|atau) (?:satuan|U:\S+)", "unclear")
    promise = r"kalau(?: beli| pesan| ambil)? #\S+(?: U:\S+)? (?:bonus|gratis|dapat|diskon|free)(?: \S+){0,5} \?"
    if len(list(line.find(r"#\S+ U:\S+"))) > 1:
        line.claim_all(promise, "other")
    line.claim_all(r"(?:yang )?(?:tadinya|awalnya|semula|asalnya) #\S+(?: U:\S+)?", "past")
    line.claim_all(r"dari #\S+(?: U:\S+)?(?= (?:jadi|ke|menjadi) #)", "corrected")
    line.claim_all(r"(?<!V:)#1 U:\S+ Rp\d+(?= (?:\S+ ){0,3}\?)", "other")
    line.claim_all(r"#1 U:\S+ isi(?: nya| to)* berapa", "each")
    line.claim_all(r"U:biji(?= U:)", "other")
    line.claim_all(r"#\d+ (?:rasa|macam|jenis|varian)(?= (?::|,|\.|¶|-|masing|@|ya|bu|\())", "other")
    line.claim_all(rf"{NUMBERED}(?: :)? (?:\. )?#[\d.,]+(?: / #\d+)?(?! U:)", "other")
    line.claim_all(r"#\d{5,}", "other")
    _claim_list_numbers(line)
    line.claim_all(r"#[\d.,]+ (?:%|persen)", "other")


def _claim_earlier_purchases(line: Line) -> None:
    """ "kemarin beli 3 kotak, sekarang mau 5": what was bought before is not ordered again; its flavour may be."""
    line.claim_all(r"#\S+ U:\S+(?: V:\S+)? (?:yang )?~past(?: \S+){0,2} (?:terima|diterima|sampai|habis)", "past")
    if line.has("tambah|kurangi|ganti|batal|ubah|menjadi|jadi #|laku|~report"):
        return
    bought = r"~past(?: saya| kita| kami)? (?:beli|ambil|pesan|borong)(?: V:\S+| P:\S+)* (?P<n>#\S+(?: U:\S+)?)"
    for place in list(line.find(bought)):
        anew = r"(?:mau|minta|pesan|tolong|kirim|sekarang|ini|lagi|~date)(?: \S+){0,4} #\S+ (?:U:|V:)\S+"
        if line.first(anew, start=place.end):
            line.claim(place.end - len(place["n"].split()), place.end, "past")


def _claim_parts_for_people(line: Line) -> None:
    """ "4 kotak. Dua buat tetangga, dua buat rumah": who gets what of a number already said."""
    for place in list(line.find(r"#(?P<a>\d+) untuk \S+(?: (?:,|dan|sama))? #(?P<b>\d+) untuk \S+")):
        whole = int(place["a"]) + int(place["b"])
        if any(token.amount and token.amount.exact == whole for token in line.tokens[: place.start]):
            line.claim(place.start, place.end, "other")


def _claim_list_numbers(line: Line) -> None:
    """ "1. ijo", "2) keju": numbers before a point or bracket that count up from a one at the start of a line."""
    rank = 0
    for place in list(line.find(r"#(?P<n>\d{1,2}) (?:\.|\))(?= (?:[^#¶\s]))")):
        if int(place["n"]) == rank + 1 and (rank or _starts_line(line, place.start)):
            line.claim(place.start, place.end, "rank")
            rank += 1


def _starts_line(line: Line, at: int) -> bool:
    return at == 0 or line.tokens[at - 1].sym in ("¶", ":", ",", ".", "…") or line.tokens[at - 1].sym.startswith("U:")


def join_ranges(line: Line) -> None:
    """ "2-3 kotak", "4/5 kotak", "2 atau 3", "dua tiga kotak" as one open count."""
    between = r"#(?P<a>\d{1,4}) (?:-|/|sampai|atau|s / d|hingga) #(?P<b>\d{1,4})(?= (?:U:|V:|P:|rasa|,|ya|¶|\.))"
    for place in list(
        line.find(r"(?:minimal|paling sedikit) #(?P<a>\d{1,4})(?: U:\S+)?(?: (?:bu|ya|kalau))* bisa #(?P<b>\d{1,4})")
    ):
        first = next(at for at in range(place.start, place.end) if line.tokens[at].amount)
        low, high = int(place["a"]), int(place["b"])
        if low < high:
            line.tokens[first].sym, line.tokens[first].amount = f"#{low}..{high}", Amount(low, high)
            line.claim(place.end - 3, place.end, "joined")
    choice = r"#(?P<a>\d{1,4}) U:\S+ (?:apa|atau) #(?P<b>\d{1,4})(?= U:)"
    follow = r"#(?P<a>[1-9]) #(?P<b>[1-9]\d?)(?= U:)"
    halves = list(line.find(r"#1 / #2(?= V:)"))
    for place in halves if len(halves) == 2 else ():
        line.join(place.start, place.end, "separo", None)
    for place in list(line.find(r"#1 / #[2-5](?! (?:U:|V:|P:))")):
        line.join(place.start, place.end, "#?", Amount(0, 0, vague=True))
    for expression in (between, choice, follow):
        for place in list(line.find(expression)):
            low, high = int(place["a"]), int(place["b"])
            words = all(token.text.isalpha() for token in line.tokens[place.start : place.end])
            if low >= high or (expression is follow and not (words and high == low + 1)):
                continue
            if place.start and line.tokens[place.start - 1].sym in ("isi", "@"):
                continue
            line.join(place.start, place.end, f"#{low}..{high}", Amount(low, high))


def claim_unwanted(line: Line) -> None:
    """ "tanpa coklat", "jangan coklat", "saya ga pesan coklat": named to be left out, so nothing is ordered there."""
    flavours = r"(?:rasa )?[VAX]:\S+(?: (?:(?:,|dan|sama|atau|/) )?(?:rasa )?[VAX]:\S+(?! (?:#|aja|saja)))*"
    refusals = (
        r"(?:tidak|jangan)(?: (?:mau|usah|perlu|pakai|pake|pesan|ambil|suka|doyan|boleh|dikasih|kasih|yang|ada))*"
    )
    line.claim_all(r"(?:jangan|bukan)(?: yang)? isi #\d+", "unwanted")
    line.claim_all(rf"(?:tanpa|selain|kecuali|alergi|anti|asal bukan|asal jangan) {flavours}", "unwanted")
    line.claim_all(rf"(?<!ada )(?:{refusals})(?<! tidak ada) {flavours}(?! (?:#|\?))", "unwanted")


def drop_corrected(line: Line) -> None:
    """ "100 toples eh 100 kotak", "keju 3 ralat 4": what is said after a correction replaces what stood before."""
    line.claim_all(r"bukan(?: (?:[#VU]\S+|dan|sama|rasa))+(?: (?:tapi|melainkan|ya))?", "corrected")
    line.claim_all(r"tidak jadi #\S+(?: U:\S+)? (?:tapi|melainkan)", "corrected")
    line.claim_all(r"tidak jadi #\S+(?= (?:\S+ ){0,4}#\S+ (?:U:\S+ )?(?:aja|saja))", "corrected")
    for place in list(line.find("eh|ralat|koreksi|maksudnya|maksud saya", claimed=True)):
        kinds = _kinds(line, place.end, min(place.end + 4, len(line.tokens)))
        kinds = kinds or _kinds(line, place.end, min(place.end + 8, len(line.tokens)))
        at = place.start
        while kinds and at > max(0, place.start - 8):
            at -= 1
            if (kind := _kind(line, at)) in kinds:
                line.claim(at, at + 1, "corrected")
                kinds.discard(kind)


def _kinds(line: Line, start: int, end: int) -> set[str]:
    return {kind for at in range(start, end) if (kind := _kind(line, at))}


def _kind(line: Line, at: int) -> str:
    """ "#", "U" or "V" for what can be corrected; "" for the rest."""
    token = line.tokens[at]
    if token.role:
        return ""
    return "#" if token.amount else token.sym[0] if token.sym[:2] in ("U:", "V:") else ""
