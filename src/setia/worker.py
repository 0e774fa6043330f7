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
from types import FrameType

from django.db import close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from setia import recurring
from setia.core import clock
from setia.core.models import Heartbeat
from setia.core.tasks import drain_all

log = logging.getLogger(__name__)

ROUND_SECONDS = 3.0


def one_round() -> int:
    """Heartbeat, due recurring work, one sweep of all queues. Returns how many rows were taken."""
    Heartbeat.objects.update_or_create(name="worker", defaults={"at": clock.now()})
    recurring.run_due()
    taken = drain_all()
    if taken:
        _give_memory_back()
    return taken


def _give_memory_back() -> None:
    """A night's work leaves free memory behind that glibc keeps unless asked; elsewhere there is nothing to ask."""
    gc.collect()
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.malloc_trim(0)


def _rounds(stop: threading.Event) -> None:
    while not stop.wait(ROUND_SECONDS):
        close_old_connections()
        try:
            one_round()
        except Exception:  # the rounds go on whatever one of them met; it is in the log
            log.exception("A round of the worker failed.")


def run() -> None:
    """Work until SIGTERM or SIGINT."""
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
    # Tasks a killed worker left behind say nothing: the rows they spoke of are swept.
    DBTaskResult.objects.finished().delete()
    rounds = threading.Thread(target=_rounds, args=(stop,), name="rounds", daemon=True)
    rounds.start()
    try:
        one_round()
        wakeups.run()
    finally:
        stop.set()
        rounds.join(timeout=10)
