"""From a raw chat message to clean text and tokens. Nothing is interpreted here except where one word ends."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

LONGEST: Final = 4_000
"""Characters of one message that are read at all; a longer paste is refused, not cut: half an order is wrong."""

_FRACTIONS: Final = {"½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⅓": " 1/3", "⅔": " 2/3"}
_KEYCAP: Final = re.compile("[0-9#*]\N{VARIATION SELECTOR-16}?\N{COMBINING ENCLOSING KEYCAP}")
_NEVER_DOUBLED: Final = {"isi", "jam", "tgl", "tanggal", "sdn", "smp", "sma", "smk", "blok", "kav", "dusun", "hari"}
_JNT: Final = re.compile(r"\bj\s?(?:&|n)\s?t\b", re.IGNORECASE)
_EXPORTED: Final = re.compile(
    r"^\[?\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{2,4})?,? \d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?: ?[AaPp][Mm])?"
    r"(?:\]| -) [^:\n]{1,40}: ",
    re.MULTILINE,
)
"""What WhatsApp puts before each message that is copied out of a chat."""
_DOUBLE_ENDS: Final = re.compile(r"(?:nya|ny|ne|an|e)?(?![^\W_])")
_TOKEN: Final = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<word>[^\W\d_]+(?:['’`´][^\W\d_]+)*)"
    r"|(?P<newline>\n+)"
    r"|(?P<dots>\.{2,})"
    r"|(?P<mark>[^\w\s]|_)"
)


def words(block: str) -> frozenset[str]:
    """The words of a text, for tables that read better as one."""
    return frozenset(block.split())


@dataclass(slots=True)
class Token:
    """One word, number or mark of the clean text.

    `sym` is what the grammar sees: the canonical word ("kotak"), "#12" for a number, a mark, or a typed word such as
    "V:keju". `glued` says that no space stands before it; `role` is set once some reader has used it up.
    """

    text: str
    start: int
    end: int
    sym: str
    glued: bool = False
    role: str = ""
    amount: "Amount | None" = None
    doubled: bool = False
    parts: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as said: `low` and `high` differ for "4/5" or "2-3"; `about` for "50an"; `vague` for "beberapa"."""

    low: float
    high: float
    about: bool = False
    vague: bool = False

    @property
    def exact(self) -> float | None:
        """The number itself, or None where the text leaves it open."""
        return self.low if self.low == self.high and not self.vague else None


def clean(raw: str) -> str:
    """The same text with one kind of space, dash, quote and digit, without invisible characters.

    Fractions and circled numbers are spelled so that they cannot melt into their neighbours ("2½" is not 21/2).
    Idempotent: cleaning twice changes nothing.
    """
    text = unicodedata.normalize("NFKC", "".join(map(_spelled, _KEYCAP.sub("•", raw))))
    text = unicodedata.normalize("NFKC", "".join(map(_plain, text)))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return _EXPORTED.sub("", "\n".join(line for line in lines if line))


def tokens(text: str) -> list[Token]:
    """Cut clean text into tokens. A word followed directly by "2" is a doubled word: "ijo2" is "ijo-ijo"."""
    found: list[Token] = []
    for match in _TOKEN.finditer(_JNT.sub(_jnt, text)):
        raw, glued = match.group(), bool(found) and found[-1].end == match.start()
        token = Token(raw, match.start(), match.end(), _symbol(match), glued)
        if raw == "2" and glued and _can_double(found[-1]) and _DOUBLE_ENDS.match(text, token.end):
            found[-1].doubled, found[-1].end = True, token.end
            found[-1].text += raw
            continue
        found.append(token)
    return found


def _can_double(token: Token) -> bool:
    return token.sym.isalpha() and len(token.sym) > 2 and token.sym not in _NEVER_DOUBLED


def _symbol(match: re.Match[str]) -> str:
    if match["number"]:
        return f"#{match['number']}"
    if match["newline"]:
        return "¶"
    if match["dots"]:
        return "…"
    if match["word"]:
        return re.sub("['’`´]", "", match["word"].lower())
    return match["mark"] if match["mark"] in ",.;:?!()+&/-@=*%±" else "•"


def _jnt(match: re.Match[str]) -> str:
    """ "J&T" is one name; its length must stay, so that positions in the text do."""
    return "jnt".ljust(len(match.group()))


def _spelled(character: str) -> str:
    """Before folding: fractions apart from their neighbours, circled and raised digits as bullets."""
    if character in _FRACTIONS:
        return f"{_FRACTIONS[character]} "
    if character == "²":
        return "2 "
    return "•" if unicodedata.category(character) in ("No", "Nl") else character


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if character in "\n\r\v\f\u2028\u2029\x85":
        return "\n"
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Pd" or character == "\N{MINUS SIGN}":
        return "-"
    if category == "Zs" or character == "\t":
        return " "
    return "" if category[0] == "C" or category == "Mn" else character
