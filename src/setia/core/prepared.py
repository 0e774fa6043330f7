"""Reads whose SQL is worked out once.

Django works out the SQL of a query set anew each time it runs: for a row of twenty columns most of a millisecond, ten
times what SQLite needs to answer. A page that asks twenty small things spends its time on that. `prepared` keeps what
was worked out and puts other numbers and words into it.
"""

from collections.abc import Callable, Hashable, Sequence
from copy import copy
from functools import partial, wraps
from types import SimpleNamespace
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from setia.core import scope

Argument = int | str | Sequence[int]

# Two rounds of stand-ins for the arguments: what differs between them are the arguments, the rest belongs to the SQL.
# They fit into four bytes: what does not fit a column cannot be in it, and Django then asks nothing at all.
STAND_INS: Final = (2_000_000_000, 2_100_000_000)
# Ids in a list are filled up to one of these with the last of them, so that few different statements are kept.
SIZES: Final = (1, 4, 16, 31, 100, 300)


def prepared(build: Callable[..., QuerySet[Any]]) -> Callable[..., list[Any]]:
    """Make a function that returns a query set into one that returns its rows, as a list.

    Its arguments are numbers, words and lists of ids, given by place. The query set must differ by them as values
    alone: no `if`, no `None`, no clock, nothing of the open shop but its id. Otherwise the first call raises NotPlain
    (or AttributeError, when more is asked of the shop). Ids go into `…__in`, and nothing may be counted by them. What
    is given by name (a limit) is no value but part of the SQL: each makes a statement of its own, so only a few.
    """
    known: dict[object, _Statement] = {}

    @wraps(build)
    def rows(*given: Argument, **fixed: Hashable) -> list[Any]:
        arguments = [filled for one in given if (filled := _filled(one)) is not None]
        if len(arguments) < len(given):
            return list(build(*given, **fixed))
        opened = scope.opened()
        kinds = tuple(map(_kind, arguments))
        shape = (kinds, opened is None, *fixed.items())
        try:
            if shape not in known:
                known[shape] = _Statement(partial(build, **fixed), kinds, in_shop=opened is not None)
        except EmptyResultSet:  # no shop is open
            return []
        return known[shape].rows([*_flat(arguments), *([opened.pk] if opened else [])])

    return rows


class NotPlain(TypeError):
    """The SQL cannot be kept: it hangs on more than the values of its arguments."""


def _filled(argument: Argument) -> Argument | None:
    """A list of ids of one of the `SIZES`; None when there are none of them, or too many."""
    if isinstance(argument, (int, str)):
        return argument
    size = next((size for size in SIZES if size >= len(argument)), 0) if argument else 0
    return [*argument, *([argument[-1]] * (size - len(argument)))] if size else None


def _kind(argument: Argument) -> type[int] | type[str] | int:
    return type(argument) if isinstance(argument, (int, str)) else len(argument)


def _flat(arguments: Sequence[Argument]) -> list[int | str]:
    return [value for one in arguments for value in ([one] if isinstance(one, (int, str)) else one)]


class _Statement:
    """SQL, which of its values are which of the arguments (the shop comes after them), and how rows are read."""

    def __init__(self, build: Callable[..., QuerySet[Any]], kinds: Sequence[Any], *, in_shop: bool) -> None:
        tried = [self._try(build, kinds, start, in_shop=in_shop) for start in STAND_INS]
        (self._rows, self._compiler, self._sql, first, count), (_rows, _compiler, sql, second, _count) = tried
        same = sql == self._sql and len(first) == len(second)
        self._sources = [_source(*pair) for pair in zip(first, second, strict=True)] if same else []
        if set(range(count)) - {place for place, _value in self._sources}:
            raise NotPlain(f"{build} cannot be prepared.")
        compiler = self._compiler
        converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
        compiler.get_converters = lambda expressions: converters

    @staticmethod
    def _try(build: Any, kinds: Sequence[Any], start: int, *, in_shop: bool) -> tuple[Any, ...]:
        """The query set, its compiler, SQL and values with stand-ins from `start` on; how many they are."""
        arguments: list[Any] = []
        count = 0
        for kind in kinds:
            some = range(start + count, start + count + (kind if isinstance(kind, int) else 1))
            arguments.append(list(some) if isinstance(kind, int) else kind(some[0]))
            count += len(some)
        if in_shop:
            with scope.open_shop(SimpleNamespace(pk=start + count)):  # type: ignore[arg-type]  # nothing but its id
                rows = build(*arguments)
        else:
            rows = build(*arguments)
        compiler = rows.query.get_compiler(connection=connection)
        return rows, compiler, *compiler.as_sql(), count

    def rows(self, arguments: Sequence[int | str]) -> list[Any]:
        """Run it with these values."""
        values = tuple(value if place is None else arguments[place] for place, value in self._sources)
        compiler, query = copy(self._compiler), copy(self._rows.query)
        compiler.connection, compiler.query = connection, query
        compiler.as_sql = lambda *_given, **_named: (self._sql, values)
        query.get_compiler = lambda *_given, **_named: compiler
        ready: QuerySet[Any] = type(self._rows)(self._rows.model, query=query)
        ready._iterable_class, ready._fields = self._rows._iterable_class, self._rows._fields
        ready._prefetch_related_lookups = self._rows._prefetch_related_lookups
        return list(ready)


def _source(first: object, second: object) -> tuple[int | None, object]:
    """(which argument, None) or (None, a value that belongs to the SQL)."""
    if first == second:
        return None, first
    place = int(str(first)) - STAND_INS[0] if str(first).isdecimal() else -1
    if str(second) != str(STAND_INS[1] + place):
        raise NotPlain(f"{first!r} is not a value that was given.")
    return place, None
