"""The owner's rules: the programme, its rewards, bonuses and tiers."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from setia.catalog.models import Variant
from setia.core import clock, events
from setia.core.errors import DomainError
from setia.loyalty import events as verbs
from setia.loyalty import queries, rules
from setia.loyalty.models import Bonus, Programme, Reward, RewardKind, Tier

PROGRAMME_FIELDS = frozenset(
    "points_on stamps_on rupiah_per_point visit stamp_least welcome referral expiry_months warn_days point_pays "
    "least_points resellers below_zero games answers".split()
)
TIER_FIELDS = frozenset(
    (
        "name position least_orders least_spent within_days in_rhythm "
        "percent price_percent free_delivery free_sample early_news benefit"
    ).split()
)


def _changed(what: str, pk: int | None, **more: Any) -> None:
    events.record(verbs.PROGRAMME_CHANGED, data={"what": what, "id": pk, **more})


@transaction.atomic
def change_programme(**changes: Any) -> Programme:
    """Change the rules; what was earned already stays as it is. Raises DomainError for numbers that cannot be."""
    if unknown := set(changes) - PROGRAMME_FIELDS:
        raise TypeError(f"Not a rule of the programme: {sorted(unknown)}")
    if changes.get("points_on") and changes.get("rupiah_per_point", 1) < 1:
        raise DomainError(_("Enter for how many rupiah there is a point."), code="per", field="rupiah_per_point")
    row, _made = Programme.objects.get_or_create()
    for name, value in changes.items():
        setattr(row, name, value)
    row.changed_at = clock.now()
    row.save()
    _changed("programme", row.pk, fields=sorted(changes))
    return row


@transaction.atomic
def save_reward(
    *,
    kind: str,
    name: str,
    unit: str,
    cost: int,
    variant: Variant | None = None,
    amount: int = 0,
    least_purchase: int = 0,
    tier: Tier | None = None,
    reward: Reward | None = None,
) -> Reward:
    """Add a reward, or change one; what was taken already stays as it was. Raises DomainError for what is missing."""
    name = " ".join(name.split())[:80]
    if not name:
        raise DomainError(_("Give the reward a name."), code="name", field="name")
    if not 1 <= cost <= rules.LARGEST:
        raise DomainError(_("Enter how many it costs, at least 1."), code="cost", field="cost")
    if kind == RewardKind.BOX and variant is None:
        raise DomainError(_("Choose which box it is."), code="variant", field="variant")
    if kind == RewardKind.AMOUNT and amount < 1:
        raise DomainError(_("Enter how much comes off."), code="amount", field="amount")
    row = reward or Reward()
    row.kind, row.name, row.unit, row.cost = kind, name, unit, cost
    row.variant = variant if kind == RewardKind.BOX else None
    row.amount = 0 if kind == RewardKind.BOX else amount
    row.least_purchase, row.tier = least_purchase, tier
    row.save()
    _changed("reward", row.pk)
    return row


@transaction.atomic
def retire_reward(*, reward: Reward) -> Reward:
    """Give it no longer; it can be taken up again."""
    Reward.objects.filter(pk=reward.pk, retired_at=None).update(retired_at=clock.now())
    _changed("reward", reward.pk, retired=True)
    reward.refresh_from_db()
    return reward


@transaction.atomic
def restore_reward(*, reward: Reward) -> Reward:
    """Give it again."""
    Reward.objects.filter(pk=reward.pk).update(retired_at=None)
    _changed("reward", reward.pk, retired=False)
    reward.refresh_from_db()
    return reward


@transaction.atomic
def set_bonus(*, variant: Variant, points: int, until: date | None = None) -> Bonus | None:
    """Points on top for every box of a variant; 0 ends it."""
    _changed("bonus", variant.pk, points=points)
    if points <= 0:
        Bonus.objects.filter(variant=variant).delete()
        return None
    return Bonus.objects.update_or_create(variant=variant, defaults={"points": points, "until": until})[0]


@transaction.atomic
def save_tier(*, tier: Tier | None = None, **fields: Any) -> Tier:
    """Add a tier, or change one. Who stands where is found out anew by `renew_tiers`. Raises DomainError."""
    if unknown := set(fields) - TIER_FIELDS:
        raise TypeError(f"Not a part of a tier: {sorted(unknown)}")
    row = tier or Tier(position=1 + max((one.position for one in queries.tiers()), default=0))
    for name, value in fields.items():
        setattr(row, name, value)
    row.name = " ".join(row.name.split())[:40]
    if not row.name:
        raise DomainError(_("Give the tier a name."), code="name", field="name")
    if not 1 <= row.percent <= 1000:
        raise DomainError(_("Between 1 and 1000 percent."), code="percent", field="percent")
    if not 0 <= row.price_percent <= rules.MOST_OFF:
        text = _("At most %(n)s percent off; more is hardly left to live on.") % {"n": rules.MOST_OFF}
        raise DomainError(text, code="price_percent", field="price_percent")
    row.save()
    _changed("tier", row.pk)
    return row


@transaction.atomic
def retire_tier(*, tier: Tier) -> Tier:
    """Do without it; it can be taken up again."""
    Tier.objects.filter(pk=tier.pk, retired_at=None).update(retired_at=clock.now())
    _changed("tier", tier.pk, retired=True)
    tier.refresh_from_db()
    return tier


@transaction.atomic
def restore_tier(*, tier: Tier) -> Tier:
    """Take it up again."""
    Tier.objects.filter(pk=tier.pk).update(retired_at=None)
    _changed("tier", tier.pk, retired=False)
    tier.refresh_from_db()
    return tier
