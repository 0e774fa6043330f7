"""Addresses across the two URL maps: the site's own pages and a shop's pages."""

from typing import Any

from django.conf import settings
from django.urls import get_script_prefix, reverse, set_script_prefix

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
