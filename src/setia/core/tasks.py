"""Wake-ups. Rows are the truth; a task only says «look now», and several at once say no more than one."""

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import timedelta

from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from setia.core import clock
from setia.core.models import DailyRun
from setia.core.scope import current_shop
from setia.core.work import WorkState

log = logging.getLogger(__name__)

Drain = Callable[[], int]

_drains: dict[str, Drain] = {}
_busy: dict[str, threading.Lock] = {}

# A look takes turns with others: at most this many rounds before the rest waits for the sweep.
ROUNDS = 200


def install(drains: Mapping[str, Drain]) -> None:
    """Take the list of queues and how each is drained (done once at start, from `setia.recurring`).

    A drain settles some due rows and returns how many it took, 0 when nothing is due.
    """
    _drains.clear()
    _drains.update(drains)


def wake(queue: str, *, after: timedelta | None = None) -> None:
    """Ask a worker to look at `queue` soon, or `after` a while. Inside a transaction the wake-up is part of it.

    Wake-ups that still wait are not doubled. One that slips by (the waiting one was just taken up) costs at most a
    sweep's interval: the sweep looks at every queue anyway.
    """
    if queue not in _drains:
        raise LookupError(f"No queue named {queue!r}; the list is in setia/recurring.py.")
    called = {"args": [queue], "kwargs": {}}
    if after is not None:
        if not DBTaskResult.objects.filter(status=TaskResultStatus.READY, args_kwargs=called).exists():
            look.using(run_after=clock.now() + after).enqueue(queue)
    elif not DBTaskResult.objects.ready().filter(args_kwargs=called).exists():
        look.enqueue(queue)


def run_today(*names: str) -> None:
    """Ask for the named daily work of the open shop now, even when today's was done already."""
    shop = current_shop()
    for name in names:
        row, _new = DailyRun.objects.get_or_create(name=name, day=shop.today())
        DailyRun.objects.filter(pk=row.pk).update(work_state=WorkState.WAITING, due_at=clock.now(), attempts=0)
    wake("daily")


@task()
def look(queue: str) -> int:
    """Drain `queue`; returns how many rows were taken."""
    return drain(queue)


def drain(queue: str) -> int:
    """Settle what is due in `queue` until nothing is, or for `ROUNDS` rounds. Returns how many rows were taken.

    One thread of a process is enough: a second would only wait for the first at the database.
    """
    busy = _busy.setdefault(queue, threading.Lock())
    if not busy.acquire(blocking=False):
        return 0
    try:
        total = 0
        for _ in range(ROUNDS):
            taken = _drains[queue]()
            total += taken
            if not taken:
                break
        return total
    finally:
        busy.release()


def drain_all() -> int:
    """One look at every queue: the sweep. Returns how many rows were taken."""
    return sum(drain(queue) for queue in _drains)
