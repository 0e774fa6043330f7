"""Rows as plain values and back, exactly: what undo and the export of everything keep."""

from typing import Any

from django.db import models

Packed = dict[str, Any]


def pack(row: models.Model) -> Packed:
    """A row's columns as values that JSON holds without loss; foreign keys as ids."""
    return {field.attname: plain(field, getattr(row, field.attname)) for field in row._meta.concrete_fields}


def plain(field: models.Field[Any, Any], value: Any) -> Any:
    """One value of a column as JSON holds it: dates, times and ids of leases as text, the rest as it is."""
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def value_of(field: models.Field[Any, Any], value: Any) -> Any:
    """The column's value from a plain one."""
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return bytes.fromhex(value)
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return target.to_python(value)


def unpack(model: type[models.Model], values: Packed) -> models.Model:
    """The row again, not yet written."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return model(**{name: value_of(fields[name], value) for name, value in values.items()})
