"""URLs of today."""

from typing import Any

app_name = "today"
urlpatterns: list[Any] = []
