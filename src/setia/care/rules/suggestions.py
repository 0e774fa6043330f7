"""Pure decisions about suggestions: which speak of the same, and from which state where."""

from collections.abc import Mapping, Sequence
from typing import Final

from rapidfuzz import fuzz

# Alike enough to ask whether they are one.
ALIKE: Final = 72.0
NEXT: Final[Mapping[str, frozenset[str]]] = {
    "new": frozenset({"considered", "trying", "launched", "declined"}),
    "considered": frozenset({"trying", "launched", "declined"}),
    "trying": frozenset({"launched", "declined", "considered"}),
    "launched": frozenset({"trying"}),
    "declined": frozenset({"considered"}),
}
# States that owe an answer to those who asked.
ANSWERED: Final = frozenset({"trying", "launched", "declined"})
_FILLER: Final = frozenset(
    "ada yang rasa bakpia kok dong bu mbak tolong bisa mau pengen ingin minta kalau buat bikin isi coba jual "
    "please make sell want with the a of in".split()
)


def topic(text: str) -> str:
    """What is left of a wish to compare it by: small letters, without words that say nothing."""
    words = "".join(letter if letter.isalnum() else " " for letter in text.casefold()).split()
    kept = [word for word in words if word not in _FILLER]
    return " ".join(kept or words)


def alike(one: str, other: str) -> float:
    """How much two wishes speak of the same, 0…100; whichever way round."""
    first, second = topic(one), topic(other)
    if not first or not second:
        return 0.0
    if first == second:
        return 100.0
    return float(max(fuzz.token_sort_ratio(first, second), 0.9 * fuzz.token_set_ratio(first, second)))


def proposals(titles: Sequence[tuple[int, str]], *, most: int = 20) -> list[tuple[int, int]]:
    """Pairs of ids that may be one topic, most alike first."""
    found = [
        (alike(title, other), first, second)
        for place, (first, title) in enumerate(titles)
        for second, other in titles[place + 1 :]
    ]
    likely = sorted((row for row in found if row[0] >= ALIKE), key=lambda row: (-row[0], row[1], row[2]))
    return [(first, second) for _score, first, second in likely[:most]]


def may_become(state: str, wanted: str) -> bool:
    """Whether a suggestion may go from `state` to `wanted`."""
    return wanted in NEXT.get(state, frozenset())
