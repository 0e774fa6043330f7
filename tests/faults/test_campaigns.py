"""The power fails while a campaign is handed to the outbox: everybody gets it once, also over a pause."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.faults.test_inbox_outbox import House, _phones

POINTS = ("campaign.written", "campaign.handed")
PEOPLE = 4
# Ten in the morning in Jakarta: outside the quiet hours.
MORNING = 3


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    with django_db_blocker.unblock():
        made = House(tmp_path_factory.mktemp("campaigns"))
    yield made
    made.close()


@pytest.fixture
def phones(house: House) -> list[str]:
    """People who wrote this morning."""
    now = datetime.fromtimestamp(house.emulator.engine.clock.now(), UTC)
    morning = now.replace(hour=MORNING, minute=0, second=0) + timedelta(days=1)
    house.emulator.advance((morning - now).total_seconds())
    made = [str(next(_phones)) for _ in range(PEOPLE)]
    for phone in made:
        house.user(phone)
        house.writes(phone, "Bu, keju ada?")
    house.deliver()
    house.go_on()
    return made


def arrived(house: House, phones: list[str], name: str) -> list[int]:
    """How often each person got the words of the campaign."""
    return [sum(name in words for words in house.phone(phone)) for phone in phones]


@pytest.mark.parametrize("death", [1, 2, PEOPLE])
@pytest.mark.parametrize("point", POINTS)
def test_a_campaign_that_dies_reaches_everybody_once(house: House, phones: list[str], point: str, death: int) -> None:
    name = f"bakpia {point} {death}"
    row = house.order("campaign", name=name, phones=phones)["result"]
    assert house.order("work", f"{point}:{death}")["killed"], "the point was never reached"
    written = death - (1 if point == "campaign.written" else 0)
    half = house.order("sent", campaign=row)["result"]
    assert half["people"] == ["handed"] * written + ["waiting"] * (PEOPLE - written), "a person as a whole, or not"
    assert half["messages"] == ["queued"] * written + [""] * (PEOPLE - written)
    house.go_on()
    house.go_on()
    whole = house.order("sent", campaign=row)["result"]
    assert (whole["state"], whole["people"]) == ("sent", ["handed"] * PEOPLE)
    assert whole["messages"] == ["read"] * PEOPLE and arrived(house, phones, name) == [1] * PEOPLE
    assert [found.kind for found in house.emulator.engine.violations.found] == []


def test_a_pause_after_a_death_takes_back_and_doubles_nothing(house: House, phones: list[str]) -> None:
    row = house.order("campaign", name="bakpia jeda", phones=phones)["result"]
    assert house.order("work", "campaign.handed:3")["killed"]
    house.order("step", campaign=row, to="pause")
    house.go_on()
    assert arrived(house, phones, "bakpia jeda") == [0] * PEOPLE
    assert house.order("sent", campaign=row)["result"]["people"] == ["waiting"] * PEOPLE
    house.order("step", campaign=row, to="resume")
    house.go_on()
    house.go_on()
    assert house.order("sent", campaign=row)["result"]["state"] == "sent"
    assert arrived(house, phones, "bakpia jeda") == [1] * PEOPLE
