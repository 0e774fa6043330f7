"""A shop with a programme: points and stamps, a free box for ten stamps, money off for 50 points."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import translation

from setia import recurring  # noqa: F401 - what may be taken off an order is installed there
from setia.conversations.tests import webhooks
from setia.core import tasks
from setia.loyalty import actions, queries
from setia.loyalty.models import Account, LedgerEntry
from setia.orders import actions as orders
from setia.orders.actions import LineInput
from setia.orders.models import Order
from tests.world import World


@dataclass
class Loyal:
    world: World
    clock: Any
    box: Any = None
    off: Any = None

    def __post_init__(self) -> None:
        self.owner = self.world.members["owner"]
        actions.change_programme(points_on=True, stamps_on=True, rupiah_per_point=1_000, expiry_months=12)
        variant = self.world.variants["kacang-hijau-10"]
        self.box = actions.save_reward(
            kind="box", name="Free Kacang hijau isi 10", unit="stamps", cost=10, variant=variant
        )
        self.off = actions.save_reward(kind="amount", name="Rp 10,000 off", unit="points", cost=50, amount=10_000)

    def who(self, name: str = "ratna") -> Any:
        return self.world.customers[name]

    def card(self, name: str = "ratna") -> Account:
        account = queries.account_of(self.who(name).pk)
        assert account is not None
        return account

    def balance(self, name: str = "ratna") -> tuple[int, int]:
        """Points and stamps; the cached ones are the sums of the ledger."""
        account = queries.account_of(self.who(name).pk)
        if account is None:
            return 0, 0
        for unit in ("points", "stamps"):
            rows = LedgerEntry.objects.filter(account=account, unit=unit)
            assert getattr(account, unit) == sum(row.amount for row in rows)
        return account.points, account.stamps

    def buys(self, name: str = "ratna", *, boxes: int = 2, variant: str = "kacang-hijau-10", **more: Any) -> Order:
        """A sale at the counter (Kacang hijau is 20.000 a box); the worker does what follows."""
        order = orders.sell(
            customer=self.who(name),
            lines=[LineInput(variant_id=self.world.variants[variant].pk, quantity=boxes)],
            taken_by=self.owner,
            **more,
        )
        self.works()
        return order

    def works(self) -> None:
        """The worker settles what is due."""
        with webhooks.no_shop():
            tasks.drain("reactions")

    def later(self, **by: int) -> None:
        self.clock.forward(**by)

    def tomorrow(self) -> None:
        self.clock.forward(days=1)


@pytest.fixture
def loyal(world: World, clock: Any) -> Iterator[Loyal]:
    """Our shop in English."""
    with translation.override("en"):
        yield Loyal(world, clock)
