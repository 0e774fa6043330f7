"""Customers and sales by district, goals, who opens which place, where to go next."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, Sum

from setia.core.places import AROUND, DISTRICTS
from setia.customers.models import Customer, CustomerKind
from setia.orders.models import Order
from setia.promotions.models import PlaceGoal
from setia.promotions.rules import places as rules
from setia.segments.models import Traits

YEAR_DAYS, LATELY_DAYS, MOST_OPENERS = 365, 90, 30
_SELLERS = (CustomerKind.RESELLER, CustomerKind.INTERMEDIARY)


@dataclass(frozen=True)
class PlaceRow:
    """A district: who of it bought within a year, and for how much; `name` empty where nobody asked."""

    name: str
    signs: rules.Signs
    sales: int

    @property
    def customers(self) -> int:
        return self.signs.customers


def by_district(today: date) -> list[PlaceRow]:
    """Every district somebody lives in who bought in the last 365 days, most customers first: two queries."""
    lately, before = today - timedelta(days=LATELY_DAYS), today - timedelta(days=2 * LATELY_DAYS)
    rows = Traits.objects.filter(last_on__gte=today - timedelta(days=YEAR_DAYS)).order_by().values("district")
    counts = rows.annotate(
        n=Count("pk"),
        resellers=Count("pk", filter=Q(kind__in=_SELLERS)),
        told=Count("pk", filter=Q(customer__referred_by__isnull=False)),
        fresh=Count("pk", filter=Q(first_on__gt=lately)),
        before=Count("pk", filter=Q(first_on__gt=before, first_on__lte=lately)),
    )
    sales = _sales(today)
    found = [
        PlaceRow(
            one["district"],
            rules.Signs(one["n"], one["resellers"], one["told"], one["fresh"], one["before"]),
            sales.get(one["district"], 0),
        )
        for one in counts
    ]
    return sorted(found, key=lambda row: (-row.customers, row.name))


def _sales(today: date) -> dict[str, int]:
    """What people of each district paid for in the last 365 days."""
    rows = Order.objects.filter(
        completed_on__range=(today - timedelta(days=YEAR_DAYS), today), customer__archived_at=None
    ).order_by()
    return dict(rows.filter(customer__isnull=False).values_list("customer__district").annotate(sum=Sum("total")))


def customers_by_district(today: date) -> dict[str, int]:
    """How many bought within 365 days, by district: one query."""
    rows = Traits.objects.filter(last_on__gte=today - timedelta(days=YEAR_DAYS)).exclude(district="").order_by()
    return dict(rows.values_list("district").annotate(n=Count("pk")))


@dataclass(frozen=True)
class Opener:
    """Who resells or goes between: where they are, and where the people they brought live, by number."""

    customer: Customer
    brought: list[tuple[str, int]]

    @property
    def total(self) -> int:
        return sum(number for _place, number in self.brought)


def openers() -> list[Opener]:
    """Resellers and go-betweens, who brought most people first: two queries."""
    people = Customer.objects.filter(kind__in=_SELLERS, archived_at=None, erased_at=None, merged_into=None)
    friends = Customer.objects.filter(
        referred_by__kind__in=_SELLERS, archived_at=None, erased_at=None, merged_into=None
    ).order_by()
    brought: dict[int, Counter[str]] = defaultdict(Counter)
    for teller, place, number in friends.values_list("referred_by", "district").annotate(n=Count("pk")):
        brought[teller][place] += number
    found = [
        Opener(person, sorted(brought[person.pk].items(), key=lambda one: (-one[1], one[0])))
        for person in people.order_by("display_name", "pk")
    ]
    return sorted(found, key=lambda one: -one.total)[:MOST_OPENERS]


def circles(customers: dict[str, int]) -> list[rules.Circle]:
    """The map: districts with customers of whom at least one has a point."""
    rows = Customer.objects.filter(latitude__isnull=False, longitude__isnull=False, district__in=customers).filter(
        archived_at=None, erased_at=None, merged_into=None
    )
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for name, latitude, longitude in rows.values_list("district", "latitude", "longitude")[:5000]:
        points[name].append((latitude, longitude))
    return rules.drawn(points, customers)


@dataclass(frozen=True)
class GoalRow:
    goal: PlaceGoal
    progress: rules.Progress
    # The districts its people live in, for their list.
    districts: list[str]


def goals(today: date, customers: dict[str, int]) -> list[GoalRow]:
    """Goals that stand, the next day first."""
    rows = PlaceGoal.objects.filter(removed_at=None).order_by("by_day", "place", "pk")
    return [standing(row, today, customers) for row in rows]


def standing(row: PlaceGoal, today: date, customers: dict[str, int]) -> GoalRow:
    """How far a goal is."""
    now = rules.counted(row.place, row.whole, customers)
    districts = sorted(name for name in customers if rules.counted(row.place, row.whole, {name: 1}))
    return GoalRow(row, rules.progress(now, row.customers, today, row.by_day), districts)


def goal(pk: int) -> PlaceGoal | None:
    """One, taken out or not."""
    return PlaceGoal.objects.filter(pk=pk).first()


def regencies_of(customers: dict[str, int]) -> list[str]:
    """Regencies a goal may be set for: the ones at home, and wherever customers live."""
    lived = {rules.regency_of(name) for name in customers}
    return [name for name in (*DISTRICTS, *AROUND) if name in DISTRICTS or name in lived]
