"""Two devices spend the last stamps at once: one gets the box."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from setia.core.errors import DomainError
from setia.core.scope import open_shop
from setia.loyalty import actions, queries
from setia.loyalty.models import LedgerEntry, Redemption

pytestmark = pytest.mark.django_db(transaction=True)

HANDS = 4


def test_the_last_stamps_are_spent_once(world):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one writer in at a time; PostgreSQL runs this.")
    ratna = world.customers["ratna"]
    actions.change_programme(stamps_on=True)
    reward = actions.save_reward(
        kind="box", name="Free box", unit="stamps", cost=10, variant=world.variants["kacang-hijau-10"]
    )
    actions.open_balance(customer=ratna, stamps=10)
    start, got = Barrier(HANDS), []

    def hand(number: int) -> None:
        try:
            with open_shop(world.shop):
                start.wait(timeout=30)
                got.append(actions.redeem(customer=ratna, reward=reward, key=f"device-{number}").pk)
        except DomainError as error:
            got.append(error.code)
        finally:
            connection.close()

    threads = [Thread(target=hand, args=(number,)) for number in range(HANDS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert sorted(str(one) for one in got).count("balance") == HANDS - 1
    account = queries.account_of(ratna.pk)
    assert account is not None and account.stamps == 0
    assert sum(row.amount for row in LedgerEntry.objects.filter(account=account)) == 0
    assert Redemption.objects.count() == 1
