"""Bringing in files: rows a second with dedupe and search index, and memory, for customers and for purchases.

Customers: 100,000 rows into an empty shop, then the same file again (all known), then taken out. Purchases: twice as
many rows of the same people, matched by number, and again. The rows come from the file; what Django, the tables and
the worker need is in the process before, so the memory is told beside what it was then.
"""

import csv
import random
import time
from pathlib import Path
from typing import Any

from bench.big import FIRST, PLACES, SECOND, TITLES
from bench.common import CUSTOMERS, home, in_another_process, line, peak_mb, set_up

ROWS_PER_SECOND = 5_000
YEAR = 365


def number(person: int) -> str:
    """A different mobile number for everybody, in one of the writings people use."""
    digits = f"81{2 + person % 7}{(person * 7919) % 100_000_000:08}"
    return (f"0{digits}", f"+62{digits}", f"0{digits[:3]}-{digits[3:7]}-{digits[7:]}")[person % 3]


def write_customers(path: Path, rows: int) -> None:
    """A file as a spreadsheet saves it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter=";")
        table.writerow(("Nama", "No HP", "Kecamatan", "Alamat", "Catatan"))
        for person in range(rows):
            name = f"{TITLES[person % 7]} {FIRST[person % 15]} {SECOND[person // 15 % 10]} {person}"
            note = "kurang manis" if person % 10 == 0 else ""
            table.writerow((name, number(person), PLACES[person % 10], f"RT {person % 9} RW 2", note))


def write_purchases(path: Path, rows: int, people: int) -> None:
    """Purchases over two years, by date, of people with numbers."""
    drawn = random.Random(7)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("customer", "phone", "date", "amount", "items"))
        for row in range(rows):
            month = 1 + row * 24 // rows
            person = drawn.randrange(people)
            day = f"{1 + row % 28:02}/{1 + (month - 1) % 12:02}/{2024 + (month - 1) // 12}"
            amount = f"{drawn.randrange(15, 200)}.000"
            table.writerow((f"Pelanggan {person}", number(person), day, amount, f"{1 + row % 4} Bakpia Keju"))


def run(folder: Path, rows: int) -> list[tuple[str, int, float, float, float]]:
    """(what, rows, seconds, peak memory before, after) of each step; the files are staged and brought in."""
    set_up(folder)
    from django.contrib.auth import get_user_model
    from django.db import transaction

    from setia import recurring  # noqa: F401 - installs the kinds of files
    from setia.core.scope import open_shop
    from setia.customers import importing as customers
    from setia.customers.importing import actions
    from setia.customers.models import ImportRun
    from setia.orders import importing as purchases
    from setia.shops import actions as shops

    with transaction.atomic():
        user = get_user_model().objects.create(username="imports", password="!")
        shop = shops.open_new_shop(name="Imports", user_id=user.pk, owner_name="Imports")
    people, log = folder / "customers.csv", folder / "purchases.csv"
    write_customers(people, rows)
    write_purchases(log, 2 * rows, rows)

    def timed(what: str, step: Any) -> tuple[str, int, float, float, float]:
        before, start = peak_mb(), time.perf_counter()
        count = step()
        return what, count, time.perf_counter() - start, before, peak_mb()

    def taken_out(run_id: int) -> int:
        actions.undo(run=ImportRun.objects.get(pk=run_id))
        actions.settle_imports()
        return ImportRun.objects.get(pk=run_id).removed

    found: list[Any] = []

    def brought(module: Any, path: Path, *, again: bool) -> int:
        summary = module.import_file(path, day_first=True)
        assert (summary.matched if again else summary.created) == summary.read, str(summary)
        found.append(summary.run_id)
        return summary.read

    with open_shop(shop):
        return [
            timed("customers", lambda: brought(customers, people, again=False)),
            timed("the same customers again", lambda: brought(customers, people, again=True)),
            timed("purchases", lambda: brought(purchases, log, again=False)),
            timed("the same purchases again", lambda: brought(purchases, log, again=True)),
            timed("purchases taken out", lambda: taken_out(found[2])),
            timed("customers taken out", lambda: taken_out(found[0])),
        ]


def main() -> None:
    """Print the table."""
    with home() as folder:
        steps = in_another_process(run, folder, CUSTOMERS)
    print(f"Files of {CUSTOMERS:,} customers and {2 * CUSTOMERS:,} purchases into SQLite")
    for what, rows, seconds, before, after in steps:
        rate, memory = rows / seconds, f"{after:.0f} MB peak (+{after - before:.0f})"
        budget = () if "out" in what else (f"{ROWS_PER_SECOND:,} rows/s", rate >= ROWS_PER_SECOND)
        line(f"{what}: {rows:,} rows, {memory}", f"{rate:,.0f} rows/s", *budget)


if __name__ == "__main__":
    main()
