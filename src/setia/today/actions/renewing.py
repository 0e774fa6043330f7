"""Bringing prompts in line with what their sources find, each with its place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction

from setia.conversations.models import Message, MessageStatus
from setia.conversations.rules import PROMOTION
from setia.core import clock, events
from setia.core.models import Event
from setia.core.scope import current_shop
from setia.core.tasks import run_today
from setia.customers import queries as customers
from setia.today import rules
from setia.today.actions.learning import learn, offer
from setia.today.models import Arm, Prompt, PromptState
from setia.today.sources import NAMELESS, SOURCES
from setia.today.weighing import Scales, Weighed

MORNING = time(6, 0)
SLICE = 5_000

Found = dict[str, tuple[str, rules.Candidate]]


def renew_prompts() -> str:
    """Look at every source for the open shop's today (nightly, safe to repeat). Returns a line on what was found."""
    learn()
    scales = Scales()
    counts = {kind: renew([kind], scales=scales) for kind in SOURCES}
    offer()
    return ", ".join(f"{count} {kind}" for kind, count in counts.items())


def _concerns(subject: object) -> bool:
    """An offer that is on its way answers no chat: ten thousand of them need not be looked at one by one."""
    if not isinstance(subject, Message):
        return True
    return subject.purpose != PROMOTION or subject.status == MessageStatus.FAILED


@events.only_if(_concerns)
def follow(*, event: Event) -> None:
    """After something happened, look again at the sources it concerns, for its customer alone."""
    known = event.customer_id is not None
    kinds = [kind for kind, source in SOURCES.items() if event.verb in source.WAKES and (known or kind in NAMELESS)]
    if kinds:
        renew(kinds, customer_id=event.customer_id or rules.NOBODY)


def start_over(*, event: Event) -> None:
    """The shop's past changed as a whole (a file came in or went out): score and choose anew without waiting."""
    run_today("scores", "people", "groups", "prompts")


@transaction.atomic
def renew(kinds: list[str], *, customer_id: int | None = None, scales: Scales | None = None) -> int:
    """Bring the prompts of some kinds in line with what their sources find; what was acted on stays as it is.

    `customer_id`: look at this customer alone, or at what has none (`rules.NOBODY`). Returns how many were found.
    """
    today = current_shop().today()
    found = {item.key: (kind, item) for kind in kinds for item in SOURCES[kind].find(today, customer_id)}
    known = _known(kinds, found, customer_id)
    wanted = _wanted(found, scales or Scales()) if found else {}
    _write(known, wanted, found)
    _expire(prompt.pk for key, prompt in known.items() if prompt.state == PromptState.OPEN and key not in found)
    fresh = [wanted[key] for key, (_kind, item) in found.items() if key not in known and item.begins]
    # A key that was acted on before is left alone: skipped means skipped.
    Prompt.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(found)


def _wanted(found: Found, scales: Scales) -> dict[str, Prompt]:
    """The rows as they are to be, by key, with their place and the opening words of who likes an own greeting."""
    found = _greeted(found)
    weighed = scales.weigh(found)
    return {key: _new(kind, item, weighed[key]) for key, (kind, item) in found.items()}


def _greeted(found: Found) -> Found:
    """The same with the opening words of those who like to be greeted in their own way before what is sent to them."""
    if not any(item.draft for _kind, item in found.values()):
        return found
    openings = customers.openings()
    return {
        key: (kind, replace(item, draft=f"{openings[item.customer_id]} {item.draft}"))
        if item.draft and item.customer_id in openings
        else (kind, item)
        for key, (kind, item) in found.items()
    }


def _known(kinds: list[str], found: Iterable[str], customer_id: int | None) -> dict[str, Prompt]:
    """Prompts that may change, by key: the open ones, and of those found what ran out or is another customer's."""
    rows = Prompt.objects.filter(kind__in=kinds)
    mine = rows if customer_id is None else rows.filter(customer_id=customer_id or None)
    known = {prompt.key: prompt for prompt in mine.filter(state=PromptState.OPEN)}
    for keys in _slices([key for key in found if key not in known]):
        known |= {prompt.key: prompt for prompt in rows.filter(key__in=keys, state__in=_CHANGING)}
    return known


_CHANGING = (PromptState.OPEN, PromptState.EXPIRED)
# What is said, and where it stands.
_SAID = ["customer", "facts", "draft"]
_CONTENT = [*_SAID, "rank", "chance", "numbers"]


def _write(known: Mapping[str, Prompt], wanted: Mapping[str, Prompt], found: Found) -> None:
    """Bring what is found again up to date, and open again what had run out."""
    changed: dict[tuple[str, ...], list[Prompt]] = defaultdict(list)
    back = []
    for key in sorted(known.keys() & wanted.keys()):
        prompt, row = known[key], wanted[key]
        row.pk = prompt.pk
        if prompt.state == PromptState.EXPIRED:
            if found[key][1].begins:
                back.append(row)
        elif names := tuple(name for name in _CONTENT if not _same(prompt, row, name)):
            changed[names].append(row)
    # The conditions keep off what a person acts on at this moment. Mostly one fact of many changed (in how many days).
    for names, rows in changed.items():
        Prompt.objects.filter(state=PromptState.OPEN).bulk_update(rows, names)
    times = ["state", "show_from", "expires_at", "created_at"]
    Prompt.objects.filter(state=PromptState.EXPIRED).bulk_update(back, [*_CONTENT, *times])


def _same(one: Prompt, other: Prompt, name: str) -> bool:
    column = "customer_id" if name == "customer" else name
    return bool(getattr(one, column) == getattr(other, column))


def _expire(ids: Iterable[int]) -> None:
    for part in _slices(list(ids)):
        Prompt.objects.filter(pk__in=part, state=PromptState.OPEN).update(state=PromptState.EXPIRED)


def _slices(items: list[Any]) -> Iterator[list[Any]]:
    return (items[start : start + SLICE] for start in range(0, len(items), SLICE))


def _new(kind: str, item: rules.Candidate, weighed: Weighed) -> Prompt:
    now = clock.now()
    return Prompt(
        key=item.key,
        kind=kind,
        phase=SOURCES[kind].PHASE,
        customer_id=item.customer_id,
        facts=item.facts,
        draft=item.draft,
        rank=weighed.rank,
        chance=weighed.chance,
        numbers=weighed.numbers,
        arm=Arm.HELD if weighed.held else Arm.NONE,
        show_from=morning(item.show_from_days) if item.show_from_days else now,
        expires_at=morning(item.lasts_days),
        created_at=now,
    )


def morning(days: int) -> datetime:
    """Six o'clock on the shop's day `days` from today."""
    shop = current_shop()
    return datetime.combine(shop.today() + timedelta(days=days), MORNING, tzinfo=shop.zone)
