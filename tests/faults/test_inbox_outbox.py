"""The power fails between any two steps of inbox and outbox: nothing is lost, nothing is doubled.

The house runs in processes of its own on a database of its own and talks over HTTP to the emulated WhatsApp. A process
is killed (SIGKILL) at one named point, then started again; WhatsApp repeats what was not acknowledged.
"""

import base64
import itertools
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from setia.emulator import Emulator, Settings
from setia.emulator.api import Request

ROOT = Path(__file__).parent.parent.parent
NUMBER = {
    "phone_number_id": "106500000000001",
    "waba_id": "206500000000001",
    "access_token": "access-token",
    "display_number": "+6281230004000",
}
_phones = itertools.count(6281230010000)

WEB = ("delivery.storing", "delivery.stored")
WORKER = (
    "delivery.claimed",
    "item.handled",
    "item.committed",
    "delivery.settled",
    "reaction.claimed",
    "reaction.acted",
    "reaction.settled",
    "outbox.claimed",
    "outbox.sending",
    "outbox.posted",
    "outbox.written",
    "outbox.recorded",
)

MEDIA = ("media.claimed", "media.fetched", "media.kept", "media.settled")
TEMPLATES = ("templates.claimed", "templates.listed", "templates.settled")
RECEIPTS = ("receipt.claimed", "receipt.posted", "receipt.settled")


class House:
    """The driver's end of `tests.faults.house`, and the emulated platform it talks to."""

    def __init__(self, home: Path) -> None:
        self.emulator = Emulator(
            Settings(
                webhook_url="http://shop.test/",
                phone_number_id=NUMBER["phone_number_id"],
                waba_id=NUMBER["waba_id"],
                display_phone_number=NUMBER["display_number"][1:],
                start=float(int(time.time())),
            ),
            transport=self._take,
        )
        self.bodies: list[tuple[bytes, str]] = []
        self._serving = self.emulator.serve()
        graph = self._serving.__enter__()
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "setia.settings",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "SETIA_MODE": "test",
            "SETIA_HOME": str(home),
            "SETIA_DATABASE_URL": _own_database(),
            "SETIA_WHATSAPP_GRAPH_URL": f"{graph}/v25.0",
            "SETIA_WHATSAPP_APP_SECRETS": "s3cret-app",
            "SETIA_WHATSAPP_MEDIA_HOSTS": graph.removeprefix("http://"),
            "SETIA_LOG_LEVEL": "ERROR",
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.house"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            cwd=ROOT,
            text=True,
        )
        self.order("build", **NUMBER)

    def _take(self, method: str, url: str, body: bytes, headers: dict[str, str], timeout_s: float) -> tuple[int, bytes]:
        self.bodies.append((body, headers["X-Hub-Signature-256"]))
        return 200, b""

    def order(self, do: str, fault: str = "", **options: Any) -> dict[str, Any]:
        """Have one thing done in a process of its own; with `fault`, that process dies there."""
        assert self._process.stdin and self._process.stdout
        at = self.emulator.engine.clock.now()
        print(json.dumps({"do": do, "at": at, "fault": fault, "with": options}), file=self._process.stdin, flush=True)
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        assert not answer["failed"]
        return answer

    def deliver(self, fault: str = "") -> bool:
        """The web side takes in what WhatsApp posts; what was not acknowledged is posted again. True when it died."""
        died = False
        while self.bodies:
            body, signature = self.bodies[0]
            answer = self.order("accept", fault, body=base64.b64encode(body).decode(), signature=signature)
            if answer["killed"]:
                died, fault = True, ""
                continue
            assert answer["result"] == 200
            self.bodies.pop(0)
        return died

    def go_on(self) -> None:
        """Time passes, every lease runs out, the house runs, WhatsApp tells what became of everything."""
        for _ in range(2):
            self.emulator.advance(150)
            self.deliver()
            self.order("work")

    def user(self, phone: str) -> None:
        self.emulator.engine.users.add({"phone": phone, "name": "Bu Tetangga"})

    def writes(self, phone: str, words: str, kind: str = "text") -> None:
        from setia.emulator.api import Request

        content = {"body": words} if kind == "text" else {"caption": words}
        body = json.dumps({"user": phone, "type": kind, kind: content}).encode()
        assert self.emulator.handle(Request(method="POST", path="/_emu/inbound", body=body)).status == 200

    def phone(self, phone: str) -> list[str]:
        """The words of the messages that reached a customer's phone."""
        key = self.emulator.engine.users.get(phone).key
        return [
            row.content["body"] for row in self.emulator.engine.log.all if row.user == key and row.direction == "out"
        ]

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(timeout=20)
        self._serving.__exit__(None, None, None)


