"""URLs of shops."""

from typing import Any

urlpatterns: list[Any] = []
