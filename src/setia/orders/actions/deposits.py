"""The owner's rules for orders, and what they ask of each."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import events
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.orders import events as verbs
from setia.orders.models import DepositKind, Order, OrderTerms
from setia.orders.rules import deposits as rules
from setia.orders.rules.deposits import Terms

FIELDS = frozenset(
    {
        *("deposit_kind", "deposit_percent", "deposit_amount", "deposit_above", "pay_within_days", "free_until_days"),
        *("kept_before", "kept_after", "free_delivery_above", "delivery_fee", "boxes_per_delivery", "note_foot"),
    }
)
_SHARES = ("deposit_percent", "kept_before", "kept_after")


@transaction.atomic
def change_terms(**changes: Any) -> OrderTerms:
    """Change some of `FIELDS`; orders that were made before keep the rules they were made under.

    Raises DomainError with the field: shares beyond 100, an unknown kind, a fixed deposit of nothing.
    """
    if unknown := set(changes) - FIELDS:
        raise TypeError(f"Not a rule for orders: {sorted(unknown)}")
    row, _made = OrderTerms.objects.get_or_create()
    for name, value in changes.items():
        setattr(row, name, value)
    if row.deposit_kind not in DepositKind.values:
        raise DomainError(_("Choose one of the list."), code="choice", field="deposit_kind")
    for name in _SHARES:
        if not 0 <= getattr(row, name) <= 100:
            raise DomainError(_("A share lies between 0 and 100 percent."), code="share", field=name)
    if row.deposit_kind == DepositKind.AMOUNT and not row.deposit_amount:
        raise DomainError(_("Enter an amount of more than zero."), code="amount", field="deposit_amount")
    row.save(update_fields=list(changes) or None)
    events.record(verbs.TERMS, subject=row, data={"fields": sorted(changes)})
    return row


def terms_now() -> Terms:
    """The rules for deposits as they are now."""
    row = OrderTerms.objects.first()
    return Terms() if row is None else terms_of(row)


def terms_of(row: OrderTerms) -> Terms:
    """The rules for deposits as plain values."""
    return Terms(
        kind=row.deposit_kind,
        percent=row.deposit_percent,
        amount=row.deposit_amount,
        above=row.deposit_above,
        pay_within_days=row.pay_within_days,
        free_until_days=row.free_until_days,
        kept_before=row.kept_before,
        kept_after=row.kept_after,
    )


def ask(order: Order, terms: Terms) -> None:
    """Write down what deposit these rules ask for the order as it is now, and the rules themselves."""
    placed_on = current_shop().day_of(order.placed_at)
    asked = rules.asked(terms, order.total, placed_on=placed_on, due_on=order.due_on)
    order.terms = terms.as_kept() if asked.due else order.terms or (terms.as_kept() if terms.kind != "none" else {})
    order.deposit_due, order.deposit_until = asked.due, asked.until
    order.save(update_fields=["terms", "deposit_due", "deposit_until"])
