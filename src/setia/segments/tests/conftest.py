"""Fixtures of the tests of scores."""

from setia.today.tests.morning import cast, shop, world

__all__ = ["cast", "shop", "world"]