def _own_database() -> str:
    """Empty: a SQLite file in the house's home. On PostgreSQL a database beside the one of the tests, made anew."""
    if not os.environ.get("SETIA_DATABASE_URL"):
        return ""
    import psycopg
    from django.db import connection

    options = connection.get_connection_params()
    name = f"{settings.DATABASES['default']['NAME']}_faults"
    options = {key: options[key] for key in ("host", "port", "user", "password") if options.get(key)}
    with psycopg.connect(dbname="postgres", autocommit=True, **options) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}"')
    user = f"{options.get('user', '')}:{options.get('password', '')}@"
    return f"postgresql://{user}:{options.get('port', '')}/{name}?host={options.get('host', '')}"


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    with django_db_blocker.unblock():
        house = House(tmp_path_factory.mktemp("house"))
    yield house
    house.close()


@pytest.fixture
def phone(house: House) -> str:
    number = str(next(_phones))
    house.user(number)
    return number


def check(house: House, phone: str, *, replies: int) -> list[dict[str, Any]]:
    """One message in, one greeting and every reply out, all of them read; nothing waits, nothing was misbehaved."""
    state = house.order("state", phone=f"+{phone}")["result"]
    inbound = [row for row in state["messages"] if row["direction"] == "in"]
    outbound = [row for row in state["messages"] if row["direction"] == "out"]
    assert [row["text"] for row in inbound] == ["Bu, keju ada?"]
    assert state["received"] == 1
    assert [row["purpose"] for row in outbound].count("greeting") == 1
    assert [row["purpose"] for row in outbound].count("reply") == replies
    assert state["waiting"] == 0 and state["problems"] == [] and state["parked"] == 0
    assert [found.kind for found in house.emulator.engine.violations.found] == []
    return outbound


@pytest.mark.parametrize("point", WEB)
def test_the_web_side_dies_while_storing(house: House, phone: str, point: str) -> None:
    house.writes(phone, "Bu, keju ada?")
    assert house.deliver(point)
    house.go_on()
    outbound = check(house, phone, replies=0)
    assert [row["status"] for row in outbound] == ["read"]
    assert len(house.phone(phone)) == 1


@pytest.mark.parametrize("point", WORKER)
def test_the_worker_dies(house: House, phone: str, point: str) -> None:
    """At every point on the way of a message in, its automatic answer out, and a member's reply out."""
    house.writes(phone, "Bu, keju ada?")
    house.deliver()
    killed = house.order("work", point)["killed"]
    house.go_on()
    house.order("reply", phone=f"+{phone}", text=f"Ada Bu {phone}")
    killed = house.order("work", point)["killed"] or killed
    house.go_on()
    assert killed, "the point was never reached"
    outbound = check(house, phone, replies=1)
    for row in outbound:
        arrived = house.phone(phone).count(row["text"])
        # Marked as being sent and killed before a byte left: nobody can know, so a person decides; never twice.
        assert (row["status"], arrived) in (("read", 1), ("unknown", 0)), row
        assert row["status"] == "read" or point.startswith("outbox.sending")


def test_what_stayed_uncertain_is_sent_by_one_press(house: House, phone: str) -> None:
    house.writes(phone, "Bu, keju ada?")
    house.deliver()
    house.go_on()
    message = house.order("reply", phone=f"+{phone}", text=f"Ada {phone}")["result"]
    assert house.order("work", "outbox.sending")["killed"]
    house.go_on()
    assert f"Ada {phone}" not in house.phone(phone)
    first = house.order("again", message=message)["result"]
    assert house.order("again", message=message)["result"] == first
    house.go_on()
    assert house.phone(phone).count(f"Ada {phone}") == 1
    check(house, phone, replies=2)


