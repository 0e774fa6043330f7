"""The pages of these tests speak English, and nobody is locked out by another test."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from setia.shops import actions
from tests.world import World

PASSWORD = "tiga kotak keju"


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def shop(world: World) -> World:
    """The cast, in English."""
    actions.change_shop(language="en")
    return world


@pytest.fixture
def with_password(shop: World) -> World:
    """The cast, with the owner's password."""
    shop.users["owner"].set_password(PASSWORD)
    shop.users["owner"].save()
    return shop
