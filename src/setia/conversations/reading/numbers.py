"""Numbers, in digits and words, joined into one token each: "#25" for "25", "selawe", "dua puluh lima" or "selangkung".

Pure counting; whether a number is a quantity, a date or a house number is decided later by what stands around it.
"""

import re
from dataclasses import dataclass
from typing import Final

from .lexicon import SPELLINGS
from .numerals import DIGITS, DOZENS, FIXED, GLUED, HUNDRED, MILLION, ONE_DOZEN, SCALES, THOUSAND, VAGUE
from .text import Amount, Token

_GROUPED: Final = re.compile(r"[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*")
_MOST_DIGITS: Final = 6
_PARTS: Final = ("kg", *DOZENS)
_CHOICES: Final = {(1, 2), (1, 3), (1, 4), (3, 4), (2, 3)}
_ONE_OF: Final = {
    prefix + spelling: unit
    for spelling, unit in SPELLINGS.items()
    if unit.startswith("U:") and len(spelling) > 1
    for prefix in ("se", "sak", "sa")
} | {f"{prefix}kilo": "U:kg" for prefix in ("se", "sak")}
_BOUND_OF: Final = {
    digit + spelling: (DIGITS[digit], unit)
    for digit in ("rong", "telung", "patang", "limang", "pitung", "wolung", "sangang", "nem")
    for spelling, unit in SPELLINGS.items()
    if unit.startswith("U:") and len(spelling) > 2
}
_ROUNDABLE: Final = {"lima", "tiga", "empat", "enam", "tujuh", "delapan", "sembilan"}
_ABOUT: Final = {"sekitar", "kira", "±"}
_ACHES: Final = {"weteng", "padharan", "untu", "ati", "sirah"}


@dataclass(slots=True)
class _Run:
    """A number being read: its value and the position after it."""

    value: float
    end: int


def join_numbers(found: list[Token]) -> list[Token]:
    """Replace every number by one token "#value" with its `amount`; "sekotak" becomes "#1" and "U:kotak"."""
    found = [part for token in found for part in _without_about(token)]
    joined: list[Token] = []
    at = 0
    while at < len(found):
        token = found[at]
        if token.role:
            joined.append(token)
            at += 1
        elif token.sym in _ONE_OF or token.sym in _BOUND_OF:
            value, unit = (1, _ONE_OF[token.sym]) if token.sym in _ONE_OF else _BOUND_OF[token.sym]
            joined += [_number(found, at, at + 1, value), Token(token.text, token.start, token.end, unit, glued=True)]
            at += 1
        elif token.sym in ("sak", "se", "sa") and _symbol(found, at + 1).startswith("U:"):
            joined.append(_number(found, at, at + 1, 1))
            at += 1
        elif token.sym in VAGUE:
            joined.append(Token(token.text, token.start, token.end, "#?", amount=Amount(0, 0, vague=True)))
            at += 1
        elif run := _read(found, at):
            made = _number(found, at, run.end, run.value)
            at = run.end
            if run.value == 17 and _rough(found, at) and not _symbol(found, at + 1).startswith("U:"):
                # "17an" is Independence Day, unless things are counted.
                made.sym, made.amount, at = "pitulasan", None, at + _rough(found, at)
            elif length := _rough(found, at):
                made.amount = Amount(run.value, run.value, about=True)
                at += length
                made.end = found[at - 1].end
            joined.append(made)
        else:
            joined.append(token)
            at += 1
    _mark_rough(joined)
    return joined


def _mark_rough(joined: list[Token]) -> None:
    """ "sekitar 50", "kurang lebih 50", "± 50": about fifty."""
    for at, token in enumerate(joined):
        if token.amount and (
            _symbol(joined, at - 1) in _ABOUT
            or _symbol(joined, at - 2) + " " + _symbol(joined, at - 1) == "kurang lebih"
        ):
            token.amount = Amount(token.amount.low, token.amount.high, True, token.amount.vague)


