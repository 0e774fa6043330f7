"""Keeps profiles, and what each person bought, equal to the tables they are taken from.

Right after something happened to a person (`follow`), and for everybody at night: then in slices, so that nobody waits.
The rows are made by the database itself, INSERT … SELECT.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FloatField,
    Max,
    OuterRef,
    PositiveBigIntegerField,
    PositiveSmallIntegerField,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat, Least, Lower, Replace, StrIndex, Substr, Trim, TruncDate
from django.db.models.lookups import GreaterThan

from setia.core.models import Event
from setia.core.scope import current_shop
from setia.customers.models import Consent, ConsentState, Customer, Identity, IdentityKind, Purpose
from setia.insight.rfm import Group
from setia.orders.models import Order
from setia.segments.models import Bought, SeasonBuyer, Traits
from setia.segments.rules import CHANNELS, SEASONS

SLICE = 2_000
# Somebody who bought since the night is not waiting at all.
JUST_BOUGHT = 1.0


def follow(*, event: Event) -> None:
    """After something happened to a customer: their profile, and that of whom they were made one with (`gone`)."""
    concerned = [one for one in (event.customer_id, event.data.get("gone")) if isinstance(one, int)]
    if concerned:
        renew_profiles(customer_ids=concerned)


def renew_profiles(*, customer_ids: Iterable[int] | None = None) -> str:
    """Make the profiles of these customers (default: of everybody) anew; safe to repeat.

    Whoever is put away or erased has none. Returns a line on what was done.
    """
    if customer_ids is not None:
        ids = sorted(set(customer_ids))
        for start in range(0, len(ids), SLICE):
            _renew({"in": ids[start : start + SLICE]})
        return f"{len(ids)} people"
    ids = list(Customer.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), SLICE):
        # by their ids and not by a range: without statistics SQLite would read the whole shop for each slice
        _renew({"in": ids[start : start + SLICE]})
    return f"{len(ids)} people"


@transaction.atomic
def _renew(chosen: Mapping[str, Any]) -> None:
    """`chosen`: lookups on the customer's id."""
    theirs = {f"customer_id__{lookup}": value for lookup, value in chosen.items()}
    Traits.objects.filter(**theirs).delete()
    Bought.objects.filter(**theirs).delete()
    _insert(Traits, *_people(Customer.objects.filter(**{f"pk__{name}": value for name, value in chosen.items()})))
    _insert(Bought, *_tastes(Order.objects.filter(**theirs)))


def _insert(model: Any, columns: Mapping[str, Any], rows: QuerySet[Any]) -> None:
    """INSERT … SELECT of the expressions in `columns`, by the names of the model's fields."""
    named = {f"p_{name}": expression for name, expression in columns.items()}
    sql, parameters = rows.annotate(**named).values_list(*named).query.sql_with_params()
    into = ", ".join(f'"{model._meta.get_field(name).column}"' for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(f'INSERT INTO "{model._meta.db_table}" ({into}) {sql}', parameters)


def _tastes(orders: QuerySet[Order]) -> tuple[Mapping[str, Any], QuerySet[Any]]:
    """What was bought in these orders, per customer and variant."""
    rows = orders.filter(completed_on__isnull=False, lines__variant__isnull=False)
    grouped = rows.order_by().values("shop_id", "customer_id", "lines__variant_id")
    return {
        "shop": F("shop_id"),
        "customer": F("customer_id"),
        "variant": F("lines__variant_id"),
        "times": Count("pk", distinct=True),
        "last_on": Max("completed_on"),
    }, grouped


def _people(people: QuerySet[Customer]) -> tuple[Mapping[str, Any], QuerySet[Any]]:
    """Everything a profile says of these customers; whoever is put away, or wants to be left alone, has none."""
    again = Q(purchases__last_on__gt=F("scores__last_on"))
    numbers = Identity.objects.filter(
        customer_id=OuterRef("pk"), kind__in=(IdentityKind.PHONE, IdentityKind.WHATSAPP), superseded_at=None
    )
    return {
        "shop": F("shop_id"),
        "customer": F("pk"),
        "kind": F("kind"),
        "source": F("source"),
        "district": F("district"),
        "since": TruncDate("created_at", tzinfo=current_shop().zone),
        "reachable": Exists(numbers),
        "promotion": _answer(Purpose.PROMOTION),
        "occasion": _answer(Purpose.OCCASION),
        "purchases": Coalesce("purchases__orders", 0),
        "spent": Coalesce("purchases__spent", Value(0), output_field=PositiveBigIntegerField()),
        "first_on": F("purchases__first_on"),
        "last_on": F("purchases__last_on"),
        "channels": Coalesce(_channels(), Value(0), output_field=PositiveSmallIntegerField()),
        "seasons": Coalesce(_seasons(), Value(0), output_field=PositiveSmallIntegerField()),
        "group": Case(
            When(purchases__isnull=True, then=Value(int(Group.NEVER))),
            When(scores__isnull=True, then=Value(int(Group.NEW))),
            default=F("scores__group"),
            output_field=PositiveSmallIntegerField(),
        ),
        "lateness": Case(
            When(again, then=Value(JUST_BOUGHT)), default=F("scores__lateness"), output_field=FloatField()
        ),
        "chance": F("scores__chance"),
        "value_fifth": F("scores__value_fifth"),
        "loyal_before": Coalesce("scores__loyal_before", Value(False)),
        "language": F("language"),
        "speech": F("speech"),
        "honorific": _honorific(),
        "reach_by": F("reach_by"),
        "reach_hours": F("reach_hours"),
    }, people.filter(archived_at=None, restricted_at=None).order_by()


def _honorific() -> Case:
    """The first word of how they are addressed, else of their name, in small letters; empty where it is all there is.

    It may be no honorific (`sri`): who asks names those that are."""
    called = Trim(Concat("honorific", Value(" "), "display_name"))
    end = StrIndex(called, Value(" "))
    first = Lower(Replace(Substr(called, 1, Least(end - 1, Value(20))), Value("."), Value("")))
    return Case(When(GreaterThan(end, Value(1)), then=first), default=Value(""))


def _answer(purpose: str) -> Coalesce:
    """The state of the customer's latest answer."""
    answers = Consent.objects.filter(customer_id=OuterRef("pk"), purpose=purpose).order_by("-at", "-pk")
    return Coalesce(Subquery(answers.values("state")[:1]), Value(ConsentState.NOT_ASKED.value))


def _bits(column: str, names: Sequence[str]) -> Case:
    """The bit of what a column says."""
    return Case(*(When(**{column: name}, then=Value(1 << place)) for place, name in enumerate(names)), default=Value(0))


def _seasons() -> Subquery:
    """For which celebrations they bought: the sum of the bits of `SEASONS`."""
    # Across shops: a customer is of one. Asked by shop as well, SQLite would read the whole shop's for each of them.
    mine = SeasonBuyer.across_shops.filter(customer_id=OuterRef("pk")).order_by()
    return Subquery(mine.values("customer_id").annotate(bits=Sum(_bits("season", SEASONS))).values("bits"))


def _channels() -> Subquery:
    """By which ways they bought: the sum of the different bits of `CHANNELS`."""
    mine = Order.objects.filter(customer_id=OuterRef("pk"), completed_on__isnull=False).order_by()
    return Subquery(
        mine.values("customer_id").annotate(bits=Sum(_bits("channel", CHANNELS), distinct=True)).values("bits")
    )
