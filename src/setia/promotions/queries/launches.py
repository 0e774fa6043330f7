"""Reads of something new: who asked for it, who likes its like, who tasted, how it was taken up."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.db.models import Count, QuerySet, Sum

from setia.care import queries as care
from setia.care.models import Suggestion, Voice
from setia.catalog.models import Variant
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.loyalty import queries as loyalty
from setia.orders.models import Line, Order
from setia.promotions.models import Launch, LaunchTaster, Sample
from setia.promotions.rules import launches as rules
from setia.promotions.rules.samples import percent

# Whoever bought its like so often within so many days likes it.
LIKES_DAYS, LIKES_TIMES = 365, 2
MOST_LIKING: Final = 2_000
MOST_ALIKE: Final = 2


def launches() -> QuerySet[Launch]:
    """What is planned or came of late, the newest first."""
    rows = Launch.objects.filter(removed_at=None).select_related("variant__product", "suggestion", "campaign")
    return rows.order_by("-created_at", "-pk")


def launch(pk: int) -> Launch | None:
    """One, put away or not."""
    return Launch.objects.select_related("variant__product", "suggestion", "campaign").filter(pk=pk).first()


def of_suggestion(suggestion_id: int) -> Launch | None:
    """What a suggestion led to."""
    return launches().filter(suggestion_id=suggestion_id).first()


def suggestion(pk: int) -> Suggestion | None:
    """A topic that people asked for."""
    return care.suggestions().filter(pk=pk).first()


def _people() -> QuerySet[Customer]:
    return Customer.objects.filter(archived_at=None, erased_at=None, restricted_at=None, merged_into=None)


def askers(row: Launch) -> list[Customer]:
    """Who asked for it by name, the first first."""
    if row.suggestion_id is None:
        return []
    voices = Voice.objects.filter(suggestion_id=row.suggestion_id, customer__isnull=False).order_by("at", "pk")
    ids = list(dict.fromkeys(voices.values_list("customer_id", flat=True)))
    found = _people().in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


@dataclass(frozen=True)
class Liking:
    """Somebody who buys its like: on so many orders, so many boxes within a year."""

    customer: Customer
    times: int
    boxes: int


def likers(row: Launch, limit: int = MOST_LIKING) -> list[Liking]:
    """Who bought what it resembles at least twice within a year, the most often first."""
    alike = list(row.alike.values_list("variant_id", flat=True))
    if not alike:
        return []
    since = current_shop().today() - timedelta(days=LIKES_DAYS)
    lines = Line.objects.filter(
        variant_id__in=alike, order__completed_on__gte=since, order__customer__isnull=False
    ).order_by()
    counted = lines.values("order__customer_id").annotate(times=Count("order_id", distinct=True), boxes=Sum("quantity"))
    best = [one for one in counted if one["times"] >= LIKES_TIMES]
    best.sort(key=lambda one: (-one["times"], -one["boxes"], one["order__customer_id"]))
    found = _people().in_bulk([one["order__customer_id"] for one in best[: 2 * limit]])
    rows = [Liking(found[pk], one["times"], one["boxes"]) for one in best if (pk := one["order__customer_id"]) in found]
    return rows[:limit]


def likely_alike(suggestion_id: int | None) -> list[Variant]:
    """What those who asked buy most: a first guess at what it resembles."""
    if suggestion_id is None:
        return []
    people = Voice.objects.filter(suggestion_id=suggestion_id, customer__isnull=False).values("customer_id")
    lines = Line.objects.filter(order__customer_id__in=people, order__completed_on__isnull=False, variant__isnull=False)
    best = lines.order_by().values("variant_id").annotate(boxes=Sum("quantity")).order_by("-boxes", "variant_id")
    ids = [one["variant_id"] for one in best[:MOST_ALIKE]]
    found = Variant.objects.select_related("product").in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


@dataclass(frozen=True)
class Taster:
    """Somebody who is to taste it first, and the taste they got."""

    customer: Customer
    sample: Sample | None
    bought: bool


def tasters(row: Launch) -> list[Taster]:
    """Those chosen, in their order, with what they got and whether they bought it since."""
    chosen = LaunchTaster.objects.filter(launch=row).select_related("customer").order_by("added_at", "pk")
    samples = {one.customer_id: one for one in _samples(row).order_by("-at")}
    bought = _buyers(row, [one.customer_id for one in chosen])
    return [Taster(one.customer, samples.get(one.customer_id), one.customer_id in bought) for one in chosen]


def _samples(row: Launch) -> QuerySet[Sample]:
    rows = Sample.objects.filter(removed_at=None, customer__isnull=False)
    return rows.filter(variant_id=row.variant_id) if row.variant_id else rows.none()


def _buyers(row: Launch, people: list[int]) -> set[int]:
    if row.variant_id is None:
        return set()
    lines = Line.objects.filter(variant_id=row.variant_id, order__completed_on__isnull=False)
    return set(lines.filter(order__customer_id__in=people).values_list("order__customer_id", flat=True))


def tasted(row: Launch) -> list[int]:
    """Ids of those who tasted it by name."""
    return sorted(set(_samples(row).values_list("customer_id", flat=True)))


def audience(row: Launch) -> list[int]:
    """Whom to tell: who asked, who likes its like, who tasted, whose tier hears news first; each once.

    Consent is looked at when it is sent.
    """
    people = [one.pk for one in askers(row)] + [one.customer.pk for one in likers(row)] + tasted(row)
    people += [one.pk for one in loyalty.on_tiers("early_news")]
    return sorted(set(people))


def where(row: Launch, day: date) -> str:
    """The step it is at."""
    return rules.step(
        has_variant=row.variant_id is not None, tasted=len(tasted(row)), announced_on=row.announced_on, today=day
    )


# --- How it was taken up ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """Of `of` people of a kind `bought` bought it; `percent` None where they are too few to say."""

    kind: str
    bought: int
    of: int

    @property
    def percent(self) -> int | None:
        return percent(self.bought, self.of)


@dataclass(frozen=True)
class Uptake:
    """What was sold from the day of the announcement to `until`; `again`: bought it on two days or more."""

    until: date
    over: bool
    buyers: int
    again: int
    boxes: int
    amount: int
    nameless: int
    orders: int
    of_orders: int
    parts: list[Part] = field(default_factory=list)

    @property
    def share(self) -> int | None:
        """Of a hundred orders of these days how many had it in them."""
        return percent(self.orders, self.of_orders)


def uptake(row: Launch, day: date) -> Uptake | None:
    """Counted from the shop's own orders; None while it is not announced."""
    if row.announced_on is None or row.variant_id is None:
        return None
    until = rules.until(row.announced_on)
    window = (row.announced_on, until)
    lines = Line.objects.filter(variant_id=row.variant_id, order__completed_on__range=window)
    days: dict[int | None, set[date]] = {}
    for customer_id, on in lines.values_list("order__customer_id", "order__completed_on"):
        days.setdefault(customer_id, set()).add(on)
    sums = lines.aggregate(
        boxes=Sum("quantity", default=0), amount=Sum("amount", default=0), orders=Count("order_id", distinct=True)
    )
    buyers = {pk for pk in days if pk is not None}
    groups = {
        "asked": {one.pk for one in askers(row)},
        "liked": {one.customer.pk for one in likers(row)},
        "tasted": set(tasted(row)),
    }
    parts = [Part(kind, len(buyers & people), len(people)) for kind, people in groups.items() if people]
    new = buyers - set().union(*groups.values())
    parts += [Part("others", len(new), 0)] if new else []
    return Uptake(
        until=until,
        over=day > until,
        buyers=len(buyers),
        again=sum(len(days[pk]) > 1 for pk in buyers),
        boxes=sums["boxes"],
        amount=sums["amount"],
        nameless=lines.filter(order__customer=None).values("order_id").distinct().count(),
        orders=sums["orders"],
        of_orders=Order.objects.filter(completed_on__range=window).count(),
        parts=parts,
    )


