"""Reads of what campaigns brought: orders in the window, campaigns of a kind together."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.db.models import Count, Sum

from setia.core.scope import current_shop
from setia.insight import uplift
from setia.orders.models import Order
from setia.promotions.models import Campaign, Recipient
from setia.promotions.queries.campaigns import campaigns


def bought(row: Campaign) -> dict[int, tuple[int, int]]:
    """(orders, rupiah) of each person of the campaign placed within its window; called off ones do not count."""
    assert row.started_at is not None and row.ends_on is not None
    zone = current_shop().zone
    until = datetime.combine(row.ends_on + timedelta(days=1), time.min, tzinfo=zone)
    rows = Order.objects.filter(
        placed_at__gte=row.started_at,
        placed_at__lt=until,
        cancelled_at=None,
        customer_id__in=Recipient.objects.filter(campaign=row).values("customer_id"),
    )
    counted = rows.order_by().values_list("customer_id").annotate(n=Count("pk"), sum=Sum("total"))
    return {customer: (n, total or 0) for customer, n, total in counted}


def overlapping(row: Campaign) -> list[Campaign]:
    """Other campaigns of the same list whose windows overlap: the comparison is of all of them together."""
    if row.hold_out_id is None or row.starts_on is None:
        return []
    rows = campaigns().filter(hold_out_id=row.hold_out_id, starts_on__lte=row.ends_on, ends_on__gte=row.starts_on)
    return list(rows.exclude(pk=row.pk))


@dataclass(frozen=True)
class Kind:
    """Campaigns of one kind together; `effects`: each pulled towards the usual, by campaign."""

    kind: str
    count: int
    effect: float
    low: float
    high: float
    chance_positive: float
    effects: dict[int, tuple[float, float, float]] = field(default_factory=dict)


def of_kind(kind: str) -> Kind | None:
    """What campaigns of a kind usually bring (people of whom, yes or no); None with fewer than two."""
    rows = [
        (row.pk, row.result["rate"])
        for row in campaigns().filter(kind=kind, measured_at__isnull=False)
        if row.result and row.result.get("rate")
    ]
    if len(rows) < 2:
        return None
    found = uplift.pool([rate["effect"] for _pk, rate in rows], [max(rate["error"], 1e-6) for _pk, rate in rows])
    chance = uplift.NORMAL.cdf(found.effect / found.error) if found.error else 0.5
    far = uplift.NORMAL.inv_cdf((1 + uplift.COVERAGE) / 2) * found.error
    pulled = zip(found.low.tolist(), found.effects.tolist(), found.high.tolist(), strict=True)
    effects = {pk: values for (pk, _rate), values in zip(rows, pulled, strict=True)}
    return Kind(kind, len(rows), found.effect, found.effect - far, found.effect + far, chance, effects)


def kinds_together() -> list[Kind]:
    """Kinds of which there are at least two results."""
    found = Campaign.objects.filter(measured_at__isnull=False).order_by().values_list("kind", flat=True).distinct()
    return [kind for name in sorted(found) if (kind := of_kind(name)) is not None]
