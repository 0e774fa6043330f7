"""Cards: balances, rewards within reach, what is about to lapse, what happened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Max, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from setia.core.models import Route
from setia.core.prepared import prepared
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.loyalty.models import (
    Account,
    EntryKind,
    LedgerEntry,
    Membership,
    Programme,
    Redemption,
    Reward,
    Unit,
)
from setia.loyalty.queries.catalogue import rewards, tier_of


def programme() -> Programme:
    """The shop's rules; the unsaved usual ones, switched off, while the owner has set none."""
    return next(iter(_programme()), None) or Programme()


@prepared
def _programme() -> QuerySet[Programme]:
    return Programme.objects.order_by("pk")[:1]


def counted(unit: str, amount: int) -> str:
    """`12 stamps`, `1 point`, in the active language."""
    if unit == Unit.STAMPS:
        return ngettext("%(n)s stamp", "%(n)s stamps", amount) % {"n": amount}
    return ngettext("%(n)s point", "%(n)s points", amount) % {"n": amount}


def balance_words(account: Account | None, rules: Programme) -> str:
    """`120 points and 7 stamps`, of what the programme counts; empty where it counts nothing."""
    held = [counted(unit, getattr(account, unit) if account else 0) for unit in rules.units]
    return _(" and ").join(held)


def account_of(customer_id: int) -> Account | None:
    """Whose card it is: the customer's, or the household's they collect on; None before the first."""
    row = next(iter(_membership(customer_id)), None)
    return row.account if row else None


@prepared
def _membership(customer_id: int) -> QuerySet[Membership]:
    return Membership.objects.select_related("account").filter(customer_id=customer_id)


# The kind of the public link to a customer's own page; the same code leads from the card's QR to the counter.
LINK = "loyalty-card"


def holder(token: str) -> Customer | None:
    """Whose card has this code."""
    route = Route.objects.filter(kind=LINK, key=token, shop=current_shop()).first()
    found = Customer.objects.select_related("merged_into").filter(pk=route.object_id).first() if route else None
    if found is not None and found.merged_into is not None:
        found = found.merged_into
    return found if found is not None and found.archived_at is None else None


def card_token(customer_id: int) -> str:
    """The code of a customer's card; empty before the first."""
    route = Route.objects.filter(kind=LINK, shop=current_shop(), object_id=customer_id).first()
    return route.key if route else ""


def accounts() -> QuerySet[Account]:
    """Cards in use."""
    return Account.objects.filter(closed_at=None)


def members_of(account_id: int) -> list[Customer]:
    """Who collects on a card, who began it first."""
    rows = Membership.objects.filter(account_id=account_id).select_related("customer").order_by("joined_at", "pk")
    return [row.customer for row in rows]


def household_of(customer: Customer) -> list[Customer]:
    """Others of the customer's household who do not collect on the same card yet."""
    if customer.household_id is None:
        return []
    rows = Customer.objects.filter(household_id=customer.household_id, archived_at=None).exclude(pk=customer.pk)
    account = account_of(customer.pk)
    if account is not None:
        rows = rows.exclude(pk__in=Membership.objects.filter(account=account).values("customer_id"))
    return list(rows.order_by("pk"))


def first_member(account_id: int) -> Customer | None:
    """Who began the card."""
    return next(iter(members_of(account_id)), None)


# --- Within reach -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reach:
    """A reward and how many points or stamps are missing for it; `percent` of the way."""

    reward: Reward
    missing: int
    percent: int

    @property
    def missing_words(self) -> str:
        """`3 stamps`."""
        return counted(self.reward.unit, self.missing)

    @property
    def cost_words(self) -> str:
        """`10 stamps`."""
        return counted(self.reward.unit, self.reward.cost)


