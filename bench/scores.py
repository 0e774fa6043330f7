"""Scoring a shop of 100,000 customers: read, summarise, fit, predict, write."""

import time
from pathlib import Path
from typing import Any

from bench import big
from bench.common import CUSTOMERS, home, in_another_process, line, peak_mb, set_up

SECONDS = 10.0
MEGABYTES = 300.0


def score(folder: Path, customers: int) -> dict[str, Any]:
    """Score the shop twice (the second night replaces rows); seconds of each, and the memory it took."""
    set_up(folder)
    from setia.core.scope import open_shop
    from setia.orders.models import Order
    from setia.segments import actions
    from setia.segments.models import Score

    shop = big.shop(customers)
    with open_shop(shop):
        Score.objects.all().delete()
        before, taken = peak_mb(), []
        for _ in range(2):
            start, cpu = time.perf_counter(), time.process_time()
            said = actions.renew_scores()
            taken.append((time.perf_counter() - start, time.process_time() - cpu))
        start = time.perf_counter()
        actions.renew_profiles()
        profiles = time.perf_counter() - start
        return {
            "said": said,
            "profiles": profiles,
            "seconds": taken,
            "before": before,
            "peak": peak_mb(),
            "orders": Order.objects.count(),
        }


def main() -> None:
    with home() as folder:
        in_another_process(big.make_in, folder, CUSTOMERS)
        found = in_another_process(score, folder, CUSTOMERS)
    print(f"Scoring {CUSTOMERS:,} customers with {found['orders']:,} orders on SQLite ({found['said']})")
    nights = ("first night", "next night, every row replaced")
    for what, (seconds, cpu) in zip(nights, found["seconds"], strict=True):
        line(what, f"{seconds:.1f} s (CPU {cpu:.1f})", f"{SECONDS:.0f} s", seconds <= SECONDS)
    line("besides: what groups ask, made anew for everybody", f"{found['profiles']:.1f} s")
    peak = found["peak"]
    line(f"peak memory ({found['before']:.0f} MB before)", f"{peak:.0f} MB", f"{MEGABYTES:.0f} MB", peak <= MEGABYTES)


if __name__ == "__main__":
    main()
