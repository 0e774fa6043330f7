"""The power fails while a cashier sells: the same form sent again is one sale, one payment, one event."""

import pytest

from tests.faults.test_inbox_outbox import House

POINTS = ("sale.written", "sale.paid", "sale.finished", "sale.committed")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None):
    made = House(tmp_path_factory.mktemp("counter"))
    yield made
    made.close()


@pytest.mark.django_db
@pytest.mark.parametrize("point", POINTS)
def test_a_sale_that_dies_is_sold_once(house: House, point: str) -> None:
    assert house.order("sell", point, key=point)["killed"]
    half = house.order("till", key=point)["result"]
    assert half["sales"] == (1 if point == "sale.committed" else 0), "a sale is there as a whole, or not at all"
    numbers = {house.order("sell", key=point)["result"] for _tap in range(2)}
    assert len(numbers) == 1
    whole = house.order("till", key=point)["result"]
    assert whole == {
        "sales": 1,
        "total": whole["total"],
        "paid": whole["total"],
        "payments": whole["total"],
        "events": 1,
    }
