"""Scores of every customer, renewed every night."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Final, TypeVar

import numpy as np
from django.db import connection, transaction

from setia.core import events
from setia.core.scope import current_shop
from setia.orders import queries as orders
from setia.segments import events as verbs
from setia.segments import queries, rules, scoring, seasons
from setia.segments.closures import closed_days
from setia.segments.models import Score, SeasonBuyer, ShopFit
from setia.shops.models import Shop

SLICE = 2_000
SEASON_VALUES: Final = ("opportunities", "taken", "chance")
Row = tuple[object, ...]


def renew_scores() -> str:
    """Score the open shop for its today (nightly, safe to repeat). Returns a line on what was done.

    Read, compute and write are three steps; only the slices of the last are transactions, so nobody waits for a night's
    work. A run that dies half-way is simply repeated: each row is replaced as a whole.
    """
    shop = current_shop()
    today = shop.today()
    customer_ids, days, amounts = orders.purchase_log()
    if not len(customer_ids):
        _forget()
        return "no purchases yet"
    closed = closed_days(shop, since=date.fromordinal(int(min(days))), until=today)
    prior = queries.shared_prior()
    scored = scoring.score(customer_ids, days, amounts, today=today, closed=closed, prior=prior)
    for rows in _slices(scored.rows()):
        _replace(shop, today, list(scored.columns), rows)
    _finish(shop, today, scored)
    said = f"{scored.customers} customers, {scored.repeat_orders} repeat orders"
    del scored  # their columns take more memory than the log
    _renew_seasons(shop, today, customer_ids, days)
    return said


@transaction.atomic
def _replace(shop: Shop, today: date, names: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
    """Write scores over those of the same customers: values as they are, for objects would take ten times as long."""
    columns = [f'"{Score._meta.get_field(name).column}"' for name in ("shop", "day", *names)]
    # whose score it is stays as it is: named among what is renewed, its indexes would be written anew as well
    renewed = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in ('"shop_id"', '"customer_id"'))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {Score._meta.db_table} ({', '.join(columns)}) "  # noqa: S608 - names of our own model
            f"VALUES ({', '.join(['%s'] * len(columns))}) ON CONFLICT (shop_id, customer_id) DO UPDATE SET {renewed}",
            [(shop.pk, today.isoformat(), *row) for row in rows],
        )


@transaction.atomic
def _forget() -> None:
    """The whole past was taken out: nothing is known any more, of anybody or of the shop."""
    Score.objects.all().delete()
    SeasonBuyer.objects.all().delete()
    ShopFit.objects.all().delete()


@transaction.atomic
def _finish(shop: Shop, today: date, scored: scoring.Scored) -> None:
    # whoever is not in the log any more (erased, merged, import undone) has no score
    gone = set(Score.objects.values_list("customer_id", flat=True)) - set(scored.columns["customer_id"])
    for ids in _slices(iter(gone)):
        Score.objects.filter(customer_id__in=ids).delete()
    fit, _made = ShopFit.objects.update_or_create(
        shop=shop,
        day=today,
        defaults={
            "customers": scored.customers,
            "repeat_orders": scored.repeat_orders,
            "loyal": _loyal(),
            "parameters": scored.parameters,
            "version": scoring.VERSION,
        },
    )
    events.record(verbs.SCORED, subject=fit, data={"customers": scored.customers})


def _renew_seasons(shop: Shop, today: date, customer_ids: Sequence[int], days: Sequence[int]) -> None:
    """Who bought for which celebration, season by season, each in one transaction."""
    ids, who = np.unique(np.asarray(customer_ids, dtype=np.int64), return_inverse=True)
    when = np.asarray(days, dtype=np.int64)
    spans = seasons.windows(date.fromordinal(int(when.min())), today)
    known: dict[str, dict[int, Row]] = {name: {} for name in seasons.SEASONS}
    for name, customer_id, *more in SeasonBuyer.objects.values_list("season", "customer_id", *SEASON_VALUES).iterator():
        known.setdefault(name, {})[customer_id] = tuple(more)
    for name, before in known.items():
        found = seasons.buyers(who, when, len(ids), {name: spans.get(name, [])})
        _write_season(shop, name, before, {int(ids[person]): tuple(more) for person, _name, *more in found})


@transaction.atomic
def _write_season(shop: Shop, name: str, known: dict[int, Row], found: dict[int, Row]) -> None:
    """Make the rows of a celebration say this; most nights nothing of it is new, and nothing is written."""
    for gone in _slices(iter(known.keys() - found.keys())):
        SeasonBuyer.objects.filter(season=name, customer_id__in=gone).delete()
    fresh = [(shop.pk, name, pk, *more) for pk, more in found.items() if known.get(pk) != more]
    if not fresh:
        return
    columns = ("shop_id", "season", "customer_id", *SEASON_VALUES)
    renewed = ", ".join(f"{value} = excluded.{value}" for value in SEASON_VALUES)
    with connection.cursor() as cursor:
        # values as they are, like scores: objects would take ten times as long
        cursor.executemany(
            f"INSERT INTO {SeasonBuyer._meta.db_table} ({', '.join(columns)}) "  # noqa: S608 - our own names
            f"VALUES ({', '.join(['%s'] * len(columns))}) ON CONFLICT (shop_id, season, customer_id) "
            f"DO UPDATE SET {renewed}",
            fresh,
        )


def _loyal() -> int:
    """How many are loyal, those put away left out (`rules.is_loyal`, asked of the database)."""
    come = Score.objects.filter(purchases__gte=rules.LOYAL_PURCHASES, lateness__gte=rules.WITHIN_RHYTHM)
    return come.filter(customer__archived_at=None).count()


T = TypeVar("T")


def _slices(rows: Iterator[T]) -> Iterator[list[T]]:
    while part := list(islice(rows, SLICE)):
        yield part
