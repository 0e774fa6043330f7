"""Moving the rows that point at one row to another, whatever area they are of, writing down every step.

Steps, as they stand in `MergeRecord.steps`:
    ["move", model, column, from, to, [ids]]     these rows point elsewhere now
    ["change", model, id, column, before, after]
    ["delete", model, {column: value}]           a row that there can only be one of; its children were moved before
    ["create", model, id]
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from setia.core.scope import ShopModel
from setia.customers import rows as plain_rows
from setia.customers.models import Customer, MergeRecord, SamePair

Step = list[Any]
# (the row that stays, the one that goes) -> columns of the first that change
Combine = Callable[[Any, Any], Mapping[str, Any]]


@dataclass(frozen=True)
class Special:
    """What a table asks for when two customers are made one.

    `derived`: its rows are not moved but counted anew by `renew` (called with both ids, at merge and at undo).
    `rename`: a text column that is made different where both have the same, so that both rows stay (an outbox key).
    `combine`: when of two rows only one can stay, which of its columns become others.
    """

    derived: bool = False
    renew: Callable[[Iterable[int]], object] | None = None
    rename: str = ""
    combine: Combine | None = None


SPECIALS: dict[str, Special] = {}
# What speaks of the merging itself stays.
STAYS = {MergeRecord._meta.label_lower, SamePair._meta.label_lower}


def install(specials: Mapping[str, Special]) -> None:
    """Take what the tables ask for, by model label (done once at start, from `setia.reactions`)."""
    SPECIALS.clear()
    SPECIALS.update({label.lower(): special for label, special in specials.items()})


def relations(target: type[models.Model]) -> Iterator[tuple[type[models.Model], models.ForeignKey[Any, Any]]]:
    """Every foreign key of a shop's table to `target` that a merge follows."""
    for model in apps.get_models():
        if not issubclass(model, ShopModel) or model._meta.proxy:
            continue
        for column in model._meta.concrete_fields:
            if isinstance(column, models.ForeignKey) and column.related_model is target:
                label = model._meta.label_lower
                if label in STAYS or (model is Customer and column.name == "merged_into"):
                    continue
                if not (label in SPECIALS and SPECIALS[label].derived):
                    yield model, column


def fold(target: type[models.Model], gone: int, kept: int, steps: list[Step]) -> None:
    """Let everything that points at row `gone` of `target` point at row `kept`; the steps are added to `steps`."""
    for model, column in relations(target):
        _settle_clashes(model, column, gone, kept, steps)
        mine = model._default_manager.filter(**{column.attname: gone})
        ids = list(mine.order_by("pk").values_list("pk", flat=True))
        if ids:
            model._default_manager.filter(pk__in=ids).update(**{column.attname: kept})
            steps.append(["move", model._meta.label_lower, column.attname, gone, kept, ids])


def _settle_clashes(
    model: type[models.Model], column: models.ForeignKey[Any, Any], gone: int, kept: int, steps: list[Step]
) -> None:
    """Rows of both of which there may be only one: both are kept under another key, or made one."""
    special = SPECIALS.get(model._meta.label_lower, Special())
    for constraint in model._meta.constraints:
        if not isinstance(constraint, models.UniqueConstraint) or column.name not in constraint.fields:
            continue
        for theirs, ours in _clashing(model, constraint, column, gone, kept):
            if special.rename and special.rename in constraint.fields:
                longest = model._meta.get_field(special.rename).max_length or 250
                mark = f"~{theirs.pk}"
                change(theirs, special.rename, f"{getattr(theirs, special.rename)[: longest - len(mark)]}{mark}", steps)
            else:
                fold(model, theirs.pk, ours.pk, steps)
                for name, value in (special.combine(ours, theirs) if special.combine else {}).items():
                    change(ours, name, value, steps)
                delete(theirs, steps)


def _clashing(
    model: type[models.Model],
    constraint: models.UniqueConstraint,
    column: models.ForeignKey[Any, Any],
    gone: int,
    kept: int,
) -> list[tuple[Any, Any]]:
    names = [model._meta.get_field(name).attname for name in constraint.fields if name not in ("shop", column.name)]
    rows = model._default_manager.all()
    if constraint.condition is not None:
        rows = rows.filter(constraint.condition)
    ours = {
        key: row
        for row in rows.filter(**{column.attname: kept})
        if None not in (key := tuple(getattr(row, name) for name in names))
    }
    found = []
    for row in rows.filter(**{column.attname: gone}).order_by("pk"):
        key = tuple(getattr(row, name) for name in names)
        if key in ours:
            found.append((row, ours[key]))
    return found


def change(row: Any, name: str, after: Any, steps: list[Step]) -> None:
    """Set one column of a row; nothing when it is so already. `name` is a field's name or column."""
    column = row._meta.get_field(name)
    before = getattr(row, column.attname)
    if before == after:
        return
    type(row)._default_manager.filter(pk=row.pk).update(**{column.attname: after})
    setattr(row, column.attname, after)
    values = plain_rows.plain(column, before), plain_rows.plain(column, after)
    steps.append(["change", row._meta.label_lower, row.pk, column.attname, *values])


def delete(row: Any, steps: list[Step]) -> None:
    """Delete a row to which nothing points any more."""
    steps.append(["delete", row._meta.label_lower, plain_rows.pack(row)])
    type(row)._default_manager.filter(pk=row.pk).delete()


def cells(steps: Iterable[Step]) -> set[tuple[str, int, str]]:
    """What steps touched: table, row and column; of a row that was deleted every column."""
    found: set[tuple[str, int, str]] = set()
    for kind, label, *rest in steps:
        if kind == "move":
            found |= {(label, pk, rest[0]) for pk in rest[3]}
        elif kind == "change":
            found.add((label, rest[0], rest[1]))
        elif kind == "delete":
            found |= {(label, rest[0]["id"], column) for column in rest[0]}
    return found


def take_back(steps: Iterable[Step]) -> None:
    """Undo steps, the last first. What was changed once more since stays as it is now."""
    for step in reversed(list(steps)):
        kind, model = step[0], apps.get_model(step[1])
        manager = model._default_manager
        if kind == "move":
            _kind, _label, column, gone, kept, ids = step
            for start in range(0, len(ids), 5_000):
                manager.filter(pk__in=ids[start : start + 5_000], **{column: kept}).update(**{column: gone})
        elif kind == "change":
            _kind, _label, pk, column, before, after = step
            was, is_now = (plain_rows.value_of(model._meta.get_field(column), value) for value in (before, after))
            row = manager.filter(pk=pk).first()
            if row is not None and getattr(row, column) == is_now:
                manager.filter(pk=pk).update(**{column: was})
        elif kind == "delete":
            if not manager.filter(pk=step[2]["id"]).exists():
                plain_rows.unpack(model, step[2]).save(force_insert=True)
        else:
            manager.filter(pk=step[2]).delete()


def renew_derived(ids: Iterable[int]) -> None:
    """Count anew what is kept about these customers."""
    both = list(ids)
    for special in SPECIALS.values():
        if special.renew:
            special.renew(both)
