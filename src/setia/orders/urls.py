"""URLs of orders."""

from typing import Any

app_name = "orders"
urlpatterns: list[Any] = []
