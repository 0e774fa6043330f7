"""Reads for the page of those who may be one."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from setia.core.models import Event
from setia.core.prepared import prepared
from setia.customers import queries
from setia.customers.merging.merge import CHOICES
from setia.customers.models import Customer, MergeRecord, SamePair
from setia.customers.words import label_of, shown

RECENT = 10


@dataclass(frozen=True)
class Side:
    """One of two, with what tells people apart."""

    customer: Customer
    numbers: list[Any]
    events: int
    last_at: Any


@dataclass(frozen=True)
class Choice:
    """One field in which they differ: its name, its label and both values in words."""

    name: str
    label: str
    ours: str
    theirs: str


def open_pairs(limit: int = 50) -> list[SamePair]:
    """Who may be one, the likeliest first; without those put away or put together meanwhile."""
    return list(_open().select_related("first", "second").order_by("-score", "pk")[:limit])


def open_count() -> int:
    """How many pairs wait for an answer."""
    return _open().count()


def _open() -> QuerySet[SamePair]:
    return SamePair.objects.filter(different_at=None, first__archived_at=None, second__archived_at=None)


def pairs_of(customer_id: int) -> list[SamePair]:
    """Pairs this customer is one of."""
    return _pairs_of(customer_id)


@prepared
def _pairs_of(customer_id: int) -> QuerySet[SamePair]:
    mine = _open().filter(Q(first_id=customer_id) | Q(second_id=customer_id))
    return mine.select_related("first", "second").order_by("-score", "pk")[:3]


def recent(limit: int = RECENT) -> list[MergeRecord]:
    """The latest merges that stand."""
    rows = MergeRecord.objects.filter(undone_at=None).exclude(steps=[])
    return list(rows.select_related("kept", "gone", "by").order_by("-pk")[:limit])


def merges_of(customer_id: int) -> list[MergeRecord]:
    """Whom this customer was put together with."""
    rows = MergeRecord.objects.filter(kept=customer_id, undone_at=None).exclude(steps=[])
    return list(rows.select_related("gone", "by").order_by("-pk"))


def told_apart(limit: int = RECENT) -> list[SamePair]:
    """Who was said to be two, the latest first."""
    rows = SamePair.objects.filter(different_at__isnull=False)
    return list(rows.select_related("first", "second", "by").order_by("-different_at")[:limit])


def sides(one: Customer, other: Customer) -> tuple[Side, Side]:
    """Both, with their numbers and how much happened with each."""
    happened = {
        pk: (count, last)
        for pk, count, last in Event.objects.filter(customer_id__in=[one.pk, other.pk])
        .values("customer_id")
        .annotate(count=Count("pk"), last=Max("at"))
        .values_list("customer_id", "count", "last")
    }
    return tuple(  # type: ignore[return-value]
        Side(person, queries.identities_of(person.pk), *happened.get(person.pk, (0, None))) for person in (one, other)
    )


def choices(one: Customer, other: Customer) -> list[Choice]:
    """Fields in which both say something, and not the same."""
    found = []
    for name in CHOICES:
        ours, theirs = getattr(one, name), getattr(other, name)
        if ours and theirs and ours != theirs:
            found.append(Choice(name, label_of(name), shown(one, name), shown(other, name)))
    return found


def ids_of(customer_id: int) -> list[int]:
    """The ids under which events speak of this customer: their own and of those put together with them."""
    found, level = [customer_id], [customer_id]
    while level:
        level = _merged_into(level)
        found += level
    return found


@prepared
def _merged_into(ids: list[int]) -> QuerySet[Customer, int]:
    return Customer.objects.filter(merged_into_id__in=ids).values_list("pk", flat=True)
