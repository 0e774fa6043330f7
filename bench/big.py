"""A big invented shop: people with numbers, notes and consent, two years of purchases, orders that are still open.

Of 100,000 people it holds a million purchases.

Its millions of rows are written column by column, past the actions; what the actions would keep (summaries, search
texts) is then made by them.
"""

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np

from bench.common import set_up

DAYS = 730
SLICE = 10_000
OPEN_ORDERS = 200
PRICE = 25_000

TITLES = ("Bu", "Mbak", "Pak", "Bu", "Mas", "Bude", "Bu")
FIRST = (
    "Sri", "Siti", "Tini", "Wati", "Yuni", "Rini", "Dwi", "Eka", "Tri", "Catur", "Endang",
    "Sulis", "Murni", "Ratna", "Wening",
)  # fmt: skip
SECOND = ("Lestari", "Wahyuni", "Rahayu", "Astuti", "Handayani", "Utami", "Pratiwi", "Maryati", "Susanti", "Kurnia")
PLACES = (
    "Trenggalek",
    "Pogalan",
    "Durenan",
    "Karangan",
    "Gandusari",
    "Tugu",
    "Kampak",
    "Watulimo",
    "Kauman",
    "Ponorogo",
)
FLAVOURS = ("Kacang Hijau", "Keju", "Cokelat", "Kumbu Hitam", "Ubi Ungu")


def shop(customers: int) -> Any:
    """The shop of that many customers in the present home: found there, else made (100,000 take a minute)."""
    from django.db import connection, transaction

    from setia.shops.models import Shop

    slug = f"bench-{customers}"
    found = Shop.objects.filter(slug=slug).first()
    if found:
        return found
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    with transaction.atomic():
        made = _make(slug, customers)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return made


def make_in(folder: Path, customers: int) -> None:
    """The same for a process that has no Django yet."""
    set_up(folder)
    shop(customers)


def owner(shop: Any) -> Any:
    """The user who owns the shop."""
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(username=shop.slug)


