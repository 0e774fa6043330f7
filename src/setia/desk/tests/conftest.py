"""Fixtures of the pages that show several areas."""

from setia.today.tests.morning import cast, connected, shop, world

__all__ = ["cast", "connected", "shop", "world"]
