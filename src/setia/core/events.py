"""What happened. One row serves the timeline, the audit trail, the reactions and the outgoing webhooks.

An area names its verbs in `<area>/events.py` with `verb(...)`; actions `record(...)` them in the transaction of the
change. `setia/reactions.py` says which verb wakes which action; each pair becomes a `Reaction` row that a worker
settles once.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import models, transaction

from setia.core import clock, faults, scope, turns, work
from setia.core.models import Event, Reaction

log = logging.getLogger(__name__)

Listener = Callable[..., Any]

VERBS: dict[str, str] = {}
_listeners: dict[str, list[str]] = {}
_functions: dict[str, Listener] = {}
_concerns: dict[str, Callable[[Any], bool]] = {}

GIVE_UP_AFTER = 8


def verb(name: str, meaning: str) -> str:
    """Declare a verb (`order.completed`) with its meaning in one line; returns the name."""
    VERBS[name] = meaning
    return name


def only_if(concerns: Callable[[Any], bool]) -> Callable[[Listener], Listener]:
    """Decorate a listener that has to do with few events of its verb: no reaction is written where `concerns(subject)`
    is false. It is asked at once, of the subject in hand, so it must be cheap, without a query, and never too narrow.
    """

    def mark(listener: Listener) -> Listener:
        listener.concerns = concerns  # type: ignore[attr-defined]
        return listener

    return mark


def install(reactions: Mapping[str, Sequence[Listener]]) -> None:
    """Take the list of reactions (done once at start, from `setia.reactions`)."""
    _listeners.clear()
    _functions.clear()
    _concerns.clear()
    for name, functions in reactions.items():
        if name not in VERBS:
            raise LookupError(f"No area declares the verb {name!r}.")
        for function in functions:
            path = f"{function.__module__.removeprefix('setia.')}.{function.__name__}"
            _functions[path] = function
            if concerns := getattr(function, "concerns", None):
                _concerns[path] = concerns
            _listeners.setdefault(name, []).append(path)


def record(
    name: str,
    *,
    subject: models.Model | None = None,
    customer_id: int | None = None,
    data: dict[str, Any] | None = None,
) -> Event:
    """Write an event and the reactions it wakes, in the caller's transaction.

    `subject`: the row it is about. `customer_id`: whose timeline it belongs to. `data`: plain values, enough to
    understand the event after the subject is gone; ids and amounts, never names, numbers or texts of a person.
    """
    event = _event(name, subject, customer_id, data)
    event.save(force_insert=True)
    _wake_listeners([(event, subject)])
    return event


def record_many(
    name: str, happened: Sequence[tuple[models.Model | None, int | None, dict[str, Any] | None]]
) -> list[Event]:
    """The same for many of one verb at once: (subject, customer_id, data) each, in two queries."""
    subjects = [subject for subject, _customer_id, _data in happened]
    made = Event.objects.bulk_create([_event(name, *one) for one in happened])
    _wake_listeners(list(zip(made, subjects, strict=True)))
    return list(made)


def _event(name: str, subject: models.Model | None, customer_id: int | None, data: dict[str, Any] | None) -> Event:
    if name not in VERBS:
        raise LookupError(f"No area declares the verb {name!r}.")
    return Event(
        at=clock.now(),
        actor=scope.current_actor(),
        verb=name,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        customer_id=customer_id,
        data=data or {},
    )


def _wake_listeners(happened: Sequence[tuple[Event, models.Model | None]]) -> None:
    rows = [
        Reaction(event=event, listener=path, due_at=event.at)
        for event, subject in happened
        for path in _listeners.get(event.verb, ())
        if subject is None or path not in _concerns or _concerns[path](subject)
    ]
    if rows:
        Reaction.objects.bulk_create(rows)
        from setia.core.tasks import wake

        wake("reactions")


def settle_reactions(limit: int = 20) -> int:
    """Settle due reactions of every shop, each in its own transaction together with its mark.

    Returns how many were taken.
    """
    rows: list[Reaction] = work.claim(Reaction.across_shops.select_related("event", "shop"), limit=limit)
    once: dict[int, Event] = {}
    for row in rows:
        # The listeners of one event get the same object.
        row.event = once.setdefault(row.event_id, row.event)
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
    turns.give_way()
