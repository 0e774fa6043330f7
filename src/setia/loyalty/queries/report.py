"""What the programme has given out, what became of it, and what is still owed: `docs/algorithms/loyalty.md`."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum

from setia.loyalty import rules
from setia.loyalty.models import EntryKind, LedgerEntry, Redemption, Unit
from setia.loyalty.queries.cards import accounts, programme
from setia.loyalty.queries.catalogue import rewards, worth_of

ISSUED = (EntryKind.EARN, EntryKind.WELCOME, EntryKind.REFERRAL, EntryKind.OPENING)


@dataclass(frozen=True)
class Flow:
    """What came and went of one unit between two days. `open` is what lies on cards now, `cards` on how many.

    issued - taken_back + corrected - redeemed - expired = the change of what is open.
    """

    unit: str
    issued: int
    taken_back: int
    corrected: int
    redeemed: int
    expired: int
    open: int
    cards: int

    @property
    def name(self) -> str:
        """`Points`."""
        return str(Unit(self.unit).label)


@dataclass(frozen=True)
class Owed:
    """What is open, in rupiah: at most, if everybody came today, and probably (None: too early to tell)."""

    unit: str
    rate: int
    most: int
    today: int
    expected: int | None

    @property
    def name(self) -> str:
        """`Points`."""
        return str(Unit(self.unit).label)


def flow(unit: str, since: date | None = None, until: date | None = None) -> Flow:
    """One unit's account over some days (default: over all time); two queries."""
    rows = LedgerEntry.objects.filter(unit=unit)
    if since:
        rows = rows.filter(day__gte=since)
    if until:
        rows = rows.filter(day__lte=until)
    sums = dict(rows.order_by().values_list("kind").annotate(total=Sum("amount")))
    held = accounts().aggregate(open=Sum(unit), cards=Count("pk", filter=Q(**{f"{unit}__gt": 0})))
    return Flow(
        unit=unit,
        issued=sum(sums.get(kind, 0) for kind in ISSUED),
        taken_back=-sums.get(EntryKind.TAKE_BACK, 0),
        corrected=sums.get(EntryKind.CORRECTION, 0),
        redeemed=-sums.get(EntryKind.REDEEM, 0) - sums.get(EntryKind.UNDO, 0),
        expired=-sums.get(EntryKind.EXPIRE, 0),
        open=held["open"] or 0,
        cards=held["cards"],
    )


def owed(unit: str) -> Owed:
    """The liability of one unit, at today's prices and rewards."""
    terms = programme()
    pays = terms.point_pays if unit == Unit.POINTS else 0
    priced = [(one.cost, worth_of(one)) for one in rewards() if one.unit == unit]
    rate = rules.rupiah_rate(priced, pays=pays)
    balances = list(accounts().exclude(**{unit: 0}).values_list(unit, flat=True))
    most = rules.liability(balances, rate)
    past = flow(unit)
    return Owed(
        unit=unit,
        rate=int(rate),
        most=most,
        today=rules.within_reach(balances, priced, pays=pays),
        expected=rules.expected(most, redeemed=past.redeemed, expired=past.expired),
    )


@dataclass(frozen=True)
class Taken:
    """How often a reward was taken and what that was worth."""

    name: str
    times: int
    worth: int


def taken(since: date, until: date) -> list[Taken]:
    """Rewards that were taken on some days and not given back, the most taken first."""
    entries = LedgerEntry.objects.filter(kind=EntryKind.REDEEM, day__range=(since, until))
    rows = Redemption.objects.filter(undone_at=None, pk__in=entries.values("redemption_id")).order_by()
    counted = rows.values_list("name").annotate(times=Count("pk"), worth=Sum("worth"))
    found = [Taken(name, times, worth) for name, times, worth in counted]
    return sorted(found, key=lambda one: (-one.times, one.name))
