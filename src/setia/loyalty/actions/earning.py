"""Points and stamps come onto a card, and are taken back when an order comes to less."""

from collections import Counter
from typing import Any

from django.db import transaction

from setia.core.models import Event
from setia.core.scope import current_shop
from setia.customers.models import CustomerKind
from setia.loyalty import events as verbs
from setia.loyalty import queries, rules
from setia.loyalty.actions import ledger, redeeming
from setia.loyalty.actions.giving import record, welcome
from setia.loyalty.models import Account, Bonus, Earning, EntryKind, Programme, Redemption, Unit, Visit
from setia.orders import events as order_events
from setia.orders import queries as orders
from setia.orders.models import AdjustmentKind, Order, OrderChannel, OrderState, ReturnLine


def settle_order(*, event: Event) -> None:
    """On every step of an order: bring what it earned in line with what it is now. Retries change nothing more.

    Where everything came back, so do the points and rewards that paid for it.
    """
    order = orders.orders().filter(pk=event.subject_id).first()
    if order is None:
        return
    settle(order=order, begins=event.verb == order_events.COMPLETED)
    if event.verb == order_events.RETURNED:
        give_back_used(order=order)


@transaction.atomic
def give_back_used(*, order: Order) -> int:
    """Points and rewards used for an order of which every box came back return to the card; how many were given back.

    As with any reward given back: rows of their own under a key of the redemption, so asking again gives nothing more.
    """
    lines = {line.pk: line.quantity for line in orders.lines_of(order)}
    back: Counter[int] = Counter()
    for line_id, quantity in ReturnLine.objects.filter(back__order=order).values_list("line_id", "quantity"):
        back[line_id] += quantity
    if not rules.nothing_kept(lines, back):
        return 0
    used = list(Redemption.objects.filter(order=order, undone_at=None).order_by("pk"))
    for redemption in used:
        redeeming.undo(redemption=redemption)
    return len(used)


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
        welcome(account, order.customer, programme)
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
    off_goods = (row.amount for row in adjustments if row.kind != AdjustmentKind.BROUGHT)
    return rules.earning_goods((line.amount for line in lines), off_goods)


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
        record(verb, account, earning.customer_id, unit, abs(step.amount), order=earning.order_id)
