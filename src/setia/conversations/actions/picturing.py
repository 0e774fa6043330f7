"""Pictures of what the shop sells: the price list, a product. The worker draws them right before they leave, from the
prices of that moment (`outbox.drawing`)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from setia.catalog import pictures
from setia.catalog import queries as catalog
from setia.conversations.actions.attaching import check_caption, must_be_open, send_as
from setia.conversations.models import Conversation, Message
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.shops.models import Member


def price_payloads(customer: Customer, caption: str) -> list[dict[str, Any]]:
    """The payloads that show a customer the price list of their kind, the first with the words; none without prices."""
    many = pictures.price_pictures(kind=customer.kind, day=current_shop().today())
    drawn = {"what": "prices", "kind": customer.kind, "language": customer.language}
    return [
        {"image": {"caption": caption} if caption and number == 1 else {}, "draw": drawn | {"number": number}}
        for number in range(1, many + 1)
    ]


def product_payload(offer: catalog.Offer, customer: Customer, caption: str) -> dict[str, Any]:
    """The payload that shows a customer one product."""
    drawn = {"what": "product", "kind": customer.kind, "variant_id": offer.variant_id}
    return {"image": {"caption": caption} if caption else {}, "draw": drawn}


@transaction.atomic
def send_prices(*, conversation: Conversation, caption: str, sent_by: Member, key: str) -> Message:
    """Send the price list as a picture (several, when it is long), at the customer's own prices.

    Raises DomainError `nothing_sold` when there is nothing on it; and as every attachment.
    """
    must_be_open(conversation)
    check_caption(caption)
    payloads = price_payloads(conversation.customer, caption)
    if not payloads:
        raise DomainError(_("There are no prices to show. Write down your products first."), code="nothing_sold")
    first, *others = payloads
    message = send_as(conversation, "image", caption, first, sent_by, key)
    for number, payload in enumerate(others, start=2):
        send_as(conversation, "image", "", payload, sent_by, f"{key}:{number}")
    return message


@transaction.atomic
def send_product(*, conversation: Conversation, variant_id: int, caption: str, sent_by: Member, key: str) -> Message:
    """Send a product with its photo, or with its name on a card where there is no photo."""
    must_be_open(conversation)
    check_caption(caption)
    customer = conversation.customer
    offers = catalog.sellable(kind=customer.kind, day=current_shop().today())
    offer = next((one for one in offers if one.variant_id == variant_id), None)
    if offer is None:
        raise DomainError(_("This is not sold at the moment."), code="not_sold", field="rows")
    return send_as(conversation, "image", caption, product_payload(offer, customer, caption), sent_by, key)
