"""The reports of a shop of 100,000 customers: the night's counting, and how soon their pages open after it."""

import gzip
import time
from pathlib import Path
from typing import Any

from bench import big
from bench.common import CUSTOMERS, home, in_another_process, line, set_up

SECONDS, KILOBYTES = 1.0, 60.0
PAGES = ("reports/", "reports/way/", "reports/proof/", "reports/letter/", "reports/customers/")


def look(folder: Path, customers: int) -> dict[str, Any]:
    """Seconds of the night's counting, and of each page: seconds, bytes, bytes as they travel."""
    set_up(folder)
    from django.test import Client

    from setia.core.scope import open_shop
    from setia.desk.reports import letter, nightly
    from setia.orders import actions as orders_actions
    from setia.orders.models import Order
    from setia.segments import actions, queries

    shop = big.shop(customers)
    client = Client()
    client.force_login(big.owner(shop))
    with open_shop(shop):
        actions.renew_scores()
        actions.renew_profiles()
        orders_actions.renew_day_sums()
        nights = []
        for _ in range(2):
            start = time.perf_counter()
            nightly.renew_reports()
            nights.append(time.perf_counter() - start)
        letter.write()
        week = queries.letters()[0].week
        pages = [*PAGES, f"reports/letter/{week}/", *(f"reports/month/{queries.reports('month:')[1][6:]}/",)]
        orders = Order.objects.count()
    found = {}
    for path in pages:
        taken = []
        for _ in range(3):
            start = time.perf_counter()
            answer = client.get(f"/{shop.slug}/{path}")
            taken.append(time.perf_counter() - start)
        assert answer.status_code == 200, path
        found[path] = (max(taken), len(answer.content), len(gzip.compress(answer.content)))
    return {"nights": nights, "orders": orders, "pages": found}


def main() -> None:
    with home() as folder:
        in_another_process(big.make_in, folder, CUSTOMERS)
        found = in_another_process(look, folder, CUSTOMERS)
    print(f"Reports of {CUSTOMERS:,} customers with {found['orders']:,} orders on SQLite")
    for what, seconds in zip(("the first night, 13 months", "every other night"), found["nights"], strict=True):
        line(what, f"{seconds:.1f} s")
    for path, (seconds, size, sent) in found["pages"].items():
        kept = seconds <= SECONDS and size / 1000 <= KILOBYTES
        line(path, f"{seconds:.2f} s, {size / 1000:.0f} kB ({sent / 1000:.0f} sent)", "1 s, 60 kB", kept)


if __name__ == "__main__":
    main()
