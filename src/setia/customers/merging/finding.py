"""Whom we may have written down twice: found by night in blocks of people who share something, never pair by pair."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from django.db import transaction

from setia.core import clock, names
from setia.customers import rules
from setia.customers.actions.indexing import NUMBERS
from setia.customers.models import Customer, Identity, SamePair, SameWhy

# Blocks larger than this say nothing ("Siti" of a whole district); more pairs than this nobody looks at.
LARGEST_BLOCK: Final = 40
MOST_COMPARED: Final = 400_000
MOST_OPEN: Final = 300


@dataclass(frozen=True, slots=True)
class Person:
    """What is compared."""

    pk: int
    name: str
    place: str
    mobile: bool


Found = dict[tuple[int, int], tuple[str, int]]


@transaction.atomic
def find_pairs() -> int:
    """Look through the open shop and keep the likeliest pairs; what was said to be different stays so.

    Three reads and two writes whatever the size. Returns how many pairs are open.
    """
    people = _people()
    found: Found = {}
    _by_identity(people, found)
    _by_name(people, found)
    answered = set(SamePair.objects.filter(different_at__isnull=False).values_list("first_id", "second_id"))
    best = sorted((item for item in found.items() if item[0] not in answered), key=lambda item: (-item[1][1], item[0]))
    wanted = dict(best[:MOST_OPEN])
    known = {(row.first_id, row.second_id): row for row in SamePair.objects.filter(different_at=None)}
    SamePair.objects.filter(pk__in=[row.pk for pair, row in known.items() if pair not in wanted]).delete()
    SamePair.objects.bulk_create(
        SamePair(first_id=first, second_id=second, why=why, score=score, found_at=clock.now())
        for (first, second), (why, score) in wanted.items()
        if (first, second) not in known
    )
    return len(wanted)


def _people() -> dict[int, Person]:
    numbered = set(
        Identity.objects.filter(kind__in=NUMBERS, superseded_at=None, shared=False).values_list(
            "customer_id", flat=True
        )
    )
    rows = Customer.objects.filter(archived_at=None, erased_at=None).order_by("pk")
    return {
        pk: Person(pk, name, rules.name_key(district), pk in numbered)
        for pk, name, district in rows.values_list("pk", "display_name", "district").iterator(chunk_size=5_000)
    }


def _by_identity(people: dict[int, Person], found: Found) -> None:
    """The same number, email or card on two, and the names do not speak against it: a family shares its phone."""
    holders: dict[str, set[int]] = defaultdict(set)
    rows = Identity.objects.order_by("pk").values_list("value", "customer_id")
    for value, pk in rows.iterator(chunk_size=5_000):
        if pk in people:
            holders[value].add(pk)
    for members in holders.values():
        if 2 <= len(members) <= LARGEST_BLOCK:
            for one, other in combinations(sorted(members), 2):
                score = names.same_person_score(people[one].name, people[other].name)
                if score >= names.ASK_FROM:
                    found[one, other] = (SameWhy.NUMBER.value, min(100, score + 5))


def _by_name(people: dict[int, Person], found: Found) -> None:
    compared = 0
    for block in _blocks(people.values()):
        for one, other in combinations(block, 2):
            if (one.pk, other.pk) in found:
                continue
            compared += 1
            if compared > MOST_COMPARED:
                return
            if why := alike(one, other):
                found[one.pk, other.pk] = why


def alike(one: Person, other: Person) -> tuple[str, int] | None:
    """Why two may be one, with a score, by name and place alone; None when they are not alike enough.

    Somewhere else is somebody else unless the whole name is the same; a single word is asked about only in one place
    and when not both have a number of their own.
    """
    score = names.same_person_score(one.name, other.name)
    if score < names.ASK_FROM:
        return None
    single = score < names.SAME_FROM
    here = one.place and one.place == other.place
    if one.mobile and other.mobile and single:
        return None
    if here:
        return SameWhy.NAME_PLACE.value, score
    if (one.place and other.place) or single:
        return None
    return SameWhy.NAME.value, score - 10


def _blocks(people: Iterable[Person]) -> Iterator[list[Person]]:
    """Groups of people who share a whole name, or a place and the beginning of a word of the name."""
    blocks: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        parts = names.split_name(person.name)
        words = [word for word in names.spelling_key(parts.core or parts.role).split() if len(word) > 1]
        if not words:
            continue
        blocks[" ".join(sorted(words))].append(person)
        place = person.place or rules.name_key(parts.place)
        if place:
            for word in set(words):
                blocks[f"{word[:4]}@{place}"].append(person)
    for block in blocks.values():
        if 2 <= len(block) <= LARGEST_BLOCK:
            yield block
