"""How names are spelled: the habits to remove before two of them are compared."""

import re
import unicodedata
from typing import Final

from setia.core.names.words import VARIANTS, WEAK_NAMES

_APOSTROPHES: Final = re.compile("['`\u2018\u2019\u02bc]")
_OLD_SPELLING: Final = (("oe", "u"), ("dj", "j"), ("tj", "c"), ("ie", "i"))


def spelling_key(name: str) -> str:
    """The name with spelling habits removed, for comparing only: "Moh. Noer" and "Muhammad Nur" are the same."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", name.casefold()))
    plain = "".join(
        character if character.isalnum() else " " for character in plain if not unicodedata.combining(character)
    )
    return " ".join(VARIANTS.get(key, key) for key in map(_respelled, plain.split()))


def is_weak(word: str) -> bool:
    """Whether a word tells nobody apart: an initial or "Muhammad"."""
    key = spelling_key(word)
    return len(key) < 2 or key in WEAK_NAMES


def _respelled(word: str) -> str:
    """Old spelling made new, doubled letters single."""
    for old, new in _OLD_SPELLING:
        word = word.replace(old, new)
    return re.sub(r"([a-z])\1+", r"\1", word)
