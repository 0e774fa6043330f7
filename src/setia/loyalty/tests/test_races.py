"""Several hands at once: two devices with the last stamps, a retry beside its post, goods back while others spend."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from setia.core.errors import DomainError
from setia.core.models import Event
from setia.core.scope import open_shop
from setia.loyalty import actions, queries
from setia.loyalty.models import LedgerEntry, Redemption
from setia.orders import actions as orders
from setia.orders.actions.returns import Back
from setia.shops.models import Shop

pytestmark = pytest.mark.django_db(transaction=True)

HANDS = 4


def at_once(shop: Shop, work: Callable[[int], Any]) -> list[Any]:
    """What each hand got, or the code of its error; on SQLite, which lets one writer in at a time, they skip."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one writer in at a time; PostgreSQL runs this.")
    start, got = Barrier(HANDS), []

    def hand(number: int) -> None:
        try:
            with open_shop(shop):
                start.wait(timeout=30)
                got.append(work(number))
        except DomainError as error:
            got.append(error.code)
        finally:
            connection.close()

    threads = [Thread(target=hand, args=(number,)) for number in range(HANDS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return got


def test_the_last_stamps_are_spent_once(world):
    ratna = world.customers["ratna"]
    actions.change_programme(stamps_on=True)
    reward = actions.save_reward(
        kind="box", name="Free box", unit="stamps", cost=10, variant=world.variants["kacang-hijau-10"]
    )
    actions.open_balance(customer=ratna, stamps=10)
    got = at_once(world.shop, lambda number: actions.redeem(customer=ratna, reward=reward, key=f"device-{number}").pk)

    assert sorted(str(one) for one in got).count("balance") == HANDS - 1
    account = queries.account_of(ratna.pk)
    assert account is not None and account.stamps == 0
    assert sum(row.amount for row in LedgerEntry.objects.filter(account=account)) == 0
    assert Redemption.objects.count() == 1


def test_a_retry_that_overtakes_itself_is_one_reward(world):
    ratna = world.customers["ratna"]
    actions.change_programme(stamps_on=True)
    reward = actions.save_reward(kind="text", name="A jar", unit="stamps", cost=5, amount=5_000)
    actions.open_balance(customer=ratna, stamps=20)
    got = at_once(world.shop, lambda _number: actions.redeem(customer=ratna, reward=reward, key="one-post").pk)
    assert len(set(got)) == 1 and isinstance(got[0], int)
    account = queries.account_of(ratna.pk)
    assert account is not None and account.stamps == 15 == sum(row.amount for row in account.entries.all())


def test_what_comes_back_is_given_back_once_while_others_spend(loyal):
    """Everything of an order came back; two workers hear of it, and two devices want the stamps that return."""
    ratna = loyal.who()
    actions.open_balance(customer=ratna, stamps=10)
    order = loyal.buys(boxes=1, deductions=[("loyalty", f"reward:{loyal.box.pk}")])
    orders.take_back(order=order, lines=[Back(order.lines.get().pk, 1)], by=loyal.owner)
    event = Event.objects.filter(verb="order.returned").get()

    def work(number: int) -> Any:
        if number % 2:
            return actions.settle_order(event=event)
        return actions.redeem(customer=ratna, reward=loyal.box, key=f"device-{number}").pk

    got = at_once(loyal.world.shop, work)
    spent = [one for one in got if isinstance(one, int)]
    assert len(spent) <= 1 and loyal.balance() == (0, 10 - 10 * len(spent))
    assert LedgerEntry.objects.filter(kind="undo").count() == 1
