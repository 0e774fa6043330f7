"""What happened. One row serves the timeline, the audit trail, the reactions and the outgoing webhooks.

An area names its verbs in `<area>/events.py` with `verb(...)`; actions `record(...)` them in the transaction of the
change. `setia/reactions.py` says which verb wakes which action; each pair becomes a `Reaction` row that a worker
settles once.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import models, transaction

from setia.core import clock, faults, scope, work
from setia.core.models import Event, Reaction

log = logging.getLogger(__name__)

Listener = Callable[..., Any]

VERBS: dict[str, str] = {}
_listeners: dict[str, list[str]] = {}
_functions: dict[str, Listener] = {}

GIVE_UP_AFTER = 8


def verb(name: str, meaning: str) -> str:
    """Declare a verb (`order.completed`) with its meaning in one line; returns the name."""
    VERBS[name] = meaning
    return name


def install(reactions: Mapping[str, Sequence[Listener]]) -> None:
    """Take the list of reactions (done once at start, from `setia.reactions`)."""
    _listeners.clear()
    _functions.clear()
    for name, functions in reactions.items():
        if name not in VERBS:
            raise LookupError(f"No area declares the verb {name!r}.")
        for function in functions:
            path = f"{function.__module__.removeprefix('setia.')}.{function.__name__}"
            _functions[path] = function
            _listeners.setdefault(name, []).append(path)


def record(
    name: str,
    *,
    subject: models.Model | None = None,
    customer_id: int | None = None,
    data: dict[str, Any] | None = None,
    quiet: bool = False,
) -> Event:
    """Write an event and the reactions it wakes, in the caller's transaction; `quiet`: one of thousands, wakes nobody.

    `subject`: the row it is about. `customer_id`: whose timeline it belongs to. `data`: plain values, enough to
    understand the event after the subject is gone; ids and amounts, never names, numbers or texts of a person.
    """
    if name not in VERBS:
        raise LookupError(f"No area declares the verb {name!r}.")
    event: Event = Event.objects.create(
        at=clock.now(),
        actor=scope.current_actor(),
        verb=name,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        customer_id=customer_id,
        data=data or {},
    )
    listeners = () if quiet else _listeners.get(name, ())
    if listeners:
        Reaction.objects.bulk_create(Reaction(event=event, listener=path, due_at=event.at) for path in listeners)
        from setia.core.tasks import wake

        wake("reactions")
    return event


def settle_reactions(limit: int = 50) -> int:
    """Settle due reactions of every shop, each in its own transaction together with its mark.

    Returns how many were taken.
    """
    rows: list[Reaction] = work.claim(Reaction.across_shops.select_related("event", "shop"), limit=limit)
    for row in rows:
        faults.point("reaction.claimed")
        with scope.open_shop(row.shop):
            _settle(row)
    return len(rows)


def _settle(row: Reaction) -> None:
    function = _functions.get(row.listener)
    if function is None:
        work.give_up(row, f"No listener named {row.listener!r} any more.")
        return
    try:
        with transaction.atomic():
            function(event=row.event)
            faults.point("reaction.acted")
            if not work.finish(row):
                raise work.LeaseLost
    except work.LeaseLost:
        log.warning("Reaction %s was taken by another worker.", row.pk)
    except Exception as error:  # one reaction that fails must not hold up the others
        log.exception("Reaction %s (%s) failed.", row.pk, row.listener)
        if row.attempts >= GIVE_UP_AFTER:
            work.give_up(row, repr(error))
        else:
            work.retry(row, repr(error), after=work.backoff(row.attempts))
    faults.point("reaction.settled")
