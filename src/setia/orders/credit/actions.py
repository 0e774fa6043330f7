"""Pay, owe from before, let go, put right; and the terms."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import events
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.orders import events as verbs
from setia.orders.credit import book, rules
from setia.orders.models import CreditEntry, CreditKind, CreditTerms, PaymentMethod
from setia.orders.rules import MOST_MONEY
from setia.shops.models import Member

# Ways in which a debt is paid: with money.
MONEY = tuple(method for method in PaymentMethod.values if method != PaymentMethod.CREDIT)


def _amount(amount: int) -> int:
    if not 1 <= amount <= MOST_MONEY:
        raise DomainError(_("Enter an amount of more than zero."), code="amount", field="amount")
    return amount


@transaction.atomic
def repay(
    *,
    customer: Customer,
    amount: int,
    method: str = PaymentMethod.CASH,
    note: str = "",
    by: Member | None = None,
    device_key: str | None = None,
) -> CreditEntry:
    """Money for what is owed; a part is fine, and the earliest due is paid first.

    The same `device_key` again returns the payment it made. Raises DomainError (field `amount`) for more than is owed.
    """
    if known := book.by_key(device_key):
        return known
    if method not in MONEY:
        raise DomainError(_("Choose one of the list."), code="choice", field="method")
    book.lock(customer.pk)
    if known := book.by_key(device_key):
        return known
    if _amount(amount) > book.balance(customer.pk):
        raise DomainError(_("This is more than is owed. Look at the amount again."), code="too_much", field="amount")
    return book.write(
        verbs.CREDIT_PAID,
        customer=customer,
        kind=CreditKind.PAYMENT,
        amount=-amount,
        method=method,
        note=note.strip()[:120],
        by=by,
        device_key=device_key,
    )


@transaction.atomic
def open_balance(
    *,
    customer: Customer,
    amount: int,
    due_on: date | None = None,
    note: str = "",
    by: Member | None = None,
    device_key: str | None = None,
) -> CreditEntry:
    """What somebody owed before Setia. For a page and for what is brought in from a file: the key makes it once."""
    if known := book.by_key(device_key):
        return known
    terms = book.lock(customer.pk)
    due = due_on or rules.due_day(current_shop().today(), terms.tempo_days)
    return book.write(
        verbs.CREDIT_OWED,
        customer=customer,
        kind=CreditKind.OPENING,
        amount=_amount(amount),
        due_on=due,
        note=note.strip()[:120],
        by=by,
        device_key=device_key,
    )


@transaction.atomic
def let_go(
    *, customer: Customer, amount: int, note: str = "", by: Member | None = None, device_key: str | None = None
) -> CreditEntry:
    """The shop lets go of (a part of) what is owed. Raises DomainError (field `amount`) for more than that."""
    if known := book.by_key(device_key):
        return known
    book.lock(customer.pk)
    if _amount(amount) > book.balance(customer.pk):
        raise DomainError(_("This is more than is owed. Look at the amount again."), code="too_much", field="amount")
    return book.write(
        verbs.CREDIT_CORRECTED,
        customer=customer,
        kind=CreditKind.WAIVED,
        amount=-amount,
        note=note.strip()[:120],
        by=by,
        device_key=device_key,
    )


@transaction.atomic
def take_back(*, entry: CreditEntry, by: Member | None = None) -> CreditEntry:
    """A slip: an entry of the opposite amount. Once; what an order made is changed at the order.

    Raises DomainError for an entry of an order, and for one that is itself a correction.
    """
    if entry.payment_id or entry.kind == CreditKind.CORRECTION:
        raise DomainError(_("This entry belongs to an order. Change it there."), code="of_an_order")
    book.lock(entry.customer_id)
    known = CreditEntry.objects.filter(reverses=entry).first()
    if known:
        return known
    return book.write(
        verbs.CREDIT_CORRECTED,
        customer=entry.customer_id,
        kind=CreditKind.CORRECTION,
        amount=-entry.amount,
        due_on=entry.due_on,
        method=entry.method,
        reverses=entry,
        by=by,
    )


@transaction.atomic
def set_terms(*, customer: Customer, tempo_days: int, limit: int | None) -> CreditTerms:
    """How many days, and up to how much (None: no limit). What is owed already keeps its day."""
    if not 0 <= tempo_days <= rules.LONGEST_TEMPO:
        raise DomainError(_("Enter between 0 and 365 days."), code="tempo", field="tempo_days")
    terms = book.lock(customer.pk)
    if (terms.tempo_days, terms.limit) != (tempo_days, limit):
        CreditTerms.objects.filter(pk=terms.pk).update(tempo_days=tempo_days, limit=limit)
        terms.refresh_from_db()
        data = {"tempo_days": tempo_days, "limit": limit}
        events.record(verbs.CREDIT_TERMS, subject=terms, customer_id=customer.pk, data=data)
    return terms
