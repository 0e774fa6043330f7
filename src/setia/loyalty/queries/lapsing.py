"""What is about to lapse."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Coalesce

from setia.customers.models import Customer
from setia.loyalty.models import Account, LedgerEntry
from setia.loyalty.queries.cards import counted, owners, programme


@dataclass(frozen=True)
class Lapsing:
    """So much of a card lapses after a day; `customer` began the card."""

    account: Account
    customer: Customer
    unit: str
    amount: int
    on: date

    @property
    def words(self) -> str:
        """`30 points`."""
        return counted(self.unit, self.amount)


def _open_lots(until: date) -> QuerySet[LedgerEntry]:
    rows = LedgerEntry.objects.filter(lot=None, amount__gt=0, expires_on__lte=until)
    return rows.annotate(left=F("amount") + Coalesce(Sum("draws__amount"), 0)).filter(left__gt=0)


def lapsing_cards(day: date) -> list[Account]:
    """Cards with something whose last day was before `day`."""
    ids = set(_open_lots(day - timedelta(days=1)).values_list("account_id", flat=True))
    return list(Account.objects.filter(pk__in=ids).order_by("pk"))


def lapsing(day: date, days: int, *, customer_id: int | None = None) -> list[Lapsing]:
    """What lapses within so many days, the earliest first: of each card and unit the first day alone, with its sum."""
    rows = _open_lots(day + timedelta(days=days)).filter(expires_on__gte=day)
    if customer_id is not None:
        rows = rows.filter(account__members__customer_id=customer_id)
    sums: dict[tuple[int, str, date], int] = {}
    for account_id, unit, on, left in rows.values_list("account_id", "unit", "expires_on", "left"):
        sums[account_id, unit, on] = sums.get((account_id, unit, on), 0) + left
    cards = Account.objects.in_bulk({account_id for account_id, _unit, _on in sums})
    people = owners(cards)
    counts = programme().units
    found = [
        Lapsing(cards[account_id], people[account_id], unit, amount, on)
        for (account_id, unit, on), amount in sums.items()
        if account_id in people and unit in counts
    ]
    first: dict[tuple[int, str], Lapsing] = {}
    for one in sorted(found, key=lambda one: (one.on, one.account.pk)):
        first.setdefault((one.account.pk, one.unit), one)
    return list(first.values())
