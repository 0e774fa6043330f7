"""Reads of complaints: what is open, what similar cases got, what keeps coming up, who came back."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Case, IntegerField, QuerySet, Value, When

from setia.care.models import (
    CareSettings,
    Complaint,
    ComplaintPhoto,
    ComplaintState,
    Improvement,
    Kind,
    Settlement,
    SettlementState,
    Severity,
)
from setia.care.rules import complaints as rules
from setia.care.wording import CAUSES
from setia.catalog import queries as catalog
from setia.conversations import reading
from setia.conversations.models import Direction, DraftState, Message, OrderDraft, Origin
from setia.core import clock
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.orders.models import Line, Order, OrderState
from setia.supply import queries as supply
from setia.supply.models import Batch

BACK_WITHIN: Final = timedelta(days=60)
HEARD_WITHIN: Final = timedelta(days=7)
_SEVERITY: Final = Case(
    When(severity=Severity.SEVERE, then=Value(0)),
    When(severity=Severity.MAJOR, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


def complaint_settings() -> CareSettings:
    """The rules of care."""
    return CareSettings.objects.first() or CareSettings()


def complaints() -> QuerySet[Complaint]:
    """All of them, with whom and what they are about."""
    return Complaint.objects.select_related(
        "customer", "order", "line__variant__product", "batch__variant__product", "opened_by", "message"
    )


def board() -> QuerySet[Complaint]:
    """What is open: the severe first, then whose time is up first."""
    rows = complaints().filter(closed_at=None).annotate(urgency=_SEVERITY)
    return rows.order_by("urgency", "due_at", "pk")


def open_until(moment: datetime, *, customer_id: int | None = None) -> QuerySet[Complaint]:
    """Open ones that are to be answered by `moment`, or wait to be done or asked."""
    rows = board().filter(due_at__lte=moment)
    return rows.filter(customer_id=customer_id) if customer_id else rows


def of_customer(customer_id: int, limit: int = 5) -> list[Complaint]:
    """The latest of a customer, without those that were none."""
    rows = complaints().filter(customer_id=customer_id).exclude(state=ComplaintState.DROPPED)
    return list(rows.order_by("-opened_at", "-pk")[:limit])


def of_order(order_id: int) -> list[Complaint]:
    """About an order."""
    rows = complaints().filter(order_id=order_id).exclude(state=ComplaintState.DROPPED)
    return list(rows.order_by("-opened_at", "-pk"))


def settlements_of(complaint: Complaint) -> list[Settlement]:
    """What was offered, latest first."""
    return list(complaint.settlements.select_related("by", "order").order_by("-pk"))


def photo_is_ours(token: str) -> bool:
    """Whether a picture belongs to a complaint of this shop."""
    return bool(token) and ComplaintPhoto.objects.filter(photo=token).exists()


def used_causes() -> list[str]:
    """Causes to choose from: those used here, most first, then the usual ones."""
    rows = Complaint.objects.exclude(cause="").order_by("-pk").values_list("cause", flat=True)[:500]
    first: dict[str, str] = {}
    counted = Counter(rules.cause_key(cause) for cause in rows)
    for cause in [*rows, *(str(cause) for cause in CAUSES)]:
        first.setdefault(rules.cause_key(cause), cause)
    return sorted(first.values(), key=lambda cause: -counted[rules.cause_key(cause)])


def suggested_batches(complaint: Complaint) -> list[Batch]:
    """Batches the boxes may have come from: of the line complained about, else of the order."""
    if complaint.order is None:
        return []
    found = supply.batches_for_order(complaint.order)
    if complaint.line and complaint.line.variant_id:
        return [batch for batch in found if batch.variant_id == complaint.line.variant_id]
    return found


def lines_for(complaint: Complaint) -> QuerySet[Line]:
    """The lines of the order it is about; none without one."""
    return Line.objects.filter(order_id=complaint.order_id or 0).order_by("pk")


def _price_and_cost(complaint: Complaint) -> tuple[int, int | None]:
    """Price and cost of one box: of the line, else the mean of the order, else of everything that is sold."""
    costs = {row.variant.pk: row.cost for row in supply.costings()}
    if complaint.line is not None:
        return complaint.line.unit_price, costs.get(complaint.line.variant_id or 0)
    if complaint.batch is not None:
        sold = catalog.prices([complaint.batch.variant_id], day=current_shop().today())
        if price := sold.get(complaint.batch.variant_id):
            return price, costs.get(complaint.batch.variant_id)
    lines = list(complaint.order.lines.all()) if complaint.order else []
    if boxes := sum(line.quantity for line in lines):
        known = [(costs.get(line.variant_id or 0), line.quantity) for line in lines]
        exact = [cost * quantity for cost, quantity in known if cost is not None]
        mean = round(sum(exact) / boxes) if len(exact) == len(known) else None
        return round(sum(line.amount for line in lines) / boxes), mean
    prices = list(catalog.prices(None, day=current_shop().today()).values())
    return (round(sum(prices) / len(prices)) if prices else 0), None


def ways_for(complaint: Complaint) -> list[rules.Way]:
    """Every way to make it good, with its cost to the shop and its value to the customer."""
    price, cost = _price_and_cost(complaint)
    visit = complaint_settings().visit_cost
    return rules.ways(boxes=complaint.boxes, price=price, cost=cost, visit_cost=visit)


def similar(complaint: Complaint) -> tuple[rules.Usual | None, list[tuple[str, int]]]:
    """What cases of the same kind and severity got: their values, and how often which way."""
    rows = Settlement.objects.filter(
        complaint__kind=complaint.kind,
        complaint__severity=complaint.severity,
        state__in=(SettlementState.ACCEPTED, SettlementState.DONE),
    ).exclude(complaint=complaint)
    found = list(rows.order_by("-pk").values_list("option", "value")[:200])
    counted = Counter(option for option, _value in found)
    return rules.usual([value for _option, value in found]), counted.most_common()


@dataclass(frozen=True)
class CameBack:
    """Whether somebody bought again within sixty days of a settlement: the day, or until when one may hope."""

    on: date | None
    until: date

    @property
    def waiting(self) -> bool:
        """Neither back nor given up."""
        return self.on is None and current_shop().today() <= self.until


def came_back(rows: Iterable[Complaint]) -> dict[int, CameBack]:
    """For complaints that were settled with somebody by name; one query."""
    zone = current_shop().zone
    settled = {
        row.pk: (row, row.settled_at.astimezone(zone).date()) for row in rows if row.settled_at and row.customer_id
    }
    if not settled:
        return {}
    first = min(day for _row, day in settled.values())
    bought: dict[int, list[date]] = defaultdict(list)
    visits = Order.objects.filter(
        customer_id__in={row.customer_id for row, _day in settled.values()},
        state=OrderState.COMPLETED,
        completed_on__gte=first,
    )
    for customer_id, day, at in visits.order_by("completed_on").values_list(
        "customer_id", "completed_on", "completed_at"
    ):
        bought[customer_id].append((day, at))  # type: ignore[arg-type]
    found = {}
    for pk, (row, day) in settled.items():
        until = day + BACK_WITHIN
        after = [
            bought_on
            for bought_on, at in bought[row.customer_id]  # type: ignore[misc]
            if bought_on <= until and (at >= row.settled_at if at else bought_on > day)
        ]
        found[pk] = CameBack(after[0] if after else None, until)
    return found


def _causes(since: date) -> list[tuple[str, date]]:
    zone = current_shop().zone
    rows = Complaint.objects.filter(opened_at__date__gte=since).exclude(cause="").exclude(state=ComplaintState.DROPPED)
    return [(cause, at.astimezone(zone).date()) for cause, at in rows.values_list("cause", "opened_at")]


def repeated_causes() -> list[tuple[str, int]]:
    """Causes that keep coming up and that nobody does anything about yet: as written last, how often in 60 days."""
    today = current_shop().today()
    rows = _causes(today - timedelta(days=rules.WINDOW_DAYS + 1))
    written = {rules.cause_key(cause): cause for cause, _day in rows}
    taken = {rules.cause_key(row.cause) for row in Improvement.objects.filter(done_on=None)}
    found = rules.repeated(rows, today)
    return [(written[key], n) for key, n in found.items() if key not in taken]


def improvements() -> list[tuple[Improvement, rules.Effect | None]]:
    """What is done against causes: open ones first; of those done, how often before and since."""
    rows = list(Improvement.objects.select_related("owner").order_by("-pk"))
    rows.sort(key=lambda row: row.done_on is not None)
    today = current_shop().today()
    done = [row.done_on for row in rows if row.done_on]
    causes = _causes(min(done) - timedelta(days=rules.WINDOW_DAYS + 1)) if done else []
    return [(row, _effect(row, causes, today)) for row in rows]


def _effect(row: Improvement, causes: list[tuple[str, date]], today: date) -> rules.Effect | None:
    if row.done_on is None:
        return None
    same = [day for cause, day in causes if rules.cause_key(cause) == rules.cause_key(row.cause)]
    return rules.effect(same, row.done_on, today)


@dataclass(frozen=True)
class Counts:
    """The last ninety days: how many, by kind, answered in time, content, what it cost, who came back."""

    n: int
    kinds: list[tuple[str, int]]
    causes: list[tuple[str, int]]
    in_time: int
    answered: int
    content: int
    asked: int
    cost: int
    back: int
    back_of: int


def counts(days: int = 90) -> Counts:
    """What the last days amount to."""
    since = clock.now() - timedelta(days=days)
    rows = list(Complaint.objects.filter(opened_at__gte=since).exclude(state=ComplaintState.DROPPED))
    answered = [row for row in rows if row.answered_at]
    asked = [row for row in rows if row.content is not None]
    costs = Settlement.objects.filter(complaint__in=rows, state=SettlementState.DONE).values_list("cost", flat=True)
    back = [one for one in came_back(rows).values() if not one.waiting]
    causes = Counter(row.cause for row in rows if row.cause)
    return Counts(
        n=len(rows),
        kinds=Counter(row.get_kind_display() for row in rows).most_common(),
        causes=causes.most_common(),
        in_time=sum(row.answered_at <= row.due_at for row in answered if row.answered_at),
        answered=len(answered),
        content=sum(bool(row.content) for row in asked),
        asked=len(asked),
        cost=sum(costs),
        back=sum(one.on is not None for one in back),
        back_of=len(back),
    )


@dataclass(frozen=True)
class Heard:
    """Words in a chat that sound like a complaint: read as a kind, or only upset."""

    message: Message
    kind: str
    draft: OrderDraft | None
    customer: Customer

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return str(Kind(self.kind).label)


def heard(conversation_id: int | None = None) -> list[Heard]:
    """What customers wrote in the last week (there) that sounds like a complaint and nobody looked at; latest first."""
    since = clock.now() - HEARD_WITHIN
    known = set(
        Complaint.objects.exclude(message=None).filter(opened_at__gte=since).values_list("message_id", flat=True)
    )
    drafts = OrderDraft.objects.filter(intent="complaint", state=DraftState.OPEN, sent_at__gte=since)
    said = Message.objects.filter(direction=Direction.IN, origin=Origin.LIVE, kind="text", at__gte=since)
    if conversation_id is not None:
        drafts = drafts.filter(message__conversation_id=conversation_id)
        said = said.filter(conversation_id=conversation_id)
    read = {
        draft.message_id: draft
        for draft in drafts.exclude(message=None).select_related("message__customer")
        if draft.message_id not in known
    }
    found = [
        Heard(draft.message, kind_read(draft), draft, draft.message.customer)
        for draft in read.values()
        if draft.message is not None
    ]
    for message in said.select_related("customer").order_by("-at")[:200]:
        if message.pk in known or message.pk in read:
            continue
        kind = kind_said(message)
        if kind or rules.upset(message.text):
            found.append(Heard(message, kind or "other", None, message.customer))
    return sorted(found, key=lambda one: one.message.at, reverse=True)


def kind_said(message: Message) -> str:
    """The kind of complaint its words speak of; empty for none. About a millisecond."""
    said = reading.read(message.text, sent_at=message.at)
    if said.intent != "complaint":
        return ""
    return rules.READ_AS.get(str((said.more.get("complaint") or {}).get("type") or ""), "other")


def kind_read(draft: OrderDraft) -> str:
    """The kind that was read from a message."""
    told = draft.reading.get("complaint") or {}
    return rules.READ_AS.get(str(told.get("type") or ""), "other")


def boxes_read(draft: OrderDraft) -> int:
    """How many boxes were said to be wrong, at least one."""
    told = (draft.reading.get("complaint") or {}).get("affected_qty")
    return min(999, max(1, int(told))) if isinstance(told, int | float) else 1
