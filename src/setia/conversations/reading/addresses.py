"""Where the goods go: an address, a landmark, or "the usual place". Claimed early, so house numbers are no counts."""

import re
from typing import Any, Final

from .lexicon import HONORIFICS
from .line import Line, either
from .places import STREETS, TOWNS, VILLAGES
from .text import words

_USUAL: Final = either(
    "(?:seperti|yang|tempat|lokasi|alamat) (?:biasa|kemarin|lama|dulu|yang biasa)",
    "biasa",
    "sama(?: seperti (?:kemarin|biasa))?",
)
_SPOT: Final = "(?:rumah|tempat|alamat|toko|kantor|lokasi)"
_ENDS: Final = words(
    """
    ¶ ; ? ! @ = ( laku sisa retur titipan besok lusa nanti sekarang jam hari tanggal minggu bulan pagi siang
    sore malam bayar transfer cod panjer pesan seminggu bakda habis pakai via lewat yang total tolong dan
    untuk buat biasa seperti ambil diambil kirim dikirim antar diantar terima makasih tidak tunai qris tempo
    penerima nama isi mau aja saja dulu butuh tadi kemarin kalau bisa kena ongkir berapa
    """
)
_SENTENCE_ENDS: Final = frozenset("¶;?.!")
_REACH: Final = 9
_PAIRS_THAT_END: Final = {("h", "-"), ("h", "min"), ("a", "."), ("a", "/")}
_ABBREVIATIONS: Final = words(
    """
    jl jln ds dsn dk kel kec kab no gg rt rw blok bpk perum h st dr prof jend kh
    """
)
_CONTINUES: Final = re.compile(
    rf"(?:{STREETS}|{VILLAGES}|rw|kec|kecamatan|kab|kabupaten|kota|no|blok|dekat|depan|samping|belakang|sebelah|timur|barat|utara|selatan)$"
)
_RT: Final = re.compile(r"\brt\.?\s*0*(\d{1,3})\s*(?:[/,]\s*(?:rw\.?\s*)?|rw\.?\s*)0*(\d{1,3})\b", re.IGNORECASE)
_KEPT_CAPITALS: Final = re.compile(
    r"^(?:SDN?|SMPN?|SMAN?|SMKN?|MI[N]?|MTSN?|MAN|TK|RT|RW|RSUD|RS|PKK|PAUD|KUA|BRI|BCA|II|III|IV)$", re.IGNORECASE
)


def read_address(line: Line) -> dict[str, Any] | None:
    """The address as a record: `text` with its parts, or `ref` when the customer means a known place; claims it."""
    for find in (_labelled, _usual, _after_verb, _bare):
        if found := find(line):
            return _with_street(line, found)
    return None


def _with_street(line: Line, found: dict[str, Any]) -> dict[str, Any]:
    """ "kirim ke Surabaya … Jl. Melati 8": the town and the street stand apart and belong together."""
    street = (
        None
        if "ref" in found or re.search(r"\d|\b(?:ds|desa|jl|jalan|gang)\b", found.get("text", ""), re.I)
        else _bare(line)
    )
    if street is None or "text" not in street:
        return found
    town = found.get("text")
    return {**found, **street, "text": f"{street['text']}, {town}" if town else street["text"]}


def _labelled(line: Line) -> dict[str, Any] | None:
    """ "alamat: …"."""
    place = line.first(
        r"alamat(?: lengkap| rumah| kirim| pengiriman)?(?: :)?(?: (?:di|ke))?(?! (?:menyusul|nanti|toko|mana))"
    )
    if place is None:
        return None
    usual = line.first(_USUAL, start=place.end, end=place.end + 4)
    if usual and usual.start == place.end:
        line.claim(place.start, usual.end, "address")
        return {"ref": "seperti_biasa"}
    end = _end(line, place.end)
    line.claim(place.start, end, "address")
    return _record(line, place.end, end) if end > place.end else None


def _usual(line: Line) -> dict[str, Any] | None:
    """ "antar ke rumah seperti biasa", "tempat biasa"."""
    verb = r"(?:antar|diantar|kirim|dikirim)"
    place = line.first(
        rf"{verb}(?: (?:saja|aja|ya|bu|mbak|pak|mas))?(?: (?:ke )?{_SPOT}(?: yang)?)?(?: seperti)? biasa"
    )
    place = place or line.first(r"(?:ke )?(?:rumah|tempat|alamat) (?:yang )?(?:seperti )?biasa|alamat(?: tetap)? sama")
    if place is None:
        return None
    first = next((i for i in range(place.start, place.end) if not re.fullmatch(verb, line.tokens[i].sym)), place.end)
    line.claim(first, place.end, "address")
    return {"ref": "seperti_biasa"}


def _after_verb(line: Line) -> dict[str, Any] | None:
    """ "dianter … ke balai desa Ngadirenggo", "cod di depan pasar"."""
    if home := line.first(r"(?:antar|diantar|kirim|dikirim) (?P<ref>rumah)(?! (?:bu|pak|mbak|mas))"):
        line.claim(home.end - 1, home.end, "address")
        return {"ref": home["ref"]}
    for verb in line.find("antar|diantar|kirim|dikirim|gosend|cod|ketemu|titip|dititip|taruh|kurir"):
        for to in range(verb.end, min(verb.end + _REACH, len(line.tokens) - 1)):
            if line.tokens[to].sym in _SENTENCE_ENDS:
                break
            if line.tokens[to].sym in ("ke", "di", "depan") and (found := _place(line, to)):
                return found
    return None


