"""The building stones of order lines, picked from what the other readers left: counts, units, flavours, pack sizes."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from .catalogue import Catalogue
from .counting import drop_corrected
from .line import Line
from .tastes import SNACKS
from .text import Amount, words

Kind = Literal["count", "unit", "taste", "product", "snack", "pack", "price", "each", "all"]

_RANK: Final = re.compile(r"^[1-9]\d?$")
_UNKNOWN_GAP, _FILLER_GAP = 0.7, 0.05
FILLERS: Final = words(
    """
    ya yang bu pak mbak mas kak kakak rasa nya aja saja dulu lagi dong kok sih deh untuk ini itu tolong x : = (
    ) - * • + saya mau pesan minta beli butuh jumlah sebanyak total jadi tidak varian isinya de wae ae mawon nan
    tapi
    """
)
_JOINTS: Final = {
    ",": 0.6,
    "…": 0.3,
    "&": 1.0,
    "+": 1.0,
    "dan": 1.0,
    "sama": 1.0,
    "kalih": 1.0,
    "/": 1.0,
    "sami": 1.0,
    "plus": 1.0,
}
_BREAKS: Final = {"¶": 3.0, ".": 3.0, ";": 3.0, "?": 3.0, "!": 3.0}
_CLAIMED_GAP: Final = 0.3
_ORDER: Final = ["pesan", "mau", "minta", "beli", "butuh", "tambah", "titip"]


@dataclass(slots=True)
class Stone:
    """One building stone at token `at`. `gap`: how far it stands from the stone before, 0 beside it, 3 a sentence off.

    `described`: "yang" stands right before it, so it tells which, not how many. `asked`: a bare count right after a
    word for ordering ("butuh 12"). `rest`: "sisanya 7 kotak", more of what was named before.
    """

    kind: Kind
    at: int
    end: int
    amount: Amount | None = None
    number: int = 0
    word: str = ""
    parts: tuple[str, ...] = ()
    gap: float = 0.0
    joined: bool = False
    described: bool = False
    asked: bool = False
    rest: bool = False


def stones(line: Line, catalogue: Catalogue) -> list[Stone]:
    """All stones in order, with their distances."""
    drop_corrected(line)
    found = [*_packs(line, catalogue), *_prices(line), *_singles(line)]
    found.sort(key=lambda stone: stone.at)
    found = _with_components(_without_original(found), line)
    if found:
        found[0].gap = _BREAKS["¶"]
    for before, stone in pairwise(found):
        stone.gap, stone.joined = _distance(line, before.end, stone.at)
        stone.described = line.tokens[stone.at - 1].sym == "yang"
    return found


def _packs(line: Line, catalogue: Catalogue) -> list[Stone]:
    """ "isi 10", "isi: 20 biji", "@10"; a choice ("isi 10 apa isi 20") is a pack stone without a number."""
    found = []
    choice = r"isi #\d+ (?:apa|atau|/) (?:yang )?(?:isi )?#\d+|isi #\d+ (?:dan|sama|&|,) (?:yang )?isi #\d+(?! U:)"
    single = r"isi(?: :| nya)? #(?P<n>\d{1,3})(?: U:biji|(?<=U:kardus isi #\d\d) U:kotak)?(?! (?:rb|ribu))"
    for place in list(line.find(choice)):
        line.claim(place.start, place.end, "pack")
        found.append(Stone("pack", place.start, place.end))
    for place in list(line.find(single)):
        line.claim(place.start, place.end, "pack")
        found.append(Stone("pack", place.start, place.end, number=int(place["n"])))
    for place in list(line.find(r"@ (?:isi )?#(?P<n>\d{1,3})(?! U:)")):
        if int(place["n"]) in catalogue.pack_sizes:
            line.claim(place.start, place.end, "pack")
            found.append(Stone("pack", place.start, place.end, number=int(place["n"])))
        else:
            line.claim(place.start, place.end, "unclear")
    return [*found, *_sizes_before_counts(line, catalogue)]


def _sizes_before_counts(line: Line, catalogue: Catalogue) -> list[Stone]:
    """ "keju 20 : 2 box", "kacang hijau (10) 5": of two numbers behind a flavour a size the shop packs is the first."""
    found = []
    bracketed, marked, counted = r"\( #\d+ \) (?=#)", r"#\d+ (?:(?::|=|x) (?=#)|- (?=#\d+ U:))", r"#\d+ (?=#\d+ U:)"
    for place in list(line.find(rf"[VA]:\S+ (?P<size>{bracketed}|{marked}|{counted})#(?P<n>\d{{1,3}})")):
        size = int(re.findall(r"\d+", place["size"])[0])
        # "10 - 15 kotak" is a range, "20 - 2 kotak" is none
        if size in catalogue.pack_sizes and not ("-" in place["size"] and size < int(place["n"])):
            line.claim(place.start + 1, place.end - 1, "pack")
            found.append(Stone("pack", place.start + 1, place.end - 1, number=size))
    return found


def _prices(line: Line) -> list[Stone]:
    found = []
    for place in list(
        line.find(r"(?:@|harga(?:nya)?(?: :)?|seharga|per U:\w+) Rp(?P<sum>\d+)|Rp(?P<sum2>\d+) (?:/|per|se) ?U:\w+")
    ):
        line.claim(place.start, place.end, "price")
        found.append(Stone("price", place.start, place.end, number=int(place["sum"] or place["sum2"])))
    return found


def _singles(line: Line) -> list[Stone]:
    found: list[Stone] = []
    for place in list(line.find("masing masing|masing|per rasa|tiap rasa|@")):
        found.append(Stone("each", place.start, place.end))
    for place in list(line.find(r"(?P<n>#[1-9]\d?) - (?P=n)")):
        line.claim(place.start + 1, place.end, "joined")
        found.append(Stone("each", place.start, place.start))
    for place in list(line.find("semua")):
        found.append(Stone("all", place.start, place.end))
    for place in list(line.find(r"(?:sisanya|sisa|lainnya)(?= (?:ya |yang |rasa |isi )*(?:V:|A:|X:|~pack))")):
        found.append(Stone("count", place.start, place.end, word="rest"))
    for place in list(line.find(r"(?:separo|setengah)(?: nya| ~joined)*(?= (?:lagi |rasa |isi |yang )*(?:V:|A:|X:))")):
        found.append(Stone("count", place.start, place.end, word="half"))
    glued = _glued_counts(line)
    for at, token in enumerate(line.tokens):
        if not token.role and (stone := _single(line, at)):
            found.append(stone)
            if token.doubled and glued and stone.kind == "taste":
                found.append(Stone("count", at, at + 1, amount=Amount(2, 2)))
    return found


def _glued_counts(line: Line) -> bool:
    """Whether counts are written against flavours ("ijo3 keju2"), so that a final 2 counts instead of doubling."""
    pairs = zip(line.tokens, line.tokens[1:], strict=False)
    return any(taste.sym.startswith("V:") and count.amount and count.glued for taste, count in pairs)


def _single(line: Line, at: int) -> Stone | None:
    token = line.tokens[at]
    symbol = token.sym
    if symbol.startswith("#") and token.amount is not None:
        return Stone("count", at, at + 1, amount=token.amount, asked=_asked(line, at), rest=_rest(line, at))
    if symbol.startswith("U:"):
        return Stone("unit", at, at + 1, word=symbol[2:])
    if symbol in ("satuan",):
        return Stone("unit", at, at + 1, word="biji")
    if symbol == "pak" and _pak_is_unit(line, at):
        return Stone("unit", at, at + 1, word="pak")
    if symbol[:2] in ("V:", "X:", "A:"):
        return Stone("taste", at, at + 1, word=symbol)
    if symbol.startswith("P:"):
        return Stone("product", at, at + 1, word=symbol[2:])
    return Stone("snack", at, at + 1, word=symbol) if symbol in SNACKS else None


def _asked(line: Line, at: int) -> bool:
    before = line.tokens[at - 1].sym if at else ""
    after = line.tokens[at + 1].sym if at + 1 < len(line.tokens) else "."
    return before in _ORDER and after in (
        "(",
        ".",
        ",",
        "¶",
        "?",
        "!",
        "ya",
        "aja",
        "saja",
        "lagi",
        "dulu",
        "bu",
        "mbak",
        "kak",
    )


def _rest(line: Line, at: int) -> bool:
    return at > 0 and line.tokens[at - 1].sym in ("sisanya", "sisa")


def _pak_is_unit(line: Line, at: int) -> bool:
    """ "2 pak keju" and a list of "3 pak … 2 pak" count packs; a lone "2 pak" may just be polite."""
    if not at or not line.tokens[at - 1].sym.startswith("#"):
        return False
    counted = len(list(line.find(r"#\S+ pak", claimed=True)))
    after = line.tokens[at + 1].sym if at + 1 < len(line.tokens) else ""
    return counted > 1 or after[:2] in ("V:", "P:") or after == "isi"


def _without_original(found: list[Stone]) -> list[Stone]:
    """ "keju original" is cheese; "original" alone is a name of its own."""
    beside = [
        stone
        for before, stone in pairwise(found)
        if before.kind == stone.kind == "taste" and stone.at - before.end <= 1
    ]
    return [stone for stone in found if not (stone.word == "V:original" and stone in beside)]


def _with_components(found: list[Stone], line: Line) -> list[Stone]:
    """ "campur ijo kalih keju", "ijo keju dicampur": flavours beside "campur" say what is mixed, unless counted."""
    merged: list[Stone] = []
    at = 0
    while at < len(found):
        stone = found[at]
        merged.append(stone)
        at += 1
        if stone.word != "V:campur":
            continue
        last = at
        while last < len(found) and _beside(line, found[last - 1], found[last]):
            last += 1
        mixed = at < len(found) and len(merged) > 1 and _amid(line, merged[-2], stone, found[at])
        counted = (
            not mixed
            and last < len(found)
            and found[last].kind == "count"
            and _near(line, found[last - 1], found[last])
        )
        if last > at and not (counted and (last - at == 1 or _has_count(merged))):
            stone.parts = tuple(part.word[2:] for part in found[at:last])
            stone.end = found[last - 1].end
            at = last
            if mixed:
                before = merged.pop(-2)
                stone.at, stone.parts = before.at, (before.word[2:], *stone.parts)
        elif not stone.parts:
            _take_earlier(merged, line)
    return merged


def _amid(line: Line, before: Stone, campur: Stone, after: Stone) -> bool:
    """ "keju campur coklat": a mix of the two it stands between, with nothing else between them."""
    tastes = before.kind == after.kind == "taste"
    return tastes and before.end == campur.at and campur.end == after.at and line.is_free(before.at, after.end)


def _take_earlier(merged: list[Stone], line: Line) -> None:
    """Flavours before "campur" become its parts when there are two or more and none of them has a count after it."""
    campur = merged.pop()
    first = len(merged)
    after = campur
    while first and _beside(line, merged[first - 1], after) and merged[first - 1].kind == "taste":
        first -= 1
        after = merged[first]
    if len(merged) - first >= 2:
        campur.parts = tuple(part.word[2:] for part in merged[first:])
        campur.at = merged[first].at
        del merged[first:]
    merged.append(campur)


def _beside(line: Line, one: Stone, other: Stone) -> bool:
    """Another flavour with no more than an "and" between."""
    return other.kind == "taste" and _distance(line, one.end, other.at)[0] <= 1.3


def _near(line: Line, one: Stone, other: Stone) -> bool:
    return _distance(line, one.end, other.at)[0] < 0.5


def _has_count(found: list[Stone]) -> bool:
    return any(stone.kind == "count" for stone in found[-4:])


def _distance(line: Line, start: int, end: int) -> tuple[float, bool]:
    """How far apart two stones stand, and whether an "and" joins them."""
    total, unknown, joined, claimed = 0.0, 0.0, False, 0.0
    for token in line.tokens[start:end]:
        symbol = token.sym
        if token.role and symbol not in _BREAKS:
            claimed = _CLAIMED_GAP
        elif symbol in _BREAKS:
            total += _BREAKS[symbol]
        elif symbol in _JOINTS:
            total += _JOINTS[symbol]
            joined = True
        elif symbol in FILLERS:
            total += _FILLER_GAP
        else:
            unknown = min(unknown + _UNKNOWN_GAP, 2.1)
    return total + unknown + claimed, joined
