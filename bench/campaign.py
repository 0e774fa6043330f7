"""A campaign to 10,000 people: building it, sending it through the emulator at the number's rate, stopping it.

The worker and the emulated WhatsApp are processes of their own; the worker's memory is read while it sends.
`BENCH_SECONDS`: how long it sends before it is stopped.
"""

import multiprocessing
import os
import time
from datetime import time as clock_time
from pathlib import Path
from typing import Any

from bench import big
from bench.common import home, line
from bench.webhooks import free_port, wait_for

PEOPLE = 15_000  # of whom two in three agreed to offers
SECONDS = int(os.environ.get("BENCH_SECONDS", "60"))
BUILD_SECONDS, STOP_SECONDS, MEMORY_MB = 5.0, 1.0, 10.0
# Messages a second that WhatsApp lets a number send: one that stays in the app on the phone, and one of the API alone.
SHARED_RATE, RATE = 20.0, 80.0
NUMBER, ACCOUNT, TOKEN, SHOP_NUMBER = "106500000000001", "206500000000001", "bench-token", "6281230004000"


def emulated(port: int, phones: list[str]) -> None:
    """WhatsApp: everybody wrote this morning, so that the shop's own words may leave."""
    from setia.emulator import Emulator, Settings

    made = Emulator(
        Settings(
            webhook_url="http://shop.test/",
            token=TOKEN,
            phone_number_id=NUMBER,
            waba_id=ACCOUNT,
            display_phone_number=SHOP_NUMBER,
            realtime=True,
        ),
        transport=lambda *_posted: (200, b""),
    )
    now = made.engine.clock.now()
    for phone in phones:
        user = made.engine.users.add({"phone": phone})
        made.engine.windows.inbound(NUMBER, user.key, now, 86_400.0, referral=False)
    with made.serve(port=port):
        time.sleep(3_600)


def worker() -> None:
    from setia import worker

    worker.run()


def connected(shop: Any) -> list[int]:
    """A number, open chats with everybody who agreed, and noon: offers keep the quiet hours. Ids of the people."""
    from datetime import UTC, datetime, timedelta

    from setia.conversations import actions
    from setia.conversations.models import Conversation
    from setia.core import clock
    from setia.customers.models import Consent
    from setia.shops.models import Shop

    hours = datetime.now(UTC).hour - 12
    Shop.objects.filter(pk=shop.pk).update(timezone=f"Etc/GMT{hours:+d}" if hours else "Etc/GMT")
    channel = actions.connect_number(
        phone_number_id=NUMBER, waba_id=ACCOUNT, access_token=TOKEN, display_number=f"+{SHOP_NUMBER}"
    )
    given = Consent.objects.filter(purpose="promotion", state="given").order_by("customer_id")
    people = list(given.values_list("customer_id", flat=True))
    until = clock.now() + timedelta(hours=23)
    big._insert(
        Conversation,
        channel_id=channel.pk,
        customer_id=people,
        window_until=until,
        last_inbound_at=clock.now(),
        sorted_at=clock.now(),
    )
    return people


def memory_mb(pid: int) -> float:
    """What a process holds in memory at the moment."""
    rows = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(row.split()[1]) * 1024 / 1e6 for row in rows if row.startswith("VmRSS:"))


def gone() -> int:
    """How many messages have left."""
    from setia.conversations.models import Message

    return Message.across_shops.filter(purpose="promotion", accepted_at__isnull=False).count()


def main() -> None:
    port = free_port()
    os.environ["SETIA_WHATSAPP_GRAPH_URL"] = f"http://127.0.0.1:{port}/v25.0"
    with home():
        from setia.core.scope import open_shop
        from setia.customers.models import Identity
        from setia.segments import actions as segments
        from setia.shops.models import Shop

        shop = big.shop(PEOPLE)
        with open_shop(shop):
            people = connected(shop)
            segments.renew_scores()
            phones = [value.lstrip("+") for value in Identity.objects.values_list("value", flat=True)]
        shop = Shop.objects.get(pk=shop.pk)
        with open_shop(shop):
            row = built(people)
        from django.db import connections

        connections.close_all()
        fork = multiprocessing.get_context("fork")
        whatsapp, working = fork.Process(target=emulated, args=(port, phones)), fork.Process(target=worker)
        whatsapp.start()
        try:
            wait_for(port)
            working.start()
            with open_shop(shop):
                measure(row, working.pid)
        finally:
            for process in (working, whatsapp):
                if process.pid:
                    process.terminate()
                    process.join()


def built(people: list[int]) -> Any:
    """Write it, look ahead, begin: the audience asked for consent and numbers, drawn, predicted, written down."""
    from setia.promotions.actions import campaigns
    from setia.promotions.models import Recipient
    from setia.promotions.queries import campaigns as reads

    row = campaigns.save_campaign(
        campaign=None,
        name="Ukur",
        kind="news",
        text="Halo {name}, bakpia hangat sudah keluar dari oven. Mau disisihkan?",
        audience="people=" + ",".join(map(str, people)),
        send_from=clock_time(0),
        send_until=clock_time(0),
    )
    print(f"A campaign to {len(people):,} people")
    start = time.perf_counter()
    reads.outlook(row)
    looked = time.perf_counter() - start
    line("price, losses and detectable effect shown", f"{looked:.2f} s", f"{BUILD_SECONDS:.0f} s", looked <= 5)
    start = time.perf_counter()
    row = campaigns.start_campaign(campaign=row)
    taken = time.perf_counter() - start
    line("built: drawn, predicted, written", f"{taken:.2f} s", f"{BUILD_SECONDS:.0f} s", taken <= BUILD_SECONDS)
    held = Recipient.objects.filter(campaign=row, held=True).count()
    line("held out", f"{held:,} of {len(people):,}")
    return row


def measure(row: Any, pid: int) -> None:
    from setia.promotions.actions import campaigns

    for _ in range(600):  # until it has started, and holds what it needs
        if gone() >= 100:
            break
        time.sleep(0.1)
    else:
        raise SystemExit("Nothing is sent.")
    begun, start, seen = gone(), time.perf_counter(), [memory_mb(pid)]
    while time.perf_counter() - start < SECONDS:
        time.sleep(1)
        seen.append(memory_mb(pid))
    rate = (gone() - begun) / (time.perf_counter() - start)
    line("sent through the emulator, one worker", f"{rate:.0f}/s", f"{SHARED_RATE:.0f}/s", rate >= 0.95 * SHARED_RATE)
    line("  of what a number of the API alone may", f"{rate / RATE:.0%} of {RATE:.0f}/s")
    rise = max(seen[len(seen) // 2 :]) - max(seen[: len(seen) // 2])
    line(
        "worker's memory, first half, then at most",
        f"{max(seen[: len(seen) // 2]):.0f} MB, {rise:+.1f} MB",
        f"+{MEMORY_MB:.0f} MB",
        rise <= MEMORY_MB,
    )
    start = time.perf_counter()
    campaigns.stop_campaign(campaign=row)
    took = time.perf_counter() - start
    time.sleep(max(0.0, STOP_SECONDS - took))
    at_once = gone()
    time.sleep(5)
    after = gone() - at_once
    line("stopped in", f"{took:.2f} s, {after} left a second later", "1 s, 0", took <= STOP_SECONDS and not after)


if __name__ == "__main__":
    main()