def reaches(account: Account | None, customer_id: int) -> list[Reach]:
    """Every reward the customer's tier may have, with how far away it is, the nearest first."""
    counts = programme().units
    mine = tier_of(customer_id)
    height = mine.position if mine else 0
    found = []
    for one in rewards():
        if one.unit not in counts or (one.tier and one.tier.retired_at is None and one.tier.position > height):
            continue
        held = max(0, getattr(account, one.unit)) if account else 0
        missing = max(0, one.cost - held)
        found.append(Reach(one, missing, min(100, 100 * held // one.cost)))
    return sorted(found, key=lambda reach: (reach.missing > 0, -reach.percent, reach.reward.cost))


def within_reach(account: Account, customer_id: int) -> list[Reward]:
    """What the card is enough for now."""
    return [reach.reward for reach in reaches(account, customer_id) if not reach.missing]


# More than these nobody writes to in a day.
MOST_READY = 300


@dataclass(frozen=True)
class Ready:
    """A card that is enough for a reward, with who is written to, and which reward was taken last (0: none yet)."""

    account: Account
    customer: Customer
    reward: Reward
    after: int


def ready(*, customer_id: int | None = None) -> list[Ready]:
    """Cards that are enough for a reward that everybody may have; with the dearest such, the fullest cards first."""
    counts = programme().units
    catalogue = [one for one in rewards() if one.unit in counts and one.tier_id is None]
    found: dict[int, Reward] = {}
    for one in sorted(catalogue, key=lambda one: one.cost):
        rows = accounts().filter(**{f"{one.unit}__gte": one.cost}).order_by(f"-{one.unit}", "pk")
        if customer_id is not None:
            rows = rows.filter(members__customer_id=customer_id)
        found.update(dict.fromkeys(rows.values_list("pk", flat=True)[:MOST_READY], one))
    cards, owners = Account.objects.in_bulk(list(found)), _owners(found)
    taken = Redemption.objects.filter(account_id__in=list(found)).order_by()
    after = dict(taken.values_list("account_id").annotate(last=Max("pk")))
    return [
        Ready(cards[pk], owners[pk], one, after.get(pk, 0))
        for pk, one in found.items()
        if pk in owners and customer_id in (None, owners[pk].pk)
    ]


def _owners(account_ids: Iterable[int]) -> dict[int, Customer]:
    """Who is written to about each card: the first of its people who is not put away."""
    rows = Membership.objects.filter(account_id__in=list(account_ids), customer__archived_at=None)
    owners: dict[int, Customer] = {}
    for row in rows.select_related("customer").order_by("joined_at", "pk"):
        owners.setdefault(row.account_id, row.customer)
    return owners


# --- About to lapse ---------------------------------------------------------------------------------------------------


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
    owners = _owners(cards)
    counts = programme().units
    found = [
        Lapsing(cards[account_id], owners[account_id], unit, amount, on)
        for (account_id, unit, on), amount in sums.items()
        if account_id in owners and unit in counts
    ]
    first: dict[tuple[int, str], Lapsing] = {}
    for one in sorted(found, key=lambda one: (one.on, one.account.pk)):
        first.setdefault((one.account.pk, one.unit), one)
    return list(first.values())


# --- What happened ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Movement:
    """One line of a card's history; `amounts` by unit, all of one sign."""

    day: date
    kind: str
    label: str
    amounts: tuple[tuple[str, int], ...]
    who: str
    order_id: int | None

    @property
    def up(self) -> bool:
        """Whether it came onto the card."""
        return any(amount > 0 for _unit, amount in self.amounts)

    @property
    def words(self) -> str:
        """`+12 points, +1 stamp`, `−10 stamps`."""
        said = (f"{'+' if amount > 0 else '−'}{counted(unit, abs(amount))}" for unit, amount in self.amounts)
        return ", ".join(said)


def history(account: Account, limit: int = 40) -> list[Movement]:
    """The latest movements, newest first; what one occasion brought or took, in both units and from several lots, is
    one line."""
    rows = LedgerEntry.objects.filter(account=account).exclude(kind=EntryKind.OFFSET).select_related("customer")
    lines: dict[tuple[object, ...], list[LedgerEntry]] = {}
    for row in rows.order_by("-pk")[: 4 * limit]:
        occasion = row.order_id or row.at.replace(microsecond=0)
        lines.setdefault((occasion, row.day, row.kind, row.redemption_id), []).append(row)
    return [_movement(entries) for entries in list(lines.values())[:limit]]


def _movement(entries: list[LedgerEntry]) -> Movement:
    first = entries[-1]
    label = first.get_kind_display()
    if first.reason:
        label = f"{label}: {first.reason}" if first.kind != EntryKind.REDEEM else first.reason
    sums: dict[str, int] = {}
    for entry in reversed(entries):
        sums[entry.unit] = sums.get(entry.unit, 0) + entry.amount
    return Movement(
        day=first.day,
        kind=first.kind,
        label=label,
        amounts=tuple((unit, amount) for unit, amount in sums.items() if amount),
        who=first.customer.display_name if first.customer else "",
        order_id=first.order_id,
    )


def redemptions_of(account: Account, limit: int = 10) -> list[Redemption]:
    """Rewards that were taken, the latest first; with who took them."""
    rows = Redemption.objects.filter(account=account).select_related("customer", "order", "by")
    return list(rows.order_by("-at", "-pk")[:limit])


def redemption(pk: int) -> Redemption | None:
    """One of them."""
    return Redemption.objects.select_related("account", "order").filter(pk=pk).first()


def best_cards(limit: int = 8) -> list[tuple[Account, list[Customer]]]:
    """Cards with the most on them, with their people."""
    unit = programme().main_unit
    cards = list(accounts().filter(**{f"{unit}__gt": 0}).order_by(f"-{unit}", "pk")[:limit])
    people: dict[int, list[Customer]] = {}
    rows = Membership.objects.filter(account__in=cards).select_related("customer").order_by("joined_at", "pk")
    for row in rows:
        people.setdefault(row.account_id, []).append(row.customer)
    return [(card, people.get(card.pk, [])) for card in cards]
