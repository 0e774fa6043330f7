"""Addresses that are sent to people."""

from django.conf import settings


def absolute(path: str) -> str:
    """A path of this site as it is sent to somebody."""
    return f"{settings.BASE_URL}{path}"
