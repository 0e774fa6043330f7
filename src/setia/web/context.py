"""What the shell of every page needs."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """`shop` and `member` of the request, None outside a shop; `section` marks the menu entry."""
    return {
        "shop": getattr(request, "shop", None),
        "member": getattr(request, "member", None),
        "section": getattr(request, "section", ""),
    }
