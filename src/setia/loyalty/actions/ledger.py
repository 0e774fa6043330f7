"""The ledger: every movement is written here and nowhere else, under the lock of its account.

Callers hold the account by `locked` inside their transaction; the cached balances move together with the rows.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F

from setia.core import clock
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.loyalty import queries, rules
from setia.loyalty.models import Account, EntryKind, LedgerEntry, Membership
from setia.shops import public


def account_of(customer: Customer) -> Account:
    """The card of a customer; a new one at the first asking."""
    # Writers of one customer's first card wait for each other at the customer.
    list(Customer.objects.select_for_update(no_key=True).filter(pk=customer.pk).values_list("pk"))
    known = Membership.objects.select_related("account").filter(customer=customer).first()
    if known is not None:
        return known.account
    account = Account.objects.create()
    Membership.objects.create(account=account, customer=customer)
    # the code of their card, made here because looking at a page must not write
    public.token_for(queries.LINK, customer.pk)
    return account


def locked(account: Account) -> Account:
    """The account as it is now, nobody else's until the transaction ends."""
    return Account.objects.select_for_update().get(pk=account.pk)


def written(key: str) -> LedgerEntry | None:
    """What was written under this key already."""
    return LedgerEntry.objects.filter(key=key).first()


def moved_to(entry: LedgerEntry) -> LedgerEntry:
    """The lot a lot became when its card was brought together with another; itself where it was not."""
    rows = LedgerEntry.objects.filter(key__startswith=f"move:{entry.pk}:", key__endswith=":in")
    later = rows.order_by("-pk").first()
    while later is not None:
        entry = later
        rows = LedgerEntry.objects.filter(key__startswith=f"move:{entry.pk}:", key__endswith=":in")
        later = rows.order_by("-pk").first()
    return entry


def lots(account: Account, unit: str) -> list[rules.Lot]:
    """What is left of everything earned on a card."""
    rows = LedgerEntry.objects.filter(account=account, unit=unit)
    return rules.lots_of(rows.values_list("pk", "lot_id", "amount", "expires_on", "order_id"))


def _write(account: Account, rows: Iterable[LedgerEntry], unit: str, change: int) -> None:
    LedgerEntry.objects.bulk_create(rows)
    if change:
        Account.objects.filter(pk=account.pk).update(**{unit: F(unit) + change})
        setattr(account, unit, getattr(account, unit) + change)


def new_entry(account: Account, unit: str, amount: int, kind: str, key: str, **more: Any) -> LedgerEntry:
    """A row of the ledger, not yet written."""
    return LedgerEntry(
        account=account,
        unit=unit,
        amount=amount,
        kind=kind,
        key=key,
        at=clock.now(),
        day=current_shop().today(),
        **more,
    )


def credit(
    account: Account, unit: str, amount: int, *, kind: str, key: str, expires_on: date | None, **more: Any
) -> LedgerEntry:
    """A new lot. Debts of the card are paid from it first."""
    entry = new_entry(account, unit, amount, kind, key, expires_on=expires_on, **more)
    entry.save()
    _write(account, [], unit, amount)
    pay_debts(account, unit)
    return entry


def pay_debts(account: Account, unit: str) -> None:
    """Set what is on the card off against its debts: the balance stays, no lot is below zero any more."""
    for debt in [lot for lot in lots(account, unit) if lot.left < 0]:
        held = [lot for lot in lots(account, unit) if lot.left > 0]
        part = min(-debt.left, sum(lot.left for lot in held))
        for lot_id, piece in rules.draw(held, part):
            times = LedgerEntry.objects.filter(kind=EntryKind.OFFSET, lot_id=debt.id).count()
            rows = [
                new_entry(account, unit, signed, EntryKind.OFFSET, f"offset:{debt.id}:{times}:{lot}", lot_id=lot)
                for signed, lot in ((-piece, lot_id), (piece, debt.id))
            ]
            _write(account, rows, unit, 0)


def carry_over(old: Account, new: Account, unit: str) -> None:
    """Move everything of one card to another: every lot with its last day and its order, a debt as a debt."""
    for lot in lots(old, unit):
        times = LedgerEntry.objects.filter(lot_id=lot.id, kind=EntryKind.MOVE).count()
        key = f"move:{lot.id}:{times}"
        _write(old, [new_entry(old, unit, -lot.left, EntryKind.MOVE, f"{key}:out", lot_id=lot.id)], unit, -lot.left)
        facts = {"expires_on": lot.expires_on, "order_id": lot.order_id}
        _write(new, [new_entry(new, unit, lot.left, EntryKind.MOVE, f"{key}:in", **facts)], unit, lot.left)
    pay_debts(new, unit)


