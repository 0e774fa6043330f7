"""Kinds of prompts of which so many wait that one would rather write to all of them at once."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count

from setia.today.queries import shown
from setia.today.sources import SOURCES


@dataclass(frozen=True)
class Many:
    """So many people with an open prompt of one kind: enough to write to all of them at once."""

    kind: str
    label: Any
    people: int


# Kinds whose people may be written to together: the rest is between two people.
TOGETHER: Final = {"season": "season", "rhythm": "comeback", "bored": "comeback", "tasted": "news", "bazaar": "offer"}
ENOUGH: Final = 5
# An address holds no more.
MOST: Final = 300


def together() -> list[Many]:
    """Kinds of which many wait, the most first. One query. Those held back by the lot are not among them."""
    rows = shown().filter(kind__in=TOGETHER, customer__isnull=False).order_by().values("kind")
    counted = rows.annotate(n=Count("customer_id", distinct=True)).filter(n__gte=ENOUGH)
    found = [Many(row["kind"], SOURCES[row["kind"]].LABEL, row["n"]) for row in counted]
    return sorted(found, key=lambda many: (-many.people, many.kind))


def people_of(kind: str) -> list[int]:
    """Who has an open prompt of a kind, those it matters most for first."""
    rows = shown().filter(kind=kind, customer__isnull=False).order_by("-rank", "pk")
    return list(dict.fromkeys(rows.values_list("customer_id", flat=True)))[:MOST]
