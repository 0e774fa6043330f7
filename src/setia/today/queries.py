"""Reads of Today."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from setia.conversations.models import Conversation
from setia.conversations.queries import on_the_table
from setia.core import clock
from setia.core.prepared import prepared
from setia.customers.models import Customer, Identity, IdentityKind
from setia.insight import choice, uplift
from setia.today import rules
from setia.today.models import Arm, Choosing, Phase, Prompt, PromptState
from setia.today.numbers import behind
from setia.today.sources import PRIVATE, SOURCES, TITLES, chat, privacy
from setia.today.weighing import read_kinds

# Enough to choose ten from, mixed, however many people usually order by now.
CONSIDERED = 400
# Of one customer, on their page.
SHOWN_OF_ONE = 5

REACHED_BY = (IdentityKind.PHONE, IdentityKind.WHATSAPP, IdentityKind.BSUID)


@dataclass(frozen=True)
class Card:
    """A prompt as it is shown. `title`: whom it is about; `reachable`: whether the customer can be written to."""

    prompt: Prompt
    customer: Customer | None
    title: str
    label: Any
    reason: str
    reachable: bool
    place: int = 0

    @property
    def link(self) -> tuple[str, int] | None:
        """The page where it is settled, of what has no customer's name."""
        source = TITLES.get(self.prompt.kind)
        return source.link(self.prompt.facts) if source else None

    @property
    def numbers(self) -> list[str]:
        """What placed it, a sentence each; none for a duty."""
        return behind(self.prompt, self.place)


def shown(*, held: bool = False) -> QuerySet[Prompt]:
    """Prompts that may be on the screen now: open, neither put off nor too late. Answered chats leave at once.

    `held`: those as well that the lot holds back.
    """
    now = clock.now()
    waits = Conversation.objects.filter(
        on_the_table(now), customer_id=OuterRef("customer_id"), waiting_since__isnull=False
    )
    rows = Prompt.objects.filter(Q(expires_at=None) | Q(expires_at__gt=now), state=PromptState.OPEN, show_from__lte=now)
    if not held:
        rows = rows.exclude(arm=Arm.HELD)
    return rows.filter(~Q(kind=chat.KIND) | Exists(waits))


def visible(private: bool) -> QuerySet[Prompt]:
    """What may be shown now: without `private`, nothing of what helpers must not see."""
    return shown() if private else shown().exclude(kind__in=PRIVATE)


def chosen(prompts: QuerySet[Prompt], *, limit: int) -> list[int]:
    """The ids of the few to act on, best first."""
    rows = prompts.order_by("-rank", "pk").values_list("pk", "customer_id", "phase", "kind", "rank")
    return rules.choose((rules.Ranked(*row) for row in rows[:CONSIDERED]), limit=limit)


def open_prompts(*, limit: int | None = None, private: bool = False) -> list[Card]:
    """The prompts to show now, best first, in a constant number of queries. `private`: to somebody who manages.

    As many as are usually done in a day, unless a `limit` is given.
    """
    ids = chosen(visible(private), limit=a_day() if limit is None else limit)
    found = {prompt.pk: prompt for prompt in Prompt.objects.filter(pk__in=ids).select_related("customer")}
    return [
        replace(card, place=place) for place, card in enumerate(cards(found[pk] for pk in ids if pk in found), start=1)
    ]


def duties_left(cards: Iterable[Card], *, private: bool = False) -> int:
    """How many who wait, or were promised something, are not among the cards: they come up as these are settled."""
    shown_now = [card.prompt.pk for card in cards]
    return visible(private).filter(kind__in=rules.DUTY).exclude(pk__in=shown_now).count()


def choosing() -> Choosing | None:
    """How this shop chooses; None before its first night."""
    return Choosing.objects.first()


def a_day() -> int:
    """How many prompts are offered in a day."""
    row = choosing()
    return int((row.learned if row else {}).get("a_day", rules.SHOWN))


@dataclass(frozen=True)
class KindLearned:
    """What the shop's own days say of a kind: so many of a hundred won over, how gladly it is done (of ten), seen."""

    label: Any
    won: int
    liked: int
    judged: int


def learned_kinds() -> list[KindLearned]:
    """Of every kind that was offered, what brings most first."""
    found = read_kinds(choosing()).items()
    rows = [
        KindLearned(SOURCES[kind].LABEL, round(100 * one.won), round(10 * one.liking), one.judged)
        for kind, one in sorted(found, key=lambda pair: -pair[1].won * pair[1].liking)
        if kind in SOURCES
    ]
    return rows


def kinds() -> list[str]:
    """Every kind there is."""
    return list(SOURCES)


def phase_of(kind: str) -> str:
    """The phase a kind belongs to."""
    return str(SOURCES[kind].PHASE)


@dataclass(frozen=True)
class Effect:
    """Orders within 14 days of those to whom a suggestion was shown against those the lot held back.

    `shown`, `held`: (people, who ordered); `lift`: the difference with its interval, None before anybody was held back.
    """

    shown: tuple[int, int]
    held: tuple[int, int]
    lift: uplift.Lift | None

    @property
    def points(self) -> tuple[int, int, int] | None:
        """Orders more among a hundred: best guess, and the ends that hold it in 8 of 10 cases."""
        lift = self.lift
        return (round(100 * lift.effect), round(100 * lift.low), round(100 * lift.high)) if lift else None


