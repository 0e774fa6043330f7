"""Reads of scores, and of people by a rule."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Sum, Window

from setia.core.prepared import prepared
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.insight import buying
from setia.orders.models import PurchaseSummary
from setia.segments import rules
from setia.segments.compiling import compiled
from setia.segments.models import (
    Goal,
    Letter,
    LetterPlan,
    Report,
    Score,
    SeasonBuyer,
    Segment,
    SegmentKind,
    SegmentMember,
    SharedPrior,
    ShopFit,
    Traits,
)
from setia.segments.rules import Rule


def score_of(customer_id: int) -> Score | None:
    """Last night's score of a customer, None before the first night after a first purchase."""
    return next(iter(_score_of(customer_id)), None)


@prepared
def _score_of(customer_id: int) -> QuerySet[Score]:
    return Score.objects.filter(customer_id=customer_id)


def scores_of(customer_ids: Iterable[int]) -> dict[int, Score]:
    """Scores by customer."""
    return {score.customer_id: score for score in Score.objects.filter(customer_id__in=list(customer_ids))}


def late(most: float, least: float, *, customer_id: int | None = None) -> QuerySet[Score]:
    """Customers with a full rhythm whose present gap is longer than `1 - most` of their gaps, not than `1 - least`.

    Who bought again since the night is not late any more. Biggest spenders first, then the latest; with customers.
    """
    again = PurchaseSummary.objects.filter(customer_id=OuterRef("customer_id"), last_on__gt=OuterRef("last_on"))
    rows = Score.objects.filter(
        ~Exists(again),
        lateness__lte=most,
        lateness__gt=least,
        purchases__gte=rules.FULL_PURCHASES,
        customer__archived_at=None,
    )
    if customer_id is not None:
        rows = rows.filter(customer_id=customer_id)
    return rows.select_related("customer").order_by("-monetary", "lateness", "pk")


def shop_fit() -> ShopFit | None:
    """The latest fit of the open shop."""
    return next(iter(_latest_fit()), None)


@prepared
def _latest_fit() -> QuerySet[ShopFit]:
    return ShopFit.objects.order_by("-day")[:1]


def shared_prior() -> buying.Prior:
    """What shops are usually like: learned over the shops of this installation, the weak prior before the first."""
    row = SharedPrior.objects.order_by("-day").first()
    if row is None:
        return buying.WEAK_PRIOR
    first, second, third, fourth = row.centre
    return buying.Prior((first, second, third, fourth), tuple(tuple(line) for line in row.covariance))


def seasons_of(customer_id: int) -> list[SeasonBuyer]:
    """The celebrations somebody buys for, the surest first."""
    return _seasons_of(customer_id)


@prepared
def _seasons_of(customer_id: int) -> QuerySet[SeasonBuyer]:
    return SeasonBuyer.objects.filter(customer_id=customer_id).order_by("-chance", "season")


@dataclass(frozen=True)
class Comebacks:
    """How many who were ever this late came back within 8 weeks by themselves, from the shop's own past.

    `levels`: (share of own gaps that are longer, share who came back or None when too few were ever so late), falling.
    """

    levels: Sequence[tuple[float, float | None]]

    def rate(self, lateness: float | None) -> float | None:
        """The share (0…1) for customers as late as this; None while the shop has too little past to tell."""
        if lateness is None:
            return None
        reached = [rate for level, rate in self.levels if lateness <= level]
        return reached[-1] if reached else None


def comebacks(fit: ShopFit | None = None) -> Comebacks:
    """Of the latest fit, or of the one given."""
    fit = fit or shop_fit()
    return Comebacks([(level, rate) for level, rate in fit.parameters["comeback"]] if fit else [])


def loyal_count() -> int:
    """The headline figure, as of last night: see `rules.is_loyal`."""
    fit = shop_fit()
    return fit.loyal if fit else 0


def in_rhythm() -> dict[int, bool]:
    """Whether each customer with a rhythm of their own is still within it, as of last night."""
    rows = Score.objects.filter(lateness__isnull=False).values_list("customer_id", "lateness")
    return {customer_id: lateness >= rules.WITHIN_RHYTHM for customer_id, lateness in rows}


# --- People by a rule -------------------------------------------------------------------------------------------------


def profiles(rule: Rule) -> QuerySet[Traits]:
    """Profiles of everybody of whom the rule holds today; people put away are in no group. One query."""
    shop = current_shop()
    return Traits.objects.filter(compiled(rule, today=shop.today(), town=shop.district))


def count(rule: Rule) -> int:
    """How many people the rule holds of."""
    return profiles(rule).count()


