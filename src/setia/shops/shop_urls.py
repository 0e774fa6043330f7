"""URLs of the shop's settings (inside the shop)."""

from typing import Any

app_name = "shops"
urlpatterns: list[Any] = []
