"""Webhooks: acknowledgement and intake through the real web process, with the worker beside it, over HTTP on loopback.

Beside them what SQLite alone can do on this disk: one durable commit (synchronous=FULL) after the other.
"""

import hashlib
import hmac
import http.client
import json
import multiprocessing
import os
import socket
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

from bench.common import home, line

MESSAGES = int(os.environ.get("BENCH_MESSAGES", "3000"))
CONNECTIONS = 8
WARM = 200
ACKNOWLEDGE_MS = 50.0
INTAKE = 500.0
SECRET, NUMBER, ACCOUNT, SHOP_NUMBER = "bench-secret", "106500000000001", "206500000000001", "6281230004000"


def commits(folder: Path, seconds: float = 3.0) -> float:
    """Durable commits per second of SQLite alone, one row each."""
    database = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (body BLOB)")
    body, count, end = os.urandom(700), 0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        database.execute("INSERT INTO t VALUES (?)", (body,))
        count += 1
    database.close()
    return count / seconds


def envelope(field: str, value: dict[str, Any]) -> bytes:
    """One signed thing, as bytes."""
    metadata = {"display_phone_number": SHOP_NUMBER, "phone_number_id": NUMBER}
    change = {"field": field, "value": {"messaging_product": "whatsapp", "metadata": metadata, **value}}
    return json.dumps({"object": "whatsapp_business_account", "entry": [{"id": ACCOUNT, "changes": [change]}]}).encode()


def message(n: int) -> dict[str, Any]:
    """A customer's words; forty customers take turns."""
    return {
        "from": f"62812300{n % 40:05d}",
        "id": f"wamid.BENCH{n}",
        "timestamp": str(int(time.time())),
        "type": "text",
        "text": {"body": f"Bu, pesan keju {n} kotak nggih"},
    }


def contacts(n: int) -> list[dict[str, Any]]:
    return [{"profile": {"name": f"Bu Pelanggan {n % 40}"}, "wa_id": f"62812300{n % 40:05d}"}]


