"""The only writer of prompts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from setia.conversations import actions as conversations
from setia.conversations.models import ChannelKind, Conversation, Message
from setia.conversations.rules import window_is_open
from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.core.scope import current_shop
from setia.core.tasks import run_today
from setia.customers import queries as customers
from setia.customers.models import Customer
from setia.shops.models import Member
from setia.today import events as verbs
from setia.today import rules
from setia.today.models import Prompt, PromptState
from setia.today.sources import NAMELESS, SOURCES

LATER_DAYS = 1
MORNING = time(6, 0)
SLICE = 5_000


# --- Renewing ---------------------------------------------------------------------------------------------------------


def renew_prompts() -> str:
    """Look at every source for the open shop's today (nightly, safe to repeat). Returns a line on what was found."""
    counts = {kind: _renew([kind]) for kind in SOURCES}
    return ", ".join(f"{count} {kind}" for kind, count in counts.items())


def follow(*, event: Event) -> None:
    """After something happened, look again at the sources it concerns, for its customer alone."""
    known = event.customer_id is not None
    kinds = [kind for kind, source in SOURCES.items() if event.verb in source.WAKES and (known or kind in NAMELESS)]
    if kinds:
        _renew(kinds, customer_id=event.customer_id or rules.NOBODY)


def start_over(*, event: Event) -> None:
    """The shop's past changed as a whole (a file came in or went out): score and choose anew without waiting."""
    run_today("scores", "people", "groups", "prompts")


@transaction.atomic
def _renew(kinds: list[str], *, customer_id: int | None = None) -> int:
    """Bring the prompts of some kinds in line with what their sources find; what was acted on stays as it is.

    `customer_id`: look at this customer alone, or at what has none (`rules.NOBODY`). Returns how many were found.
    """
    today = current_shop().today()
    found = {item.key: (kind, item) for kind in kinds for item in SOURCES[kind].find(today, customer_id)}
    found = _greeted(found)
    known = _known(kinds, found, customer_id)
    _write(known, found)
    _expire(prompt.pk for key, prompt in known.items() if prompt.state == PromptState.OPEN and key not in found)
    fresh = [_new(kind, item) for key, (kind, item) in found.items() if key not in known and item.begins]
    # A key that was acted on before is left alone: skipped means skipped.
    Prompt.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(found)


def _greeted(found: dict[str, tuple[str, rules.Candidate]]) -> dict[str, tuple[str, rules.Candidate]]:
    """The same with the opening words of those who like to be greeted in their own way before what is sent to them."""
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
_CONTENT = ["customer", "facts", "draft", "rank"]


def _write(known: Mapping[str, Prompt], found: Mapping[str, tuple[str, rules.Candidate]]) -> None:
    """Bring what is found again up to date, and open again what had run out."""
    changed, back = [], []
    for key in sorted(known.keys() & found.keys()):
        prompt, (kind, item) = known[key], found[key]
        wanted = _new(kind, item)
        if prompt.state == PromptState.EXPIRED:
            if item.begins:
                wanted.pk = prompt.pk
                back.append(wanted)
        elif any(getattr(prompt, name) != getattr(wanted, name) for name in ("customer_id", *_CONTENT[1:])):
            wanted.pk = prompt.pk
            changed.append(wanted)
    # The conditions keep off what a person acts on at this moment.
    Prompt.objects.filter(state=PromptState.OPEN).bulk_update(changed, _CONTENT)
    times = ["state", "show_from", "expires_at", "created_at"]
    Prompt.objects.filter(state=PromptState.EXPIRED).bulk_update(back, [*_CONTENT, *times])


def _expire(ids: Iterable[int]) -> None:
    for part in _slices(list(ids)):
        Prompt.objects.filter(pk__in=part, state=PromptState.OPEN).update(state=PromptState.EXPIRED)


def _slices(items: list[Any]) -> Iterator[list[Any]]:
    return (items[start : start + SLICE] for start in range(0, len(items), SLICE))


def _new(kind: str, item: rules.Candidate) -> Prompt:
    now = clock.now()
    return Prompt(
        key=item.key,
        kind=kind,
        phase=SOURCES[kind].PHASE,
        customer_id=item.customer_id,
        facts=item.facts,
        draft=item.draft,
        rank=rules.rank(kind, item.weight),
        show_from=_morning(item.show_from_days) if item.show_from_days else now,
        expires_at=_morning(item.lasts_days),
        created_at=now,
    )


