"""Points and stamps come onto a card, and are taken back when an order comes to less."""

from collections import Counter
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import events
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.core.scope import current_shop
from setia.customers.models import Customer, CustomerKind
from setia.loyalty import events as verbs
from setia.loyalty import queries, rules
from setia.loyalty.actions import ledger
from setia.loyalty.models import Account, Bonus, Earning, EntryKind, LedgerEntry, Programme, Redemption, Unit, Visit
from setia.orders import events as order_events
from setia.orders import queries as orders
from setia.orders.models import Order, OrderChannel, OrderState, ReturnLine
from setia.shops.models import Member


def settle_order(*, event: Event) -> None:
    """On every step of an order: bring what it earned in line with what it is now. Retries change nothing more."""
    order = orders.orders().filter(pk=event.subject_id).first()
    if order is not None:
        settle(order=order, begins=event.verb == order_events.COMPLETED)


@transaction.atomic
def settle(*, order: Order, begins: bool = True) -> Earning | None:
    """Let the order have earned what it should by its state and goods now, by the rules it first earned by.

    `begins`: it may earn for the first time. None when it earns nothing here: no customer, from a file, no programme.
    """
    earning = Earning.objects.select_related("account").filter(order=order).first()
    if earning is None:
        programme = queries.programme()
        if not begins or not _may_earn(order, programme):
            return None
        assert order.customer is not None
        account = ledger.locked(ledger.account_of(order.customer))
        _welcome(account, order.customer, programme)
        earning, _made = Earning.objects.get_or_create(
            order=order,
            defaults={
                "account": account,
                "customer": order.customer,
                "day": order.completed_on or current_shop().today(),
                "terms": _terms(order, programme),
            },
        )
    account = ledger.locked(earning.account)
    earning.refresh_from_db()
    if earning.customer_id != order.customer_id:
        account = _hand_on(earning, account, order)
    _settle_points(earning, account, order)
    _settle_stamps(earning, account, order)
    return earning


def _hand_on(earning: Earning, account: Account, order: Order) -> Account:
    """The order turned out to be somebody else's, or nobody's: what it brought is taken back first."""
    for unit in Unit.values:
        _move(earning, account, unit, 0)
    if order.customer is None:
        return account
    account = ledger.locked(ledger.account_of(order.customer))
    earning.account, earning.customer = account, order.customer
    earning.points_owed = earning.stamps_owed = 0
    earning.points = earning.stamps = 0
    earning.save(update_fields=["account", "customer", "points", "points_owed", "stamps", "stamps_owed"])
    return account


def _may_earn(order: Order, programme: Programme) -> bool:
    if not programme.is_on or order.customer is None or order.channel == OrderChannel.IMPORTED:
        return False
    return order.state == OrderState.COMPLETED and (programme.resellers or order.customer.kind != CustomerKind.RESELLER)


def _terms(order: Order, programme: Programme) -> dict[str, Any]:
    """The rules of today, as they are kept with the order."""
    assert order.customer is not None
    day = order.completed_on or current_shop().today()
    rows = Bonus.objects.filter(variant_id__in=[line.variant_id for line in orders.lines_of(order)])
    tier = queries.tier_of(order.customer.pk)
    return {
        "per": programme.rupiah_per_point,
        "percent": tier.percent if tier else 100,
        "bonus": {str(row.variant_id): row.points for row in rows if row.until is None or row.until >= day},
        "stamp_least": programme.stamp_least,
        "daily": programme.visit == Visit.DAY,
        "units": programme.units,
    }


def _read(terms: dict[str, Any]) -> rules.Terms:
    bonus = {int(variant): points for variant, points in terms["bonus"].items()}
    return rules.Terms(**terms | {"bonus": bonus, "units": tuple(terms["units"])})


def _goods(order: Order) -> int:
    if order.state != OrderState.COMPLETED or order.customer is None:
        return 0
    lines, adjustments = orders.lines_of(order), orders.adjustments_of(order)
    return rules.earning_goods((line.amount for line in lines), (row.amount for row in adjustments))


def _boxes(order: Order) -> dict[int, int]:
    """Boxes by variant that were bought: not those that were a reward, or came back."""
    boxes: Counter[int] = Counter()
    lines = orders.lines_of(order)
    for line in lines:
        if line.variant_id:
            boxes[line.variant_id] += line.quantity
    for line_id, quantity in ReturnLine.objects.filter(back__order=order).values_list("line_id", "quantity"):
        variant_id = next((line.variant_id for line in lines if line.pk == line_id), None)
        if variant_id:
            boxes[variant_id] -= quantity
    free = Redemption.objects.filter(order=order, undone_at=None, variant__isnull=False)
    boxes.subtract(free.values_list("variant_id", flat=True))
    return boxes


def _settle_points(earning: Earning, account: Account, order: Order) -> None:
    target = rules.points_for(_read(earning.terms), _goods(order), _boxes(order))
    _move(earning, account, Unit.POINTS, target)


