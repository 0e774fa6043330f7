"""Write the ledger. Everything that changes what a person owes goes through here, under the lock of their terms."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from setia.core import events
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.orders import events as verbs
from setia.orders.credit import rules
from setia.orders.models import CreditEntry, CreditKind, CreditTerms, Order, Payment, PaymentKind, PaymentMethod


def lock(customer_id: int) -> CreditTerms:
    """The person's terms, held until the transaction ends: two who write the same ledger do so one after the other."""
    CreditTerms.objects.get_or_create(customer_id=customer_id)
    return CreditTerms.objects.select_for_update().get(customer_id=customer_id)


def balance(customer_id: int) -> int:
    """What the person owes now."""
    return CreditEntry.objects.filter(customer_id=customer_id).aggregate(sum=Sum("amount"))["sum"] or 0


def by_key(device_key: str | None) -> CreditEntry | None:
    """The entry this key made."""
    return CreditEntry.objects.filter(device_key=device_key).first() if device_key else None


def write(
    verb: str, *, customer: Customer | int, kind: str, amount: int, device_key: str | None = None, **fields: Any
) -> CreditEntry:
    """One entry and its event. The same `device_key` again returns the entry it made."""
    customer_id = customer if isinstance(customer, int) else customer.pk
    try:
        with transaction.atomic():
            entry = CreditEntry.objects.create(
                customer_id=customer_id,
                kind=kind,
                amount=amount,
                on=current_shop().today(),
                device_key=device_key or None,
                **fields,
            )
    except IntegrityError:
        known = by_key(device_key)
        if known is None:
            raise
        return known
    data = {"amount": amount, "kind": kind, "balance": balance(customer_id)}
    if entry.due_on:
        data["due_on"] = entry.due_on.isoformat()
    events.record(verb, subject=entry, customer_id=customer_id, data=data)
    return entry


# --- Orders paid on credit --------------------------------------------------------------------------------------------


def check_payment(order: Order, *, amount: int, method: str, kind: str) -> None:
    """Whether this may be booked for the order, before it is. `amount` is signed.

    Raises DomainError (field `method`): on credit without a name, as a deposit, beyond the limit; back on credit more
    than was bought so; and (field `amount`) money back for what no money came in for.
    """
    on_credit = credit_of(order)
    if amount < 0 and method == PaymentMethod.CREDIT and -amount > on_credit:
        text = _("This was not bought on credit. Choose how the money really goes back.")
        raise DomainError(text, code="credit_back", field="method")
    if amount < 0 and method != PaymentMethod.CREDIT and on_credit and -amount > order.paid - on_credit:
        text = _("No money came in for this yet: it was bought on credit. Take it off the account instead.")
        raise DomainError(text, code="credit_refund", field="amount")
    if amount > 0 and method == PaymentMethod.CREDIT:
        _check_debt(order, amount, kind)


def _check_debt(order: Order, amount: int, kind: str) -> None:
    if order.customer_id is None:
        text = _("On credit needs a name: choose who owes it.")
        raise DomainError(text, code="credit_nobody", field="method")
    if kind == PaymentKind.DEPOSIT:
        text = _("A deposit is money. On credit is for what is handed over.")
        raise DomainError(text, code="credit_deposit", field="method")
    if amount > order.balance:
        raise DomainError(_("No more can be on credit than is to be paid."), code="credit_amount", field="amount")
    terms = lock(order.customer_id)
    if not rules.within(terms.limit, balance(order.customer_id), amount):
        text = _("This is more than may be on credit for this customer. Ask the owner.")
        raise DomainError(text, code="credit_limit", field="method")


def book_payment(payment: Payment, order: Order) -> None:
    """What follows from a payment on credit: a debt by the person's tempo, or less of it when it goes back."""
    if payment.method != PaymentMethod.CREDIT or order.customer_id is None:
        return
    owed = payment.amount > 0
    owner = order.customer_id if owed else _owner(order)
    terms = lock(owner)
    due: date | None = rules.due_day(current_shop().today(), terms.tempo_days) if owed else None
    write(
        verbs.CREDIT_OWED,
        customer=owner,
        kind=CreditKind.SALE if owed else CreditKind.BACK,
        amount=payment.amount,
        due_on=due,
        order=order,
        payment=payment,
        by=payment.by,
    )


def _owner(order: Order) -> int:
    """On whose account the order stands, whoever's it is now."""
    rows = CreditEntry.objects.filter(order=order, kind=CreditKind.SALE).order_by("pk")
    return rows.values_list("customer_id", flat=True).first() or order.customer_id


def credit_of(order: Order) -> int:
    """How much of the order was paid on credit."""
    rows = Payment.objects.filter(order=order, method=PaymentMethod.CREDIT)
    return rows.aggregate(sum=Sum("amount"))["sum"] or 0
