"""Set prices. What has been stays as history."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from setia.catalog import events as verbs
from setia.catalog import rules
from setia.catalog.models import Price, PriceList, Variant
from setia.core import events
from setia.core.errors import DomainError
from setia.core.scope import current_shop


@transaction.atomic
def set_price(*, variant: Variant, amount: int, valid_from: date | None = None, customer_kind: str = "") -> Price:
    """What the variant costs from a day on (default today), for everyone (empty) or a kind with its own list.

    Setting it again for the same day replaces it. Raises DomainError (field `price`) for an amount below one or beyond
    what a box can cost.
    """
    if not 1 <= amount <= rules.MOST_MONEY:
        raise DomainError(_("A price is more than zero. Example: 20.000 or 20rb."), code="price", field="price")
    day = valid_from or current_shop().today()
    price_list, _new = PriceList.objects.get_or_create(
        customer_kind=rules.list_of(customer_kind), defaults={"name": rules.list_of(customer_kind) or "everyone"}
    )
    price, _new = Price.objects.update_or_create(
        price_list=price_list, variant=variant, valid_from=day, defaults={"amount": amount}
    )
    data = {"amount": amount, "valid_from": day.isoformat(), "kind": price_list.customer_kind}
    events.record(verbs.PRICE_SET, subject=variant, data=data)
    return price


@transaction.atomic
def withdraw_price(*, variant: Variant, customer_kind: str, valid_from: date) -> bool:
    """Take back a price that has not begun; the one before it goes on. False when there is none (any more).

    Raises DomainError for one that has begun: somebody may have paid it.
    """
    if valid_from <= current_shop().today():
        raise DomainError(_("This price counts already. Set a new one instead."), code="begun")
    kind = rules.list_of(customer_kind)
    gone, _rows = Price.objects.filter(variant=variant, price_list__customer_kind=kind, valid_from=valid_from).delete()
    if gone:
        data = {"valid_from": valid_from.isoformat(), "kind": kind}
        events.record(verbs.PRICE_WITHDRAWN, subject=variant, data=data)
    return bool(gone)
