"""Which tables belong to a shop, and how a row becomes cells that spreadsheets open safely and we read back exactly."""

import json
from typing import Any, Final

from django.apps import apps
from django.db import models

from setia.core.scope import ShopModel
from setia.customers import rows as plain_rows

FORMAT: Final = 1
ROUTES: Final = "core.route"
USERS: Final = "users"
MANIFEST: Final = "manifest.json"

_NOTHING: Final = "\\N"
# A spreadsheet takes text that begins with these for a formula.
RISKY: Final = ("=", "+", "-", "@", "\t", "\r", "'", "\\")


def models_of_a_shop() -> list[type[ShopModel]]:
    """Every table with a shop, in the order of their names."""
    found = [model for model in apps.get_models() if issubclass(model, ShopModel) and not model._meta.proxy]
    return sorted(found, key=lambda model: model._meta.label_lower)


def columns_of(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns that are written; the shop is the file's."""
    return [field for field in model._meta.concrete_fields if field.name != "shop"]


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(RISKY) else text


def cell(field: models.Field[Any, Any], value: Any) -> str:
    """A value as a cell."""
    if isinstance(field, models.JSONField):
        return json.dumps(value, ensure_ascii=False)
    value = plain_rows.plain(field, value)
    if value is None:
        return _NOTHING
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value)
    return neutral(value) if isinstance(value, str) and _is_text(field) else str(value)


def value(field: models.Field[Any, Any], text: str) -> Any:
    """The value again. Raises ValueError or ValidationError for a cell that holds none."""
    if isinstance(field, models.JSONField):
        return json.loads(text)
    if text == _NOTHING:
        return None
    if isinstance(field, models.BooleanField):
        return text == "true"
    if _is_text(field):
        return text[1:] if text.startswith("'") else text
    return plain_rows.value_of(field, text)


def _is_text(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, models.CharField | models.TextField)
