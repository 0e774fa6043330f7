"""Pages for people without a login, below `/p/`: a link with a token opens one thing of one shop, and nothing else.

The token is the key of a `core.models.Route`; whoever has the link may see what it opens. Addresses are in the areas'
`public_urls.py`, gathered in `setia.urls`.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation

from setia.core import ids
from setia.core.models import Route
from setia.core.scope import current_shop, open_shop
from setia.shops.access import View
from setia.shops.models import Shop
from setia.web.links import site_url

ACTOR: Final = "public"


class PublicRequest(HttpRequest):
    """A request that came by a public link. For annotations."""

    shop: Shop
    # What the link opens: the id of a row of the area whose kind of link it is.
    object_id: int | None
    htmx: Any


def door(kind: str) -> Callable[[View], View]:
    """Decorate a public view `(request, token, …)`: an unknown token, or one of another `kind`, is 404.

    The shop is open while the view runs; the page speaks the visitor's language (`?lang=en`, else the browser's, else
    the shop's). Such pages are kept by nobody and found by no search engine unless the view says otherwise.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: PublicRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
            route = Route.objects.select_related("shop").filter(kind=kind, key=token).first()
            if route is None:
                raise Http404
            shop = route.shop
            request.shop, request.object_id = shop, route.object_id
            language = _language(request, shop)
            with open_shop(shop, actor=ACTOR), timezone.override(shop.zone), translation.override(language):
                response = view(request, token, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "private, no-cache")
            response.headers.setdefault("X-Robots-Tag", "noindex")
            response.headers["Content-Language"] = language
            return response

        guarded.public_kind = kind  # type: ignore[attr-defined]  # the sweep test reads it
        return guarded

    return decorate


def _language(request: HttpRequest, shop: Shop) -> str:
    wanted = request.GET.get("lang", "")
    if wanted in ("id", "en"):
        return wanted
    accepted = translation.get_language_from_request(request) if request.headers.get("Accept-Language") else ""
    return accepted if accepted in ("id", "en") else str(shop.language)


def token_for(kind: str, object_id: int | None = None) -> str:
    """The token of the open shop's link to this object; made at the first asking."""
    known = Route.objects.filter(kind=kind, shop=current_shop(), object_id=object_id).first()
    if known is None:
        known = Route.objects.create(kind=kind, key=ids.public_token(), shop=current_shop(), object_id=object_id)
    return known.key


def link(name: str, kind: str, object_id: int | None = None) -> str:
    """Path of the public page `name` for this object."""
    return site_url(name, token_for(kind, object_id))


def close(kind: str, object_id: int | None = None) -> None:
    """Let the link to this object open nothing any more."""
    Route.objects.filter(kind=kind, shop=current_shop(), object_id=object_id).delete()