def digits(token: Token) -> float | None:
    """The value of a token of digits: "15.000" is thousands, "1,5" a decimal; None for codes and far too long ones."""
    raw = token.sym.removeprefix("#")
    if raw.startswith("0") and len(raw) > 2 and raw[1].isdigit():
        return None
    if _GROUPED.fullmatch(raw) and not raw.startswith("0"):
        value = int(re.sub(r"\D", "", raw))
        return value if value < 10**_MOST_DIGITS else None
    if re.fullmatch(r"\d+[.,]\d{1,2}", raw):
        return float(raw.replace(",", "."))
    return int(raw) if raw.isdigit() and len(raw) <= _MOST_DIGITS else None


def _number(found: list[Token], start: int, end: int, value: float) -> Token:
    first = found[start]
    text = " ".join(token.text for token in found[start:end])
    if end - start == 1 and first.sym.startswith("#"):
        symbol = first.sym
    else:
        symbol = f"#{value:g}" if value < 10**6 else f"#{value:.0f}"
    return Token(text, first.start, found[end - 1].end, symbol, first.glued, amount=Amount(value, value))


def _read(found: list[Token], at: int) -> _Run | None:
    """The number that starts at `at`, with dozens, scores and fractions worked out, or None."""
    run = _fraction(found, at) or _digits_run(found, at) or _words(found, at)
    if run is None or not _is_number(found, at, run):
        return None
    half = _symbol(found, run.end) == "setengah" and _symbol(found, run.end + 1) in DOZENS
    if half:
        run = _Run(run.value + 0.5, run.end + 1)
    if (size := DOZENS.get(_symbol(found, run.end))) and not found[run.end].role:
        run = _Run(run.value * size, run.end + 1)
    if run.value == int(run.value):
        run.value = int(run.value)
    return run


def _is_number(found: list[Token], at: int, run: _Run) -> bool:
    """Number words that mean something else here: "kalih" (and), "loro" (ill), "salah satu", a bare "nem" or "las"."""
    word, before, after = found[at].sym, _symbol(found, at - 1), _symbol(found, run.end)
    if run.end - at > 1:
        return True
    if word == "kalih":
        return _kalih_counts(before, after)
    if word in ("pat", "nem", "tig", "tuju"):
        return after.startswith("U:")
    if word == "loro":
        return before not in _ACHES and after not in _ACHES
    return not (word == "satu" and (before == "salah" or after in ("sama", "persatu"))) and not found[at].doubled


def _kalih_counts(before: str, after: str) -> bool:
    """Krama "kalih": two before a unit or at the end of "keju kalih"; "and" or "with" everywhere else."""
    if after.startswith("U:") or (before == "isi" and after[:2] not in ("V:", "A:")):
        return True
    if after[:2] in ("V:", "P:", "X:", "A:"):
        return before[:2] not in ("V:", "P:", "X:", "A:", "U:") and not before.startswith("#")
    return before[:2] in ("V:", "A:") and after in (",", ".", "", "¶", "ya")


def _fraction(found: list[Token], at: int) -> _Run | None:
    """ "1/2 lusin" and "setengah lusin"; "1/2 kotak" is left alone, it may be one or two boxes."""
    if _symbol(found, at) == "setengah" and _part_of(found, at + 1):
        return _Run(0.5, at + 1)
    if _symbol(found, at) == "seperempat" and _part_of(found, at + 1):
        return _Run(0.25, at + 1)
    if _symbol(found, at + 1) == "/" and _symbol(found, at + 2).startswith("#") and _part_of(found, at + 3):
        over, under = digits(found[at]) if found[at].sym.startswith("#") else None, digits(found[at + 2])
        if over and under and (over, under) in _CHOICES:
            return _Run(over / under, at + 3)
    return None


def _part_of(found: list[Token], at: int) -> bool:
    return _symbol(found, at).removeprefix("U:") in _PARTS


