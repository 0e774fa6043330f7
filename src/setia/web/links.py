"""Addresses across the two URL maps: the site's own pages and a shop's pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse, set_script_prefix, set_urlconf

SHOP_URLCONF = "setia.shop_urls"


def _reverse(prefix: str, urlconf: str, name: str, args: tuple[Any, ...]) -> str:
    before = get_script_prefix()
    set_script_prefix(prefix)
    try:
        return reverse(name, urlconf=urlconf, args=args)
    finally:
        set_script_prefix(before)


def site_url(name: str, *args: Any) -> str:
    """Path of a page outside any shop (sign-in, health), from anywhere."""
    return _reverse("/", settings.ROOT_URLCONF, name, args)


def shop_url(slug: str, name: str, *args: Any) -> str:
    """Path of a shop's page, from anywhere (inside the shop plain `reverse` does)."""
    return _reverse(f"/{slug}/", SHOP_URLCONF, name, args)


@contextmanager
def inside_shop(slug: str) -> Iterator[None]:
    """Plain `reverse` gives a shop's pages within, also where no request came in (the worker)."""
    before = get_urlconf(), get_script_prefix()
    set_urlconf(SHOP_URLCONF)
    set_script_prefix(f"/{slug}/")
    try:
        yield
    finally:
        set_urlconf(before[0])
        set_script_prefix(before[1])
