"""Pictures of products, for members of the shop."""

from django.http import Http404, HttpResponseBase
from django.views.decorators.http import require_safe

from setia.catalog import queries
from setia.shops.access import ShopRequest, door
from setia.shops.rules import Right
from setia.web import photos


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
    return photos.response(token, folder=queries.PHOTOS, small=small)
