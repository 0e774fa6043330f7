"""A house of its own for the test that kills: builds a shop with two files, and works on them until it dies.

Orders come as JSON lines `[order, minutes, fault]` on stdin, one answer line each.
"""

import importlib
import json
import os
import sys
import traceback
from datetime import UTC, datetime, timedelta
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.db.models import Count, Sum  # noqa: E402

from setia.core import clock, faults, scope, search  # noqa: E402
from setia.core.models import Event, SearchText  # noqa: E402
from setia.customers import importing  # noqa: E402
from setia.customers.importing import actions, staging  # noqa: E402
from setia.customers.models import Customer, Identity, ImportRow, ImportRun  # noqa: E402
from setia.orders.models import Line, Order, Payment, PurchaseSummary  # noqa: E402
from setia.shops.actions import open_new_shop  # noqa: E402
from setia.shops.models import Shop  # noqa: E402

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SLUG = "kios-uji"
PEOPLE, PURCHASES = 100, 200

actions.SLICE = 30


def build() -> None:
    """An empty database, a shop, and both files begun."""
    call_command("migrate", verbosity=0)
    shop = open_new_shop(name="Kios Uji", slug=SLUG, user_id=1, owner_name="Bu Uji")
    people = [f"Orang {n},0812{4000_0000 + n},Pogalan" for n in range(PEOPLE)]
    people.insert(50, "Orang Salah,0812x,Pogalan")
    # everybody buys twice; on one day somebody buys twice for the same amount
    bought = [f"Orang {n % PEOPLE},2026-{1 + n // PEOPLE:02}-05,{20_000 + n % 7}" for n in range(PURCHASES)]
    bought += ["Orang 3,2026-05-05,50.000", "Tamu Baru,2026-05-05,10.000", "Orang 3,2026-05-05,50.000"]
    with scope.open_shop(shop):
        for kind, heading, rows in (
            ("customers", "nama,no hp,kecamatan", people),
            ("purchases", "customer,date,amount", bought),
        ):
            source = staging.folder() / f"{kind}.csv"
            source.write_text("\n".join([heading, *rows]))
            table, survey = staging.stage(source, importing.importer.IMPORTERS[kind].columns)
            run = actions.take_file(kind=kind, filename=source.name, table=table, survey=survey)
            if kind == "customers":
                actions.begin(run=run)


def begin_purchases() -> None:
    """The second file is begun when the first is done."""
    with scope.open_shop(Shop.objects.get(slug=SLUG)):
        actions.begin(run=ImportRun.objects.get(kind="purchases"))


def work() -> None:
    """What a worker does."""
    while actions.settle_imports():
        pass


def sweep() -> None:
    """What a worker does from time to time."""
    actions.forget_old_tables()


def undo() -> None:
    """Ask for the latest file that is still in to be taken out."""
    with scope.open_shop(Shop.objects.get(slug=SLUG)):
        actions.undo(run=ImportRun.objects.filter(state="done").latest("pk"))


def state() -> dict[str, Any]:
    """What the database says."""
    with scope.open_shop(Shop.objects.get(slug=SLUG)):
        sums = PurchaseSummary.objects.aggregate(Sum("orders"), Sum("spent"))
        numbers = list(Order.objects.order_by("number").values_list("number", flat=True))
        return {
            "runs": list(
                ImportRun.objects.order_by("pk").values(
                    "kind", "state", "read", "created", "matched", "rejected", "removed", "kept"
                )
            ),
            "customers": Customer.objects.count(),
            "doubled": Identity.objects.values("value").annotate(n=Count("pk")).filter(n__gt=1).count(),
            "searchable": SearchText.objects.count(),
            "found": len(search.find("customer", "orang 3")),
            "orders": Order.objects.count(),
            "numbers": [numbers[0], numbers[-1]] if numbers else [],
            "lines": Line.objects.count(),
            "payments": Payment.objects.aggregate(Sum("amount"))["amount__sum"],
            "summaries": [PurchaseSummary.objects.count(), sums["orders__sum"], sums["spent__sum"]],
            "refused": list(ImportRow.objects.filter(model="").values_list("number", flat=True)),
            "finished": Event.objects.filter(verb="import.finished").count(),
            "undone": Event.objects.filter(verb="import.undone").count(),
            "tables": len(list(staging.folder().iterdir())) - 2,
        }


def obey(order: str, minutes: int, fault: str) -> dict[str, Any]:
    """Have one thing done by a process of its own; with `fault`, it dies there by SIGKILL."""
    out, into = os.pipe()
    pid = os.fork()
    if not pid:
        os.environ["SETIA_FAULT"] = fault
        importlib.reload(faults)
        try:
            with clock.frozen(NOW + timedelta(minutes=minutes)):
                os.write(into, json.dumps(globals()[order]()).encode())
            connections.close_all()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    os.close(into)
    with os.fdopen(out, "rb") as answer:
        result = answer.read()
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return {"status": status, "result": json.loads(result) if result else None}


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(obey(*json.loads(line))), flush=True)
