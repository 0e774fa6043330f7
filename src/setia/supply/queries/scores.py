"""How suppliers do: by checks, punctuality, price and the complaints traced to their lots."""

from collections import defaultdict
from collections.abc import Collection
from statistics import median

from setia.supply import rules
from setia.supply.models import BatchLot, Lot, MaterialPrice, Supplier, TracedComplaint


def score_of(supplier: Supplier) -> rules.Score:
    """The score of one supplier."""
    return scores([supplier.pk])[supplier.pk]


def scores(supplier_ids: Collection[int]) -> dict[int, rules.Score]:
    """The scores of suppliers; four queries for any number."""
    verdicts: dict[int, list[str]] = defaultdict(list)
    late: dict[int, list[int]] = defaultdict(list)
    lots: dict[int, int] = defaultdict(int)
    rows = Lot.objects.filter(supplier_id__in=supplier_ids)
    for pk, verdict, promised, received in rows.values_list("supplier_id", "verdict", "promised_on", "received_on"):
        lots[pk] += 1
        if verdict:
            verdicts[pk].append(verdict)
        if promised is not None:
            late[pk].append((received - promised).days)
    ratios = _price_ratios()
    baked, complained = _batches(supplier_ids)
    return {
        pk: rules.supplier_score(
            verdicts=verdicts[pk],
            lots=lots[pk],
            late_days=late[pk],
            price_ratios=ratios[pk],
            batches=len(baked[pk]),
            complaints=complained[pk],
        )
        for pk in supplier_ids
    }


def _price_ratios() -> dict[int, list[float]]:
    """For each supplier the latest price of each material over the median of all suppliers' latest; own alone is 1."""
    latest: dict[int, dict[int, int]] = defaultdict(dict)
    for material, supplier, amount in MaterialPrice.objects.order_by("on", "pk").values_list(
        "material_id", "supplier_id", "amount"
    ):
        latest[material][supplier] = amount
    ratios: dict[int, list[float]] = defaultdict(list)
    for of_suppliers in latest.values():
        if len(of_suppliers) < 2:
            continue
        middle = median(of_suppliers.values())
        for supplier, amount in of_suppliers.items():
            ratios[supplier].append(amount / middle)
    return ratios


def _batches(supplier_ids: Collection[int]) -> tuple[dict[int, set[int]], dict[int, int]]:
    """Batches baked from each supplier's lots, and how many complaints were traced to them."""
    baked: dict[int, set[int]] = defaultdict(set)
    for supplier, batch in BatchLot.objects.filter(lot__supplier_id__in=supplier_ids).values_list(
        "lot__supplier_id", "batch_id"
    ):
        baked[supplier].add(batch)
    traced: dict[int, int] = defaultdict(int)
    for batch in TracedComplaint.objects.values_list("batch_id", flat=True):
        for supplier, batches in baked.items():
            traced[supplier] += batch in batches
    return baked, traced
