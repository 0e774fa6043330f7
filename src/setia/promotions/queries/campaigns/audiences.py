"""Whom a campaign means, whom it can reach, who is held out, and what is expected of each."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import ngettext

from setia.conversations import costs
from setia.conversations import rules as sending
from setia.conversations.models import Message
from setia.conversations.outbox.allowance import WENT_OUT
from setia.core import clock
from setia.core.scope import current_shop
from setia.customers import queries as people
from setia.customers.models import Customer, Identity, IdentityKind, Purpose
from setia.promotions.models import Campaign, HoldOut, HoldOutPerson
from setia.promotions.rules import campaigns as rules
from setia.segments import building, selecting
from setia.segments import queries as segments
from setia.segments.conditions import Choices

# So many people are asked about in one query.
SLICE: Final = 5_000
# An audience of people by name (a list of prompts): their ids, with commas.
PEOPLE: Final = "people="


def audience_ids(row: Campaign) -> list[int]:
    """Whom the campaign means: the people of its group, or of its list, today. Nobody who is put away."""
    if row.audience.startswith(PEOPLE):
        named = [int(pk) for pk in row.audience.removeprefix(PEOPLE).split(",") if pk.isdecimal() and len(pk) < 19]
        rows = Customer.objects.filter(pk__in=named, archived_at=None, restricted_at=None)
        return sorted(rows.values_list("pk", flat=True))
    if row.segment_id:
        profiles = segments.profiles_of(row.segment)
    else:
        profiles = segments.profiles(building.draft(QueryDict(row.audience), Choices.of_shop()).rule)
    chosen = profiles.filter(customer__archived_at=None, customer__restricted_at=None)
    return sorted(chosen.values_list("customer_id", flat=True))


def audience_words(query: str) -> str:
    """A list as a sentence."""
    if query.startswith(PEOPLE):
        count = len(query.removeprefix(PEOPLE).split(","))
        return ngettext("%(n)s person from a list", "%(n)s people from a list", count) % {"n": count}
    return building.draft(QueryDict(query), Choices.of_shop()).sentence


def for_whom(row: Campaign) -> str:
    """Whom a campaign was for, in the reader's language; a rule as it was written down when it was saved."""
    return audience_words(row.audience) if row.audience.startswith(PEOPLE) else row.audience_words


@dataclass(frozen=True)
class Audience:
    """Whom a campaign can reach. `losses`: how many fall away, by reason: consent, number, lately, compared."""

    asked: int
    reachable: list[int]
    losses: dict[str, int]


def slices(ids: list[int]) -> Iterable[list[int]]:
    for start in range(0, len(ids), SLICE):
        yield ids[start : start + SLICE]


def audience(row: Campaign) -> Audience:
    """Look at everybody meant: who agreed, has a number, and had no offer lately. A handful of queries per 5,000."""
    ids = audience_ids(row)
    since = clock.now() - timedelta(days=costs.sending_rules().days_between_offers)
    lost: Counter[str] = Counter()
    kept: list[int] = []
    resting = set() if row.holds_out else held_now(current_shop().today())
    for part in slices(ids):
        agreed = people.may_be_written_to(part, Purpose.PROMOTION)
        known = set(people.phones_of(part)) | _known_otherwise(part)
        lately = set(
            Message.objects.filter(
                customer_id__in=part, purpose=sending.PROMOTION, status__in=WENT_OUT, at__gt=since
            ).values_list("customer_id", flat=True)
        )
        for pk in part:
            if pk not in agreed:
                lost["consent"] += 1
            elif pk not in known:
                lost["number"] += 1
            elif pk in lately:
                lost["lately"] += 1
            elif pk in resting:
                lost["compared"] += 1
            else:
                kept.append(pk)
    return Audience(len(ids), kept, dict(lost))


def _known_otherwise(part: list[int]) -> set[int]:
    rows = Identity.objects.filter(customer_id__in=part, kind=IdentityKind.BSUID, superseded_at=None)
    return set(rows.values_list("customer_id", flat=True))


def open_hold_out(day: date) -> HoldOut | None:
    """The list that holds on a day."""
    return HoldOut.objects.filter(ends_on__gte=day).order_by("-ends_on", "-pk").first()


def drawn(hold_out: HoldOut | None) -> dict[int, tuple[bool, int]]:
    """Who was drawn into which arm, in which drawing."""
    if hold_out is None:
        return {}
    rows = HoldOutPerson.objects.filter(hold_out=hold_out).values_list("customer_id", "held", "block")
    return {customer: (held, block) for customer, held, block in rows}


def held_now(day: date) -> set[int]:
    """Who is not written to at present, so that others can be compared with them."""
    return {customer for customer, (held, _block) in drawn(open_hold_out(day)).items() if held}


def predictions(ids: list[int], days: int) -> dict[int, tuple[float, float]]:
    """(chance, orders) expected of each within so many days, by last night's scores."""
    scores: dict[int, Any] = {}
    for part in slices(ids):
        scores |= segments.scores_of(part)
    found = {}
    for pk in ids:
        score = scores.get(pk)
        chance = rules.within(score.chance if score else None, days)
        found[pk] = (chance, rules.expected_within(score.expected if score else None, chance, days))
    return found


def sample_recipient(row: Campaign) -> Customer | None:
    """Somebody of the audience, to show the words with their name."""
    ids = audience_ids(row)[:1]
    return people.everybody().filter(pk__in=ids).first()


def selection(request: Any) -> Mapping[str, Any]:
    """What a list leads to the form of a campaign with."""
    if request.GET.get("people"):
        listed = f"{PEOPLE}{request.GET['people']}"
        return {"segment": None, "audience": listed, "words": audience_words(listed)}
    chosen = selecting.selected(request)
    return {"segment": chosen.segment, "audience": "" if chosen.segment else chosen.query, "words": chosen.sentence}
