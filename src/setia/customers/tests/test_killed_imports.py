"""The power fails while a file comes in, and while it is taken out: no row is lost, none is doubled."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

ROOT = Path(__file__).parents[4]
PEOPLE, PURCHASES = 100, 203
AMOUNT = sum(20_000 + n % 7 for n in range(200)) + 110_000


def own_database() -> str:
    """SQLite in the home, or a fresh PostgreSQL database beside the tests' own."""
    database = settings.DATABASES["default"]
    if "postgresql" not in database["ENGINE"]:
        return ""
    import psycopg

    name = "setia_killed_imports"
    place = {key: str(database[field]) for key, field in (("host", "HOST"), ("port", "PORT")) if database[field]}
    with psycopg.connect(
        dbname="postgres", user=database["USER"], password=database["PASSWORD"], autocommit=True, **place
    ) as c:
        c.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        c.execute(f'CREATE DATABASE "{name}"')
    port = f":{place['port']}" if "port" in place else ""
    return f"postgresql://{database['USER']}:{database['PASSWORD']}@{port}/{name}?host={place.get('host', '')}"


class House:
    """Gives orders to `import_house`; ten minutes pass between two of them, longer than any lease."""

    def __init__(self, home: Path) -> None:
        self.minutes = 0
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "setia.settings",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "SETIA_MODE": "test",
            "SETIA_HOME": str(home),
            "SETIA_DATABASE_URL": own_database(),
        }
        command = [sys.executable, "-m", "setia.customers.tests.import_house"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, cwd=ROOT, text=True
        )

    def run(self, order: str, fault: str = "") -> dict[str, Any]:
        """Have something done; with `fault`, by a process that dies there."""
        assert self.process.stdin and self.process.stdout
        self.minutes += 10
        print(json.dumps([order, self.minutes, fault]), file=self.process.stdin, flush=True)
        answer = json.loads(self.process.stdout.readline())
        assert answer["status"] == (-signal.SIGKILL if fault else 0), (order, fault)
        return answer["result"] or {}

    def close(self) -> None:
        """The end of the house."""
        self.process.communicate()


@pytest.fixture
def house(tmp_path: Path, db: None) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.close()


def test_a_worker_killed_at_every_step(house):
    house.run("build")
    for fault in ("import.slice.written:1", "import.slice.written:2", "import.slice:1", "import.finished"):
        house.run("work", fault)
    house.run("work")
    people = house.run("state")
    assert people["runs"][0] | {"kind": ""} == {
        "kind": "", "state": "done", "read": PEOPLE + 1, "created": PEOPLE, "matched": 0, "rejected": 1, "removed": 0,
        "kept": 0,
    }  # fmt: skip
    assert people["customers"] == people["searchable"] == PEOPLE
    assert people["doubled"] == 0 and people["refused"] == [52] and people["found"] == 11
    assert people["finished"] == 1

    house.run("begin_purchases")
    for fault in ("import.slice:1", "import.slice.written:1", "import.slice.written:3", "import.slice:4"):
        house.run("work", fault)
    house.run("work")
    bought = house.run("state")
    assert bought["runs"][1]["created"] == bought["orders"] == bought["lines"] == PURCHASES
    assert bought["runs"][1]["matched"] == bought["runs"][1]["rejected"] == 0
    assert bought["numbers"] == [1, PURCHASES], "numbers of orders have no gap"
    assert bought["payments"] == AMOUNT and bought["summaries"] == [PEOPLE + 1, PURCHASES, AMOUNT]
    assert bought["customers"] == PEOPLE + 1 and bought["finished"] == 2

    for _run in range(2):
        house.run("undo")
        for fault in ("import.undo.written:1", "import.undo:1", "import.undo.written:2"):
            house.run("work", fault)
        house.run("work")
    left = house.run("state")
    assert [(run["state"], run["removed"], run["kept"]) for run in left["runs"]] == [
        ("undone", PEOPLE, 0),
        ("undone", PURCHASES + 1, 0),
    ]
    assert left["customers"] == left["orders"] == left["searchable"] == 0 and left["payments"] is None
    assert left["summaries"] == [0, None, None] and left["undone"] == 2
    assert left["tables"] == 1, "the kill after the end of the run left its file"
    house.minutes += 8 * 24 * 60
    house.run("sweep")
    assert house.run("state")["tables"] == 0