def _place(line: Line, to: int) -> dict[str, Any] | None:
    """The place named after "ke" or "di", or by "depan" itself; None for "ke sini" and where nothing is left."""
    begin = to if line.tokens[to].sym == "depan" else to + 1
    end = _end(line, begin)
    only = line.tokens[begin].sym if end - begin == 1 else ""
    if end == begin or only in ("sini", "sana", "saya", "bu", "pak"):
        return None
    found = _record(line, begin, end)
    line.claim(to, end, "address")
    return found


def _bare(line: Line) -> dict[str, Any] | None:
    """An address without any word before it: "Jl. Ngagel Jaya 12 Sby"."""
    for place in line.find(rf"(?:{STREETS}|{VILLAGES})(?= )"):
        before = line.tokens[place.start - 1].sym if place.start else ""
        if before in HONORIFICS or (
            place[0] == "rt" and not line.first(r"rt #\d+", start=place.start, end=place.start + 3)
        ):
            continue
        end = _end(line, place.start)
        if end - place.start >= 2:
            line.claim(place.start, end, "address")
            return _record(line, place.start, end)
    return None


def _end(line: Line, begin: int) -> int:
    """Where the address stops: at the end of its clause, at a time, a payment, a product or a counted unit."""
    at = begin
    while at < len(line.tokens):
        symbol = line.tokens[at].sym
        after = line.tokens[at + 1].sym if at + 1 < len(line.tokens) else ""
        if symbol in _ENDS or line.tokens[at].role or symbol[:2] in ("D:", "V:", "P:", "X:", "A:", "M:", "Rp"):
            break
        if symbol in (",", "."):
            before = line.tokens[at - 1].sym if at > begin else ""
            abbreviated = symbol == "." and before in _ABBREVIATIONS
            if not abbreviated and not _CONTINUES.fullmatch(after) and not (symbol == "," and after in TOWNS):
                break
        if (symbol, after) in _PAIRS_THAT_END:
            break
        if symbol.startswith("#") and _counts_goods(line, at):
            break
        if symbol in ("ya", "kak", "ok", "oke") or (symbol in HONORIFICS and not _names_somebody(line, at)):
            break
        at += 1
    while at > begin and line.tokens[at - 1].sym in (",", ".", "-", "(", "dan", "&", "+"):
        at -= 1
    return at


def _counts_goods(line: Line, at: int) -> bool:
    """ "5 kotak", "4/5 kotak", "2 atau 3 dus", "200 tamu": numbers that end an address."""
    goods = r"(?:[UVPXA]:\S+|orang|tamu|undangan)"
    found = line.first(rf"#\S+(?: (?:/|-|atau|sampai) #\S+)? {goods}", start=at, end=at + 5)
    return found is not None and found.start == at


def _names_somebody(line: Line, at: int) -> bool:
    """ "rumah Bu Camat" goes on, "ke rumah, bu" does not."""
    after = line.tokens[at + 1].sym if at + 1 < len(line.tokens) else ""
    return after.isalpha() and after not in _ENDS and after not in ("ya", "aja", "saja")


def _record(line: Line, begin: int, end: int) -> dict[str, Any]:
    words = [token.sym for token in line.tokens[begin:end]]
    if len(words) == 2 and words[1] in ("saya", "kami"):
        words.pop()
    if len(words) == 1 and words[0] in ("rumah", "toko", "kantor", "sekolah", "warung", "tempat"):
        return {"ref": words[0]}
    text, made = line.raw(begin, end), {}
    district = _part(line, begin, end, "kec|kecamatan")
    if district and words[0] not in ("kantor", "balai"):
        made["kecamatan"] = district
        text = re.sub(r"[,\s]*\bkec(?:amatan)?\b\.?\s*" + re.escape(district) + r"\b", "", text, flags=re.IGNORECASE)
    if rt := _RT.search(text):
        made["rt"], made["rw"] = f"{int(rt[1]):02d}", f"{int(rt[2]):02d}"
        text = text[: rt.start()] + f"RT {made['rt']}/RW {made['rw']}" + text[rt.end() :]
    if hamlet := _part(line, begin, end, "dsn|dusun|dukuh|dk"):
        made["dusun"] = hamlet
    if village := _part(line, begin, end, "ds|desa|kel|kelurahan"):
        made["desa"] = village
    last = text.split()[-1] if text.split() else ""
    if len(words) > 1 and (town := TOWNS.get(last.lower().strip(".,"))):
        made["kota"] = town
        text = text[: -len(last)]
    elif len(words) == 1 and (town := TOWNS.get(words[0])):
        return {"kota": town}
    return {"text": _titled(text.strip(" ,.-")), **made}


def _part(line: Line, begin: int, end: int, words: str) -> str:
    """The name after "Ds.", "Kec." and the like: one word, two when the second is not another part."""
    found = line.first(rf"(?:{words}) (?:\. )?(?P<name>[^\W\d_]+)", claimed=True, start=begin, end=end)
    if found is None:
        return ""
    return _titled(line.tokens[found.end - 1].text)


def _titled(text: str) -> str:
    """Capitals where somebody wrote all small or all large; names written with care are kept."""
    shouted = text == text.upper()
    return " ".join(_titled_word(word, shouted=shouted) for word in text.split())


def _titled_word(word: str, *, shouted: bool) -> str:
    if _KEPT_CAPITALS.match(word):
        return word.upper()
    return word[:1].upper() + word[1:].lower() if shouted or word == word.lower() else word