def _morning(days: int) -> datetime:
    """Six o'clock on the shop's day `days` from today."""
    shop = current_shop()
    return datetime.combine(shop.today() + timedelta(days=days), MORNING, tzinfo=shop.zone)


# --- What a person does -----------------------------------------------------------------------------------------------


@transaction.atomic
def send(*, prompt: Prompt, text: str, by: Member) -> Message:
    """Send the prompt's words (as edited) through the outbox and close it. Twice is once: the same message comes back.

    Raises DomainError `empty`, `nobody`, `settled` when somebody saw to it in another way, and as `queue_message`.
    """
    text = text.strip()
    if not text:
        raise DomainError(_("Write something to send."), code="empty", field="text")
    customer = prompt.customer
    if customer is None:
        raise DomainError(_("This prompt is about nobody who could be written to."), code="nobody")
    if not _act(prompt, PromptState.SENT, by, edited=text != prompt.draft.strip()):
        return _sent_before(prompt)
    message = conversations.queue_message(
        customer=customer,
        text=text,
        purpose="prompt",
        reference=prompt.key,
        sent_by=by,
        conversation=_by_hand(customer),
    )
    Prompt.objects.filter(pk=prompt.pk).update(message_id=message.pk)
    return message


def _sent_before(prompt: Prompt) -> Message:
    prompt.refresh_from_db()
    message = Message.objects.filter(pk=prompt.message_id).first() if prompt.state == PromptState.SENT else None
    if message is None:
        raise DomainError(_("This was seen to in the meantime."), code="settled")
    return message


def _by_hand(customer: Customer) -> Conversation | None:
    """The chat in the free app, when WhatsApp would not take free words through the API; None when it would.

    Twenty-four hours after the customer's last message only a person can write first.
    """
    channel = conversations.channel_for(customer)
    if channel.kind == ChannelKind.APP or not customers.phone_of(customer):
        return None
    chat = Conversation.objects.filter(channel=channel, customer=customer).first()
    if chat and window_is_open(chat.window_until, clock.now()):
        return None
    return conversations.chat_with(channel=conversations.app_channel(), customer=customer)


@transaction.atomic
def done(*, prompt: Prompt, by: Member) -> bool:
    """It was seen to, by a call or at the counter. False when it was settled before; so for `skip` and `later`."""
    return _act(prompt, PromptState.DONE, by)


@transaction.atomic
def skip(*, prompt: Prompt, by: Member) -> bool:
    """Not this time; the same occasion does not come up again."""
    return _act(prompt, PromptState.SKIPPED, by)


@transaction.atomic
def later(*, prompt: Prompt, by: Member) -> bool:
    """Tomorrow morning again, and there for the day."""
    back, until = _morning(LATER_DAYS), _morning(LATER_DAYS + 1)
    rows = Prompt.objects.filter(pk=prompt.pk, state=PromptState.OPEN, show_from__lt=back)
    put_off = rows.update(show_from=back)
    if put_off:
        Prompt.objects.filter(pk=prompt.pk, expires_at__lt=until).update(expires_at=until)
        _record(prompt, "later")
    return bool(put_off)


@transaction.atomic
def undo(*, prompt: Prompt, by: Member) -> bool:
    """Take back done, skip or later; the prompt comes back if it is still true. A message that was sent stays sent."""
    now = clock.now()
    settled = Q(state__in=[PromptState.DONE, PromptState.SKIPPED]) | Q(state=PromptState.OPEN, show_from__gt=now)
    back = Prompt.objects.filter(settled, pk=prompt.pk).update(
        state=PromptState.OPEN, show_from=now, acted_at=None, acted_by=None
    )
    if back:
        _record(prompt, "undo")
        _renew([prompt.kind], customer_id=prompt.customer_id or rules.NOBODY)
    return bool(back)


def _act(prompt: Prompt, state: Any, by: Member, **changes: Any) -> bool:
    """Settle an open prompt as `state` (a PromptState); False when it is not open any more."""
    acted = Prompt.objects.filter(pk=prompt.pk, state=PromptState.OPEN).update(
        state=state, acted_at=clock.now(), acted_by=by, **changes
    )
    if acted:
        _record(prompt, state.value)
    return bool(acted)


def _record(prompt: Prompt, did: str) -> None:
    events.record(verbs.ACTED, subject=prompt, customer_id=prompt.customer_id, data={"kind": prompt.kind, "did": did})
