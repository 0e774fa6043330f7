"""The note of an order: as words for WhatsApp."""

from datetime import date

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from setia.core.scope import current_shop
from setia.orders.models import Fulfilment, Order
from setia.orders.queries import orders, planning
from setia.orders.rules import deposits
from setia.orders.rules.deposits import Terms
from setia.web import amounts


def note_text(order: Order) -> str:
    """The whole note in the active language, with WhatsApp's stars around what should stand out."""
    parts = [_head(order), _lines(order), _money(order), *terms_sentences(order)]
    foot = planning.terms().note_foot
    return "\n\n".join(part for part in [*parts, foot] if part)


def _head(order: Order) -> str:
    who = order.customer.display_name if order.customer else ""
    first = _("Note #%(number)s") % {"number": order.number}
    lines = [f"*{current_shop().name}*", f"{first} · {who}" if who else first, due_text(order)]
    if order.address and order.fulfilment != Fulfilment.PICKUP:
        lines.append(order.address)
    if order.note:
        lines.append(f"_{order.note}_")
    return "\n".join(lines)


def due_text(order: Order) -> str:
    """`For Friday, 4 December, 15.00 · Picked up`."""
    day = date_format(order.due_on, "l, j F Y")
    when = f"{day}, {time_format(order.due_time, 'H.i')}" if order.due_time else day
    return _("For %(when)s") % {"when": when} + f" · {order.get_fulfilment_display()}"


def _lines(order: Order) -> str:
    rows = [
        f"{line.quantity} × {line.label} @{amounts.shown(line.unit_price)} = {amounts.shown(line.amount)}"
        for line in orders.lines_of(order)
    ]
    rows += [
        f"{adjustment.reason or adjustment.get_kind_display()}: {amounts.shown(adjustment.amount)}"
        for adjustment in orders.adjustments_of(order)
    ]
    return "\n".join(rows)


def _money(order: Order) -> str:
    rows = ["*" + _("Total: %(amount)s") % {"amount": amounts.shown(order.total)} + "*"]
    if order.paid > 0:
        rows.append(_("Paid: %(amount)s") % {"amount": amounts.shown(order.paid)})
    if order.balance and order.paid > 0:
        rows.append(_("Still to be paid: %(amount)s") % {"amount": amounts.shown(order.balance)})
    return "\n".join(rows)


def deposit_open(order: Order) -> int:
    """What of the deposit is still to be paid."""
    return max(0, order.deposit_due - order.paid) if order.is_open else 0


def terms_sentences(order: Order) -> list[str]:
    """What is asked for as a deposit, and what happens to it when the order is called off; nothing without rules."""
    if not order.deposit_due:
        return []
    terms, found = Terms.of(order.terms), []
    if (due := deposit_open(order)) and order.deposit_until:
        values = {"amount": amounts.shown(due), "day": _day(order.deposit_until)}
        found.append(_("Deposit: %(amount)s until %(day)s.") % values)
    last = deposits.last_free_day(terms, order.due_on)
    before, after = _kept(terms.kept_before), _kept(terms.kept_after)
    values = {"day": _day(last), "before": before, "after": after}
    found.append(_("Called off until %(day)s: %(before)s. Later: %(after)s.") % values)
    return found


def _kept(share: int) -> str:
    if share == 0:
        return _("the deposit goes back in full")
    if share == 100:
        return _("the deposit stays with the shop")
    return _("%(share)s%% of the deposit stays with the shop") % {"share": share}


def _day(day: date) -> str:
    return date_format(day, "j F")
