"""Scoring a shop of 100,000 customers: read, summarise, fit, predict, write."""

import resource
import time

from bench.common import CUSTOMERS, big_shop, line, set_up, tear_down


def main() -> None:
    home = set_up()
    try:
        from setia.core.scope import open_shop
        from setia.segments import actions

        shop = big_shop()
        with open_shop(shop):
            start = time.perf_counter()
            said = actions.renew_scores()
            seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        print(f"Scoring {CUSTOMERS:,} customers: {said}; peak of the whole process {peak:.0f} MB")
        line("read, summarise, fit, predict, write", f"{seconds:.1f} s", "10 s", seconds <= 10)
    finally:
        tear_down(home)


if __name__ == "__main__":
    main()
