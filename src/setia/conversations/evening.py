"""Reads for the evening check: which chats to look at, and how quickly whom was answered."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Q

from setia.conversations import queries, reading, service
from setia.conversations.actions.chats import QUIET
from setia.conversations.models import Conversation, Direction, Message, Origin, ServiceReview
from setia.conversations.rules import ANSWERS
from setia.conversations.service import Matter, Said, Typical, Wait
from setia.core import clock
from setia.core.scope import current_shop
from setia.shops import queries as shops
from setia.shops.models import Member
from setia.shops.rules import is_open

# A wait may have begun so long before the day on which it is looked at.
LOOK_BACK: Final = timedelta(days=3)
# Words of a day that are read closely; a shop with more has other tools.
MOST_READ: Final = 400
PERIODS: Final = (7, 30)


@dataclass
class Case:
    """A chat to look at on a day, and why."""

    conversation: Conversation
    # The longest wait in opening hours; None when nobody waited too long.
    waited: timedelta | None = None
    # Since when a customer waits who was not answered at all.
    unanswered: datetime | None = None
    # Words that sounded unhappy.
    unhappy: list[str] = field(default_factory=list)
    members: list[int] = field(default_factory=list)
    review: ServiceReview | None = None

    @property
    def waited_minutes(self) -> int:
        """The longest wait in whole minutes."""
        return round(self.waited.total_seconds() / 60) if self.waited else 0

    @property
    def weight(self) -> tuple[Any, ...]:
        """The worst first: displeasure, then no answer, then the wait; what was judged comes last."""
        return (self.review is not None, not self.unhappy, self.unanswered is None, -(self.waited or timedelta()))


def said_between(start: datetime, end: datetime, *, chat: int | None = None) -> list[Said]:
    """What customers and persons of the shop wrote, in the order of time; no automatic messages, no drafts."""
    theirs = Q(direction=Direction.IN, origin=Origin.LIVE) & ~Q(kind__in=QUIET)
    ours = Q(direction=Direction.OUT) & (Q(purpose__in=ANSWERS, sent_by__isnull=False) | Q(origin=Origin.ECHO))
    rows = Message.objects.filter(theirs | ours, at__gte=start, at__lt=end).exclude(kind="reaction")
    rows = rows.exclude(status__in=["failed", "skipped", "opened"])
    if chat is not None:
        rows = rows.filter(conversation_id=chat)
    values = rows.order_by("at", "pk").values_list("conversation_id", "at", "direction", "sent_by_id", "text")
    return [Said(one, at, way == Direction.OUT, by, text) for one, at, way, by, text in values]


def cases(day: date, *, closely: bool = True) -> list[Case]:
    """The chats of a day that deserve a look, the worst first. A constant number of queries.

    `closely`: complaints are read out of the words as well, which takes about a millisecond each.
    """
    shop, now = current_shop(), clock.now()
    start, end = service.day_span(day, shop.zone)
    slow = timedelta(minutes=queries.chat_tools().slow_after)
    found: dict[int, dict[str, Any]] = {}

    def note(chat: int) -> dict[str, Any]:
        return found.setdefault(chat, {"waited": None, "unanswered": None, "unhappy": []})

    said = said_between(start - LOOK_BACK, min(end, now + timedelta(seconds=1)))
    for wait in service.waits(said):
        until = wait.answered_at or min(end, now)
        if until < start or wait.asked_at >= end:
            continue
        length = service.open_time(shop.opening_hours, wait.asked_at, until, shop.zone)
        if length > slow:
            known = note(wait.chat)
            known["waited"] = max(length, known["waited"] or length)
    words = [one for one in said if not one.ours and one.at >= start and one.text][-MOST_READ:]
    for one in words:
        if service.sounds_unhappy(one.text) or (closely and _complains(one.text, one.at)):
            note(one.chat)["unhappy"].append(one.text)
    if day == shop.today():
        for chat in queries.waiting():
            if chat.waiting_since and chat.waiting_since < end:
                note(chat.pk)["unanswered"] = chat.waiting_since
    reviews = {row.conversation_id: row for row in reviews_of(day)}
    served: dict[int, list[int]] = {}
    for one in said:
        if one.ours and one.by and one.at >= start:
            served.setdefault(one.chat, []).append(one.by)
    for chat in reviews:
        note(chat)
    rows = Conversation.objects.filter(pk__in=found).select_related("customer", "channel", "assignee")
    made = [
        Case(row, **found[row.pk], members=_distinct(served.get(row.pk, [])), review=reviews.get(row.pk))
        for row in rows
    ]
    return sorted(made, key=lambda case: (case.weight, case.conversation.pk))


def _distinct(members: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(members))


def _complains(text: str, at: datetime) -> bool:
    return reading.read(text, sent_at=at).intent == "complaint"


def left_to_check(day: date) -> int:
    """How many chats of the day deserve a look and were not judged."""
    return sum(case.review is None for case in cases(day, closely=False))


def is_after_hours() -> bool:
    """Whether the shop's day is over: it is closed, and it is later than noon."""
    shop = current_shop()
    now = shop.now()
    return now.hour >= 12 and not is_open(shop.opening_hours, now) if shop.opening_hours else now.hour >= 17


