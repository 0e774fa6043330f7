"""Who owes what, by when."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from setia.customers.models import Customer
from setia.orders.credit import rules
from setia.orders.models import CreditEntry, CreditTerms


@dataclass(frozen=True)
class Debtor:
    """A person who owes: how much, of it too late, and the first day something is due."""

    customer: Customer
    balance: int
    overdue: int
    first_due: date | None
    debts: list[rules.Debt]


def debtors(today: date, customer_id: int | None = None) -> list[Debtor]:
    """Everybody (or the one person) who owes something, whose money is due first on top, in a few queries."""
    owing = _owing(customer_id)
    ledgers: dict[int, list[rules.Entry]] = defaultdict(list)
    for customer_id, entry in _entries(owing):
        ledgers[customer_id].append(entry)
    people = Customer.objects.in_bulk(owing)
    found = [_debtor(people[pk], ledgers[pk], owing[pk], today) for pk in owing if pk in people]
    return sorted(found, key=lambda one: (one.first_due or date.max, -one.balance, one.customer.pk))


def debtor(customer: Customer, today: date) -> Debtor:
    """What one person owes."""
    entries = [entry for _pk, entry in _entries([customer.pk])]
    return _debtor(customer, entries, rules.balance(entries), today)


def _owing(customer_id: int | None = None) -> dict[int, int]:
    rows = CreditEntry.objects.all()
    if customer_id is not None:
        rows = rows.filter(customer_id=customer_id)
    rows = rows.values("customer_id").annotate(sum=Sum("amount")).filter(sum__gt=0).order_by()
    return dict(rows.values_list("customer_id", "sum"))


def _entries(customer_ids: Iterable[int]) -> Iterable[tuple[int, rules.Entry]]:
    """Entries that count; of a slip and its correction neither does, for they are nothing together."""
    rows = CreditEntry.objects.filter(customer_id__in=list(customer_ids))
    reversed_ids = set(rows.filter(reverses__isnull=False).values_list("reverses_id", flat=True))
    rows = rows.filter(reverses=None).order_by("pk")
    for pk, customer_id, amount, due_on, order_id in rows.values_list(
        "pk", "customer_id", "amount", "due_on", "order_id"
    ):
        if pk not in reversed_ids:
            yield customer_id, rules.Entry(pk, amount, due_on, order_id)


def _debtor(customer: Customer, entries: list[rules.Entry], balance: int, today: date) -> Debtor:
    debts, _surplus = rules.open_debts(entries)
    first = min((debt.due_on for debt in debts if debt.due_on), default=None)
    return Debtor(customer, balance, rules.overdue(debts, today), first, debts)


def ledger(customer_id: int) -> list[tuple[CreditEntry, int, bool]]:
    """A person's entries, the newest first, each with the balance after it and whether it was taken back."""
    rows = list(CreditEntry.objects.filter(customer_id=customer_id).select_related("order", "by").order_by("pk"))
    reversed_ids = {row.reverses_id for row in rows if row.reverses_id}
    shown, sum_so_far = [], 0
    for row in rows:
        sum_so_far += row.amount
        shown.append((row, sum_so_far, row.pk in reversed_ids))
    return shown[::-1]


def terms_of(customer_id: int) -> CreditTerms:
    """A person's terms; the usual ones when none were agreed."""
    return CreditTerms.objects.filter(customer_id=customer_id).first() or CreditTerms(customer_id=customer_id)


def entry(pk: int) -> CreditEntry | None:
    """One entry of the open shop."""
    return CreditEntry.objects.filter(pk=pk).first()


def total_owed() -> int:
    """What everybody owes together, in one query."""
    return sum(_owing().values())
