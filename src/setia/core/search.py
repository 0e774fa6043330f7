"""Find rows by part of a text: SQLite's FTS5 trigram index or PostgreSQL's pg_trgm, one interface.

A row is indexed under a `kind` with the words it can be found by. Texts are folded (lower case, no accents), so are
queries. Three letters or digits anywhere match; one or two match the beginning of a word.
"""

import unicodedata
from collections.abc import Iterable

from django.db import connection
from django.db.models import Q

from setia.core.models import SearchText

# More matches than this and the person should type another letter; fewer are ranked by the caller.
CANDIDATES = 300


def fold(text: str) -> str:
    """Lower case, accents off, single spaces, with a leading space so that every word has one before it."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return " " + " ".join(plain.split())


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
    words = fold(query).split()
    if not words:
        return []
    long = [word for word in words if len(word) >= 3]
    condition = Q(kind=kind)
    for word in words:
        condition &= Q(text__contains=word if len(word) >= 3 else f" {word}")
    rows = SearchText.objects.filter(condition)
    if long and connection.vendor == "sqlite":
        rows = rows.extra(  # the trigram index narrows, the conditions above decide
            where=["core_searchtext.id IN (SELECT rowid FROM core_searchtext_fts WHERE text MATCH %s)"],
            params=[" AND ".join('"' + word.replace('"', '""') + '"' for word in long)],
        )
    return list(rows.values_list("object_id", flat=True)[:limit])