def effect(*, since: datetime | None = None, until: datetime | None = None) -> Effect:
    """Did suggestions bring orders? Everybody counts once a period of the lot, with the first that was chosen."""
    rows = Prompt.objects.filter(offered_at__isnull=False, ordered__isnull=False).exclude(arm=Arm.NONE)
    if since:
        rows = rows.filter(offered_at__gte=since)
    if until:
        rows = rows.filter(offered_at__lt=until)
    first: dict[tuple[int | None, int], tuple[str, bool | None]] = {}
    for customer, at, arm, ordered in rows.order_by("offered_at", "pk").values_list(
        "customer_id", "offered_at", "arm", "ordered"
    ):
        first.setdefault((customer, at.date().toordinal() // choice.PERIOD_DAYS), (arm, ordered))
    shown = [bool(ordered) for arm, ordered in first.values() if arm == Arm.SHOWN]
    held = [bool(ordered) for arm, ordered in first.values() if arm == Arm.HELD]
    lift = uplift.compare_rates(sum(shown), len(shown), sum(held), len(held)) if shown and held else None
    return Effect((len(shown), sum(shown)), (len(held), sum(held)), lift)


@dataclass(frozen=True)
class WonBack:
    """Of one kind of suggestion, people who were written to and who were not, as (people, who ordered in 14 days)."""

    label: Any
    written: tuple[int, int]
    left: tuple[int, int]


def won_back(kinds: Iterable[str], *, since: datetime) -> list[WonBack]:
    """What became of those a kind of suggestion was about: written to, against left alone (held back or skipped)."""
    found = []
    for kind in kinds:
        rows = Prompt.objects.filter(kind=kind, offered_at__gte=since, ordered__isnull=False, customer__isnull=False)
        sent = Q(state__in=(PromptState.SENT, PromptState.DONE))
        counted = rows.aggregate(
            written=Count("pk", filter=sent),
            won=Count("pk", filter=sent & Q(ordered=True)),
            left=Count("pk", filter=~sent),
            came=Count("pk", filter=~sent & Q(ordered=True)),
        )
        if counted["written"] or counted["left"]:
            pairs = (counted["written"], counted["won"]), (counted["left"], counted["came"])
            found.append(WonBack(SOURCES[kind].LABEL, *pairs))
    return found


def open_of(customer_id: int, *, reachable: bool | None = None, private: bool = False) -> list[Card]:
    """Prompts about one customer, for their page, which may know whether they are `reachable`. `private`: to somebody
    who manages."""
    # most people have none, which is quicker to ask than whether any may be shown
    if not _any_of(customer_id):
        return []
    rows = visible(private).filter(customer_id=customer_id).select_related("customer").order_by("-rank", "pk")
    known = None if reachable is None else {customer_id} if reachable else set()
    return cards(rows[:SHOWN_OF_ONE], reachable=known)


@prepared
def _any_of(customer_id: int) -> QuerySet[Prompt, int]:
    return Prompt.objects.filter(customer_id=customer_id, state=PromptState.OPEN).values_list("pk", flat=True)[:1]


def card(prompt: Prompt) -> Card:
    """One prompt as it is shown."""
    return cards([prompt])[0]


def cards(prompts: Iterable[Prompt], *, reachable: set[int] | None = None) -> list[Card]:
    """The prompts with the sentence that says why, in the reader's language; one query more, however many, where it is
    not known who is `reachable`."""
    prompts = list(prompts)
    if not prompts:
        return []
    if reachable is None:
        people = {prompt.customer_id for prompt in prompts} - {None}
        known = Identity.objects.filter(customer_id__in=people, kind__in=REACHED_BY, superseded_at=None)
        reachable = set(known.values_list("customer_id", flat=True))
    return [
        Card(
            prompt=prompt,
            customer=prompt.customer,
            title=_title(prompt),
            label=SOURCES[prompt.kind].LABEL,
            reason=SOURCES[prompt.kind].reason(prompt.facts, prompt.customer),
            reachable=prompt.customer_id in reachable,
        )
        for prompt in prompts
    ]


def _title(prompt: Prompt) -> str:
    if prompt.customer:
        return str(prompt.customer)
    if prompt.kind in TITLES:
        return str(TITLES[prompt.kind].title(prompt.facts))
    if prompt.kind == privacy.KIND:
        return _("Loss of data")
    return _("Order #%(number)s, without a name") % {"number": prompt.facts.get("number", "?")}


def by_phase(shown: list[Card]) -> list[tuple[Phase, list[Card]]]:
    """The cards under the phases they belong to, in the order of the screen; phases without cards are left out."""
    groups = [(Phase(phase), [card for card in shown if card.prompt.phase == phase]) for phase in rules.PHASES]
    return [(phase, group) for phase, group in groups if group]


def acted_today(since: datetime) -> int:
    """How many prompts were sent or done since a moment."""
    return Prompt.objects.filter(acted_at__gte=since, state__in=[PromptState.SENT, PromptState.DONE]).count()
