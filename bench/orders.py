"""Server time of the counter and the kitchen in a shop with a million orders: a sale, the lists of a day, the numbers.

The requests go through everything but the socket, on a SQLite file. The counter must not grow slower with the years:
beside the big shop lies one of 1,000 customers, and both are measured.
"""

import os
import time
import uuid
from collections.abc import Callable
from typing import Any

from bench import big
from bench.common import home, line, measure
from bench.phone import Phone

CUSTOMERS = int(os.environ.get("BENCH_CUSTOMERS", "130000"))
SMALL = 1_000
TIMES = int(os.environ.get("BENCH_TIMES", "60"))
# How much slower a day's work may become with the years: the open orders are as many in both shops.
GROWTH = 1.5
NIGHT_S = 20.0


def main() -> None:
    with home():
        from setia import recurring
        from setia.core.scope import open_shop
        from setia.orders import actions
        from setia.orders.models import Order

        shops = {customers: big.shop(customers) for customers in (SMALL, CUSTOMERS)}
        for shop in shops.values():
            with open_shop(shop):
                pairings, forecasts = _seconds(actions.renew_pairings), _seconds(actions.renew_forecasts)
                sums = _seconds(actions.renew_day_sums)
                orders = Order.objects.count()
        recurring.learn_sizes()
        print(f"{orders:,} orders in the shop (SQLite)")
        nights = {"what goes together": pairings, "forecast of two weeks": forecasts, "sums of two years' days": sums}
        for what, seconds in nights.items():
            line(f"night: {what}", f"{seconds:.1f} s", f"{NIGHT_S:.0f} s", seconds <= NIGHT_S)
        small = dict(_actions(shops[SMALL]))
        for what, action in _actions(shops[CUSTOMERS]):
            before, times = measure(small[what], TIMES), measure(action, TIMES)
            line(what, f"{times}", f"{GROWTH} x a small shop's", times.p50 <= GROWTH * before.p50)
            line("  the same with 1,000 customers", f"{before}")


def _seconds(action: Callable[[], Any]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def _actions(shop: Any) -> list[tuple[str, Callable[[int], None]]]:
    from setia.core.scope import open_shop
    from setia.customers.models import Customer
    from setia.orders.models import Line

    phone, base = Phone(big.owner(shop)), f"/{shop.slug}/orders/"
    with open_shop(shop):
        variant = Line.objects.exclude(variant=None).values_list("variant_id", flat=True).first()
        people = list(Customer.objects.order_by("pk").values_list("pk", flat=True)[:2_000])

    def get(path: str) -> Callable[[int], None]:
        def ask(_n: int) -> None:
            status, body = phone.get(base + path)
            assert status == 200, (path, status, body[:300])

        return ask

    def sale(named: bool) -> Callable[[int], None]:
        def sell(n: int) -> None:
            form = {f"boxes-{variant}": "2", "method": "cash", "device_key": uuid.uuid4().hex}
            form |= {"customer": str(people[n % len(people)])} if named else {}
            status, body = phone.post(f"{base}counter/", form)
            assert status == 302, body[:500]

        return sell

    return [
        ("counter: the page", get("counter/")),
        ("counter: a sale without a name", sale(named=False)),
        ("counter: a sale with a name", sale(named=True)),
        ("counter: what to say beside the basket", get(f"hints/?boxes-{variant}=2&customer={people[0]}")),
        ("kitchen: what to bake", get("kitchen/")),
        ("kitchen: labels", get("kitchen/labels/")),
        ("kitchen: what goes out", get("deliveries/")),
        ("kitchen: the board", get("pickups/")),
        ("calendar: a month", get("calendar/")),
        ("sales: thirty days", get("sales/")),
        ("sales: a year", get("sales/?days=365")),
    ]


if __name__ == "__main__":
    main()
