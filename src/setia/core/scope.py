"""The open shop: every read and write happens inside one, or finds nothing.

Fail closed: without an open shop a query answers no rows and a new row cannot be made. Requests open the shop of
their URL; tasks and commands open one explicitly. Code that must read across shops says so: `Model.across_shops`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from setia.shops.models import Shop


@dataclass(frozen=True)
class Scope:
    shop: "Shop"
    actor: str


_scope: ContextVar[Scope | None] = ContextVar("open_shop", default=None)

SYSTEM = "system"


class NoOpenShop(RuntimeError):
    """A row was about to be made, or the shop asked for, with no shop open."""


@contextmanager
def open_shop(shop: "Shop", *, actor: str = SYSTEM) -> Iterator["Shop"]:
    """Open `shop` for the block. `actor` says who acts, for the audit trail: `member:7`, `customer:9`, `system`."""
    token = _scope.set(Scope(shop, actor))
    try:
        yield shop
    finally:
        _scope.reset(token)


def current_shop() -> "Shop":
    """The open shop. Raises NoOpenShop."""
    scope = _scope.get()
    if scope is None:
        raise NoOpenShop("No shop is open here. Wrap the call in `with open_shop(shop):`.")
    return scope.shop


def opened() -> "Shop | None":
    """The open shop, None when there is none."""
    scope = _scope.get()
    return scope.shop if scope else None


def current_shop_id() -> int:
    """Its id: the default of every row's `shop`. Raises NoOpenShop."""
    return int(current_shop().pk)


def current_actor() -> str:
    """Who acts now."""
    scope = _scope.get()
    return scope.actor if scope else SYSTEM


class ShopManager(models.Manager[Any]):
    """Rows of the open shop; none when no shop is open."""

    def get_queryset(self) -> models.QuerySet[Any]:
        rows = super().get_queryset()
        scope = _scope.get()
        return rows.filter(shop_id=scope.shop.pk) if scope else rows.none()


class ShopModel(models.Model):
    """A row that belongs to one shop for ever."""

    # No index of its own: every index that matters begins with the shop, and this one would be taken for them.
    shop = models.ForeignKey(
        "shops.Shop", on_delete=models.CASCADE, default=current_shop_id, related_name="+", db_index=False
    )

    objects = ShopManager()
    across_shops = models.Manager()

    class Meta:
        abstract = True