def test_statuses_are_lost_by_nobody(house: House, phone: str) -> None:
    """The worker dies again and again while statuses come in; in the end the message is read."""
    house.writes(phone, "Bu, keju ada?")
    house.deliver()
    house.go_on()
    house.order("reply", phone=f"+{phone}", text=f"Ada {phone}")
    house.order("work")
    house.emulator.advance(60)
    house.deliver()
    deaths = 0
    for point in ("delivery.claimed", "item.handled", "item.committed", "delivery.settled"):
        deaths += house.order("work", point)["killed"]
        house.emulator.advance(300)
    house.go_on()
    assert deaths == 4
    assert [row["status"] for row in check(house, phone, replies=1)] == ["read", "read"]


@pytest.mark.parametrize("point", MEDIA)
def test_a_file_is_fetched_whole_or_again(house: House, phone: str, point: str) -> None:
    house.writes(phone, "bukti transfer", "image")
    house.deliver()
    assert house.order("work", point)["killed"]
    for _ in range(3):
        house.emulator.advance(700)
        house.order("work")
    (file,) = house.order("files", phone=f"+{phone}")["result"]
    assert file["state"] == "done" and file["size"] == file["on_disk"] > 0 and file["small"]
    house.order("clear")
    assert [found.kind for found in house.emulator.engine.violations.found] == []


@pytest.mark.parametrize("point", RECEIPTS)
def test_what_a_person_read_is_told(house: House, phone: str, point: str) -> None:
    house.writes(phone, "Bu, keju ada?")
    house.deliver()
    house.go_on()
    assert house.order("read", phone=f"+{phone}")["result"]
    assert house.order("work", point)["killed"]
    house.go_on()
    key = house.emulator.engine.users.get(phone).key
    heard = [row for row in house.emulator.engine.log.all if row.user == key and row.direction == "in"]
    assert ["read" in row.statuses for row in heard] == [True]
    check(house, phone, replies=0)


@pytest.mark.parametrize("point", TEMPLATES)
def test_the_list_of_templates_is_read_in_the_end(house: House, phone: str, point: str) -> None:
    """WhatsApp said that a template is out of date; the worker dies on the way to the new list."""
    name = f"kabar_{point.partition('.')[2]}"
    row = {"name": name, "language": "id", "category": "UTILITY", "components": [{"type": "BODY", "text": "Halo ya."}]}
    answer = house.emulator.handle(Request(method="POST", path="/_emu/templates", body=json.dumps(row).encode()))
    assert answer.status == 200
    house.order("outdated")
    assert house.order("work", point)["killed"]
    house.go_on()
    house.go_on()
    assert name in house.order("templates")["result"]
    assert house.order("outdated", ask=False)["result"] == "done"


@pytest.mark.parametrize("point", ["item.handled", "item.committed", "delivery.settled"])
def test_a_run_of_messages_dies_with_its_worker(house: House, phone: str, point: str) -> None:
    """Several messages that wait are written down together, or not at all."""
    for words in ("satu", "dua", "tiga"):
        house.writes(phone, words)
    house.deliver()
    assert house.order("work", point)["killed"]
    house.go_on()
    state = house.order("state", phone=f"+{phone}")["result"]
    inbound = [row["text"] for row in state["messages"] if row["direction"] == "in"]
    assert sorted(inbound) == ["dua", "satu", "tiga"] and state["received"] == state["unread"] == 3
    assert state["waiting"] == 0 and state["problems"] == []


def test_every_named_point_is_tried() -> None:
    """A new fault point needs its test."""
    import re

    named = {
        name
        for path in (ROOT / "src" / "setia").rglob("*.py")
        for name in re.findall(r'faults\.point\("([^"]+)"\)', path.read_text("utf-8"))
    }
    from tests.faults.test_campaigns import POINTS as CAMPAIGNS

    tried = {*WEB, *WORKER, *MEDIA, *RECEIPTS, *CAMPAIGNS, *TEMPLATES}
    elsewhere = ("import.", "sale.")
    assert {name for name in named if not name.startswith(elsewhere)} == tried
