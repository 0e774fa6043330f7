"""What the shop's own days teach: what was done with prompts, who ordered after, who was held back by lot."""

import secrets
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncDate

from setia.core import clock, events
from setia.core.scope import current_shop
from setia.insight import choice
from setia.orders import queries as orders
from setia.shops.models import Member
from setia.today import events as verbs
from setia.today import queries, rules
from setia.today.models import Arm, Choosing, Prompt, PromptState
from setia.today.weighing import known_values

# What happened longer ago says little of how she works today.
LOOK_BACK = timedelta(days=180)
DAYS_OF_WORK = timedelta(days=28)
OUTCOME = timedelta(days=choice.OUTCOME_DAYS)


def begin(*, seed: int | None = None) -> Choosing:
    """The shop's row, made at first with a seed of its own (given where the same lot is to fall again)."""
    row, _new = Choosing.objects.get_or_create(defaults={"seed": secrets.randbits(48) if seed is None else seed})
    return row


@transaction.atomic
def change_choosing(*, held_percent: int, by: Member) -> Choosing:
    """How many of a hundred are held back from now on (0: none); who is held back already is shown again with none."""
    row = begin()
    Choosing.objects.filter(pk=row.pk).update(held_percent=held_percent)
    if not held_percent:
        Prompt.objects.filter(state=PromptState.OPEN, arm=Arm.HELD).update(arm=Arm.NONE)
    events.record(verbs.CHOOSING_CHANGED, subject=row, data={"held_percent": held_percent})
    row.refresh_from_db()
    return row


@transaction.atomic
def learn() -> None:
    """Settle outcomes that are old enough, then what each kind of prompt brings and how many are done in a day."""
    row = begin()
    _settle()
    seen, trusted = _evidence(), _trust()
    kinds = {kind: choice.learn(one, trusted=trusted, prior=rules.won(kind)) for kind, one in seen.items()}
    value, people = known_values()
    learned = {
        "kinds": {kind: [round(one.won, 5), round(one.liking, 4), one.judged] for kind, one in kinds.items()},
        "trust": round(trusted, 4),
        "value": value,
        "people": people,
        "a_day": choice.in_a_day(_days_of_work()),
    }
    Choosing.objects.filter(pk=row.pk).update(learned=learned, learned_at=clock.now())


def _settle() -> None:
    """Whether they ordered within the days after: told of every prompt of whom these are over."""
    until = clock.now() - OUTCOME
    due = Prompt.objects.filter(offered_at__lte=until, ordered=None, customer__isnull=False)
    rows = list(due.filter(offered_at__gt=until - LOOK_BACK).values_list("pk", "customer_id", "offered_at"))
    if not rows:
        return
    placed = orders.placed_since(min(at for _pk, _who, at in rows), {who for _pk, who, _at in rows})
    came = {pk for pk, who, at in rows if any(at < moment <= at + OUTCOME for moment in placed.get(who, ()))}
    for answer in (True, False):
        ids = [pk for pk, _who, _at in rows if (pk in came) is answer]
        Prompt.objects.filter(pk__in=ids).update(ordered=answer)


def _evidence() -> dict[str, choice.Evidence]:
    """Per kind of chance, from the prompts of the last half year that were offered."""
    rows = Prompt.objects.filter(offered_at__gte=clock.now() - LOOK_BACK).exclude(kind__in=rules.DUTY).order_by()
    judged = Q(state=PromptState.SENT, ordered__isnull=False, chance__isnull=False)
    found = rows.values("kind").annotate(
        acted=Count("pk", filter=Q(state__in=[PromptState.SENT, PromptState.DONE])),
        skipped=Count("pk", filter=Q(state=PromptState.SKIPPED)),
        later=Sum("times_later"),
        old_enough=Count("pk", filter=judged),
        came=Count("pk", filter=judged & Q(ordered=True)),
        expected=Sum("chance", filter=judged),
    )
    counted = found.values_list("kind", "acted", "skipped", "later", "old_enough", "came", "expected")
    return {kind: choice.Evidence(*(number or 0 for number in numbers)) for kind, *numbers in counted}


def _trust() -> float:
    """How far the model's own chances are to be believed, by those who were held back."""
    held = Prompt.objects.filter(
        offered_at__gte=clock.now() - LOOK_BACK, arm=Arm.HELD, ordered__isnull=False, chance__isnull=False
    )
    found = held.aggregate(came=Count("pk", filter=Q(ordered=True)), expected=Sum("chance"))
    return choice.trust(found["came"], found["expected"] or 0.0)


def _days_of_work() -> list[int]:
    """How many prompts were settled on each of the last four weeks' days on which any were."""
    rows = Prompt.objects.filter(acted_at__gte=clock.now() - DAYS_OF_WORK).order_by()
    days = rows.annotate(day=TruncDate("acted_at", tzinfo=current_shop().zone)).values_list("day")
    return [count for _day, count in days.annotate(n=Count("pk"))]


@transaction.atomic
def offer() -> int:
    """Mark the day's choice: these are on the page, or would be had the lot not held them back. Returns how many."""
    chosen = queries.chosen(queries.shown(held=True), limit=queries.a_day())
    fresh = Prompt.objects.filter(pk__in=chosen, offered_at=None)
    measured = fresh.filter(kind__in=[kind for kind in queries.kinds() if rules.may_be_held(kind)])
    measured.filter(arm=Arm.NONE, customer__isnull=False).update(arm=Arm.SHOWN)
    return fresh.update(offered_at=clock.now())


@dataclass(frozen=True)
class PastPrompt:
    """A prompt of a time before this installation."""

    kind: str
    customer_id: int
    at: datetime
    state: str
    arm: str
    chance: float
    ordered: bool | None
    facts: dict[str, object] = field(default_factory=dict)


@transaction.atomic
def record_past(*, prompts: Iterable[PastPrompt], by: Member) -> int:
    """Write down what was chosen, held back and done before (as the demo shop's past); nobody is written to."""
    numbered: defaultdict[str, int] = defaultdict(int)
    rows = []
    for one in prompts:
        numbered[one.kind] += 1
        acted = one.state in (PromptState.SENT, PromptState.DONE, PromptState.SKIPPED)
        rows.append(
            Prompt(
                key=f"past:{one.kind}:{one.customer_id}:{one.at:%Y%m%d}:{numbered[one.kind]}",
                kind=one.kind,
                phase=queries.phase_of(one.kind),
                customer_id=one.customer_id,
                facts=one.facts,
                state=one.state,
                arm=one.arm,
                chance=one.chance,
                ordered=one.ordered,
                show_from=one.at,
                created_at=one.at,
                offered_at=one.at,
                expires_at=one.at + OUTCOME,
                acted_at=one.at if acted else None,
                acted_by=by if acted else None,
            )
        )
    return len(Prompt.objects.bulk_create(rows, ignore_conflicts=True))
