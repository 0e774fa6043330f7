"""Rows by the thousand: plain INSERTs with ids taken beforehand.

Django's `bulk_create` takes a model instance per row and prepares every field of it; for imports that is most of the
time. Values are given as the columns hold them: foreign keys as ids, texts already cut to length.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, models


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """`count` fresh ids of a table. Inside a transaction (SQLite has one writer, PostgreSQL a sequence)."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            row = cursor.fetchone()
            last = row[0] if row else 0
            return list(range(last + 1, last + count + 1))
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [f'"{table}"', count]
        )
        return [row[0] for row in cursor.fetchall()]


def insert(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], *, ids: Sequence[int]
) -> None:
    """Insert rows under `ids`; `columns` are attribute names, every other field gets its default, once for all."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    rest = [field for name, field in fields.items() if name not in columns and not field.primary_key]
    constants = tuple(field.get_db_prep_save(field.get_default(), connection) for field in rest)
    ordered = [model._meta.pk, *(fields[name] for name in columns), *rest]
    names = ", ".join(connection.ops.quote_name(field.column) for field in ordered)
    marks = ", ".join(["%s"] * len(ordered))
    ready = _preparer([fields[name] for name in columns])
    values = [(pk, *ready(row), *constants) for pk, row in zip(ids, rows, strict=True)]
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)  # noqa: S608 - names of our models


def append(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[int]:
    """Insert rows under fresh ids, which are returned."""
    ids = reserve_ids(model, len(rows))
    if rows:
        insert(model, columns, rows, ids=ids)
    return ids


def _preparer(fields: Sequence[models.Field[Any, Any]]) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """What turns a row's values into the database's: only dates and times differ, and few different ones occur."""
    dated = [index for index, field in enumerate(fields) if isinstance(field, models.DateField)]
    if not dated:
        return lambda row: row
    known: dict[Any, Any] = {}

    def ready(row: Sequence[Any]) -> Sequence[Any]:
        values = list(row)
        for index in dated:
            value = values[index]
            if (index, value) not in known:
                known[index, value] = fields[index].get_db_prep_save(value, connection)
            values[index] = known[index, value]
        return values

    return ready
