"""No shop sees another's. Every page of a shop is tried by everybody who has no business there."""

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from setia.shops.rules import Right, may
from setia.web.links import SHOP_URLCONF

ROLES = ("owner", "manager", "cashier", "chat", "viewer")


def pages(resolver=None, prefix="") -> list[tuple[str, URLPattern]]:
    """Every URL pattern of the shop's map with its route."""
    found: list[tuple[str, URLPattern]] = []
    for pattern in (resolver or get_resolver(SHOP_URLCONF)).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += pages(pattern, route)
        else:
            found.append((route, pattern))
    return found


PAGES = pages()


def fill(route: str, value: int = 999_999) -> str:
    """A concrete path for a route with converters, pointing at an object that is not ours."""
    import re

    return re.sub(
        r"<(?:(\w+):)?\w+>",
        lambda m: {"int": str(value), "slug": "x", "date": "2026-11-23"}.get(m[1] or "", "x"),
        route,
    )


@pytest.mark.parametrize(("route", "pattern"), PAGES, ids=[route for route, _ in PAGES])
def test_every_page_has_a_door(route, pattern):
    assert isinstance(getattr(pattern.callback, "right", None), Right), f"{route} has no door"


@pytest.mark.django_db
def test_strangers_find_nothing_and_the_signed_out_sign_in(world):
    stranger, nobody = world.client("stranger"), Client()
    for route, _pattern in PAGES:
        path = world.url(fill(route))
        for method in ("get", "post"):
            assert getattr(stranger, method)(path).status_code == 404, f"{method} {path}"
            answer = getattr(nobody, method)(path)
            assert answer.status_code == 302 and "/accounts/login/" in answer["Location"], f"{method} {path}"


@pytest.mark.django_db
def test_roles_end_at_their_doors(world):
    for role in ROLES:
        client = world.client(role)
        for route, pattern in PAGES:
            if not may(role, pattern.callback.right):
                for method in ("get", "post"):
                    status = getattr(client, method)(world.url(fill(route))).status_code
                    assert status in (403, 405), f"{role} {method} {route}: {status}"


# What helpers have no business with: their pages by the beginnings of their addresses.
NOT_FOR_HELPERS = {
    "credit": ("money/credit/", "money/till/", "money/accounts/"),
    "files that leave the shop": ("everything/", "customers/table/", "groups/people/file/"),
    "candidates": ("team/candidates/", "team/setup/"),
    "what is seen of others": ("team/observations/", "chats/evening/<int:pk>/"),
    "what the shop earns": ("reports/letter/", "reports/month/", "supply/costs/", "supply/reviews/", "loyalty/report/"),
    "who did what": ("audit/",),
}


def test_helpers_are_kept_from_what_is_not_theirs():
    """The list of doors, read as a helper: none of these opens to the counter, the chat or who only looks on."""
    rights = {route: pattern.callback.right for route, pattern in PAGES}
    for matter, beginnings in NOT_FOR_HELPERS.items():
        routes = [route for route in rights if route.startswith(beginnings)]
        assert routes, matter
        for route in routes:
            assert not any(may(role, rights[route]) for role in ("cashier", "chat", "viewer")), f"{matter}: {route}"


@pytest.mark.django_db
def test_a_helper_sees_nothing_of_another_helper(world):
    """Whatever page of a member's week is asked for: only the own one answers."""
    for role in ("cashier", "chat", "viewer"):
        client, own = world.client(role), world.members[role]
        for route, pattern in PAGES:
            if route.startswith("team/members/<int:pk>/") and may(role, pattern.callback.right):
                for other in world.members.values():
                    path = world.url(route.replace("<int:pk>", str(other.pk)).replace("<int:item>", "1"))
                    status = client.get(path).status_code
                    assert status in ((200, 405) if other.pk == own.pk else (404, 405)), f"{role} {path}: {status}"
                    if other.pk != own.pk:
                        assert client.post(path).status_code in (404, 405), f"{role} POST {path}"


@pytest.mark.django_db
def test_objects_of_others_do_not_exist(world):
    """An id that is not ours answers 404 (or the method is not allowed), never a page and never an error."""
    client = world.client("owner")
    for route, _pattern in PAGES:
        if "<int:" in route:
            for method in ("get", "post"):
                status = getattr(client, method)(world.url(fill(route))).status_code
                assert status in (404, 405), f"{method} {route}: {status}"


@pytest.mark.django_db
def test_no_foreign_key_joins_two_shops(world):
    """Whatever the cast holds: both ends of every foreign key are of one shop."""
    for model in apps.get_models():
        if not hasattr(model, "across_shops"):
            continue
        for field in model._meta.get_fields():
            if (
                isinstance(field, models.ForeignKey)
                and field.name != "shop"
                and hasattr(field.related_model, "across_shops")
            ):
                crossing = model.across_shops.exclude(**{f"{field.name}__isnull": True}).exclude(
                    shop_id=models.F(f"{field.name}__shop_id")
                )
                assert not crossing.exists(), f"{model.__name__}.{field.name}"