def _settle_stamps(earning: Earning, account: Account, order: Order) -> None:
    terms = _read(earning.terms)
    wanted = rules.earns_stamp(terms, _goods(order))
    others = Earning.objects.filter(account=account, day=earning.day).exclude(pk=earning.pk)
    if wanted and terms.daily and others.filter(stamps__gt=0).exists():
        wanted = False
    had = earning.stamps
    _move(earning, account, Unit.STAMPS, int(wanted))
    if terms.daily and had and not wanted:
        _pass_on(account, others)


def _pass_on(account: Account, others: Any) -> None:
    """The day's stamp goes to another purchase of the day, if there is one."""
    for other in others.select_related("order").order_by("pk"):
        if rules.earns_stamp(_read(other.terms), _goods(other.order)):
            _move(other, account, Unit.STAMPS, 1)
            return


def _move(earning: Earning, account: Account, unit: str, target: int) -> None:
    """Write the movement that leads the order to `target`, and remember it with the order."""
    given, owed = getattr(earning, unit), getattr(earning, f"{unit}_owed")
    programme = queries.programme()
    step = rules.step_to(
        target, given=given, owed=owed, available=getattr(account, unit), below_zero=programme.below_zero
    )
    if not step.amount and not step.owed:
        return
    earning.steps += 1
    key = f"order:{earning.order_id}:{unit}:{earning.steps}"
    facts = {"customer_id": earning.customer_id, "order_id": earning.order_id}
    if step.amount > 0:
        last = rules.last_day(earning.day, programme.expiry_months)
        ledger.credit(account, unit, step.amount, kind=EntryKind.EARN, key=key, expires_on=last, **facts)
    elif step.amount < 0:
        ledger.debit(
            account,
            unit,
            -step.amount,
            kind=EntryKind.TAKE_BACK,
            key=key,
            first_of_order=earning.order_id,
            below_zero=programme.below_zero,
            **facts,
        )
    setattr(earning, unit, given + step.amount)
    setattr(earning, f"{unit}_owed", owed + step.owed)
    earning.save(update_fields=[unit, f"{unit}_owed", "steps"])
    if step.amount:
        verb = verbs.EARNED if step.amount > 0 else verbs.TAKEN_BACK
        _record(verb, account, earning.customer_id, unit, abs(step.amount), order=earning.order_id)


def _record(verb: str, account: Account, customer_id: int | None, unit: str, amount: int, **more: Any) -> None:
    data = {"unit": unit, "amount": amount, "balance": getattr(account, unit)}
    events.record(verb, subject=account, customer_id=customer_id, data=data | more)


def _welcome(account: Account, customer: Customer, programme: Programme) -> None:
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
    _record(verbs.EARNED, account, customer.pk, unit, amount, kind=kind)
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


@transaction.atomic
def correct(*, account: Account, unit: str, amount: int, reason: str, key: str, by: Member | None = None) -> Account:
    """A slip put right by hand, with the reason; `amount` may be negative. Raises DomainError below zero."""
    account = ledger.locked(account)
    if ledger.written(f"correct:{key}"):
        return account
    if not reason.strip():
        raise DomainError(_("Say why, so that it can be understood later."), code="reason", field="reason")
    if not amount or abs(amount) > rules.LARGEST:
        raise DomainError(_("This number cannot be right. Check it."), code="amount", field="amount")
    facts: dict[str, Any] = {
        "kind": EntryKind.CORRECTION,
        "key": f"correct:{key}",
        "reason": reason.strip()[:120],
        "by": by,
    }
    if amount > 0:
        last = rules.last_day(current_shop().today(), queries.programme().expiry_months)
        ledger.credit(account, unit, amount, expires_on=last, **facts)
    else:
        try:
            ledger.debit(account, unit, -amount, **facts)
        except rules.NotEnough as error:
            raise DomainError(_("There is not so much on the card."), code="balance", field="amount") from error
    member = queries.first_member(account.pk)
    _record(verbs.CORRECTED, account, member.pk if member else None, unit, amount)
    return account


@transaction.atomic
def take_out_opening(*, entry: LedgerEntry) -> None:
    """What a file brought onto a card is taken off again, from the lot it made. Raises rules.NotEnough when spent."""
    account = ledger.locked(entry.account)
    key = f"correct:file:{entry.customer_id}:{entry.pk}"
    if ledger.written(key) is None:
        facts = {"customer_id": entry.customer_id, "reason": _("The file was taken out again")}
        ledger.debit(account, entry.unit, entry.amount, kind=EntryKind.CORRECTION, key=key, lot_id=entry.pk, **facts)
        _record(verbs.CORRECTED, account, entry.customer_id, entry.unit, -entry.amount)


@transaction.atomic
def _lapse(account: Account, day: date) -> None:
    account = ledger.locked(account)
    for unit, amount in ledger.sweep(account, day).items():
        member = queries.first_member(account.pk)
        _record(verbs.LAPSED, account, member.pk if member else None, unit, amount)


def let_lapse() -> str:
    """Let lapse what was not used in time (nightly, safe to repeat). Returns a line on what was done."""
    day = current_shop().today()
    cards = queries.lapsing_cards(day)
    for account in cards:
        _lapse(account, day)
    return f"{len(cards)} cards"
