"""The only writer of prompts."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from setia.conversations import actions as conversations
from setia.conversations.models import Message
from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.core.scope import current_shop
from setia.core.tasks import run_today
from setia.shops.models import Member
from setia.today import events as verbs
from setia.today import rules
from setia.today.models import Prompt, PromptState
from setia.today.sources import SOURCES

LATER_DAYS = 1
MORNING = time(6, 0)


def renew_prompts() -> str:
    """Look at every source for the open shop's today (nightly, safe to repeat). Returns a line on what was found."""
    counts = {kind: _renew(kind) for kind in SOURCES}
    return ", ".join(f"{count} {kind}" for kind, count in counts.items())


def follow(*, event: Event) -> None:
    """After something happened to a customer, look again at the sources it concerns, for that customer alone."""
    if event.customer_id is not None:
        for kind, source in SOURCES.items():
            if event.verb in source.WAKES:
                _renew(kind, customer_id=event.customer_id)


def start_over(*, event: Event) -> None:
    """The shop's past changed as a whole (a file came in or went out): score and choose anew, without waiting for the night."""
    run_today("scores", "prompts")


@transaction.atomic
def _renew(kind: str, *, customer_id: int | None = None) -> int:
    """Bring the open prompts of a kind in line with what its source finds; what was acted on stays as it is."""
    shop = current_shop()
    today = shop.today()
    found = {candidate.key: candidate for candidate in SOURCES[kind].find(today, customer_id)}
    mine = Prompt.objects.filter(kind=kind)
    if customer_id is not None:
        mine = mine.filter(customer_id=customer_id)
    open_now = {prompt.key: prompt for prompt in mine.filter(state=PromptState.OPEN)}
    gone = [prompt.pk for key, prompt in open_now.items() if key not in found]
    Prompt.objects.filter(pk__in=gone).update(state=PromptState.EXPIRED)
    _refresh([(open_now[key], found[key]) for key in open_now.keys() & found.keys()])
    fresh = [_new(kind, candidate) for key, candidate in found.items() if key not in open_now]
    # A key that was acted on before is left alone: skipped means skipped. One that ran out and is true again comes back.
    Prompt.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=500)
    reopened = mine.filter(state=PromptState.EXPIRED, key__in=[prompt.key for prompt in fresh])
    reopened.update(state=PromptState.OPEN, created_at=clock.now())
    return len(found)


def _new(kind: str, candidate: rules.Candidate) -> Prompt:
    now = clock.now()
    return Prompt(
        key=candidate.key,
        kind=kind,
        phase=SOURCES[kind].PHASE,
        customer_id=candidate.customer_id,
        facts=candidate.facts,
        draft=candidate.draft,
        rank=rules.rank(kind, candidate.weight),
        show_from=_morning(candidate.show_from_days) if candidate.show_from_days else now,
        expires_at=_morning(candidate.lasts_days),
        created_at=now,
    )


def _refresh(pairs: Iterable[tuple[Prompt, rules.Candidate]]) -> None:
    changed = []
    for prompt, candidate in pairs:
        rank = rules.rank(prompt.kind, candidate.weight)
        if (prompt.facts, prompt.draft, prompt.rank) != (candidate.facts, candidate.draft, rank):
            prompt.facts, prompt.draft, prompt.rank = candidate.facts, candidate.draft, rank
            changed.append(prompt)
    Prompt.objects.bulk_update(changed, ["facts", "draft", "rank"], batch_size=500)


def _morning(days: int) -> datetime:
    """Six o'clock on the shop's day `days` from today."""
    shop = current_shop()
    return datetime.combine(shop.today() + timedelta(days=days), MORNING, tzinfo=shop.zone)


@transaction.atomic
def send(*, prompt: Prompt, text: str, by: Member) -> Message:
    """Send the prompt's words (as edited) through the outbox and close it. Twice is once: the same message comes back."""
    text = text.strip()
    if not text:
        raise DomainError(_("Write something to send."), code="empty", field="text")
    if prompt.customer is None:
        raise DomainError(_("This prompt is about nobody who could be written to."), code="nobody")
    message = conversations.queue_message(
        customer=prompt.customer, text=text, purpose="prompt", reference=prompt.key, sent_by=by
    )
    _act(prompt, PromptState.SENT, by, edited=text != prompt.draft.strip(), message_id=message.pk)
    return message


def done(*, prompt: Prompt, by: Member) -> None:
    """It was seen to, by a call or at the counter."""
    _act(prompt, PromptState.DONE, by)


def skip(*, prompt: Prompt, by: Member) -> None:
    """Not this time; the same occasion does not come up again."""
    _act(prompt, PromptState.SKIPPED, by)


@transaction.atomic
def later(*, prompt: Prompt, by: Member) -> None:
    """Tomorrow morning again."""
    if Prompt.objects.filter(pk=prompt.pk, state=PromptState.OPEN).update(show_from=_morning(LATER_DAYS)):
        events.record(
            verbs.ACTED, subject=prompt, customer_id=prompt.customer_id, data={"kind": prompt.kind, "did": "later"}
        )


@transaction.atomic
def undo(*, prompt: Prompt, by: Member) -> None:
    """Take back done, skip or later. A message that was sent stays sent."""
    taken_back = Prompt.objects.filter(
        pk=prompt.pk, state__in=[PromptState.OPEN, PromptState.DONE, PromptState.SKIPPED]
    ).update(state=PromptState.OPEN, show_from=clock.now(), acted_at=None, acted_by=None)
    if taken_back:
        events.record(
            verbs.ACTED, subject=prompt, customer_id=prompt.customer_id, data={"kind": prompt.kind, "did": "undo"}
        )


@transaction.atomic
def _act(prompt: Prompt, state: PromptState, by: Member, **changes: Any) -> None:
    acted = Prompt.objects.filter(pk=prompt.pk, state=PromptState.OPEN).update(
        state=state, acted_at=clock.now(), acted_by=by, **changes
    )
    if acted:
        events.record(
            verbs.ACTED, subject=prompt, customer_id=prompt.customer_id, data={"kind": prompt.kind, "did": state.value}
        )
