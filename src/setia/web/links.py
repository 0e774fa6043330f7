"""Addresses across the two URL maps: the site's own pages and a shop's pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse, set_script_prefix, set_urlconf

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


# Numbers that no address holds: where they come out, others can be put in.
MARKS: Final = (7_700_000_001, 7_700_000_003, 7_700_000_007)


def path(name: str, *args: Any) -> str:
    """What `reverse` says. For ids the way to it is worked out once: a page has fifty addresses, most of them alike."""
    if len(args) <= len(MARKS) and all(type(argument) is int and argument >= 0 for argument in args):
        pieces = _pieces(get_urlconf(), get_script_prefix(), name, len(args))
        if pieces is not None:
            return "".join(text for pair in zip(pieces, (*map(str, args), ""), strict=True) for text in pair)
    return reverse(name, args=args)


@lru_cache(maxsize=4_000)
def _pieces(urlconf: str | None, prefix: str, name: str, count: int) -> tuple[str, ...] | None:
    """What stands before, between and after the ids; None where they do not come out as they went in."""
    marks = MARKS[:count]
    try:
        rest = reverse(name, args=marks)
    except NoReverseMatch:
        return None
    pieces = []
    for mark in marks:
        piece, found, rest = rest.partition(str(mark))
        if not found:
            return None
        pieces.append(piece)
    return (*pieces, rest)


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