# --- For Today --------------------------------------------------------------------------------------------------------


def to_taste(customer_id: int | None = None) -> list[LaunchTaster]:
    """Tasters of what has a product, who did not get their taste yet, while it is not announced."""
    rows = LaunchTaster.objects.filter(
        launch__removed_at=None,
        launch__variant__isnull=False,
        launch__announced_on=None,
        customer__archived_at=None,
        customer__erased_at=None,
        customer__restricted_at=None,
    ).select_related("customer", "launch__variant__product")
    if customer_id is not None:
        rows = rows.filter(customer_id=customer_id)
    chosen = list(rows.order_by("added_at", "pk"))
    variants = {one.launch.variant_id for one in chosen}
    got = set(
        Sample.objects.filter(variant_id__in=variants, removed_at=None, customer__isnull=False).values_list(
            "variant_id", "customer_id"
        )
    )
    return [one for one in chosen if (one.launch.variant_id, one.customer_id) not in got]


def unread(day: date) -> list[Launch]:
    """Whose thirty days are over and which nobody has read."""
    rows = launches().filter(announced_on__lt=day - timedelta(days=rules.UPTAKE_DAYS), result_seen_at=None)
    return list(rows.filter(variant__isnull=False))


def ready(day: date) -> list[Launch]:
    """Tasted by somebody days ago, and not announced."""
    found = launches().filter(announced_on=None, variant__isnull=False, created_at__date__gte=day - timedelta(days=180))
    return [row for row in found if _samples(row).filter(given_on__lte=day - timedelta(days=3)).exists()]
