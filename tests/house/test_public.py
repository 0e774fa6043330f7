"""Public links open one thing each: every page below `/p/` has a door, and a token that is none opens nothing."""

import pytest
from django.test import Client
from django.urls import get_resolver

from tests.house.test_tenancy import fill, pages

PUBLIC = [(route, pattern) for route, pattern in pages(get_resolver("setia.urls")) if route.startswith("p/")]


@pytest.mark.parametrize(("route", "pattern"), PUBLIC, ids=[route for route, _ in PUBLIC])
def test_every_public_page_has_a_door(route, pattern):
    assert getattr(pattern.callback, "public_kind", ""), f"{route} has no door"


@pytest.mark.django_db
def test_a_token_that_is_none_opens_nothing(world):
    for route, _pattern in PUBLIC:
        for method in ("get", "post"):
            status = getattr(Client(), method)(f"/{fill(route)}").status_code
            assert status in (404, 405), f"{method} {route}: {status}"