def post(port: int, bodies: list[bytes], taken: list[float]) -> None:
    """One connection of WhatsApp's: the bodies one after the other."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for body in bodies:
        signature = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        start = time.perf_counter()
        connection.request(
            "POST",
            "/webhooks/whatsapp/",
            body,
            {"Content-Type": "application/json", "X-Hub-Signature-256": signature},
        )
        answer = connection.getresponse()
        answer.read()
        taken.append(time.perf_counter() - start)
        assert answer.status == 200, answer.status
    connection.close()


def acknowledge(port: int, bodies: list[bytes]) -> tuple[float, float, float]:
    """(messages per second, p50 ms, p99 ms) with several connections at once."""
    taken: list[float] = []
    threads = [threading.Thread(target=post, args=(port, bodies[n::CONNECTIONS], taken)) for n in range(CONNECTIONS)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - start
    taken.sort()
    return len(bodies) / seconds, taken[len(taken) // 2] * 1000, taken[int(len(taken) * 0.99)] * 1000


def web(port: int) -> None:
    from setia import service

    service.web("127.0.0.1", port)


def worker() -> None:
    from setia import worker

    worker.run()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit("The web process did not start.")


def settled() -> int:
    from setia.conversations.models import WebhookDelivery

    return WebhookDelivery.objects.exclude(work_state="waiting").count()


def until_settled(count: int) -> float:
    """Seconds until the worker has settled `count` deliveries in all."""
    start = time.perf_counter()
    while settled() < count:
        time.sleep(0.1)
    return time.perf_counter() - start


def shop() -> None:
    """A shop with a number and without automatic answers, so that only intake is measured."""
    from django.contrib.auth import get_user_model

    from setia.conversations import actions
    from setia.core.scope import open_shop
    from setia.shops import actions as shops

    user = get_user_model().objects.create(username="bench", password="!")
    made = shops.open_new_shop(name="Toko Ukur", user_id=user.pk, owner_name="Ukur")
    with open_shop(made):
        actions.connect_number(
            phone_number_id=NUMBER, waba_id=ACCOUNT, access_token="x", display_number=f"+{SHOP_NUMBER}"
        )
        for trigger in ("greeting", "price_list"):
            actions.change_auto_reply(trigger=trigger, enabled=False, text="", text_english="")


def history(count: int) -> bytes:
    """One body of nearly three megabytes with `count` older messages."""
    words = "Bu, pesan bakpia keju dan kacang hijau untuk arisan, diambil sore nggih. " * 8
    said = [
        {
            "from": f"62812300{n % 40:05d}",
            "id": f"wamid.PAST{n}",
            "timestamp": str(int(time.time()) - 86_400 - n),
            "type": "text",
            "text": {"body": words},
            "history_context": {"status": "READ"},
        }
        for n in range(count)
    ]
    threads = [
        {"id": f"62812300{n:05d}", "context": {"wa_id": f"62812300{n:05d}"}, "messages": said[n::40]} for n in range(40)
    ]
    return envelope("history", {"history": [{"metadata": {"phase": 1}, "threads": threads}]})


def main() -> None:
    os.environ["SETIA_WHATSAPP_APP_SECRETS"] = SECRET
    with home() as folder:
        shop()
        bare = commits(folder)
        from django.db import connections

        connections.close_all()
        fork, port = multiprocessing.get_context("fork"), free_port()
        serving = fork.Process(target=web, args=(port,))
        serving.start()
        working = fork.Process(target=worker)
        try:
            wait_for(port)
            measure(fork, port, working, bare)
        finally:
            for process in (serving, working):
                if process.pid:
                    process.terminate()
                    process.join()


def measure(fork: Any, port: int, working: Any, bare: float) -> None:
    bodies = [envelope("messages", {"messages": [message(n)], "contacts": contacts(n)}) for n in range(2 * MESSAGES)]
    post(port, [b"{}"], [])
    print(f"Webhooks over HTTP, {CONNECTIONS} connections, {MESSAGES:,} messages, SQLite with durable commits")
    line("SQLite alone, one commit after the other", f"{bare:,.0f} commits/s")
    rate, p50, p99 = acknowledge(port, bodies[:MESSAGES])
    line(
        "one message a request, worker asleep",
        f"{rate:,.0f}/s ({rate / bare:.0%} of SQLite)",
        f"{INTAKE:.0f}/s",
        rate >= INTAKE,
    )
    line(
        "  acknowledged in, p50 / p99",
        f"{p50:.1f} / {p99:.1f} ms",
        f"p99 {ACKNOWLEDGE_MS:.0f} ms",
        p99 <= ACKNOWLEDGE_MS,
    )
    working.start()
    # A worker that has just begun still reads its own code; a shop's has been up for days.
    until_settled(WARM)
    rate, p50, p99 = acknowledge(port, bodies[MESSAGES:])
    line(
        "the same with the worker at work",
        f"{rate:,.0f}/s ({rate / bare:.0%} of SQLite)",
        f"{INTAKE:.0f}/s",
        rate >= INTAKE,
    )
    line(
        "  acknowledged in, p50 / p99",
        f"{p50:.1f} / {p99:.1f} ms",
        f"p99 {ACKNOWLEDGE_MS:.0f} ms",
        p99 <= ACKNOWLEDGE_MS,
    )
    before = settled()
    seconds = until_settled(2 * MESSAGES + 1)
    line("worker: split, identify, write down", f"{(2 * MESSAGES + 1 - before) / max(seconds, 0.1):,.0f} messages/s")
    batch = [message(10 * MESSAGES + n) for n in range(1000)]
    taken: list[float] = []
    post(port, [envelope("messages", {"messages": batch})], taken)
    seconds = until_settled(2 * MESSAGES + 2)
    line("1,000 messages in one request", f"{taken[0] * 1000:.0f} ms, then {1000 / seconds:,.0f}/s")
    body = history(3600)
    post(port, [body], taken)
    seconds = until_settled(2 * MESSAGES + 3)
    line(
        f"{len(body) / 1e6:.1f} MB of history, 3,600 messages",
        f"{taken[1] * 1000:.0f} ms, then {3600 / seconds:,.0f}/s",
    )


if __name__ == "__main__":
    main()
