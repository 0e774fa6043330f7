"""Checks of single fields: present (131008), of the right kind and not too long (131009)."""

from __future__ import annotations

from typing import Any

from setia.emulator.errors import GraphError


def mapping(value: Any, path: str) -> dict[str, Any]:
    """`value` as an object."""
    if value is None:
        raise GraphError(131008, f"The parameter {path} is required.")
    if not isinstance(value, dict):
        raise GraphError(131009, f"{path} must be an object.")
    return value


def sequence(holder: Any, name: str, low: int, high: int, path: str) -> list[Any]:
    """The list `name` with `low`..`high` items."""
    value = mapping(holder, path).get(name)
    if value is None:
        raise GraphError(131008, f"The parameter {path}.{name} is required.")
    if not isinstance(value, list) or not low <= len(value) <= high:
        raise GraphError(131009, f"{path}.{name} must have {low} to {high} items.")
    return value


def text(holder: Any, name: str, limit: int, path: str) -> str:
    """A required, non-blank string of at most `limit` characters."""
    value = mapping(holder, path).get(name)
    if value is None or value == "":
        raise GraphError(131008, f"The parameter {path}.{name} is required.")
    if not isinstance(value, str) or not value.strip() or len(value) > limit:
        raise GraphError(131009, f"{path}.{name} must be text of at most {limit} characters.")
    return value


def optional_text(holder: Any, name: str, limit: int, path: str) -> None:
    """The same for a string that may be absent."""
    if mapping(holder, path).get(name) is not None:
        text(holder, name, limit, path)


def one_of(holder: Any, name: str, values: tuple[str, ...], path: str) -> str:
    """A required member of an enumeration."""
    value = mapping(holder, path).get(name)
    if value is None:
        raise GraphError(131008, f"The parameter {path}.{name} is required.")
    if not isinstance(value, str) or value not in values:
        raise GraphError(131009, f"{path}.{name} must be one of {', '.join(values)}.")
    return value


def distinct(values: list[str], path: str) -> None:
    """Ids and titles inside one message must differ."""
    if len(set(values)) != len(values):
        raise GraphError(131009, f"{path} must be unique.")
