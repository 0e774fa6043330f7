"""What the measurements share: a throw-away home, a big shop, percentiles, one way of printing."""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

CUSTOMERS = int(os.environ.get("BENCH_CUSTOMERS", "100000"))


def set_up() -> Path:
    """Django on an empty SQLite database in a temporary home. Returns the home; remove it with `tear_down`."""
    home = Path(tempfile.mkdtemp(prefix="setia-bench-"))
    os.environ |= {"SETIA_HOME": str(home), "SETIA_MODE": "development", "DJANGO_SETTINGS_MODULE": "setia.settings"}
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import django

    django.setup()
    from setia import prepare

    prepare.all_of_it()
    return home


def tear_down(home: Path) -> None:
    """Remove what `set_up` made."""
    shutil.rmtree(home, ignore_errors=True)


def big_shop(customers: int = CUSTOMERS) -> Any:
    """A shop with many customers, each with a phone, a search text and purchases. Returns it (with its owner's user)."""
    from django.contrib.auth import get_user_model
    from django.db import transaction

    from setia.core import search
    from setia.core.scope import open_shop
    from setia.customers.models import Customer, Identity
    from setia.orders.models import Order, PurchaseSummary
    from setia.shops import actions

    first = "Sri Siti Tini Wati Yuni Rini Dwi Eka Tri Catur Endang Sulis Murni Ratna Wening".split()
    second = "Lestari Wahyuni Rahayu Astuti Handayani Utami Pratiwi Maryati Susanti Kurnia".split()
    places = "Trenggalek Pogalan Durenan Karangan Gandusari Tugu Kampak Watulimo Tulungagung Ponorogo".split()
    with transaction.atomic():
        user = get_user_model().objects.create(username="bench", password="!")
        shop = actions.open_new_shop(name="Bench", user_id=user.pk, owner_name="Bench")
        with open_shop(shop):
            actions.finish_setup()
            today = shop.today()
            made = []
            for start in range(0, customers, 5000):
                made += Customer.objects.bulk_create(
                    Customer(
                        shop=shop,
                        display_name=f"Bu {first[n % 15]} {second[n // 15 % 10]} {n}",
                        district=places[n % 10],
                    )
                    for n in range(start, min(start + 5000, customers))
                )
            numbers = [f"+628{1200000000 + n * 7 % 1000000000}" for n in range(customers)]
            for start in range(0, customers, 5000):
                part = list(zip(made[start : start + 5000], numbers[start : start + 5000], strict=True))
                Identity.objects.bulk_create(
                    Identity(shop=shop, customer=customer, kind="phone", value=number) for customer, number in part
                )
                search.put("customer", ((c.pk, f"{c.display_name} {c.district} {number} 0{number[3:]}") for c, number in part))
                Order.objects.bulk_create(
                    Order(
                        shop=shop, number=c.pk, customer=c, channel="import", state="completed", total=40000, paid=40000,
                        due_on=today - timedelta(days=c.pk % 400), completed_at=shop.now() - timedelta(days=c.pk % 400),
                    )
                    for c, _ in part
                )  # fmt: skip
                PurchaseSummary.objects.bulk_create(
                    PurchaseSummary(
                        shop=shop, customer=c, orders=1, spent=40000,
                        first_on=today - timedelta(days=c.pk % 400), last_on=today - timedelta(days=c.pk % 400),
                    )
                    for c, _ in part
                )  # fmt: skip
    shop.owner_user = user
    return shop


def measure(action: Callable[[int], Any], times: int) -> tuple[float, float]:
    """Milliseconds p50 and p95 of `action(n)` over `times` calls, after three that do not count."""
    for n in range(3):
        action(n)
    taken = []
    for n in range(3, times + 3):
        start = time.perf_counter()
        action(n)
        taken.append((time.perf_counter() - start) * 1000)
    taken.sort()
    return taken[len(taken) // 2], taken[int(len(taken) * 0.95)]


def line(what: str, figure: str, budget: str, kept: bool | None = None) -> None:
    """One row of a report."""
    mark = "" if kept is None else "  kept" if kept else "  OVER"
    print(f"{what:<52}{figure:>26}   budget {budget}{mark}")
    sys.stdout.flush()
