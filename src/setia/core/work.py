"""Work that must happen is a row with a state and a due time; a lease says who is at it.

A worker that dies leaves its lease to run out, and the next look takes the row up again. So a task may be lost, doubled
or late: the rows decide. `Due` is the row, `claim` takes some, `finish`, `retry` and `give_up` end a claim. All of
them are conditional UPDATEs on the lease: a worker that lost its lease changes nothing.
"""

import random
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import models
from django.db.models import F, Q

from setia.core import clock

LEASE = timedelta(seconds=60)


class WorkState(models.TextChoices):
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class Due(models.Model):
    """Mixin of a row that waits for a worker."""

    work_state = models.CharField(max_length=10, choices=WorkState, default=WorkState.WAITING)
    due_at = models.DateTimeField(default=clock.now)
    leased_until = models.DateTimeField(null=True)
    lease = models.UUIDField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        abstract = True


D = TypeVar("D", bound=Due)


def open_for_work(at: datetime) -> Q:
    """The condition of a row that is due at `at` and nobody's."""
    return Q(work_state=WorkState.WAITING, due_at__lte=at) & (Q(leased_until=None) | Q(leased_until__lt=at))


def claim(rows: "models.QuerySet[D]", *, limit: int, lease: timedelta = LEASE) -> list[D]:
    """Take up to `limit` due rows of `rows` under one lease, oldest due first.

    Two UPDATE-safe queries, no locks held.
    """
    at, token = clock.now(), uuid.uuid4()
    ids = list(rows.filter(open_for_work(at)).order_by("due_at", "pk").values_list("pk", flat=True)[:limit])
    if not ids:
        return []
    taken = rows.filter(open_for_work(at), pk__in=ids).update(
        lease=token, leased_until=at + lease, attempts=F("attempts") + 1
    )
    return list(rows.filter(lease=token, pk__in=ids).order_by("due_at", "pk")) if taken else []


def _end(row: Due, **changes: Any) -> bool:
    model: Any = type(row)
    return bool(
        model._base_manager.filter(pk=row.pk, lease=row.lease, work_state=WorkState.WAITING).update(
            lease=None, leased_until=None, **changes
        )
    )


def finish(row: Due) -> bool:
    """The work is done. False when the lease was lost to another worker: then roll back."""
    return _end(row, work_state=WorkState.DONE, error="")


def finish_all(rows: "models.QuerySet[D]", done: Sequence[D]) -> None:
    """The same for many rows of one claim; those whose lease was lost meanwhile stay as they are."""
    if done:
        mine = rows.filter(pk__in=[row.pk for row in done], lease=done[0].lease, work_state=WorkState.WAITING)
        mine.update(lease=None, leased_until=None, work_state=WorkState.DONE, error="")


def retry(row: Due, error: str, *, after: timedelta) -> bool:
    """Try again later; `error` is kept for the owner."""
    return _end(row, due_at=clock.now() + after, error=error[:2000])


def give_up(row: Due, error: str) -> bool:
    """Stop trying; the row stays, visible, with its error."""
    return _end(row, work_state=WorkState.FAILED, error=error[:2000])


def backoff(attempts: int, *, first: float = 2.0, most: float = 3600.0) -> timedelta:
    """Exponential with jitter: between half and all of `first * 2^(attempts-1)`, at most `most` seconds."""
    ceiling = min(most, first * 2 ** max(0, attempts - 1))
    return timedelta(seconds=random.uniform(ceiling / 2, ceiling))  # noqa: S311 - spreads load, guards nothing


class LeaseLost(RuntimeError):
    """Another worker took the row meanwhile; what this one did is rolled back."""
