"""The worker: takes wake-ups as they come, and does its rounds so that nothing depends on them.

Two loops in one process: django-tasks' own (wake-ups within half a second) and the rounds (heartbeat, sweep of every
queue, recurring work). Killing it at any point loses nothing: rows are the truth.
"""

import ctypes
import gc
import logging
import signal
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import count
from types import FrameType
from typing import Any

from django.db import close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from setia import recurring
from setia.core import clock, turns
from setia.core.models import Heartbeat
from setia.core.tasks import drain

log = logging.getLogger(__name__)

ROUND_SECONDS = 3.0
# About every ten minutes.
FORGET_ROUNDS = 200
STALE = timedelta(hours=1)
# A night's work makes a worker this much larger than it began, and it would stay so all day.
GROWN_MB = 40.0
# About a minute without anything to do: nobody waits for an answer while it begins anew.
QUIET_ROUNDS = 20


def one_round() -> int:
    """Heartbeat, due recurring work, one sweep of every queue. Returns how many rows were taken.

    A queue that fails as a whole does not keep the round from the others.
    """
    Heartbeat.objects.update_or_create(name="worker", defaults={"at": clock.now()})
    _survive("recurring work", recurring.run_due)
    taken = sum(_survive(queue, partial(drain, queue)) or 0 for queue in recurring.QUEUES)
    if taken:
        _give_memory_back()
    return taken


def _survive(name: str, job: Callable[[], Any]) -> Any:
    try:
        return job()
    except Exception:  # the round goes on whatever one part of it met; it is in the log
        log.exception("The worker's round failed at: %s.", name)
        return None


def forget_tasks() -> None:
    """Take out wake-ups that were answered, and those a killed worker was at: the rows they spoke of are swept."""
    stale = DBTaskResult.objects.running().filter(started_at__lt=clock.now() - STALE)
    (DBTaskResult.objects.finished() | stale).delete()


def _give_memory_back() -> None:
    """A night's work leaves free memory behind that glibc keeps unless asked; elsewhere there is nothing to ask."""
    gc.collect()
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.malloc_trim(0)


def memory_mb() -> float:
    """What this process alone costs in memory (its share of what it has in common with others); 0 where unknown."""
    try:
        with open("/proc/self/smaps_rollup") as told:
            return next(int(line.split()[1]) for line in told if line.startswith("Pss:")) / 1024
    except (OSError, StopIteration):
        return 0.0


def _rounds(stop: threading.Event, enough: Callable[[], bool]) -> None:
    """Rounds until told to stop, or until so many in a row find nothing to do and `enough` says so."""
    quiet = 0
    for number in count(1):
        if stop.wait(ROUND_SECONDS):
            break
        close_old_connections()
        taken = _survive("heartbeat", one_round)
        if number % FORGET_ROUNDS == 0:
            _survive("old wake-ups", forget_tasks)
        quiet = quiet + 1 if taken == 0 else 0
        if quiet >= QUIET_ROUNDS and enough():
            break


def run(*, renewed: bool = False) -> None:
    """Work until SIGTERM or SIGINT.

    `renewed`: somebody starts it again when it ends. Then it also ends after heavy work, to begin anew and small.
    """
    stop = threading.Event()
    wakeups = Worker(
        queue_names=["*"],
        interval=0.5,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )

    def end(signum: int, frame: FrameType | None) -> None:
        stop.set()
        wakeups.shutdown(signum, frame)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    forget_tasks()
    turns.is_worker = True
    began_mb = memory_mb()

    def make_rounds() -> None:
        _rounds(stop, lambda: renewed and memory_mb() > began_mb + GROWN_MB)
        wakeups.running = False

    rounds = threading.Thread(target=make_rounds, name="rounds", daemon=True)
    rounds.start()
    try:
        one_round()
        wakeups.run()
    finally:
        stop.set()
        rounds.join(timeout=10)
