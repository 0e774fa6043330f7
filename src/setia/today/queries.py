"""Reads of Today."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from setia.core import clock
from setia.customers import queries as customers
from setia.customers.models import Customer
from setia.today import rules
from setia.today.models import Phase, Prompt, PromptState
from setia.today.sources import SOURCES

# Enough to choose ten from, mixed, however many people usually order by now.
CONSIDERED = 400


@dataclass(frozen=True)
class Card:
    """A prompt as it is shown."""

    prompt: Prompt
    customer: Customer | None
    label: Any
    reason: str
    phone: str


def open_prompts(*, limit: int = rules.SHOWN) -> list[Card]:
    """The prompts to show now, best first, in a constant number of queries."""
    now = clock.now()
    rows = (
        Prompt.objects.filter(Q(expires_at=None) | Q(expires_at__gt=now), state=PromptState.OPEN, show_from__lte=now)
        .order_by("-rank", "pk")
        .values_list("pk", "customer_id", "phase", "kind", "rank")[:CONSIDERED]
    )
    chosen = rules.choose((rules.Ranked(*row) for row in rows), limit=limit)
    found = Prompt.objects.filter(pk__in=chosen).select_related("customer").in_bulk()
    return cards([found[pk] for pk in chosen])


def cards(prompts: list[Prompt]) -> list[Card]:
    """The prompts with the sentence that says why, in the reader's language, and the phone to write to."""
    phones = customers.phones_of([prompt.customer_id for prompt in prompts if prompt.customer_id])
    return [
        Card(
            prompt=prompt,
            customer=prompt.customer,
            label=SOURCES[prompt.kind].LABEL,
            reason=SOURCES[prompt.kind].reason(prompt.facts, prompt.customer),
            phone=phones.get(prompt.customer_id, "") if prompt.customer_id else "",
        )
        for prompt in prompts
    ]


def by_phase(shown: list[Card]) -> list[tuple[Phase, list[Card]]]:
    """The cards under the phases they belong to, in the order of the screen; phases without cards are left out."""
    groups = [(Phase(phase), [card for card in shown if card.prompt.phase == phase]) for phase in rules.PHASES]
    return [(phase, group) for phase, group in groups if group]


def acted_today(since: Any) -> int:
    """How many prompts were sent or done since a moment."""
    return Prompt.objects.filter(acted_at__gte=since, state__in=[PromptState.SENT, PromptState.DONE]).count()


def open_of(customer_id: int) -> list[Card]:
    """Open prompts of one customer, for their page."""
    rows = Prompt.objects.filter(customer_id=customer_id, state=PromptState.OPEN).select_related("customer")
    return cards(list(rows.order_by("-rank")[:5]))