def reviews_of(day: date) -> list[ServiceReview]:
    """The judgements of a day."""
    return list(ServiceReview.objects.filter(day=day).select_related("member", "by"))


def review_of(conversation: Conversation, day: date) -> ServiceReview | None:
    """The judgement of a chat on a day."""
    return ServiceReview.objects.filter(conversation=conversation, day=day).select_related("member", "by").first()


def reviews_for(member: Member | None, *, since: date) -> list[ServiceReview]:
    """Judgements since a day, newest first; of one member when asked."""
    rows = ServiceReview.objects.filter(day__gte=since).select_related("conversation__customer", "member", "by")
    if member is not None:
        rows = rows.filter(member=member)
    return list(rows.order_by("-day", "-at")[:100])


@dataclass(frozen=True)
class Row:
    """How quickly somebody (None: on the phone) answered and settled."""

    member: Member | None
    first: Typical | None
    settled: Typical | None
    stars: float | None = None
    judged: int = 0


@dataclass(frozen=True)
class Times:
    """Times of a period: by member, by hour of the question, by day."""

    days: int
    rows: list[Row]
    hours: dict[Any, Typical]
    by_day: dict[Any, Typical]
    all_first: Typical | None
    all_settled: Typical | None
    unsettled: int


def times(days: int, *, member: Member | None = None) -> Times:
    """Times of the last `days` days of the shop, today included; only what `member` did when given."""
    shop, now = current_shop(), clock.now()
    first_day = shop.today() - timedelta(days=days - 1)
    start, _end = service.day_span(first_day, shop.zone)
    said = said_between(start, now + timedelta(seconds=1))
    found = service.waits(said)
    done = dict(Conversation.objects.exclude(done_at=None).filter(done_at__gte=start).values_list("pk", "done_at"))
    settled = service.matters(found, now, done)
    answered = [wait for wait in found if wait.answered_at and (member is None or wait.by == member.pk)]
    over = [matter for matter in settled if matter.settled_at and (member is None or matter.by == member.pk)]
    lengths = [(wait.asked_at.astimezone(shop.zone), _length(wait)) for wait in answered]
    return Times(
        days=days,
        rows=_rows(answered, over, reviews_for(member, since=first_day), member),
        hours=service.grouped(lengths, lambda moment: moment.hour),
        by_day=service.grouped(lengths, lambda moment: moment.date()),
        all_first=service.typical(length for _moment, length in lengths),
        all_settled=service.typical(_length(matter) for matter in over),
        unsettled=sum(matter.settled_at is None for matter in settled) if member is None else 0,
    )


def _length(one: Wait | Matter) -> timedelta:
    shop = current_shop()
    begins, ends = (one.asked_at, one.answered_at) if isinstance(one, Wait) else (one.began_at, one.settled_at)
    return service.open_time(shop.opening_hours, begins, ends or begins, shop.zone)


def _rows(answered: list[Wait], over: list[Matter], reviews: list[ServiceReview], member: Member | None) -> list[Row]:
    people: dict[int | None, Member | None] = {one.pk: one for one in [*shops.members(), *shops.former_members()]}
    here = {wait.by for wait in answered} | {matter.by for matter in over} | {row.member_id for row in reviews}
    wanted = {member.pk} if member else here
    rows = []
    for pk in wanted:
        stars = [row.stars for row in reviews if row.member_id == pk] if pk is not None else []
        first = service.typical(_length(wait) for wait in answered if wait.by == pk)
        done = service.typical(_length(matter) for matter in over if matter.by == pk)
        if first or done or stars:
            rows.append(Row(people.get(pk), first, done, sum(stars) / len(stars) if stars else None, len(stars)))
    return sorted(rows, key=lambda row: (row.member is None, -(row.first.count if row.first else 0)))