def _digits_run(found: list[Token], at: int) -> _Run | None:
    if not found[at].sym.startswith("#"):
        return None
    value = digits(found[at])
    if value is None:
        return None
    scale = SCALES.get(_symbol(found, at + 1))
    if scale in ("ratus", "ribu", "juta") and not found[at + 1].role:
        return _Run(value * {"ratus": 100, "ribu": 1000, "juta": 10**6}[scale], at + 2)
    return _Run(value, at + 1)


def _words(found: list[Token], at: int) -> _Run | None:
    """A number in words: millions, thousands and the rest below a thousand, each read once and in this order."""
    if _symbol(found, at) in ONE_DOZEN:
        return _Run(ONE_DOZEN[found[at].sym], at + 1)
    total: float = 0
    end = at
    for scale, alone in (("juta", MILLION), ("ribu", THOUSAND)):
        if _symbol(found, end) in alone:
            total, end = total + (10**6 if scale == "juta" else 1000), end + 1
        elif (below := _below_thousand(found, end)) and SCALES.get(_symbol(found, below.end)) == scale:
            total, end = total + below.value * (10**6 if scale == "juta" else 1000), below.end + 1
    if below := _below_thousand(found, end):
        total, end = total + below.value, below.end
    return _Run(total, end) if end > at else None


def _below_thousand(found: list[Token], at: int) -> _Run | None:
    total, end = 0, at
    pair = _pair(found, at)
    if _symbol(found, at) in HUNDRED:
        total, end = 100, at + 1
    elif pair and pair[1] == "ratus":
        total, end = 100 * pair[0], pair[2]
    if tens := _below_hundred(found, end):
        total, end = total + int(tens.value), tens.end
    return _Run(total, end) if end > at else None


def _below_hundred(found: list[Token], at: int) -> _Run | None:
    word = _symbol(found, at)
    pair = _pair(found, at)
    if pair and pair[1] in ("belas", "likur"):
        return _Run(pair[0] + (10 if pair[1] == "belas" else 20), pair[2])
    if (pair and pair[1] == "puluh") or word in FIXED:
        tens, end = (10 * pair[0], pair[2]) if pair and pair[1] == "puluh" else (FIXED[word], at + 1)
        ones = DIGITS.get(_symbol(found, end)) if tens % 10 == 0 and tens >= 20 else None
        if ones and _symbol(found, end) != "kalih" and not _pair(found, end):
            return _Run(tens + ones, end + 1)
        return _Run(tens, end)
    return _Run(DIGITS[word], at + 1) if word in DIGITS and not pair else None


def _pair(found: list[Token], at: int) -> tuple[int, str, int] | None:
    """A digit with its scale, apart or in one word: ("dua", "puluh") and ("duapuluh",) are both (2, "puluh")."""
    word = _symbol(found, at)
    if word in GLUED:
        digit, scale = GLUED[word]
        return DIGITS[digit], SCALES[scale], at + 1
    if word in DIGITS and (scale := SCALES.get(_symbol(found, at + 1), "")) in ("belas", "likur", "puluh", "ratus"):
        return DIGITS[word], scale, at + 2
    return None


def _without_about(token: Token) -> list[Token]:
    """ "limapuluhan" as "limapuluh" and "an"."""
    stem = token.sym.removesuffix("an")
    if (
        stem == token.sym
        or token.role
        or not (stem in FIXED or stem in GLUED or stem in HUNDRED or stem in ONE_DOZEN or stem in _ROUNDABLE)
    ):
        return [token]
    return [Token(token.text, token.start, token.end, stem, token.glued), Token("", token.end, token.end, "an", True)]


def _rough(found: list[Token], at: int) -> int:
    """How many tokens say "about": one in "50an", two in "50-an", none elsewhere."""
    if _symbol(found, at) == "an":
        return int(found[at].glued)
    return 2 if _symbol(found, at) == "-" and _symbol(found, at + 1) == "an" else 0


def _symbol(found: list[Token], at: int) -> str:
    return found[at].sym if 0 <= at < len(found) and not found[at].role else ""
