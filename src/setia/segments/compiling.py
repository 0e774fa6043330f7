"""A rule as one condition on profiles: whatever it asks, the database answers in one query."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.lookups import GreaterThan

from setia.catalog.models import Variant
from setia.core.names import spelled
from setia.customers.models import (
    Consent,
    ConsentState,
    Customer,
    Occasion,
    OccasionKind,
    Profile,
    Purpose,
)
from setia.loyalty.models import Membership, Standing
from setia.orders.models import Line, Order
from setia.segments.meaning import within
from setia.segments.models import Bought
from setia.segments.rules import (
    CHANNELS,
    FULL_PURCHASES,
    HARDLY,
    LATE,
    LIKELY,
    LOYAL_PURCHASES,
    SEASONS,
    SLIPPING,
    UNSAID,
    WITHIN_RHYTHM,
    Condition,
    Rule,
)
from setia.segments.yearly import near

Values = Mapping[str, Any]
Compiler = Callable[[Values, date, str], Q]
NOBODY = Q(pk__in=[])


def compiled(rule: Rule, *, today: date, town: str) -> Q:
    """The rule as a condition on `Traits`; `town`: the district of the shop."""
    whole = Q()
    for group in rule.groups:
        any_of = Q()
        for one in group:
            any_of |= _condition(one, today, town)
        whole &= any_of
    return whole


def _condition(one: Condition, today: date, town: str) -> Q:
    plain = COMPILERS[one.kind](one.values, today, town)
    return ~plain if one.negated else plain


def _between(column: str, values: Values) -> Q:
    found = Q()
    if "least" in values:
        found &= Q(**{f"{column}__gte": values["least"]})
    if "most" in values:
        found &= Q(**{f"{column}__lte": values["most"]})
    return found


def _days_before(today: date, days: int) -> date:
    """The day so many days ago, not before the first there is."""
    return date.fromordinal(max(1, today.toordinal() - days))


def _bought(values: Values, today: date, town: str) -> Q:
    what, days = values["what"], values.get("days")
    since = None if days is None else _days_before(today, days)
    if what == "any":
        return Q(last_on__isnull=False) if since is None else Q(last_on__gte=since)
    sort, _colon, name = what.partition(":")
    if sort in ("v", "p") and not (name.isdecimal() and name.isascii() and len(name) < 18):
        return NOBODY
    lookup = {"v": "pk", "f": "flavour", "p": "product_id"}.get(sort)
    if lookup is None:
        return NOBODY
    rows = Bought.objects.filter(variant_id__in=Variant.objects.filter(**{lookup: name}).values("pk"))
    if since is not None:
        rows = rows.filter(last_on__gte=since)
    return Q(customer_id__in=rows.values("customer_id"))


def _away(values: Values, today: date, town: str) -> Q:
    found = Q(last_on__isnull=False)
    if "least" in values:
        found &= Q(last_on__lte=_days_before(today, values["least"]))
    if "most" in values:
        found &= Q(last_on__gte=_days_before(today, values["most"]))
    return found


def _first(values: Values, today: date, town: str) -> Q:
    found = Q(first_on__isnull=False)
    if "since" in values:
        found &= Q(first_on__gte=values["since"])
    if "until" in values:
        found &= Q(first_on__lte=values["until"])
    return found


def _purchase_between(values: Values, today: date, town: str) -> Q:
    rows = Order.objects.filter(completed_on__range=(values["since"], values["until"]), customer__isnull=False)
    return Q(customer_id__in=rows.values("customer_id"))


def _channel(values: Values, today: date, town: str) -> Q:
    return _bit("channels", CHANNELS, values["channel"])


def _bit(column: str, names: Sequence[str], name: str) -> Q:
    """Whether the bit of `name` is set."""
    if name not in names:
        return NOBODY
    return Q(GreaterThan(F(column).bitand(Value(1 << names.index(name))), Value(0)))


def _town(values: Values, today: date, town: str) -> Q:
    known = ~Q(district="")
    return known & (Q(district=town) if values["where"] == "in" else ~Q(district=town))


def _day(values: Values, today: date, town: str) -> Q:
    # who remembers the dead is no audience
    rows = Occasion.objects.filter(near(today, values["days"])).exclude(kind=OccasionKind.MEMORIAL)
    if values["which"] != "any":
        rows = rows.filter(kind=values["which"])
    return Q(customer_id__in=rows.values("customer_id"))


def _season(values: Values, today: date, town: str) -> Q:
    return _bit("seasons", SEASONS, values["season"])


def _consent(values: Values, today: date, town: str) -> Q:
    if values["purpose"] not in ("promotion", "occasion"):
        return NOBODY
    return Q(**{values["purpose"]: values["state"]})


def _chance(values: Values, today: date, town: str) -> Q:
    levels = {"likely": Q(chance__gte=LIKELY), "hardly": Q(chance__lt=HARDLY)}
    return levels.get(
        values["level"], Q(chance__gte=HARDLY, chance__lt=LIKELY) if values["level"] == "maybe" else NOBODY
    )


LOYAL = Q(lateness__isnull=False, lateness__gte=WITHIN_RHYTHM, purchases__gte=LOYAL_PURCHASES)


def _standing(values: Values, today: date, town: str) -> Q:
    found = {
        "joined": LOYAL & Q(loyal_before=False),
        "slipping": LOYAL & Q(lateness__lt=SLIPPING),
        "left": Q(loyal_before=True)
        & (Q(lateness__isnull=True) | Q(lateness__lt=WITHIN_RHYTHM) | Q(purchases__lt=LOYAL_PURCHASES)),
    }
    return found.get(values["which"], NOBODY)


def _messenger(values: Values, today: date, town: str) -> Q:
    return Q(customer_id__in=Customer.objects.filter(referred_by__isnull=False).values("referred_by_id"))


def _began(values: Values, today: date, town: str) -> Q:
    """On the day of their first purchase they took it: a flavour, or a product that has none."""
    lines = Line.objects.filter(
        taken(values["what"]), order__customer_id=OuterRef("customer_id"), order__completed_on=OuterRef("first_on")
    )
    return Q(Exists(lines))


def taken(what: str) -> Q:
    """Lines of a flavour, or of a product without flavours, by name."""
    return Q(variant__flavour=what) | Q(variant__flavour="", variant__product__name=what)


def _said(column: str, name: str) -> Compiler:
    """Where one of the values stands in a column; `UNSAID` asks for none."""

    def compile_(values: Values, today: date, town: str) -> Q:
        return Q(**{f"{column}__in": ["" if value == UNSAID else value for value in values[name]]})

    return compile_


def _honorific(values: Values, today: date, town: str) -> Q:
    return Q(honorific__in=sorted({spelling for word in values["honorifics"] for spelling in spelled(word)}))


def _told(lookup: str, name: str) -> Compiler:
    """What they told about themselves, of those who still agree that it is remembered."""

    def compile_(values: Values, today: date, town: str) -> Q:
        return _profiles(Q(**{f"{lookup}__in": [value for value in values[name] if value]}))

    return compile_


def _profiles(asked: Q) -> Q:
    answers = Consent.objects.filter(customer_id=OuterRef("customer_id"), purpose=Purpose.PROFILE)
    latest = Subquery(answers.order_by("-at", "-pk").values("state")[:1])
    rows = Profile.objects.filter(asked).annotate(answer=latest).filter(answer=ConsentState.GIVEN)
    return Q(customer_id__in=rows.values("customer_id"))


def _tier(values: Values, today: date, town: str) -> Q:
    rows = Standing.objects.filter(tier_id__in=_numbers(values["tiers"], digits=17))
    return Q(customer_id__in=rows.values("customer_id"))


def _held(unit: str) -> Compiler:
    """What is on their card; somebody without one has nothing."""

    def compile_(values: Values, today: date, town: str) -> Q:
        bounds = _between(f"account__{unit}", values)
        if within(0, values):
            outside = Membership.objects.exclude(bounds)
            return ~Q(customer_id__in=outside.values("customer_id"))
        return Q(customer_id__in=Membership.objects.filter(bounds).values("customer_id"))

    return compile_


def _numbers(texts: list[str], digits: int = 4) -> list[int]:
    return [int(text) for text in texts if text.isdecimal() and text.isascii() and len(text) <= digits]


COMPILERS: Mapping[str, Compiler] = {
    "bought": _bought,
    "purchases": lambda values, today, town: _between("purchases", values),
    "spent": lambda values, today, town: _between("spent", values),
    "away": _away,
    "first": _first,
    "between": _purchase_between,
    "channel": _channel,
    "kind": lambda values, today, town: Q(kind__in=values["kinds"]),
    "source": lambda values, today, town: Q(source__in=values["sources"]),
    "known": lambda values, today, town: Q(since__gte=_days_before(today, values["days"])),
    "place": lambda values, today, town: Q(district__in=values["districts"]),
    "town": _town,
    "reachable": lambda values, today, town: Q(reachable=True),
    "day": _day,
    "season": _season,
    "consent": _consent,
    "group": lambda values, today, town: Q(group__in=_numbers(values["groups"])),
    "late": lambda values, today, town: Q(lateness__lt=LATE, purchases__gte=FULL_PURCHASES),
    "loyal": lambda values, today, town: LOYAL,
    "standing": _standing,
    "messenger": _messenger,
    "began": _began,
    "chance": _chance,
    "value": lambda values, today, town: Q(value_fifth__in=_numbers(values["fifths"])),
    "language": _said("language", "languages"),
    "speech": _said("speech", "speeches"),
    "honorific": _honorific,
    "reach": _said("reach_by", "ways"),
    "hours": _said("reach_hours", "hours"),
    "age": _told("age_band", "bands"),
    "home": lambda values, today, town: _profiles(_between("household_size", values)),
    "buys_for": _told("buys_for", "reasons"),
    "expects": _told("expects", "expectations"),
    "tier": _tier,
    "points": _held("points"),
    "stamps": _held("stamps"),
}
