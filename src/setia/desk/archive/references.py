"""Ids that are not foreign keys, moved along with the rows they speak of."""

import re
from collections.abc import Callable
from typing import Any, Final

from django.apps import apps
from django.db import models

# Keys of plain values whose numbers are ids of rows.
_KEYS: Final = frozenset("order customer referred_by gone other kept message run by batch campaign complaint".split())
_NOT_IDS: Final = frozenset({"user_id", "shop_id", "phone_number_id", "waba_id", "media_id"})
# Names of files, with the shop's number in them.
_PATHS: Final = frozenset({"path", "thumbnail", "picture"})
_KEYED: Final = re.compile(r"^([a-z_]+):(\d+)(?=:|$)")

Row = dict[str, Any]


def moved(model: type[models.Model], row: Row, by: int, shops: tuple[int, int]) -> Row:
    """A row's columns with every id `by` further; `shops`: the shop's number before and now, for names of files."""
    for field in model._meta.concrete_fields:
        name, value = field.attname, row.get(field.attname)
        if value is None or name in _NOT_IDS:
            continue
        if _is_id(field):
            row[name] = value + by
        elif name in _PATHS and isinstance(value, str):
            row[name] = value.replace(f"/{shops[0]}/", f"/{shops[1]}/", 1)
        elif isinstance(field, models.JSONField) and by:
            row[name] = _SPECIAL.get(f"{model._meta.label_lower}.{name}", _plain)(value, row, by)
        elif isinstance(field, models.CharField) and by and (model._meta.label_lower, name) in _TEXTS:
            row[name] = _TEXTS[model._meta.label_lower, name](value, by)
    return row


def _is_id(field: models.Field[Any, Any]) -> bool:
    plain = isinstance(field, models.IntegerField) and field.attname.endswith("_id")
    return field.primary_key or isinstance(field, models.ForeignKey) or plain


def _plain(value: Any, row: Row, by: int) -> Any:
    if isinstance(value, dict):
        return {key: _named(key, inner, by) for key, inner in value.items()}
    return value


def _named(key: str, value: Any, by: int) -> Any:
    is_id = key in _KEYS or key.endswith("_id")
    if is_id and isinstance(value, int) and not isinstance(value, bool):
        return value + by
    if (key.endswith("_ids") or key in _KEYS) and isinstance(value, list):
        return [inner + by if isinstance(inner, int) else inner for inner in value]
    return _plain(value, {}, by)


def _import_row(value: Any, row: Row, by: int) -> Any:
    """Of a slice the ids it made, of a refused line its cells."""
    return [pk + by for pk in value] if row.get("model") else value


def _steps(steps: Any, row: Row, by: int) -> Any:
    found = []
    for step in steps:
        kind, label, *rest = step
        if kind == "move":
            column, gone, kept, ids = rest
            found.append([kind, label, column, gone + by, kept + by, [pk + by for pk in ids]])
        elif kind == "change":
            pk, column, before, after = rest
            if isinstance(apps.get_model(label)._meta.get_field(column), models.ForeignKey):
                before, after = (value if value is None else value + by for value in (before, after))
            found.append([kind, label, pk + by, column, before, after])
        elif kind == "delete":
            found.append([kind, label, moved(apps.get_model(label), dict(rest[0]), by, (0, 0))])
        else:
            found.append([kind, label, rest[0] + by])
    return found


def _actor(text: str, by: int) -> str:
    kind, colon, number = text.partition(":")
    return f"{kind}:{int(number) + by}" if colon and number.isdecimal() else text


def _key(text: str, by: int) -> str:
    """Keys such as `rhythm:42:20261101`: a word, the id it is about, the rest."""
    return _KEYED.sub(lambda found: f"{found[1]}:{int(found[2]) + by}", text)


_SPECIAL: Final[dict[str, Callable[[Any, Row, int], Any]]] = {
    "customers.importrow.raw": _import_row,
    "customers.mergerecord.steps": _steps,
}
_TEXTS: Final[dict[tuple[str, str], Callable[[str, int], str]]] = {
    ("core.event", "actor"): _actor,
    ("today.prompt", "key"): _key,
    ("conversations.message", "reference"): _key,
}
