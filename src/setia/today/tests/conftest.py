"""Fixtures of Today's tests."""

from setia.today.tests.morning import cast, connected, shop, world

__all__ = ["cast", "connected", "shop", "world"]
