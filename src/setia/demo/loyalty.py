"""The demo shop's cards: a programme since spring, stamps of the last weeks, a household that collects together."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final

from setia import recurring
from setia.catalog.models import Variant
from setia.core import clock
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.loyalty import actions, queries
from setia.orders import queries as orders
from setia.segments import queries as scores
from setia.shops.models import Member

# So many of the best-known people have a card; the programme looks back so many weeks.
HOLDERS: Final = 14
WEEKS: Final = 25


def build(people: Sequence[Customer], variants: Sequence[Variant]) -> None:
    """Rules, rewards and tiers; then what the last weeks brought, with paper cards that were carried over before."""
    owner = Member.objects.get(role="owner")
    began = current_shop().now() - timedelta(weeks=WEEKS)
    with clock.frozen(began):
        _programme(variants)
        for customer, stamps in zip(people[:6], (7, 4, 0, 3, 9, 2), strict=True):
            if stamps:
                actions.open_balance(customer=customer, stamps=stamps, key=f"demo:{customer.pk}", by=owner)
        # mother and daughter: one buys, the other takes the box
        actions.share(customer=people[4], card_of=people[0], by=owner)
    _weeks(people[:HOLDERS], began)
    _rewards(people, owner)
    _tiers(people)


def _tiers(people: Sequence[Customer]) -> None:
    """Ten days ago two of them had stayed away for long; they came back since."""
    away = {people[3].pk: False, people[5].pk: False}
    with clock.frozen(current_shop().now() - timedelta(days=10)):
        actions.renew_tiers(in_rhythm=scores.in_rhythm() | away)
    with clock.frozen(current_shop().now() - timedelta(days=1)):
        recurring.renew_tiers()


def _programme(variants: Sequence[Variant]) -> None:
    actions.change_programme(
        stamps_on=True,
        points_on=True,
        rupiah_per_point=5_000,
        point_pays=100,
        least_points=50,
        referral=20,
        expiry_months=6,
        stamp_least=20_000,
    )
    actions.save_reward(kind="box", name=f"Gratis {variants[0].label}", unit="stamps", cost=10, variant=variants[0])
    actions.save_reward(kind="amount", name="Potongan Rp15.000", unit="points", cost=100, amount=15_000)
    actions.save_reward(kind="text", name="Toples bakpia mini", unit="stamps", cost=15, amount=25_000)
    actions.set_bonus(variant=variants[6], points=3, until=current_shop().today() + timedelta(weeks=WEEKS + 4))
    actions.save_tier(name="Langganan", least_orders=3, percent=100, early_news=True)
    actions.save_tier(
        name="Keluarga Sekar Pandan",
        least_orders=12,
        least_spent=500_000,
        percent=150,
        price_percent=5,
        free_delivery=True,
        free_sample=True,
        early_news=True,
        benefit="Dapat contoh rasa baru lebih dulu",
    )


def _weeks(people: Sequence[Customer], began: datetime) -> None:
    """What their purchases since then brought, each on its day."""
    shop = current_shop()
    ids = [customer.pk for customer in people]
    since = orders.done().filter(customer_id__in=ids, completed_on__gte=began.date()).order_by("completed_on", "pk")
    for order in since:
        with clock.frozen(datetime.combine(order.completed_on, time(16), tzinfo=shop.zone)):
            actions.settle(order=order)


def _rewards(people: Sequence[Customer], owner: Member) -> None:
    """A reward that was taken, and who brought somebody."""
    account = queries.account_of(people[0].pk)
    box = next(reward for reward in queries.rewards() if reward.kind == "box")
    if account is not None and account.stamps >= box.cost:
        with clock.frozen(current_shop().now() - timedelta(days=9)):
            actions.redeem(customer=people[4], reward=box, key="demo:box", by=owner)
    actions.reward(customer=people[2], points=20, key="demo:brought", reason="Mengajak Bu Endah")
