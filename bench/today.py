"""The night's prompts for a shop of 10,000 customers, and Today as it opens in the morning."""

import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from bench import big
from bench.common import home, line, measure
from bench.phone import Phone

CUSTOMERS = 10_000
SECONDS = 2.0


def main() -> None:
    with home():
        from setia import recurring
        from setia.core import clock
        from setia.core.scope import open_shop
        from setia.segments import actions as segments
        from setia.today import actions as today
        from setia.today.models import Prompt

        shop = big.shop(CUSTOMERS)
        with open_shop(shop):
            Prompt.objects.all().delete()
            segments.renew_scores()
            recurring.learn_sizes()
            first = _seconds(today.renew_prompts)
            again = _seconds(today.renew_prompts)
            kinds: Counter[str] = Counter(Prompt.objects.values_list("kind", flat=True))
            nights = []
            for week in range(1, 49):
                with clock.frozen(clock.now() + timedelta(weeks=week)):
                    nights.append(_seconds(today.renew_prompts))
            kinds |= Counter(Prompt.objects.values_list("kind", flat=True))
            Prompt.objects.all().delete()
            today.renew_prompts()
        print(f"Prompts for {CUSTOMERS:,} customers (of a year: {dict(kinds)})")
        for what, seconds in (
            ("tonight", first),
            ("the same again", again),
            ("worst of 48 nights of a year", max(nights)),
        ):
            line(what, f"{seconds:.2f} s", f"{SECONDS:.0f} s", seconds <= SECONDS)
        phone = Phone(big.owner(shop))
        assert phone.get(f"/{shop.slug}/")[0] == 200
        line("server time of Today", str(measure(lambda n: phone.get(f"/{shop.slug}/"), 100)))


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
