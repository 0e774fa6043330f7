"""Who stands on which tier. Scores belong to an area above, so the night hands their verdict in as an argument."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from setia.core import events
from setia.core.scope import current_shop
from setia.loyalty import events as verbs
from setia.loyalty import queries, rules
from setia.loyalty.models import Moved, Standing, Tier
from setia.orders.models import PurchaseSummary

SLICE = 500


def _conditions(tiers: list[Tier]) -> list[rules.Condition]:
    return [
        rules.Condition(
            id=tier.pk,
            position=tier.position,
            least_orders=tier.least_orders,
            least_spent=tier.least_spent,
            within_days=tier.within_days,
            in_rhythm=tier.in_rhythm,
        )
        for tier in tiers
    ]


def _buyers() -> Iterable[PurchaseSummary]:
    return PurchaseSummary.objects.filter(customer__archived_at=None).iterator(chunk_size=2_000)


def renew_tiers(*, in_rhythm: Mapping[int, bool] | None = None, quietly: bool = False) -> str:
    """Find out who stands where (nightly, safe to repeat). Returns a line on what was done.

    `in_rhythm`: by customer, whether they still come in their own rhythm, of those of whom that can be said. The first
    time, and `quietly` (after the owner changed what a tier is), nobody «moved»: nothing happened on their side.
    """
    tiers = {tier.pk: tier for tier in queries.tiers()}
    known = {row.customer_id: row for row in Standing.objects.all()}
    quietly = quietly or not known
    conditions, verdicts, today = _conditions(list(tiers.values())), in_rhythm or {}, current_shop().today()
    moves: list[tuple[int, Tier | None]] = []
    for summary in _buyers() if tiers or known else ():
        found = rules.tier_of(
            conditions,
            orders=summary.orders,
            spent=summary.spent,
            days_ago=(today - summary.last_on).days,
            in_rhythm=verdicts.get(summary.customer_id),
        )
        before = known.pop(summary.customer_id, None)
        wanted = tiers[found.id] if found else None
        if (before.tier_id if before else None) != (wanted.pk if wanted else None):
            moves.append((summary.customer_id, wanted))
    # whose purchases are all gone stands nowhere
    moves += [(customer_id, None) for customer_id, row in known.items() if row.tier_id]
    for start in range(0, len(moves), SLICE):
        _move(moves[start : start + SLICE], quietly=quietly)
    return f"{len(moves)} moved"


@transaction.atomic
def _move(moves: list[tuple[int, Tier | None]], *, quietly: bool) -> None:
    today = current_shop().today()
    ids = [customer_id for customer_id, _tier in moves]
    known = {row.customer_id: row for row in Standing.objects.select_related("tier").filter(customer_id__in=ids)}
    fresh: list[Standing] = []
    for customer_id, tier in moves:
        row = known.get(customer_id) or Standing(customer_id=customer_id)
        before = row.tier if row.pk else None
        up = (tier.position if tier else 0) > (before.position if before else 0)
        row.tier, row.since = tier, today
        row.moved = Moved.NO if quietly else Moved.UP if up else Moved.DOWN
        fresh.append(row)
        if not quietly:
            data: dict[str, Any] = {
                "tier": tier.pk if tier else None,
                "before": before.pk if before else None,
                "up": up,
            }
            events.record(verbs.TIER_CHANGED, customer_id=customer_id, data=data)
    Standing.objects.bulk_create([row for row in fresh if row.pk is None])
    Standing.objects.bulk_update([row for row in fresh if row.pk is not None], ["tier", "since", "moved"])
