"""Whose item it is. A number belongs to one shop, and only together with its own account."""

import logging

from setia.conversations.channels.whatsapp_cloud.payload import Item
from setia.conversations.models import Channel, ChannelKind
from setia.core.models import Route

log = logging.getLogger(__name__)

NUMBER_ROUTE = "whatsapp_number"
ACCOUNT_ROUTE = "whatsapp_account"


def account_key(account: str, number: str) -> str:
    """Key of the route that finds a number by its account."""
    return f"{account}:{number}"


class Tenants:
    """Finds the channel behind an item; remembers what it found while a few deliveries are settled."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], list[Channel]] = {}

    def channels_of(self, item: Item) -> list[Channel]:
        """The channel of the item's number, or all of its account where it names no number; [] when refused."""
        key = (item.account, item.number)
        if key not in self._known:
            self._known[key] = _of_number(item) if item.number else _of_account(item.account)
            if not self._known[key]:
                log.warning(
                    "Refused: number %r of account %r is no number of this installation.", item.number, item.account
                )
        return self._known[key]


def _of_number(item: Item) -> list[Channel]:
    route = Route.objects.filter(kind=NUMBER_ROUTE, key=item.number).first()
    if route is None:
        return []
    # Across shops: this is what decides which shop may be opened.
    channels = Channel.across_shops.filter(pk=route.object_id, shop_id=route.shop_id).select_related("shop")
    return list(channels.filter(waba_id=item.account, kind=ChannelKind.CLOUD))


def _of_account(account: str) -> list[Channel]:
    if not account:
        return []
    routes = Route.objects.filter(kind=ACCOUNT_ROUTE, key__startswith=account_key(account, ""))
    ids = list(routes.values_list("object_id", flat=True))
    # Across shops, as above.
    return list(Channel.across_shops.filter(pk__in=ids, waba_id=account).select_related("shop").order_by("pk"))
