"""Money that is due when the order is picked up tomorrow, or that was not paid at all."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.core import money
from setia.customers.models import Customer
from setia.orders import events as verbs
from setia.orders import queries as orders
from setia.today.models import Phase
from setia.today.rules import Candidate
from setia.today.sources.words import speaking_to

KIND = "balance"
PHASE = Phase.RETAIN
LABEL = gettext_lazy("Still to be paid")
WAKES = frozenset({verbs.PLACED, verbs.COMPLETED, verbs.CANCELLED, verbs.REOPENED, verbs.CHANGED, verbs.PAID})


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """Orders due tomorrow with an open balance, and handed-over ones that are not fully paid."""
    tomorrow = day + timedelta(days=1)
    for order in orders.balances_due(tomorrow, customer_id=customer_id):
        if order.customer is None or (order.due_on <= day and order.completed_at is None):
            continue  # promised for today: that prompt names the balance itself
        yield Candidate(
            key=f"{KIND}:{order.pk}:{order.due_on:%Y%m%d}",
            customer_id=order.customer_id,
            facts={
                "order": order.pk,
                "number": order.number,
                "balance": order.balance,
                "done": order.completed_at is not None,
            },
            draft=_draft(order),
            weight=min(1.0, order.balance / max(1, order.total)),
            lasts_days=7,
        )


def _draft(order: Any) -> str:
    with speaking_to(order.customer) as name:
        values = {
            "name": name,
            "number": order.number,
            "amount": money.format_money(order.balance, locale=order.customer.language),
        }
        if order.completed_at:
            return _("%(name)s, a small reminder: for order #%(number)s %(amount)s is still open. Thank you!") % values
        return _("%(name)s, your order #%(number)s will be ready tomorrow. Still to be paid: %(amount)s. Thank you!") % values


def reason(facts: dict[str, Any], customer: Customer) -> str:
    """How much, for which order."""
    values = {"amount": money.format_money(facts["balance"]), "number": facts["number"]}
    if facts["done"]:
        return _("Order #%(number)s was handed over, but %(amount)s is still open.") % values
    return _("%(amount)s is due when order #%(number)s is picked up tomorrow.") % values
