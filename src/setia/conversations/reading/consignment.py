"""A reseller's report: what was sold, came back or is left. Those counts are claimed, so they are not ordered again."""

from typing import Final

from .line import Found, Line

_CONTEXT: Final = (
    r"laku|titipan|titip jual|retur|restok|konsinyasi|setor"
    r"|(?:stok|toko|kantin|koperasi|rak|etalase|pajangan|display)(?: \S+){0,3} (?:tinggal|sisa)"
    r"|(?:tinggal|sisa|kari)(?: \S+){1,8} (?:rak|toko|warung|kantin|koperasi|etalase|display)"
)
_KINDS: Final = {
    "sold": "laku",
    "returned": "retur",
    "remaining": "sisa|sisanya|tinggal|kari",
    "expired": "kadaluarsa|expired",
}
_BETWEEN: Final = r"(?: (?:nya|cuma|:|=|ada|baru|sudah|mung|hanya|lagi|semua|total|habis))*"


def read_report(line: Line) -> dict[str, int]:
    """Counts by kind (sold, returned, remaining, expired, supplied), added up over the flavours; empty when none."""
    if not line.has(_CONTEXT):
        return {}
    made: dict[str, int] = {}
    for kind, words in _KINDS.items():
        for place in _places(line, words):
            if line.is_free(place.start, place.end):
                counts = [token.amount.exact for token in line.tokens[place.start : place.end] if token.amount]
                made[kind] = made.get(kind, 0) + sum(int(count) for count in counts if count is not None)
                line.claim(place.start, place.end, "report")
    line.claim_all(r"(?:V:\S+ )+~report", "report")
    _free_only_taste(line)
    supplied = r"(?:titip|titipan)(?: (?:~past|~date|nya|:))* #(?P<n>\d+)(?: U:\w+)?(?= (?:(?:,|\.) )?~report)"
    if found := line.first(supplied):
        made["supplied"] = int(found["n"])
        line.claim(found.start, found.end, "report")
    return made


def _free_only_taste(line: Line) -> None:
    """ "stok ijo tinggal 2, kirim 15 lagi": the one flavour of the message is also what is wanted."""
    tastes = [token for token in line.tokens if token.sym.startswith("V:")]
    if len({token.sym for token in tastes}) == 1 and all(token.role == "report" for token in tastes):
        line.release(tastes[0])


def _places(line: Line, words: str) -> list[Found]:
    """ "laku 20", "laku ijo 20, keju 15", "20 kotak laku"; a colon may stand between."""
    listed = rf"(?:{words}){_BETWEEN} V:\S+ #\d+(?: U:\w+)?(?: (?:(?:,|dan|sama) )?V:\S+ #\d+(?: U:\w+)?)*"
    turned_list = rf"(?:{words}){_BETWEEN} #\d+(?: U:\w+)? V:\S+(?: (?:(?:,|dan|sama) )?#\d+(?: U:\w+)? V:\S+)*"
    plain = rf"(?:V:\S+ )?(?:{words}){_BETWEEN} #\d+(?: U:\w+)?"
    turned = rf"#\d+(?: U:\w+)? (?:yang )?(?:{words})(?! {_BETWEEN.strip()}#)"
    return [place for expression in (listed, turned_list, plain, turned) for place in line.find(expression)]
