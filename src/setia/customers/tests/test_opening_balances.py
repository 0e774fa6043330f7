"""Points, stamps and debts that came with the file of customers: written once, taken out without a trace or a loss."""

from itertools import pairwise

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from setia.core.models import Route
from setia.core.tasks import drain
from setia.customers import rows as plain_rows
from setia.customers.importing import actions as runs
from setia.customers.models import Customer, ImportRun
from setia.loyalty import actions as loyalty
from setia.loyalty import queries as cards
from setia.orders.credit import actions as credit
from setia.orders.credit import book
from setia.orders.models import CreditEntry

pytestmark = pytest.mark.django_db

HEAD = "nama,no hp,poin,cap,utang"


@pytest.fixture(autouse=True)
def _a_programme(in_english):
    loyalty.change_programme(points_on=True, stamps_on=True, rupiah_per_point=1_000, expiry_months=12)


def undo(summary) -> ImportRun:
    runs.undo(run=ImportRun.objects.get(pk=summary.run_id))
    drain("imports")
    return ImportRun.objects.get(pk=summary.run_id)


def has(name: str) -> tuple[int, int, int]:
    """Points, stamps and what they owe."""
    pk = Customer.objects.get(display_name=name).pk
    card = cards.account_of(pk)
    return (card.points, card.stamps, book.balance(pk)) if card else (0, 0, book.balance(pk))


def everything() -> dict[str, list]:
    """All rows of the shop but the record of imports and events."""
    skipped = {"core.event", "core.reaction", "customers.importrun", "customers.importrow", "core.searchtext"}
    found = {
        model._meta.label_lower: [plain_rows.pack(row) for row in model.objects.order_by("pk")]
        for model in apps.get_models()
        if hasattr(model, "across_shops") and model._meta.label_lower not in skipped
    }
    return found | {"routes": list(Route.objects.order_by("pk").values())}


def test_they_come_with_the_people_and_go_with_them(world, bring):
    before = everything()
    rows = (HEAD, "Bu Mira,081299991111,1.200,7,125.000", "Pak Tono,,,3,", "Bu Sepi,,,,-")
    summary = bring(*rows)
    assert (summary.created, summary.rejected) == (3, 0), summary
    assert has("Bu Mira") == (1_200, 7, 125_000) and has("Pak Tono") == (0, 3, 0) and has("Bu Sepi") == (0, 0, 0)
    assert cards.card_token(Customer.objects.get(display_name="Bu Mira").pk), "their card can be shown"
    again = bring(*rows)
    assert (again.created, again.matched) == (0, 3) and has("Bu Mira") == (1_200, 7, 125_000)
    run = undo(summary)
    assert run.state == "undone" and run.kept == 0 and everything() == before


def test_known_people_get_theirs_and_another_number_is_asked_about(world, bring):
    summary = bring(HEAD, "Bu Ratna Wulandari,081230004001,10,,50.000")
    assert (summary.created, summary.matched) == (0, 1) and has("Bu Ratna Wulandari") == (10, 0, 50_000)
    other = bring(HEAD, "Bu Ratna Wulandari,081230004001,10,,60.000", "Bu Ratna Wulandari,081230004001,11,,")
    assert (other.matched, other.rejected) == (0, 2)
    assert "Rp 50,000 came from a file already" in other.problems[0][1] and "other numbers" in other.problems[1][1]
    assert has("Bu Ratna Wulandari") == (10, 0, 50_000)
    assert undo(summary).kept == 0 and has("Bu Ratna Wulandari") == (0, 0, 0)
    assert bring(HEAD, "Bu Ratna Wulandari,081230004001,4,,1.000").matched == 1
    assert has("Bu Ratna Wulandari") == (4, 0, 1_000), "and it may be brought in again"


def test_what_was_used_is_kept(world, bring):
    summary = bring(HEAD, "Bu Mira,081299991111,,,90.000", "Pak Tono,,8,,", "Bu Tari,,,2,5.000")
    credit.repay(customer=Customer.objects.get(display_name="Bu Mira"), amount=10_000)
    card = cards.account_of(Customer.objects.get(display_name="Pak Tono").pk)
    loyalty.correct(account=card, unit="points", amount=-3, reason="x", key="k")
    run = undo(summary)
    assert has("Bu Mira") == (0, 0, 80_000) and has("Pak Tono") == (5, 0, 0)
    assert not Customer.objects.filter(display_name="Bu Tari").exists()
    assert (run.removed, run.kept) == (3, 4), "of Bu Tari all three; the debt, the points and the two people stay"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Bu Mira,,²,,", "not a number of points"),
        (f"Bu Mira,,{'9' * 400},,", "not a number of points"),
        ("Bu Mira,,-5,,", "not a number of points"),
        ("Bu Mira,,,,-5000", "cannot be taken in"),
        ("Bu Mira,,,,entah", "cannot be taken in"),
        ("Bu Mira,,,,99.000.000.000.000", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_read_leaves_the_row_out(world, bring, row, words):
    summary = bring(HEAD, row)
    assert (summary.created, summary.rejected) == (0, 1) and words in summary.problems[0][1]
    assert not Customer.objects.filter(display_name="Bu Mira").exists(), "nobody is half brought in"


def test_a_programme_that_counts_none(world, bring):
    loyalty.change_programme(points_on=False, stamps_on=True)
    summary = bring(HEAD, "Bu Mira,,5,,", "Pak Tono,,,5,")
    assert (summary.created, summary.rejected) == (1, 1) and "does not count" in summary.problems[0][1]


def test_a_book_of_debts(world, bring):
    rows = ("customer,phone,jumlah", "Bu Ratna Wulandari,,125.000", ",081230004005,40.000", "Nobody,,5", ",,7")
    summary = bring(*rows, kind="credit")
    assert (summary.created, summary.rejected) == (2, 2), summary
    assert CreditEntry.objects.filter(kind="opening").count() == 2 and has("Bu Ratna Wulandari")[2] == 125_000
    assert bring(*rows, kind="credit").created == 0
    assert undo(summary).kept == 0 and not CreditEntry.objects.exists()


def test_a_slice_costs_the_same_however_long(world, bring):
    def cost(first: int, count: int) -> int:
        rows = [f"Orang {n},0812{90_000_000 + n},{n},1,{1_000 + n}" for n in range(first, first + count)]
        with CaptureQueriesContext(connection) as seen:
            bring(HEAD, *rows)
        said = [query["sql"] for query in seen.captured_queries]
        # an INSERT of more values than SQLite takes at once goes on in a second one
        heads = [sql.partition(" VALUES ")[0] for sql in said]
        return sum(not (sql.startswith("INSERT") and sql == before) for before, sql in pairwise(["", *heads]))

    # the first leaves a wake-up for the worker, which the others find waiting and do not leave again
    cost(10, 1)
    assert cost(100, 5) == cost(1_000, 50)
