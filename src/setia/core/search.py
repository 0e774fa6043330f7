"""Find rows by part of a text: SQLite's FTS5 trigram index or PostgreSQL's pg_trgm, one interface.

A row is indexed under a `kind` with the words it can be found by. Texts are folded (lower case, no accents), so are
queries. Three letters or digits anywhere match; one or two match the beginning of a word.
"""

import string
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from django.db import connection
from django.db.models import Q

from setia.core.models import SearchText
from setia.core.scope import current_shop_id

# More matches than this and the person should type another letter; fewer are ranked by the caller.
CANDIDATES = 300

_BLANKS = dict.fromkeys((*range(32), 127), " ")
# What a folded text may consist of.
_CHARACTERS = string.ascii_lowercase + string.digits + string.punctuation + " "
# Each shop has a range of its own in the index (see the migration), so that one shop's size is not the other's wait.
_SHOP_BITS = 40


def fold(text: str) -> str:
    """Lower case, accents off, single spaces, one before every word and one at the end."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower().translate(_BLANKS)
    return f" {' '.join(plain.split())} "


def put(kind: str, texts: Iterable[tuple[int, str]]) -> None:
    """Index (or re-index) `(object_id, text)` pairs of the open shop."""
    SearchText.objects.bulk_create(
        (SearchText(kind=kind, object_id=object_id, text=fold(text)) for object_id, text in texts),
        update_conflicts=True,
        unique_fields=["shop", "kind", "object_id"],
        update_fields=["text"],
    )


def drop(kind: str, object_ids: Iterable[int]) -> None:
    """Take rows out of the index."""
    SearchText.objects.filter(kind=kind, object_id__in=list(object_ids)).delete()


def find(kind: str, query: str, *, limit: int = CANDIDATES) -> list[int]:
    """Ids of the open shop's rows of `kind` that contain every word of `query`; at most `limit`, no particular order.

    An empty query finds nothing.
    """
    parts = [word if len(word) >= 3 else f" {word}" for word in fold(query).split()]
    if not parts:
        return []
    if connection.vendor == "sqlite":
        return _find_by_trigrams(kind, parts, limit)
    condition = Q(kind=kind)
    for part in parts:
        condition &= Q(text__contains=part)
    return list(SearchText.objects.filter(condition).values_list("object_id", flat=True)[:limit])


def _find_by_trigrams(kind: str, parts: Sequence[str], limit: int) -> list[int]:
    """The index yields rows that have all trigrams, the texts decide; it stops as soon as there are enough."""
    first = current_shop_id() << _SHOP_BITS
    having = " AND ".join("instr(entry.text, %s)" for _ in parts)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT entry.object_id FROM core_searchtext_fts AS found CROSS JOIN core_searchtext AS entry"  # noqa: S608
            " ON entry.id = found.rowid - %s WHERE core_searchtext_fts MATCH %s AND found.rowid BETWEEN %s AND %s"
            f" AND entry.shop_id = %s AND entry.kind = %s AND {having} LIMIT %s",
            [
                first,
                " AND ".join(term for part in parts for term in _terms(part)),
                first,
                first + (1 << _SHOP_BITS) - 1,
                current_shop_id(),
                kind,
                *parts,
                limit,
            ],
        )
        return [object_id for (object_id,) in cursor.fetchall()]


def _terms(part: str) -> Iterator[str]:
    """The trigrams of a part as terms of an FTS5 query; of a single letter, any that begins a word with it."""
    if len(part) == 2:
        yield f"({' OR '.join(_quoted(part + character) for character in _CHARACTERS)})"
    for start in range(len(part) - 2):
        yield _quoted(part[start : start + 3])


def _quoted(trigram: str) -> str:
    return f'"{trigram.replace(chr(34), chr(34) * 2)}"'
