"""What a card is enough for, and which cards are enough for something."""

from dataclasses import dataclass

from django.db.models import Max

from setia.customers.models import Customer
from setia.loyalty.models import Account, Redemption, Reward
from setia.loyalty.queries.cards import accounts, counted, owners, programme
from setia.loyalty.queries.catalogue import rewards, tier_of


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
    cards, people = Account.objects.in_bulk(list(found)), owners(found)
    taken = Redemption.objects.filter(account_id__in=list(found)).order_by()
    after = dict(taken.values_list("account_id").annotate(last=Max("pk")))
    return [
        Ready(cards[pk], people[pk], one, after.get(pk, 0))
        for pk, one in found.items()
        if pk in people and customer_id in (None, people[pk].pk)
    ]
