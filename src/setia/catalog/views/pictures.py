"""Pictures: kept before the action that names them, removed when nobody names them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import FileResponse, Http404, HttpResponseBase
from django.views.decorators.http import require_safe

from setia.catalog import photos, queries
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right


@require_safe
@door(Right.SEE)
def full(request: ShopRequest, token: str) -> HttpResponseBase:
    """A picture of this shop, at most 1200 px."""
    return _picture(token, small=False)


@require_safe
@door(Right.SEE)
def small(request: ShopRequest, token: str) -> HttpResponseBase:
    """The same, at most 320 px."""
    return _picture(token, small=True)


def _picture(token: str, *, small: bool) -> HttpResponseBase:
    if not queries.photo_is_ours(token):
        raise Http404
    try:
        file = photos.read(token, small=small)
    except FileNotFoundError as error:
        raise Http404 from error
    # Another picture has another token.
    headers = {"Cache-Control": "private, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    return FileResponse(file, content_type="image/webp", headers=headers)


@contextmanager
def replacing(data: dict[str, Any], before: str = "") -> Iterator[dict[str, Any]]:
    """The cleaned data of a form with its uploaded `photo` kept and named by token; without an upload, without `photo`.

    When the block succeeds the picture `before` goes, when it fails the new one does. Raises DomainError for files
    that are no pictures.
    """
    upload = data.get("photo")
    rest = {name: value for name, value in data.items() if name != "photo"}
    if not upload:
        yield rest
        return
    token = photos.store(upload)
    try:
        yield rest | {"photo": token}
    except Exception:
        photos.discard(token)
        raise
    photos.discard(before)
