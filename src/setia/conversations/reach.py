"""How a customer is reached on a channel."""

from collections.abc import Iterable

from setia.conversations.channels.whatsapp_cloud import bodies
from setia.conversations.models import Channel, ChannelKind
from setia.customers.models import Customer, Identity, IdentityKind

# A number WhatsApp knows and our phone book does not: kept as it came, so that the customer can be answered.
RAW_NUMBER = "wa:"

_BEST_FIRST = (IdentityKind.WHATSAPP, IdentityKind.PHONE, IdentityKind.BSUID)


def identities(customer_ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """The newest current identity of every kind, per customer."""
    found: dict[int, dict[str, str]] = {}
    rows = Identity.objects.filter(customer_id__in=list(customer_ids), kind__in=_BEST_FIRST, superseded_at=None)
    for owner, kind, value in rows.order_by("pk").values_list("customer_id", "kind", "value"):
        found.setdefault(owner, {})[kind] = value
    return found


def number_of(known: dict[str, str]) -> str:
    """The number (E.164) among a customer's identities, WhatsApp's first; empty without one."""
    return known.get(IdentityKind.WHATSAPP) or known.get(IdentityKind.PHONE) or ""


def cloud_address(customer: Customer) -> dict[str, str]:
    """The recipient of a Cloud API message: {} when there is none."""
    known = identities([customer.pk]).get(customer.pk, {})
    user_id = known.get(IdentityKind.BSUID, "")
    if user_id.startswith(RAW_NUMBER):
        return bodies.to(number=number_of(known) or f"+{user_id.removeprefix(RAW_NUMBER)}")
    return bodies.to(number=number_of(known), user_id=user_id)


def reachable(customer: Customer, channel: Channel) -> bool:
    """Whether a message on `channel` has somewhere to go. The free app needs a number."""
    if channel.kind == ChannelKind.CLOUD:
        return bool(cloud_address(customer))
    return bool(number_of(identities([customer.pk]).get(customer.pk, {})))
