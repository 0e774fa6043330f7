"""The cast once per process through the actions, then by its rows: a thousand tests need not open a thousand shops."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction


@dataclass
class Replay:
    """What `build` left in the database, table by table, and what it returned."""

    build: Callable[[], Any]
    made: Any = None
    rows: list[tuple[str, list[tuple[Any, ...]]]] = field(default_factory=list)
    tables: list[type[models.Model]] = field(default_factory=list)

    def __call__(self) -> Any:
        """Everything `build` makes. Foreign keys are checked when the transaction ends, so tables come in any order."""
        if self.made is None:
            empty = [model for model in _tables() if not _rows(model)]
            made = self.build()
            for model in empty:
                if rows := _rows(model):
                    self.rows.append((_insert(model), rows))
                    self.tables.append(model)
            self.made = deepcopy(made)
            return made
        with transaction.atomic(), connection.cursor() as cursor:
            for statement, rows in self.rows:
                cursor.executemany(statement, rows)
            for statement in connection.ops.sequence_reset_sql(no_style(), self.tables):
                cursor.execute(statement)
        return deepcopy(self.made)


def _tables() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]


def _columns(model: type[models.Model]) -> str:
    return ", ".join(connection.ops.quote_name(column.column) for column in model._meta.local_concrete_fields)


def _rows(model: type[models.Model]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_columns(model)} FROM {connection.ops.quote_name(model._meta.db_table)}")
        return [tuple(row) for row in cursor.fetchall()]


def _insert(model: type[models.Model]) -> str:
    places = ", ".join(["%s"] * len(model._meta.local_concrete_fields))
    return f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({_columns(model)}) VALUES ({places})"
