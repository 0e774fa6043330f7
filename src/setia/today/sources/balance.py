"""Money that is due when the order is handed over tomorrow, or that was not paid at all."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.customers.models import Customer
from setia.orders import events as verbs
from setia.orders import queries as orders
from setia.today.models import Phase
from setia.today.rules import Candidate
from setia.today.sources.words import SPOKEN_TO, rupiah, speaking_to

KIND = "balance"
PHASE = Phase.RETAIN
LABEL = gettext_lazy("Still to be paid")
WAKES = SPOKEN_TO | {
    *(verbs.PLACED, verbs.COMPLETED, verbs.CANCELLED, verbs.REOPENED, verbs.CHANGED, verbs.PAID, verbs.RETURNED),
}


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """Orders due tomorrow with an open balance, and handed-over ones that are not fully paid: two occasions."""
    tomorrow = day + timedelta(days=1)
    for order in orders.balances_due(tomorrow, customer_id=customer_id):
        done = order.completed_at is not None
        if order.customer is None or (order.due_on <= day and not done):
            continue  # promised for today: that prompt names the balance itself
        yield Candidate(
            key=f"{KIND}:{order.pk}:{'after' if done else f'{order.due_on:%Y%m%d}'}",
            customer_id=order.customer_id,
            facts={"order": order.pk, "number": order.number, "balance": order.balance, "done": done},
            draft=_draft(order),
            weight=min(1.0, order.balance / max(1, order.total)),
            lasts_days=7 if done else 1,
        )


def _draft(order: Any) -> str:
    with speaking_to(order.customer) as name:
        values = {"name": name, "number": order.number, "amount": rupiah(order.balance)}
        if order.completed_at:
            return _("%(name)s, a small reminder: for order #%(number)s %(amount)s is still open. Thank you!") % values
        return (
            _("%(name)s, your order #%(number)s will be ready tomorrow. Still to be paid: %(amount)s. Thank you!")
            % values
        )


def reason(facts: dict[str, Any], customer: Customer) -> str:
    """How much, for which order."""
    values = {"amount": rupiah(facts["balance"]), "number": facts["number"]}
    if facts["done"]:
        return _("Order #%(number)s was handed over, but %(amount)s is still open.") % values
    return _("%(amount)s is due when order #%(number)s is handed over tomorrow.") % values
