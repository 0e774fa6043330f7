"""One canonical word for each way of writing it: the table first, then endings, repeated letters, and slips last."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .lexicon import HONORIFICS, MONTHS, REAL_WORDS, SPELLINGS
from .numerals import NUMBER_WORDS

_ENDINGS: Final = ("nipun", "ipun", "nya", "ny", "ne", "e", "ku", "mu", "lah", "kah")
_PREFIXES: Final = ("tak", "dak", "ku")
_VERBS: Final = {"ambil", "antar", "kirim", "bayar", "transfer", "pesan", "beli", "jemput"}
_REPEATED: Final = re.compile(r"(.)\1+")
_REMEMBERED: Final = 4096

# What a slip may be mended to. Wrongly mending an everyday word costs an order, so the list is short.
_MENDABLE: Final = {
    *("ambil", "diambil", "antar", "diantar", "kirim", "dikirim", "besok", "sekarang", "transfer", "pesan", "pesanan"),
    *("tambah", "ganti", "batal", "kurangi", "siang", "malam", "tanggal", "alamat", "masing"),
}


class Vocabulary:
    """All words one shop's messages are read with: everyday words, numbers, and the words of its catalogue."""

    def __init__(self, goods: Mapping[str, str], slips: Iterable[str]) -> None:
        """`goods`: spelling to canonical word for the shop's products; `slips`: further words a slip is mended to."""
        self._words = {**{word: word for word in NUMBER_WORDS}, **SPELLINGS, **goods}
        self._goods = frozenset(goods)
        targets = {word for word, meant in self._words.items() if meant in _MENDABLE or meant[:2] in ("D:", "U:")}
        targets |= set(goods) | set(slips) | set(NUMBER_WORDS)
        self._targets = sorted(word for word in targets if len(word) >= (7 if word in NUMBER_WORDS else 4))
        self._remembered: dict[str, str] = {}

    def canonical(self, word: str) -> str:
        """The canonical word for `word` (lower case); the word itself when nothing is known about it."""
        found = self._remembered.get(word)
        if found is None:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            found = self._remembered[word] = self._find(word)
        return found

    def _find(self, word: str) -> str:
        if word in self._words:
            return self._words[word]
        if word in REAL_WORDS or word in HONORIFICS or word in MONTHS:
            return word
        squeezed = _REPEATED.sub(r"\1", word)
        if squeezed in HONORIFICS:
            return squeezed
        for form in dict.fromkeys((word, squeezed)):
            if len(form) >= 3 and (meant := self._known(form)) is not None:
                return meant
        return self._mended(squeezed) or word

    def _known(self, form: str) -> str | None:
        """The word, also without an ending ("kotake", "bakpianya") or a bound "I" ("takjupuk")."""
        if form in self._words:
            return self._words[form]
        for ending in _ENDINGS:
            stem = form.removesuffix(ending)
            if stem != form and len(stem) >= 3 and stem in self._words:
                return self._words[stem]
        for prefix in _PREFIXES:
            stem = form.removeprefix(prefix)
            if stem != form and self._words.get(stem) in _VERBS:
                return self._words[stem]
        return None

    def _mended(self, word: str) -> str | None:
        """The one known word a slip away: one letter, two from nine letters on."""
        if len(word) < 4 or word.removesuffix("nya") in REAL_WORDS:
            return None
        allowed = 2 if len(word) >= 9 else 1
        near = process.extract(word, self._targets, scorer=OSA.distance, processor=None, score_cutoff=allowed, limit=8)
        close = [
            (distance, self._words.get(target, target))
            for target, distance, _ in near
            if target[0] == word[0] and self._plausible(word, target)
        ]
        best = {meant for distance, meant in close if distance == min(close)[0]}
        return best.pop() if len(best) == 1 else None

    def _plausible(self, word: str, target: str) -> bool:
        """Swapped letters always; a letter too many or too few from five on; another letter only in longer words and in
        the names of goods, because "anyar" (new) is not "antar" (deliver)."""
        if sorted(target) == sorted(word):
            return True
        if min(len(target), len(word)) < 5:
            return False
        return len(target) != len(word) or len(word) > 5 or target in self._goods
