"""The page everybody may see."""

from setia.catalog.models import Storefront
from setia.core.models import Route
from setia.core.scope import current_shop
from setia.web.links import site_url


def storefront() -> Storefront:
    """What stands on the page; as it begins when nothing was said yet."""
    return Storefront.objects.first() or Storefront()


def page_token() -> str:
    """The token of the public page, empty while it is closed."""
    return _token("catalogue")


def feed_token() -> str:
    """The token of the feed, empty before one was asked for."""
    return _token("catalogue_feed")


def _token(kind: str) -> str:
    return Route.objects.filter(kind=kind, shop=current_shop()).values_list("key", flat=True).first() or ""


def page_link() -> str:
    """Path of the public page, empty while it is closed: for messages and posters of other areas."""
    token = page_token()
    return site_url("public_catalog:page", token) if token else ""
