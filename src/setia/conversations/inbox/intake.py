"""Storing what came, many at once: requests that arrive together share one durable commit.

A durable commit costs the disk the same for one row as for ten, and SQLite lets one writer in at a time. So the first
request that comes writes for all that came meanwhile; each is answered only after its row is on disk. A failure fails
all of them: none is acknowledged, WhatsApp sends them again.
"""

import threading
import time
from dataclasses import dataclass, field
from typing import Final

from django.db import OperationalError, connection, transaction

from setia.conversations.channels.whatsapp_cloud.payload import digest
from setia.conversations.models import WebhookDelivery
from setia.core import faults
from setia.core.tasks import wake
from setia.core.turns import hurry

# The worker writes too. SQLite's own waiting sleeps ever longer (to 100 ms); asking often finds the gaps between its
# transactions.
ASK_EVERY: Final = 0.001
ASK_FOR: Final = 10.0
AT_ONCE: Final = 100


@dataclass
class _Waiting:
    body: bytes
    done: threading.Event = field(default_factory=threading.Event)
    error: BaseException | None = None


class Intake:
    """One per process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[_Waiting] = []
        self._writing = False

    def store(self, body: bytes) -> None:
        """Return when `body` is durably stored. Raises what the database raised."""
        mine = _Waiting(body)
        with self._lock:
            self._waiting.append(mine)
            leads = not self._writing
            self._writing = True
        if leads:
            self._lead()
        mine.done.wait()
        if mine.error is not None:
            raise mine.error

    def _lead(self) -> None:
        """Write for everybody who waits, until nobody does."""
        while True:
            with self._lock:
                batch, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
                if not batch:
                    self._writing = False
                    return
            try:
                _write([waiting.body for waiting in batch])
            except BaseException as error:  # handed on to each request of the batch, which raises it
                for waiting in batch:
                    waiting.error = error
            for waiting in batch:
                waiting.done.set()


def _write(bodies: list[bytes]) -> None:
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        _insert(bodies)
        return
    until = time.monotonic() + ASK_FOR
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        usual = int(cursor.fetchone()[0])
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            while True:
                try:
                    _insert(bodies)
                    return
                except OperationalError as error:
                    if "locked" not in str(error) or time.monotonic() > until:
                        raise
                    hurry()
                    time.sleep(ASK_EVERY)
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


@transaction.atomic
def _insert(bodies: list[bytes]) -> None:
    rows = [WebhookDelivery(body=body, digest=digest(body)) for body in bodies]
    WebhookDelivery.objects.bulk_create(rows, ignore_conflicts=True)
    wake("deliveries")
    faults.point("delivery.storing")


_intake = Intake()


def accept_delivery(*, body: bytes) -> None:
    """Store a webhook body whose signature was good, once however often it comes. Nothing is read or decided here."""
    _intake.store(body)
