"""The page everybody may see: open it, close it, say what stands on it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from setia.catalog import events as verbs
from setia.catalog.actions import cleaning
from setia.catalog.models import Storefront
from setia.core import events
from setia.core.errors import DomainError
from setia.core.models import Route
from setia.core.scope import current_shop
from setia.shops import public

# The kinds of public links: the page (by the shop's own readable address), and the feed (by a secret).
PAGE, FEED = "catalogue", "catalogue_feed"
FURTHEST_AHEAD = 60


@transaction.atomic
def open_page() -> str:
    """Let everybody see the page; returns its token, the shop's own address. Twice is once."""
    shop = current_shop()
    Storefront.objects.get_or_create()
    _route, made = Route.objects.get_or_create(kind=PAGE, shop=shop, object_id=None, defaults={"key": shop.slug})
    if made:
        events.record(verbs.PAGE_CHANGED, subject=shop, data={"open": True})
    return str(_route.key)


@transaction.atomic
def close_page() -> bool:
    """The page and everything below it is not there any more. False when it was so already."""
    if not Route.objects.filter(kind=PAGE, shop=current_shop()).exists():
        return False
    public.close(PAGE)
    events.record(verbs.PAGE_CHANGED, subject=current_shop(), data={"open": False})
    return True


@transaction.atomic
def open_feed() -> str:
    """The token of the feed that Meta's catalogue reads; made at the first asking."""
    return public.token_for(FEED)


@transaction.atomic
def renew_feed() -> str:
    """A new secret for the feed: the old address opens nothing any more."""
    public.close(FEED)
    events.record(verbs.PAGE_CHANGED, subject=current_shop(), data={"feed": "renewed"})
    return public.token_for(FEED)


@transaction.atomic
def change_page(
    *, greeting: str = "", address: str = "", map_link: str = "", takes_orders: bool = True, days_ahead: int = 1
) -> Storefront:
    """What the page says, and whether one can order on it. Raises DomainError for long words or odd numbers."""
    if map_link and not map_link.startswith(("https://", "http://")):
        raise DomainError(_("Copy the link from the map app; it begins with https://."), code="link", field="map_link")
    if not 0 <= days_ahead <= FURTHEST_AHEAD:
        raise DomainError(_("Enter between 0 and 60 days."), code="days", field="days_ahead")
    fields: dict[str, Any] = {
        "greeting": cleaning.words(greeting, most=300, field="greeting"),
        "address": cleaning.words(address, most=200, field="address"),
        "map_link": cleaning.words(map_link, most=300, field="map_link"),
        "takes_orders": takes_orders,
        "days_ahead": days_ahead,
    }
    page, _new = Storefront.objects.get_or_create()
    changed = [name for name, value in fields.items() if getattr(page, name) != value]
    for name in changed:
        setattr(page, name, fields[name])
    if changed:
        page.save(update_fields=changed)
        events.record(verbs.PAGE_CHANGED, subject=current_shop(), data={"fields": changed})
    return page
