"""Reads of campaigns: the audience and what it can show before sending, how it goes, what came of it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import ngettext

from setia.conversations import costs
from setia.conversations import rules as sending
from setia.conversations.models import Channel, ChannelKind, Conversation, Message, MessageStatus
from setia.conversations.outbox.allowance import WENT_OUT
from setia.core import clock
from setia.core.scope import current_shop
from setia.customers import queries as people
from setia.customers.models import Customer, Identity, IdentityKind, Purpose
from setia.insight import uplift
from setia.promotions.models import Campaign, CampaignState, HoldOut, HoldOutPerson, Recipient, RecipientState
from setia.promotions.rules import campaigns as rules
from setia.segments import building, selecting
from setia.segments import queries as segments
from setia.segments.conditions import Choices

# So many people are asked about in one query.
SLICE: Final = 5_000
# An audience of people by name (a list of prompts): their ids, with commas.
PEOPLE: Final = "people="


def campaigns() -> QuerySet[Campaign]:
    """Campaigns of the open shop, the newest first."""
    rows = Campaign.objects.filter(removed_at=None).select_related("segment", "variant", "offer", "template")
    return rows.order_by("-created_at", "-pk")


def any_campaign(pk: int) -> Campaign | None:
    """One campaign, taken out or not."""
    return Campaign.objects.select_related("segment", "variant__product", "offer", "template").filter(pk=pk).first()


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


@dataclass(frozen=True)
class Audience:
    """Whom a campaign can reach. `losses`: how many fall away, by reason: consent, number, lately, compared."""

    asked: int
    reachable: list[int]
    losses: dict[str, int]


def _slices(ids: list[int]) -> Iterable[list[int]]:
    for start in range(0, len(ids), SLICE):
        yield ids[start : start + SLICE]


def audience(row: Campaign) -> Audience:
    """Look at everybody meant: who agreed, has a number, and had no offer lately. A handful of queries per 5,000."""
    ids = audience_ids(row)
    since = clock.now() - timedelta(days=costs.sending_rules().days_between_offers)
    lost: Counter[str] = Counter()
    kept: list[int] = []
    resting = set() if row.holds_out else held_now(current_shop().today())
    for part in _slices(ids):
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
    for part in _slices(ids):
        scores |= segments.scores_of(part)
    found = {}
    for pk in ids:
        score = scores.get(pk)
        chance = rules.within(score.chance if score else None, days)
        found[pk] = (chance, rules.expected_within(score.expected if score else None, chance, days))
    return found


@dataclass(frozen=True)
class Outlook:
    """What is known before sending. `detectable`: the smallest rise that this audience can show, as a share."""

    asked: int
    losses: dict[str, int]
    treated: int
    held: int
    base: float
    detectable: float | None
    price_each: int
    by_hand: bool
    days: int
    free: int = 0
    no_template: int = 0
    over_cap: bool = False

    @property
    def price(self) -> int:
        """What sending costs, in rupiah."""
        return self.price_each * (self.treated - self.free)

    @property
    def reachable(self) -> int:
        return self.treated + self.held

    @property
    def points(self) -> int:
        """The smallest effect in people of a hundred, rounded up."""
        return 0 if self.detectable is None else min(100, int(100 * self.detectable + 0.999))

    @property
    def anyway(self) -> int:
        return rules.per_hundred(self.base)


def outlook(row: Campaign) -> Outlook:
    """Look ahead: nothing is written."""
    whom, day = audience(row), current_shop().today()
    predicted = predictions(whom.reachable, row.window_days)
    size = len(whom.reachable)
    share = uplift.holdout_share(size) if row.holds_out and size else 0.0
    before = drawn(open_hold_out(day)) if row.holds_out else {}
    fixed = [before[pk][0] for pk in whom.reachable if pk in before]
    held = sum(fixed) + int(share * (size - len(fixed)) + 0.5)
    base = rules.base_rate([predicted[pk][0] for pk in whom.reachable])
    real = held / size if size else 0.0
    detectable = uplift.detectable_effect(size, base, real) if held >= 2 and size - held >= 2 else None
    channel, allowed = sending_channel(), costs.sending_rules()
    by_hand = channel.kind != ChannelKind.CLOUD
    treated = size - held
    opened = 0 if by_hand else _open_windows(whom.reachable)
    free = int(opened * treated / size) if size else 0
    price = costs.price_of("marketing", channel=channel)
    return Outlook(
        asked=whom.asked,
        losses=whom.losses,
        treated=treated,
        held=held,
        base=base,
        detectable=detectable,
        price_each=price,
        by_hand=by_hand,
        days=_days(treated, allowed.by_hand_a_day if by_hand else channel.daily_reach),
        free=free,
        no_template=0 if by_hand or row.template_id else treated - free,
        over_cap=not by_hand and not costs.cap_allows(price * (treated - free)),
    )


def _days(count: int, a_day: int | None) -> int:
    return 1 if not a_day else max(1, -(-count // a_day))


def sending_channel() -> Channel:
    """The number campaigns leave from; the free app when none is connected."""
    clouds = Channel.objects.filter(kind=ChannelKind.CLOUD).exclude(state="disconnected")
    found = clouds.order_by("-pk").first()
    return found or Channel(kind=ChannelKind.APP)


def _open_windows(ids: list[int]) -> int:
    now = clock.now()
    return sum(
        Conversation.objects.filter(customer_id__in=part, window_until__gt=now).values("customer_id").distinct().count()
        for part in _slices(ids)
    )


# --- On the way -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Progress:
    """How far a campaign is: people by where their message is."""

    waiting: int
    queued: int
    gone: int
    arrived: int
    read: int
    left_out: int
    stopped: int
    held: int

    @property
    def written(self) -> int:
        return self.waiting + self.queued + self.gone + self.left_out + self.stopped

    @property
    def percent(self) -> int:
        return round(100 * (self.gone + self.left_out) / self.written) if self.written else 0


_ON_ITS_WAY: Final = (MessageStatus.QUEUED, MessageStatus.OPENED, MessageStatus.SENDING)
_ARRIVED: Final = (MessageStatus.DELIVERED, MessageStatus.READ, MessageStatus.PLAYED)
_READ: Final = (MessageStatus.READ, MessageStatus.PLAYED)
_NOT: Final = (MessageStatus.FAILED, MessageStatus.SKIPPED)


def progress(row: Campaign) -> Progress:
    """One query."""
    handed = Q(state=RecipientState.HANDED)
    counts = Recipient.objects.filter(campaign=row).aggregate(
        waiting=Count("pk", filter=Q(state=RecipientState.WAITING)),
        queued=Count("pk", filter=handed & Q(message__status__in=_ON_ITS_WAY)),
        gone=Count("pk", filter=handed & ~Q(message__status__in=(*_ON_ITS_WAY, *_NOT))),
        arrived=Count("pk", filter=handed & Q(message__status__in=_ARRIVED)),
        read=Count("pk", filter=handed & Q(message__status__in=_READ)),
        left_out=Count("pk", filter=Q(state=RecipientState.LEFT_OUT) | (handed & Q(message__status__in=_NOT))),
        stopped=Count("pk", filter=Q(state=RecipientState.STOPPED)),
        held=Count("pk", filter=Q(held=True)),
    )
    return Progress(**counts)


def outstanding(row: Campaign) -> int:
    """How many messages of a campaign lie in the outbox."""
    return Recipient.objects.filter(campaign=row, state=RecipientState.HANDED, message__status__in=_ON_ITS_WAY).count()


def by_hand_waiting() -> dict[int, int]:
    """How many messages of each campaign wait for a person to send them."""
    rows = Recipient.objects.filter(
        state=RecipientState.HANDED,
        message__status__in=(MessageStatus.QUEUED, MessageStatus.OPENED),
        message__conversation__channel__kind=ChannelKind.APP,
        campaign__state__in=(CampaignState.SENDING, CampaignState.SENT),
    )
    return dict(rows.order_by().values_list("campaign").annotate(n=Count("pk")))


def results_unseen() -> list[Campaign]:
    """Campaigns whose result nobody has looked at."""
    return list(campaigns().filter(measured_at__isnull=False, result_seen_at=None))


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
