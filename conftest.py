"""Fixtures every test may use: the cast, a fixed clock, clients that are signed in; no network but loopback."""

import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import settings as hypothesis

from tests import world as cast_of_tests
from tests.replay import Replay

# Monday 23 November 2026, 09.00 in Trenggalek.
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

# How long an example takes says something about the machine, not about the code.
hypothesis.register_profile("house", deadline=None)
hypothesis.load_profile("house")

ON_POSTGRES = bool(os.environ.get("SETIA_DATABASE_URL"))
_cast = Replay(cast_of_tests.build)
_DATABASE_FIXTURES = {"db", "transactional_db", "world", "django_db_setup"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what touches a database is run again: arithmetic does not change with the server."""
    if not ON_POSTGRES:
        return
    touching = [
        item
        for item in items
        if item.get_closest_marker("django_db") or _DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(touching)])
    items[:] = touching


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that tries to reach the outside fails."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"A test tried to connect to {address!r}.")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def clock() -> Iterator[Any]:
    """The clock, stopped at NOW; `clock.forward(hours=1)` moves it."""
    from setia.core import clock as house_clock

    with house_clock.frozen(NOW) as frozen:
        yield frozen


@pytest.fixture
def world(db: None, clock: Any) -> Iterator["cast_of_tests.World"]:
    """The cast in the database, our shop open."""
    from setia.core.scope import open_shop

    made = _cast()
    with open_shop(made.shop):
        yield made
