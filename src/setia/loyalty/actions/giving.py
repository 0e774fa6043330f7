"""What comes onto a card without a purchase: a welcome, thanks for bringing somebody, the paper card."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import events
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.loyalty import events as verbs
from setia.loyalty import queries, rules
from setia.loyalty.actions import ledger
from setia.loyalty.models import Account, EntryKind, LedgerEntry, Programme, Unit
from setia.shops.models import Member


def record(verb: str, account: Account, customer_id: int | None, unit: str, amount: int, **more: Any) -> None:
    data = {"unit": unit, "amount": amount, "balance": getattr(account, unit)}
    events.record(verb, subject=account, customer_id=customer_id, data=data | more)


def welcome(account: Account, customer: Customer, programme: Programme) -> None:
    """What a new member gets with the first purchase, once in a life."""
    if programme.welcome and not account.entries.exists():
        _give(account, customer, programme.main_unit, programme.welcome, EntryKind.WELCOME, f"welcome:{customer.pk}")


def _give(
    account: Account,
    customer: Customer,
    unit: str,
    amount: int,
    kind: str,
    key: str,
    *,
    reason: str = "",
    by: Member | None = None,
) -> LedgerEntry:
    """Credit something once; asking again with the key gives the first."""
    known = ledger.written(key)
    if known is not None:
        return known
    last = rules.last_day(current_shop().today(), queries.programme().expiry_months)
    entry = ledger.credit(
        account, unit, amount, kind=kind, key=key, expires_on=last, customer=customer, reason=reason[:120], by=by
    )
    record(verbs.EARNED, account, customer.pk, unit, amount, kind=kind)
    return entry


@transaction.atomic
def reward(
    *, customer: Customer, points: int, key: str, reason: str = "", unit: str | None = None
) -> LedgerEntry | None:
    """Give points (in the programme's main unit unless said) for something that is no purchase: somebody was brought.

    The same `key` again gives nothing more. None while there is no programme, or for nothing.
    """
    programme = queries.programme()
    if not programme.is_on or points <= 0:
        return None
    account = ledger.locked(ledger.account_of(customer))
    return _give(
        account, customer, unit or programme.main_unit, points, EntryKind.REFERRAL, f"reward:{key}"[:100], reason=reason
    )


@transaction.atomic
def open_balance(
    *, customer: Customer, stamps: int = 0, points: int = 0, key: str | None = None, by: Member | None = None
) -> Account:
    """Carry over what stood on the paper card. With the same `key` (default: once a day and customer) it counts once.

    Raises DomainError for nothing, too much, or a unit the programme does not count.
    """
    programme = queries.programme()
    account = ledger.locked(ledger.account_of(customer))
    key = key or f"{customer.pk}:{current_shop().today():%Y%m%d}"
    if stamps <= 0 and points <= 0:
        raise DomainError(_("Enter how many there are on the card."), code="empty", field="stamps")
    for unit, amount in ((Unit.STAMPS, stamps), (Unit.POINTS, points)):
        if amount:
            _check(unit, amount, programme)
            _give(account, customer, unit, amount, EntryKind.OPENING, f"opening:{unit}:{key}"[:100], by=by)
    return account


def _check(unit: str, amount: int, programme: Programme) -> None:
    if amount < 0 or amount > rules.LARGEST:
        raise DomainError(_("This number cannot be right. Check it."), code="amount", field=str(unit))
    if unit not in programme.units:
        raise DomainError(
            _("The programme does not count these. Turn them on in its rules first."), code="unit", field=str(unit)
        )
