"""Pure decisions about debts. Amounts are whole units; positive entries are owed, negative ones make it less."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

LONGEST_TEMPO: Final = 365
USUAL_TEMPO: Final = 7


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a ledger, in the order it was written (`id`)."""

    id: int
    amount: int
    due_on: date | None = None
    order_id: int | None = None


@dataclass(frozen=True, slots=True)
class Debt:
    """What is still open of one positive entry."""

    entry_id: int
    due_on: date | None
    open: int
    order_id: int | None = None


def balance(entries: Iterable[Entry]) -> int:
    """What is owed; below zero when the shop owes."""
    return sum(entry.amount for entry in entries)


def open_debts(entries: Iterable[Entry]) -> tuple[list[Debt], int]:
    """The debts that are still open, the earliest due first, and what was paid beyond all of them.

    What belongs to an order makes that order's debt smaller; everything else the one that is due first. The open
    parts less the surplus are the balance: nothing appears, nothing vanishes.
    """
    entries = sorted(entries, key=lambda entry: entry.id)
    owed = [Debt(entry.id, entry.due_on, entry.amount, entry.order_id) for entry in entries if entry.amount > 0]
    owed.sort(key=lambda debt: (debt.due_on or date.max, debt.entry_id))
    free = 0
    for entry in entries:
        if entry.amount < 0:
            mine = entry.order_id is not None
            free += _pay(owed, -entry.amount, entry.order_id) if mine else -entry.amount
    surplus = _pay(owed, free, None)
    return [debt for debt in owed if debt.open], surplus


def _pay(owed: list[Debt], amount: int, order_id: int | None) -> int:
    """Take `amount` off the debts (of an order, or of all) in their order; returns what is left of it."""
    for place, debt in enumerate(owed):
        if amount and (order_id is None or debt.order_id == order_id):
            part = min(amount, debt.open)
            owed[place] = replace(debt, open=debt.open - part)
            amount -= part
    return amount


def overdue(debts: Iterable[Debt], today: date) -> int:
    """How much of the debts should have been paid before `today`."""
    return sum(debt.open for debt in debts if debt.due_on is not None and debt.due_on < today)


def due_day(today: date, tempo_days: int) -> date:
    """The day by which something bought today is to be paid."""
    return today + timedelta(days=tempo_days)


def within(limit: int | None, owed: int, more: int) -> bool:
    """Whether somebody who owes `owed` may owe `more`."""
    return limit is None or owed + more <= limit
