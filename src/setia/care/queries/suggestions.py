"""Reads of suggestions, of the range, and of who seems bored."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet

from setia.care.models import Boredom, Suggestion, SuggestionState, Voice
from setia.care.rules import suggestions as rules
from setia.catalog import queries as catalog
from setia.catalog.queries import Offer
from setia.core import clock
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.orders.queries import baskets, hints


def suggestions() -> QuerySet[Suggestion]:
    """Topics, those with most votes first. A vote is a person; each voice without a name is one, too."""
    rows = Suggestion.objects.filter(merged_into=None).select_related("variant__product")
    people = Count("voices__customer", distinct=True)
    nameless = Count("voices", filter=Q(voices__customer=None), distinct=True)
    return rows.annotate(votes=people + nameless).order_by("-votes", "-made_at", "-pk")


def waiting_topics() -> list[Suggestion]:
    """What may still be joined or decided."""
    waiting = (SuggestionState.NEW, SuggestionState.CONSIDERED, SuggestionState.TRYING)
    return list(suggestions().filter(state__in=waiting))


def voices_of(suggestion: Suggestion) -> list[Voice]:
    """Who asked for it, and in which words."""
    rows = Voice.objects.filter(suggestion=suggestion).select_related("customer", "origin", "by")
    return list(rows.order_by("-at", "-pk"))


def proposals(topics: list[Suggestion]) -> list[tuple[Suggestion, Suggestion]]:
    """Topics that may be one: the one with fewer votes first, to be joined to the other."""
    by_id = {row.pk: row for row in topics}
    pairs = rules.proposals([(row.pk, row.title) for row in topics], most=5)
    found = [(by_id[first], by_id[second]) for first, second in pairs]
    return [(one, other) if one.votes <= other.votes else (other, one) for one, other in found]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Asked:
    """The range beside the wishes: tastes sold, topics asked for in a year, those that became something."""

    tastes: list[str]
    topics: int
    people: int
    launched: int
    open_wishes: list[Suggestion]


def asked_for(days: int = 365) -> Asked:
    """Variety of the range against what people ask."""
    since = clock.now() - timedelta(days=days)
    tastes = {offer.flavour or offer.product: None for offer in catalog.sellable(day=current_shop().today())}
    voices = Voice.objects.filter(at__gte=since)
    rows = suggestions().filter(voices__at__gte=since)
    return Asked(
        tastes=list(tastes),
        topics=rows.count(),
        people=voices.exclude(customer=None).values("customer").distinct().count()
        + voices.filter(customer=None).count(),
        launched=rows.filter(state=SuggestionState.LAUNCHED).count(),
        open_wishes=waiting_topics()[:5],
    )


def bored(customer_id: int | None = None) -> list[Boredom]:
    """Who seemed bored last night, those who wait longest against their own rhythm first."""
    rows = Boredom.objects.select_related("customer").filter(customer__archived_at=None)
    if customer_id:
        rows = rows.filter(customer_id=customer_id)
    return sorted(rows, key=lambda row: (-row.gap_now / max(row.gap_before, 1.0), row.pk))


def bored_of(customer_id: int) -> Boredom | None:
    """The signal of one customer."""
    found: Boredom | None = Boredom.objects.filter(customer_id=customer_id).first()
    return found


def something_new(customer: Customer, offers: list[Offer]) -> Offer | None:
    """What they never tried and are likely to enjoy: by people with the same taste, else what the shop lists last."""
    by_id = {offer.variant_id: offer for offer in offers}
    found = hints.suggestions(
        customer_id=customer.pk, name=customer.display_name, basket={}, offers=offers, brought=False
    )
    for hint in found:
        if hint.variant_id in by_id:
            return by_id[hint.variant_id]
    had = baskets.tried(customer.pk)
    known = {(by_id[pk].product, by_id[pk].flavour) for pk in had if pk in by_id}
    return next((offer for offer in reversed(offers) if (offer.product, offer.flavour) not in known), None)
