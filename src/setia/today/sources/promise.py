"""Orders that were promised for today and are not handed over yet."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from setia.core import money
from setia.customers.models import Customer
from setia.orders import events as verbs
from setia.orders import queries as orders
from setia.orders.models import OrderState
from setia.today.models import Phase
from setia.today.rules import Candidate
from setia.today.sources.words import speaking_to

KIND = "promise"
PHASE = Phase.RETAIN
LABEL = gettext_lazy("Promised today")
WAKES = frozenset(
    {verbs.PLACED, verbs.CONFIRMED, verbs.READY, verbs.COMPLETED, verbs.CANCELLED, verbs.REOPENED, verbs.CHANGED, verbs.PAID}
)


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """Open orders due on `day` or before; overdue ones first, then by hour."""
    for order in orders.promised(day, customer_id=customer_id):
        if order.customer is None:
            continue
        late = (day - order.due_on).days
        yield Candidate(
            key=f"{KIND}:{order.pk}:{day:%Y%m%d}",
            customer_id=order.customer_id,
            facts={
                "order": order.pk,
                "number": order.number,
                "boxes": order.boxes,
                "time": order.due_time.strftime("%H:%M") if order.due_time else "",
                "late": late,
                "balance": order.balance,
                "state": order.state,
                "delivery": order.fulfilment != "pickup",
            },
            draft=_draft(order),
            weight=1.0 if late else 0.8 - (order.due_time.hour / 60 if order.due_time else 0),
            lasts_days=1,
        )


def _draft(order: Any) -> str:
    with speaking_to(order.customer) as name:
        if order.state == OrderState.READY and order.fulfilment == "pickup":
            return _("%(name)s, your order #%(number)s is ready to be picked up. Thank you!") % {
                "name": name,
                "number": order.number,
            }
        if order.fulfilment == "pickup":
            return _("%(name)s, we are preparing your order #%(number)s today. When would you like to pick it up?") % {
                "name": name,
                "number": order.number,
            }
        return _("%(name)s, we are bringing your order #%(number)s today. Is somebody at home?") % {
            "name": name,
            "number": order.number,
        }


def reason(facts: dict[str, Any], customer: Customer) -> str:
    """Which order, for when, what is still open."""
    boxes = ngettext("%(n)s box", "%(n)s boxes", facts["boxes"]) % {"n": facts["boxes"]}
    if facts["late"]:
        sentence = ngettext(
            "Order #%(number)s (%(boxes)s) was promised for yesterday.",
            "Order #%(number)s (%(boxes)s) was promised %(late)s days ago.",
            facts["late"],
        )
    elif facts["time"]:
        sentence = _("Order #%(number)s (%(boxes)s) is promised for today at %(time)s.")
    else:
        sentence = _("Order #%(number)s (%(boxes)s) is promised for today.")
    sentence = sentence % (facts | {"boxes": boxes})
    if facts["balance"]:
        sentence += " " + _("Still to be paid: %(amount)s.") % {"amount": money.format_money(facts["balance"])}
    return sentence