def counted_page(people: QuerySet[Traits], *, few: bool, start: int, limit: int) -> tuple[int, list[Traits]]:
    """How many people there are, and some of them in order with their customers; two queries.

    `few` people, found by what else is written down of them, are looked through once: while they are put in order they
    are counted. Of many only the first are read, so counting them is a question of its own.
    """
    if not few:
        return people.count(), list(in_order(people)[start : start + limit])
    rows = in_order(people).select_related(None).annotate(size=Window(Count("*")))
    found = list(rows.values_list("pk", "size")[start : start + limit])
    if not found:
        return people.count() if start else 0, []
    known = Traits.objects.select_related("customer").in_bulk([pk for pk, _size in found])
    return found[0][1], [known[pk] for pk, _size in found if pk in known]


def in_order(rows: QuerySet[Traits]) -> QuerySet[Traits]:
    """With their customers, who bought last comes first."""
    return rows.select_related("customer").order_by(F("last_on").desc(nulls_last=True), "-customer_id")


def saved(*, removed: bool = False) -> QuerySet[Segment]:
    """Saved groups by name; those taken out only when asked for."""
    return Segment.objects.filter(removed_at__isnull=not removed).order_by("name", "pk")


def profiles_of(segment: Segment) -> QuerySet[Traits]:
    """Profiles of the people of a saved group: those of its rule today, or, of a fixed one, those it kept."""
    if segment.kind == SegmentKind.FIXED:
        kept = SegmentMember.objects.filter(segment=segment).values("customer_id")
        return Traits.objects.filter(customer_id__in=kept)
    return profiles(rules.read(segment.rule))


def members(segment: Segment) -> QuerySet[Customer]:
    """The people of a saved group, as customers; nobody who is put away."""
    return Customer.objects.filter(pk__in=profiles_of(segment).values("customer_id"), archived_at=None)


def groups_of(customer_ids: Iterable[int]) -> dict[int, int]:
    """The named group of each, as far as they were looked at."""
    return dict(_groups_of(list(customer_ids)))


@prepared
def _groups_of(customer_ids: list[int]) -> QuerySet[Traits, tuple[int, int]]:
    return Traits.objects.filter(customer_id__in=customer_ids).values_list("customer_id", "group")


def group_sizes() -> dict[int, int]:
    """How many people are in each named group (`insight.rfm.Group`)."""
    return dict(Traits.objects.order_by().values_list("group").annotate(n=Count("*")))


def districts(limit: int = 60) -> list[tuple[str, int]]:
    """Where people live, the most first; those whose place is not known left out."""
    rows = Traits.objects.filter(district__gt="").order_by().values_list("district").annotate(n=Count("*"))
    return list(rows.order_by("-n", "district")[:limit])


def sources() -> list[tuple[str, int]]:
    """How people found the shop, the most first; those of whom it is not known left out."""
    rows = Traits.objects.filter(source__gt="").order_by().values_list("source").annotate(n=Count("*"))
    return list(rows.order_by("-n", "source"))


def value_bands() -> list[tuple[int, int, int]]:
    """(fifth, people, money they are expected to bring within twelve months), the most valuable fifth first."""
    rows = Score.objects.filter(value_fifth__isnull=False, customer__archived_at=None).order_by()
    found = rows.values_list("value_fifth").annotate(people=Count("pk"), expected=Sum("value"))
    return list(found.order_by("-value_fifth"))


# --- Reports ----------------------------------------------------------------------------------------------------------


def report(name: str) -> Report | None:
    """The figures of that name as the last night counted them."""
    return Report.objects.filter(name=name).first()


def reports(prefix: str) -> list[str]:
    """Names of the figures that are there, the latest month first."""
    rows = Report.objects.filter(name__startswith=prefix).order_by("-name")
    return list(rows.values_list("name", flat=True))


def goals() -> dict[str, float]:
    """What the owner wants to reach, by measure."""
    return {measure: float(target) for measure, target in Goal.objects.values_list("measure", "target")}


def letter_of(week: date) -> Letter | None:
    """The letter of the week that begins on this Monday."""
    return Letter.objects.filter(week=week).first()


def letters(limit: int = 12) -> list[Letter]:
    """The latest letters, the newest first."""
    return list(Letter.objects.order_by("-week")[:limit])


def letter_plan() -> LetterPlan:
    """When the letter comes, and to which number; as it is without a change where nothing was said."""
    return LetterPlan.objects.first() or LetterPlan()


def people_ids() -> list[int]:
    """Everybody who may stand in a list: whoever is not put away and does not want to be left alone."""
    return list(Traits.objects.order_by("customer_id").values_list("customer_id", flat=True))
