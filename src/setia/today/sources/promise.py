"""Orders that were promised for today and are not handed over yet."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from setia.customers.models import Customer
from setia.orders import events as verbs
from setia.orders import queries as orders
from setia.orders.models import Fulfilment, OrderState
from setia.today.models import Phase
from setia.today.rules import NOBODY, Candidate
from setia.today.sources.words import SPOKEN_TO, rupiah, speaking_to

KIND = "promise"
PHASE = Phase.RETAIN
LABEL = gettext_lazy("Promised today")
WAKES = SPOKEN_TO | {
    *(verbs.PLACED, verbs.CONFIRMED, verbs.READY, verbs.ON_ITS_WAY, verbs.COMPLETED),
    *(verbs.CANCELLED, verbs.REOPENED, verbs.CHANGED, verbs.PAID),
}


def find(day: date, customer_id: int | None = None) -> Iterator[Candidate]:
    """Open orders due on `day` or before, overdue ones first, then by hour; those without a name are promises, too."""
    rows = orders.promised(day, customer_id=customer_id or None)
    if customer_id == NOBODY:
        rows = rows.filter(customer=None)
    for order in rows:
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
                "delivery": order.fulfilment != Fulfilment.PICKUP,
            },
            draft=_draft(order, late=bool(late)) if order.customer else "",
            weight=1.0 if late else 0.8 - (order.due_time.hour / 60 if order.due_time else 0),
            lasts_days=1,
        )


def _draft(order: Any, *, late: bool) -> str:
    with speaking_to(order.customer) as name:
        return _words(order, late=late) % {"name": name, "number": order.number}


def _words(order: Any, *, late: bool) -> str:
    if order.fulfilment == Fulfilment.PICKUP:
        if order.state == OrderState.READY:
            return _("%(name)s, your order #%(number)s is ready to be picked up. Thank you!")
        if late:
            return _("%(name)s, we are sorry that your order #%(number)s is late. When would you like to pick it up?")
        return _("%(name)s, we are preparing your order #%(number)s today. When would you like to pick it up?")
    if late:
        return _("%(name)s, we are sorry that your order #%(number)s is late. It is on its way to you today.")
    if order.fulfilment == Fulfilment.COURIER:
        return _("%(name)s, your order #%(number)s leaves with the courier today. Thank you!")
    return _("%(name)s, we are bringing your order #%(number)s today. Is somebody at home?")


def reason(facts: dict[str, Any], customer: Customer | None) -> str:
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
        sentence += " " + _("Still to be paid: %(amount)s.") % {"amount": rupiah(facts["balance"])}
    return sentence
