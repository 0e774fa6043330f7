"""What can be had, and the tiers and who stands on them."""

from datetime import date

from django.db.models import Count

from setia.catalog import queries as catalog
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.loyalty.models import Bonus, Reward, RewardKind, Standing, Tier


def rewards(*, retired: bool = False) -> list[Reward]:
    """What can be had, the cheapest first; with their tiers and variants."""
    rows = Reward.objects.filter(retired_at__isnull=not retired).select_related("tier", "variant__product")
    return list(rows.order_by("unit", "cost", "pk"))


def reward(pk: int) -> Reward | None:
    """One of them, given or not any more."""
    return Reward.objects.filter(pk=pk).first()


def worth_of(reward: Reward) -> int:
    """What a reward is worth in rupiah today."""
    if reward.kind != RewardKind.BOX or reward.variant_id is None:
        return reward.amount
    return catalog.prices([reward.variant_id], day=current_shop().today()).get(reward.variant_id, 0)


def bonuses() -> list[Bonus]:
    """Points on top, by variant."""
    return list(Bonus.objects.select_related("variant__product").order_by("variant__position", "pk"))


def tiers(*, retired: bool = False) -> list[Tier]:
    """The tiers, the highest first."""
    return list(Tier.objects.filter(retired_at__isnull=not retired).order_by("-position", "-pk"))


def tier(pk: int) -> Tier | None:
    """One tier."""
    return Tier.objects.filter(pk=pk).first()


def standing_of(customer_id: int) -> Standing | None:
    """Where a customer stands, as of the last night."""
    return Standing.objects.select_related("tier").filter(customer_id=customer_id).first()


def tier_of(customer_id: int) -> Tier | None:
    """The tier a customer stands on."""
    standing = standing_of(customer_id)
    return standing.tier if standing and standing.tier and standing.tier.retired_at is None else None


def moved(since: date, *, customer_id: int | None = None) -> list[Standing]:
    """Who moved up or down since a day, the latest first; people put away are left out."""
    rows = Standing.objects.filter(moved__in=["up", "down"], since__gte=since, customer__archived_at=None)
    if customer_id is not None:
        rows = rows.filter(customer_id=customer_id)
    return list(rows.select_related("customer", "tier").order_by("-since", "-pk"))


def tier_counts() -> dict[int, int]:
    """How many stand on each tier."""
    rows = Standing.objects.filter(tier__isnull=False, customer__archived_at=None)
    return dict(rows.order_by().values_list("tier_id").annotate(people=Count("pk")))


def on_tiers(benefit: str) -> list[Customer]:
    """Who stands on a tier with a benefit (`early_news` or `free_sample`), the highest tier first."""
    rows = Standing.objects.filter(
        tier__retired_at=None, customer__archived_at=None, customer__restricted_at=None, **{f"tier__{benefit}": True}
    )
    return [row.customer for row in rows.select_related("customer").order_by("-tier__position", "since", "pk")]


def stands_high_enough(customer_id: int, reward: Reward) -> bool:
    """Whether the customer's tier is at least the one the reward is for."""
    if reward.tier is None or reward.tier.retired_at is not None:
        return True
    mine = tier_of(customer_id)
    return mine is not None and mine.position >= reward.tier.position
