"""The worker's rounds: nothing that fails keeps it from the rest, nothing is left lying about."""

import os
import sys
import threading
from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from setia import recurring, worker
from setia.core import clock as house_clock
from setia.core import tasks
from setia.core.models import Heartbeat

pytestmark = pytest.mark.django_db


@pytest.fixture
def queues(monkeypatch):
    """Two queues in place of the house's; the first fails as a whole."""
    taken = []

    def fails() -> int:
        raise RuntimeError("the table is locked")

    def works() -> int:
        taken.append(1)
        return 3 if len(taken) == 1 else 0

    monkeypatch.setattr(recurring, "QUEUES", {"broken": fails, "fine": works})
    monkeypatch.setattr(tasks, "_drains", recurring.QUEUES)
    return taken


def test_a_queue_that_fails_does_not_hold_up_the_others(queues, caplog):
    assert worker.one_round() == 3
    assert "failed at: broken" in caplog.text and "the table is locked" in caplog.text


def test_recurring_work_that_fails_does_not_hold_up_the_queues(queues, monkeypatch, caplog):
    monkeypatch.setattr(recurring, "run_due", lambda: 1 / 0)
    assert worker.one_round() == 3
    assert "failed at: recurring work" in caplog.text


def test_a_round_is_a_heartbeat(queues, clock):
    worker.one_round()
    first = Heartbeat.objects.get(name="worker").at
    clock.forward(seconds=3)
    worker.one_round()
    assert Heartbeat.objects.get(name="worker").at - first == timedelta(seconds=3)


def test_wake_ups_that_were_answered_are_forgotten(clock):
    old, young = house_clock.now() - timedelta(hours=2), house_clock.now()
    for status, started in (
        ("READY", None),
        ("RUNNING", young),
        ("RUNNING", old),
        ("FAILED", old),
        ("SUCCESSFUL", old),
    ):
        made = tasks.look.enqueue("outbox")
        DBTaskResult.objects.filter(pk=made.id).update(status=status, started_at=started)
    worker.forget_tasks()
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["READY", "RUNNING"]


@pytest.mark.parametrize(
    ("taken", "large", "rounds"),
    [([0] * 40, True, 20), ([0] * 19 + [3] + [0] * 40, True, 40), ([3] * 40, True, 50), ([0] * 40, False, 50)],
)
def test_it_begins_anew_after_heavy_work_once_it_was_quiet_for_a_while(monkeypatch, taken, large, rounds):
    stop, made = threading.Event(), []

    def one_round() -> int:
        made.append(1)
        if len(made) == 50:
            stop.set()
        return (taken + [3] * 50)[len(made) - 1]

    monkeypatch.setattr(worker, "one_round", one_round)
    monkeypatch.setattr(worker, "ROUND_SECONDS", 0)
    worker._rounds(stop, lambda: large)
    assert len(made) == rounds


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a process alone costs")
def test_what_a_process_costs_is_told():
    before = worker.memory_mb()
    kept = bytearray(os.urandom(1)) * 60_000_000
    assert len(kept) / 1e6 * 0.9 < worker.memory_mb() - before < 80