def debit(
    account: Account,
    unit: str,
    amount: int,
    *,
    kind: str,
    key: str,
    first_of_order: int | None = None,
    below_zero: bool = False,
    lot_id: int | None = None,
    **more: Any,
) -> int:
    """Take `amount` from the lots of a card, what lapses first first; with `below_zero` the rest becomes a debt.

    `lot_id`: from this lot alone.

    Returns what was taken. Raises rules.NotEnough.
    """
    known = [lot for lot in lots(account, unit) if lot_id in (None, lot.id)]
    debt = 0
    if below_zero:
        debt = max(0, amount - sum(lot.left for lot in known if lot.left > 0))
    parts = rules.draw(known, amount - debt, first_of_order=first_of_order)
    rows = [
        new_entry(account, unit, -part, kind, key if not number else f"{key}:{number}", lot_id=lot, **more)
        for number, (lot, part) in enumerate(parts)
    ]
    if debt:
        rows.append(new_entry(account, unit, -debt, kind, f"{key}:debt", **more))
    _write(account, rows, unit, -amount)
    return amount


def give_back(account: Account, entries: Iterable[LedgerEntry], *, key: str, **more: Any) -> int:
    """Put back what `entries` took, into the lots it was taken from. Returns how much."""
    taken = [entry for entry in entries if entry.amount < 0]
    for number, entry in enumerate(taken):
        row = new_entry(
            account, entry.unit, -entry.amount, EntryKind.UNDO, f"{key}:{number}", lot_id=entry.lot_id, **more
        )
        _write(account, [row], entry.unit, -entry.amount)
    return -sum(entry.amount for entry in taken)


def bring_back(old: Account, unit: str) -> None:
    """What was carried over from a card and is still there goes back to it, lot by lot, a debt as a debt."""
    went = LedgerEntry.objects.filter(account=old, unit=unit, kind=EntryKind.MOVE, key__endswith=":out")
    for out in went.order_by("pk"):
        there = LedgerEntry.objects.select_related("account").filter(key=f"{out.key.removesuffix(':out')}:in").first()
        if there is None:
            continue
        now = locked(there.account)
        _take_offsets_back(now, there)
        left = next((lot.left for lot in lots(now, unit) if lot.id == there.pk), 0)
        if left:
            times = LedgerEntry.objects.filter(lot_id=there.pk, kind=EntryKind.MOVE).count()
            key = f"back:{there.pk}:{times}"
            _write(now, [new_entry(now, unit, -left, EntryKind.MOVE, f"{key}:out", lot_id=there.pk)], unit, -left)
            _write(old, [new_entry(old, unit, left, EntryKind.MOVE, f"{key}:in", lot_id=out.lot_id)], unit, left)


def _take_offsets_back(account: Account, moved: LedgerEntry) -> None:
    """What was set off between a lot that was carried over and one of the card itself stands on each side again."""
    mine = LedgerEntry.objects.filter(lot=moved, kind=EntryKind.OFFSET, key__startswith="offset:")
    for key in mine.order_by("-pk").values_list("key", flat=True):
        # offset:<debt>:<times>:<lot>, one row for each of the two lots
        pair = key.rpartition(":")[0]
        if written(f"un{key}") is None:
            rows = LedgerEntry.objects.filter(account=account, key__startswith=f"{pair}:", kind=EntryKind.OFFSET)
            back = [
                new_entry(account, row.unit, -row.amount, EntryKind.OFFSET, f"un{row.key}", lot_id=row.lot_id)
                for row in rows
            ]
            _write(account, back, moved.unit, 0)


def sweep(account: Account, day: date) -> dict[str, int]:
    """Let lapse what is over on `day`; returns how much by unit. Twice is once."""
    gone: dict[str, int] = {}
    for unit in ("points", "stamps"):
        over = rules.lapsed(lots(account, unit), day)
        rows = []
        for lot in over:
            # what is given back to a lapsed lot lapses again: so many times it was swept already
            times = LedgerEntry.objects.filter(lot_id=lot.id, kind=EntryKind.EXPIRE).count()
            rows.append(new_entry(account, unit, -lot.left, EntryKind.EXPIRE, f"lapse:{lot.id}:{times}", lot_id=lot.id))
        if rows:
            gone[unit] = sum(lot.left for lot in over)
            _write(account, rows, unit, -gone[unit])
    return gone