def _insert(model: Any, **columns: Any) -> list[int]:
    """Write rows given as columns (lists, or one value for all); columns not named get their defaults. Returns ids."""
    from django.db import connection

    blank, count = model(), max(len(values) for values in columns.values() if isinstance(values, list))
    first = (model.across_shops.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    given = {"id": list(range(first, first + count))} | columns
    fields = model._meta.local_concrete_fields
    names = ", ".join(f'"{field.column}"' for field in fields)
    cells = [_cells(field, given.get(field.attname, getattr(blank, field.attname)), count) for field in fields]
    with connection.cursor() as cursor:
        cursor.executemany(
            f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({", ".join(["%s"] * len(fields))})',
            zip(*cells, strict=True),
        )
    return given["id"]


def _cells(field: Any, values: Any, count: int) -> Any:
    from django.db import connection

    ready = cache(lambda value: field.get_db_prep_save(value, connection))
    if not isinstance(values, list):
        return repeat(field.get_db_prep_save(values, connection), count)
    return values if isinstance(values[0], (int, str)) else [ready(value) for value in values]


def _make(slug: str, customers: int) -> Any:
    from django.contrib.auth import get_user_model

    from setia.core.scope import open_shop
    from setia.shops import actions

    dice = np.random.default_rng(customers)
    user = get_user_model().objects.create(username=slug, password="!")
    shop = actions.open_new_shop(name="Bench", slug=slug, user_id=user.pk, owner_name="Bench")
    with open_shop(shop):
        actions.finish_setup()
        actions.change_shop(district=PLACES[0])
        ids = _people(shop, customers, dice)
        variants = _catalogue(shop)
        _purchases(shop, ids, variants, dice)
        _promises(shop, ids, variants)
    return shop


def _people(shop: Any, customers: int, dice: Any) -> list[int]:
    from setia.core.models import Event
    from setia.customers import events, rules
    from setia.customers.actions import indexing
    from setia.customers.models import Consent, Customer, Identity, Note, Occasion

    now = shop.now()
    names = [f"{TITLES[n % 7]} {FIRST[n // 7 % 15]} {SECOND[n // 105 % 10]}" for n in range(customers)]
    since = [now - timedelta(days=n % DAYS) for n in range(customers)]
    ids = _insert(
        Customer,
        display_name=names,
        name_key=[rules.name_key(name) for name in names],
        district=[PLACES[n] for n in dice.integers(10, size=customers).tolist()],
        kind=["reseller" if n % 57 == 40 else "end" for n in range(customers)],
        created_at=since,
    )
    numbers = [f"+628{1_200_000_000 + pk * 7_919 % 1_000_000_000}" for pk in ids]
    _insert(Identity, customer_id=ids, kind="phone", value=numbers)
    for purpose in ("promotion", "occasion"):
        _insert(Consent, customer_id=[pk for pk in ids if pk % 3], purpose=purpose, state="given", how="spoken")
    born = [pk for pk in ids if not pk % 4]
    _insert(Occasion, customer_id=born, month=[pk // 4 % 12 + 1 for pk in born], day=[pk // 48 % 28 + 1 for pk in born])
    _insert(Note, customer_id=[pk for pk in ids if not pk % 10], text="Suka yang hangat dari oven.")
    system = {"actor": "system", "subject_type": "customers.customer"}
    _insert(Event, at=since, verb=events.ADDED, customer_id=ids, subject_id=ids, **system)
    for start in range(0, customers, SLICE):
        indexing.reindex(customer_ids=ids[start : start + SLICE])
    return ids


def _catalogue(shop: Any) -> list[int]:
    from setia.catalog import actions as catalog

    product = catalog.add_product(name="Bakpia")
    since = shop.today() - timedelta(days=DAYS + 30)
    return [
        catalog.add_variant(product=product, flavour=flavour, pack_size=10, price=PRICE, valid_from=since).pk
        for flavour in FLAVOURS
    ]


def _purchases(shop: Any, ids: list[int], variants: list[int], dice: Any) -> None:
    from setia.core.models import Event
    from setia.orders import events
    from setia.orders.actions import numbers, renew_summaries
    from setia.orders.models import Line, Order, Payment

    who, when = _history(len(ids), dice)
    boxes = (1 + dice.poisson(0.9, len(who))).tolist()
    totals = [count * PRICE for count in boxes]
    buyers = [ids[person] for person in who]
    dates = [shop.today() - timedelta(days=DAYS - day) for day in range(DAYS)]
    noon = shop.now().replace(hour=12, minute=0)
    moments = [noon - timedelta(days=DAYS - day) for day in range(DAYS)]
    days, at = [dates[day] for day in when], [moments[day] for day in when]
    first = numbers.take(len(who))
    made = _insert(
        Order,
        number=list(range(first, first + len(who))),
        customer_id=buyers,
        channel="counter",
        state="completed",
        due_on=days,
        total=totals,
        paid=totals,
        placed_at=at,
        completed_at=at,
        completed_on=days,
    )
    chosen = [person % len(variants) for person in who]
    _insert(
        Line,
        order_id=made,
        variant_id=[variants[n] for n in chosen],
        label=[f"Bakpia {FLAVOURS[n]} isi 10" for n in chosen],
        quantity=boxes,
        unit_price=PRICE,
        amount=totals,
    )
    _insert(Payment, order_id=made, kind="balance", method="cash", amount=totals, at=at)
    system = {"actor": "system", "subject_type": "orders.order"}
    _insert(Event, at=at, verb=events.COMPLETED, customer_id=buyers, subject_id=made, **system)
    renew_summaries()


def _history(count: int, dice: Any) -> tuple[Sequence[int], Sequence[int]]:
    """Who bought on which day, by day: own Gamma rates, exponential gaps, a chance to stay away for good after each."""
    weekly, leaves = dice.gamma(0.75, 0.4, count) + 0.012, dice.beta(0.9, 11.0, count)
    active = np.arange(count)
    at = np.where(active % 3, dice.uniform(0, DAYS - 1, count), 0.0)
    who, when = [], []
    while len(active):
        who.append(active)
        when.append(at.astype(int))
        stays = dice.random(len(active)) >= leaves[active]
        active, at = active[stays], at[stays]
        at = at + 1 + dice.exponential(7 / weekly[active])
        active, at = active[at < DAYS], at[at < DAYS]
    people, days = np.concatenate(who), np.concatenate(when)
    order = np.argsort(days, kind="stable")
    return people[order].tolist(), days[order].tolist()


def _promises(shop: Any, ids: list[int], variants: list[int]) -> None:
    """Orders for today and tomorrow, a third of them with a deposit."""
    from setia.customers.models import Customer
    from setia.orders import actions
    from setia.orders.actions import LineInput

    chosen = ids[:: max(1, len(ids) // OPEN_ORDERS)][:OPEN_ORDERS]
    for n, customer in enumerate(Customer.objects.filter(pk__in=chosen).order_by("pk")):
        actions.place(
            customer=customer,
            lines=[LineInput(variant_id=variants[n % len(variants)], quantity=2)],
            due_on=shop.today() + timedelta(days=n % 2),
            deposit=0 if n % 3 else 10_000,
        )
