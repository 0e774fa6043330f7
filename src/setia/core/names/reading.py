"""Taking a saved name apart."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from setia.core import places
from setia.core.names.spelling import is_weak
from setia.core.names.words import BUSINESSES, CALLINGS, FORMAL, HONORIFICS, PLACE_MARKS, ROLES, TITLES

Sex = Literal["female", "male"]

_BREAKS: Final = re.compile(r"[()\[\]/|,;:]+|\s[-\u2013]\s")
_DEGREE: Final = re.compile(
    r"(?:[SM]\.(?:Pd|E|H|Kom|Kep|Keb|Ag|Sos|Si|T|P|Farm|KM|IP|Pt|Th|Psi|Hum|Ak|M|Kn)I?|A\.?Md)(?:\.\w{1,4})*\.?"
    r"|SPd|SE|SH|SKom|SKep|SAg|SSos|ST|MPd|MM"
)


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of a saved name, "" where one is missing. `core` is what the person is called by birth or business."""

    honorific: str
    sex: Sex | None
    core: str
    place: str
    role: str


@lru_cache(maxsize=4096)
def split_name(display: str) -> Name:
    """Take a saved name apart: honorific, core name, place, role. Nothing is left over and nothing invented."""
    words = _words(display)
    honorific, sex, words = _take_honorifics(words)
    words, place = _take_place(words)
    words = _without_degrees(words)
    core, role = ([*words], []) if _is_business(honorific, words) else _take_role(words)
    return Name(honorific, sex, " ".join(_cased(core, display)), place, " ".join(role))


def greeting_name(display: str) -> str:
    """How to greet them: "Bu Ratna", "Arif" for "Muhammad Arif", "Pak RT"; a business keeps its whole name."""
    name = split_name(display)
    words = name.core.split()
    if _is_business(name.honorific, words):
        return name.core
    called = next((word for word in words if not is_weak(word)), "".join(words[:1])) or name.role.partition(" ")[0]
    return f"{_said(name.honorific, name.sex)} {called}".strip() or " ".join(display.split())


@lru_cache(maxsize=64)
def spelled(honorific: str) -> frozenset[str]:
    """All words before a name, in small letters without dots, of people greeted by this one: «Pak» also for «H.»."""
    return frozenset(word for word, (known, sex) in HONORIFICS.items() if _said(known, sex) == honorific)


def _said(honorific: str, sex: Sex | None) -> str:
    """Formal titles are written, not said."""
    return {"male": "Pak", "female": "Bu"}.get(sex or "", "") if honorific in FORMAL else honorific


def initials(name: str) -> str:
    """One or two letters for the avatar: "Bu Ratna Wulandari" gives "RW", "Pak RT" gives "PR", nothing gives "?"."""
    words = split_name(name).core.split() or _words(name)
    letters = [word[0] for word in words if word[0].isalnum()]
    return "".join(letters[:2]).upper()[:2] or "?"


def _words(display: str) -> list[str]:
    """The words of a saved name without pictures, brackets and stray marks."""
    text = unicodedata.normalize("NFC", _BREAKS.sub(" ", display))
    kept = "".join(
        character for character in text if unicodedata.category(character)[0] not in "CS" or character in " &+"
    )
    return [word for word in kept.split() if any(map(str.isalnum, word))]


def _take_honorifics(words: list[str]) -> tuple[str, Sex | None, list[str]]:
    """The first honorific, the sex the first telling one gives, and the words after all of them."""
    honorific, sex = "", None
    while len(words) > 1 and (known := HONORIFICS.get(_bare(words[0]))) and (not honorific or known[0] in TITLES):
        honorific, sex, words = honorific or known[0], sex or known[1], words[1:]
    return honorific, sex, words


def _take_place(words: list[str]) -> tuple[list[str], str]:
    """Cut a place off the end when something stays in front: a known name, or any word after "desa", "dari"…"""
    if len(words) > 1:
        marked = next((index for index, word in enumerate(words[1:-1], 1) if _bare(word) in PLACE_MARKS), 0)
        if marked:
            place = [word for word in words[marked:] if _bare(word) not in PLACE_MARKS]
            return words[:marked], " ".join(_place_name(word) for word in place)
        if known := places.lookup(words[-1]):
            return words[:-1], known.name
    return words, ""


def _place_name(word: str) -> str:
    known = places.lookup(word)
    return known.name if known else word.title() if word.islower() or word.isupper() else word


def _without_degrees(words: list[str]) -> list[str]:
    while len(words) > 1 and _DEGREE.fullmatch(words[-1]):
        words = words[:-1]
    return words


def _take_role(words: list[str]) -> tuple[list[str], list[str]]:
    """Core name and role: "Yanti reseller", "Bidan Rini", "Guru SD 2", "RT"."""
    start = next((index for index, word in enumerate(words) if _bare(word) in ROLES or _bare(word) in CALLINGS), None)
    if start is None:
        return words, []
    if start == 0 and _bare(words[0]) in CALLINGS:
        rest = next((i for i, word in enumerate(words) if i and not _continues_role(word)), len(words))
        return words[rest:], words[:rest]
    return words[:start], words[start:]


def _continues_role(word: str) -> bool:
    return _bare(word) in ROLES or _bare(word) in CALLINGS or any(map(str.isdigit, word))


def _is_business(honorific: str, words: Sequence[str]) -> bool:
    return not honorific and bool(words) and _bare(words[0]) in BUSINESSES


def _cased(core: list[str], display: str) -> list[str]:
    """Capitals where the whole name was shouted or whispered."""
    one_case = display.isupper() or display.islower()
    return [word.capitalize() if one_case else word for word in core]


def _bare(word: str) -> str:
    return word.casefold().replace(".", "")
