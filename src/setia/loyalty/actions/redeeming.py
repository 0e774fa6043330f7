"""Rewards are taken: with an order through `orders.deductions`, or handed over on their own."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.loyalty import events as verbs
from setia.loyalty import queries, rules
from setia.loyalty.actions import ledger
from setia.loyalty.models import Account, EntryKind, Redemption, Reward, Unit
from setia.orders.models import Order
from setia.shops.models import Member


def _not_enough() -> DomainError:
    return DomainError(_("There is not enough on the card any more. Look at it again."), code="balance", field="code")


@transaction.atomic
def redeem(
    *,
    customer: Customer,
    reward: Reward,
    key: str,
    order: Order | None = None,
    worth: int | None = None,
    by: Member | None = None,
) -> Redemption:
    """Exchange points or stamps for a reward; the same `key` again returns what it made.

    Of two at once who want the last points one gets them. Raises DomainError when there is not enough (any more), the
    reward is no longer given, or only from a tier on that the customer does not stand on.
    """
    known = Redemption.objects.filter(key=key).first()
    if known is not None:
        return known
    if reward.retired_at is not None:
        raise DomainError(_("This reward is no longer given."), code="retired", field="code")
    if not queries.stands_high_enough(customer.pk, reward):
        raise DomainError(_("This reward is for a higher tier."), code="tier", field="code")
    facts = {"reward": reward, "name": reward.name, "variant": reward.variant}
    price = queries.worth_of(reward) if worth is None else worth
    return _redeem(customer, reward.unit, reward.cost, price, key, order, by, facts)


@transaction.atomic
def pay(
    *, customer: Customer, points: int, worth: int, key: str, order: Order | None = None, by: Member | None = None
) -> Redemption:
    """Points pay `worth` rupiah of an order. Raises DomainError as `redeem`."""
    known = Redemption.objects.filter(key=key).first()
    if known is not None:
        return known
    facts = {"reward": None, "name": _("Paid with points"), "variant": None}
    return _redeem(customer, Unit.POINTS, points, worth, key, order, by, facts)


def _redeem(
    customer: Customer,
    unit: str,
    cost: int,
    worth: int,
    key: str,
    order: Order | None,
    by: Member | None,
    facts: dict[str, Any],
) -> Redemption:
    account = ledger.locked(ledger.account_of(customer))
    if (known := Redemption.objects.filter(key=key).first()) is not None:
        return known  # a retry that waited for its own first post
    ledger.sweep(account, current_shop().today())
    if getattr(account, unit) < cost:
        raise _not_enough()
    redemption: Redemption = Redemption.objects.create(
        account=account,
        customer=customer,
        order=order,
        unit=unit,
        cost=cost,
        worth=worth,
        at=clock.now(),
        by=by,
        key=key,
        **facts,
    )
    try:
        ledger.debit(
            account,
            unit,
            cost,
            kind=EntryKind.REDEEM,
            key=f"redeem:{redemption.pk}",
            customer=customer,
            order=order,
            redemption=redemption,
            reason=redemption.name,
            by=by,
        )
    except rules.NotEnough as error:
        raise _not_enough() from error
    _record(verbs.REDEEMED, redemption, account)
    return redemption


def _record(verb: str, redemption: Redemption, account: Account) -> None:
    data = {
        "unit": redemption.unit,
        "amount": redemption.cost,
        "balance": getattr(account, redemption.unit),
        "reward": redemption.reward_id,
        "order": redemption.order_id,
        "worth": redemption.worth,
    }
    events.record(verb, subject=redemption, customer_id=redemption.customer_id, data=data)


@transaction.atomic
def undo(*, redemption: Redemption, by: Member | None = None) -> Redemption:
    """The reward is given back and its points return to the lots they came from. Twice is once.

    What has lapsed in the meantime lapses again with the next night.
    """
    account = ledger.locked(redemption.account)
    row: Redemption = Redemption.objects.select_for_update().get(pk=redemption.pk)
    if row.undone_at is None:
        row.undone_at = clock.now()
        row.save(update_fields=["undone_at"])
        taken = row.entries.filter(kind=EntryKind.REDEEM).order_by("pk")
        ledger.give_back(
            account,
            taken,
            key=f"undo:{row.pk}",
            customer_id=row.customer_id,
            order_id=row.order_id,
            redemption=row,
            reason=row.name,
            by=by,
        )
        if account.closed_at is not None and row.customer is not None:
            # the card was brought together with another one meanwhile: what comes back goes there as well
            now = ledger.locked(ledger.account_of(row.customer))
            ledger.carry_over(account, now, row.unit)
            account = now
        _record(verbs.GIVEN_BACK, row, account)
    return row
