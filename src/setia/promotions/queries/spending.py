"""What each source brought and cost: by month, by bazaar, with the list behind every number."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from setia.customers.models import Customer, Source
from setia.orders.models import PurchaseSummary
from setia.promotions import margins
from setia.promotions.models import InviteRules, Spending
from setia.promotions.rules.spending import Yield

# Where nobody asked.
UNKNOWN = ""


def rules_now() -> InviteRules:
    """The owner's rules; the unsaved usual ones while she has set none."""
    return InviteRules.objects.first() or InviteRules()


def spendings(*, since: date | None = None, until: date | None = None, source: str | None = None) -> QuerySet[Spending]:
    """What was spent, the latest first; `since` and `until` inclusive."""
    rows = Spending.objects.filter(removed_at=None).select_related("bazaar").order_by("-spent_on", "-pk")
    if since:
        rows = rows.filter(spent_on__gte=since)
    if until:
        rows = rows.filter(spent_on__lte=until)
    return rows if source is None else rows.filter(source=source)


def spending(pk: int) -> Spending | None:
    """One row, taken out or not."""
    return Spending.objects.filter(pk=pk).first()


def newcomers(*, since: date, until: date, source: str | None = None) -> QuerySet[PurchaseSummary]:
    """Who bought for the first time on the days (inclusive), of one source when given."""
    rows = PurchaseSummary.objects.filter(first_on__range=(since, until), customer__erased_at=None)
    rows = rows.filter(customer__merged_into=None)
    return rows if source is None else rows.filter(customer__source=source)


@dataclass(frozen=True)
class SourceRow:
    """A source, in a month or over all of them."""

    source: str
    month: date | None
    result: Yield

    @property
    def label(self) -> str:
        """The source in words; empty where nobody asked."""
        return str(Source(self.source).label) if self.source in Source.values else ""

    @property
    def last_day(self) -> date | None:
        """Of its month."""
        if self.month is None:
            return None
        return (self.month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def report(since: date, until: date) -> list[SourceRow]:
    """One row per source and month in which somebody came or something was spent; `since` is a first of a month.

    Counted by the month of the first purchase. Sales and margin are everything these people bought until now.
    """
    found: dict[tuple[str, date], Yield] = defaultdict(Yield)
    for (source, month), result in _people(newcomers(since=since, until=until)).items():
        found[source, month] += result
    costs = spendings(since=since, until=until).order_by().annotate(month=TruncMonth("spent_on"))
    for source, month, cost in costs.values_list("source", "month").annotate(cost=Sum("amount")):
        found[source, month] += Yield(cost=cost)
    rows = [SourceRow(source, month, result) for (source, month), result in found.items()]
    return sorted(rows, key=lambda row: (-row.month.toordinal() if row.month else 0, -row.result.new, row.source))


def _people(rows: QuerySet[PurchaseSummary]) -> dict[tuple[str, date], Yield]:
    grouped = rows.order_by().annotate(month=TruncMonth("first_on")).values_list("customer__source", "month")
    counted = grouped.annotate(
        new=Count("pk"), again=Count("pk", filter=Q(again_after__isnull=False)), sales=Sum("spent", default=0)
    )
    found = {(source, month): Yield(new=new, again=again, sales=sales) for source, month, new, again, sales in counted}
    left = margins.by_group(rows, {group: one.sales for group, one in found.items()})
    return {group: replace(one, margin=left[group]) for group, one in found.items()}


def by_source(rows: list[SourceRow]) -> list[SourceRow]:
    """The months of each source together, the source that brought most first."""
    found: dict[str, Yield] = defaultdict(Yield)
    for row in rows:
        found[row.source] += row.result
    whole = [SourceRow(source, None, result) for source, result in found.items()]
    return sorted(whole, key=lambda row: (-row.result.new, -row.result.cost, row.source))


def total(rows: list[SourceRow]) -> Yield:
    """Everything together."""
    return sum((row.result for row in rows), Yield())


def of_people(customer_ids: list[int], cost: int) -> Yield:
    """What these people, whoever brought them, came to: for a bazaar."""
    rows = PurchaseSummary.objects.filter(customer_id__in=customer_ids)
    counted = rows.aggregate(
        new=Count("pk"), again=Count("pk", filter=Q(again_after__isnull=False)), s=Sum("spent", default=0)
    )
    return Yield(counted["new"], counted["again"], counted["s"], margins.of_people(rows, counted["s"]), cost)


def people(*, since: date, until: date, source: str | None, show: str) -> list[PurchaseSummary]:
    """The people behind a number: `new` or `again`, the latest first."""
    rows = newcomers(since=since, until=until, source=source).select_related("customer")
    if show == "again":
        rows = rows.filter(again_after__isnull=False)
    return list(rows.order_by("-first_on", "-pk")[:500])


def met_without_buying(*, since: date, until: date) -> dict[str, int]:
    """Written down in these days and never bought: by source."""
    bought = PurchaseSummary.objects.values("customer_id")
    rows = Customer.objects.filter(
        created_at__date__range=(since, until), merged_into=None, erased_at=None, archived_at=None
    )
    return dict(rows.exclude(pk__in=bought).order_by().values_list("source").annotate(n=Count("pk")))
