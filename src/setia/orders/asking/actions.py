"""Take an order that somebody sent from the public page."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from setia.catalog import queries as catalog
from setia.core import clock, ids
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.customers import queries as customers
from setia.customers.models import IdentityKind
from setia.orders.actions import Newcomer, place
from setia.orders.asking import rules
from setia.orders.models import Knock, Order, OrderChannel, OrderState
from setia.orders.rules import LineInput
from setia.shops import queries as shops


def digest_of(address: str) -> str:
    """An address of the net as it is kept for a day: no address any more."""
    shop = current_shop()
    return ids.digest(f"{shop.pk}:{shop.today().isoformat()}:{address}")


@transaction.atomic
def ask(
    *,
    lines: Sequence[LineInput],
    name: str,
    phone: str,
    due_on: date,
    note: str = "",
    address: str = "",
    device_key: str | None = None,
) -> Order:
    """An order of a stranger, or of somebody whose number is known, that waits to be confirmed.

    `address` is the net's. The same `device_key` again returns the order it made. Raises DomainError `flood` when too
    many came, (field `due_on`) for a day that is too near, too far or closed, and as `orders.actions.place`.
    """
    known = Order.objects.filter(device_key=device_key, channel=OrderChannel.PAGE).first() if device_key else None
    if known:
        return known
    _knock(digest_of(address))
    _check_day(due_on)
    if any(line.quantity > rules.MOST_BOXES for line in lines):
        raise DomainError(_("For this many boxes write to us on WhatsApp."), code="quantity", field="lines")
    customer = customers.by_identity(IdentityKind.PHONE, phone)
    if customer and _waiting(customer.pk) >= rules.WAITING_OF_ONE:
        raise DomainError(_("Your last orders wait to be confirmed. We will write to you soon."), code="flood")
    said = _("From the price page, as %(name)s.") % {"name": name.strip()}
    order = place(
        lines=lines,
        due_on=due_on,
        customer=customer,
        newcomer=None if customer else Newcomer(name, phone),
        channel=OrderChannel.PAGE,
        note=f"{said} {note.strip()}".strip()[:300],
        device_key=device_key,
    )
    return order


def _waiting(customer_id: int) -> int:
    return Order.objects.filter(customer_id=customer_id, channel=OrderChannel.PAGE, state=OrderState.PLACED).count()


def _knock(origin: str) -> None:
    now = clock.now()
    Knock.objects.filter(at__lt=now - timedelta(days=1)).delete()
    if rules.too_many(Knock.objects.values_list("origin", "at"), origin, now):
        raise DomainError(_("Too many orders came from here just now. Write to us on WhatsApp."), code="flood")
    Knock.objects.create(origin=origin, at=now)


def _check_day(day: date) -> None:
    today = current_shop().today()
    first = today + timedelta(days=catalog.storefront().days_ahead)
    if not first <= day <= today + timedelta(days=rules.FURTHEST_DAYS):
        raise DomainError(_("Choose a day from %(day)s on.") % {"day": f"{first:%d-%m-%Y}"}, code="day", field="due_on")
    if shops.closed_days(since=day, until=day):
        raise DomainError(_("We are closed on this day. Choose another."), code="closed", field="due_on")
