"""Whether two saved names may be one person, with the vetoes that keep husband and wife apart."""

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz

from setia.core.names.reading import split_name
from setia.core.names.spelling import is_weak, spelling_key

# Scores of `same_person_score`: from here it is worth asking, from here nothing but the spelling differs.
ASK_FROM: Final = 75
SAME_FROM: Final = 95
# One shared word ("Sugeng") can be asked about but never settles that two records are one person.
_ONE_WORD: Final = 80


def same_person_score(first: str, second: str) -> int:
    """How alike two saved names are, 0 to 100: below ASK_FROM no, from SAME_FROM the same but for spelling.

    0 when the names speak of a man and a woman ("Pak Slamet", "Bu Slamet"), or of one-word namesakes in two places. A
    single word in common stays below SAME_FROM. A score is a reason to ask; phone and place must speak as well.
    """
    one, other = split_name(first), split_name(second)
    if one.sex and other.sex and one.sex != other.sex:
        return 0
    if not one.core or not other.core:
        same_role = one.core == other.core and spelling_key(one.role) == spelling_key(other.role) != ""
        return _ONE_WORD if same_role and one.place == other.place else 0
    words, other_words = spelling_key(one.core).split(), spelling_key(other.core).split()
    telling = min(_telling(words), _telling(other_words))
    elsewhere = bool(one.place and other.place and one.place != other.place)
    if elsewhere and telling < 2:
        return 0
    score = _likeness(words, other_words)
    return min(score, _ONE_WORD) if elsewhere or telling < 2 else score


def _likeness(words: Sequence[str], other_words: Sequence[str]) -> int:
    """Likeness of two spelled-alike names whatever the order of words and the spaces; a shortened name scores 80."""
    text, other_text = " ".join(words), " ".join(other_words)
    score = max(fuzz.token_sort_ratio(text, other_text), fuzz.ratio("".join(words), "".join(other_words)))
    shortened = set(words) < set(other_words) or set(other_words) < set(words)
    return max(round(score), _ONE_WORD) if shortened else round(score)


def _telling(words: Sequence[str]) -> int:
    """How many words say something about who it is: "Muhammad" and initials do not."""
    return sum(not is_weak(word) for word in words)
