"""A link that was just made is shown on the next page, once, and never again."""

from typing import Any, Final

from django.conf import settings

from setia.shops.access import ShopRequest
from setia.web.links import site_url

_KEY: Final = "fresh_link"


def keep(request: ShopRequest, name: str, token: str, person: str, text: str) -> None:
    """Keep the link `name`/`token` for `person` until the page `shops:link` shows it.

    `text`: the words to send it with, with %(name)s and %(shop)s.
    """
    url = settings.BASE_URL + site_url(name, token)
    words = text % {"name": person, "shop": request.shop.name}
    request.session[_KEY] = {"url": url, "name": person, "message": f"{words} {url}"}


def take(request: ShopRequest) -> dict[str, Any] | None:
    """The link to show now; None when it was shown already."""
    fresh: dict[str, Any] | None = request.session.pop(_KEY, None)
    return fresh
