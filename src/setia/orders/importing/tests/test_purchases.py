"""Past purchases from files: whose they are, once and only once, sums that add up, and the way back."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from setia.conversations.models import Message
from setia.core.models import Event, Reaction
from setia.core.tasks import drain
from setia.customers import actions as people
from setia.customers import queries as customers
from setia.customers.importing import RowProblem
from setia.customers.importing import actions as runs
from setia.customers.models import Customer, ImportRun
from setia.orders import actions
from setia.orders.importing import import_file, purchases
from setia.orders.models import Line, Order, Payment, PurchaseSummary
from setia.shops.actions import change_shop

TODAY = date(2026, 11, 23)


@pytest.fixture
def bring(world, settings, tmp_path):
    """Bring purchases in at once; the headings are ours unless `heading` says others."""
    settings.HOME = tmp_path
    change_shop(language="en")

    def bring(*rows: str, heading: str = "customer,date,amount,items"):
        path: Path = tmp_path / "penjualan.csv"
        path.write_text("\n".join([heading, *rows]), encoding="utf-8")
        with translation.override("en"):
            return import_file(path)

    return bring


def undo(summary):
    runs.undo(run=ImportRun.objects.get(pk=summary.run_id))
    drain("imports")
    return ImportRun.objects.get(pk=summary.run_id)


@pytest.mark.django_db
def test_purchases_become_completed_orders(world, bring):
    ratna = world.customers["ratna"]
    summary = bring("bu ratna wulandari,2026-10-05,76.000,2 x Bakpia Keju", "Bu Ratna Wulandari,2026-11-05,38000,")
    assert (summary.read, summary.created, summary.matched, summary.rejected) == (2, 2, 0, 0)
    first, second = Order.objects.order_by("number")
    assert (first.number, second.number) == (1, 2)
    for order in (first, second):
        assert (order.customer, order.channel, order.state) == (ratna, "import", "completed")
        assert order.balance == 0 and order.completed_on == order.due_on
        assert world.shop.day_of(order.completed_at) == order.due_on
    line = Line.objects.get(order=first)
    assert (line.label, line.quantity, line.unit_price, line.amount) == ("Bakpia Keju", 2, 38_000, 76_000)
    assert Payment.objects.get(order=first).amount == first.total == 76_000
    bought = PurchaseSummary.objects.get(customer=ratna)
    assert (bought.orders, bought.spent, bought.again_after) == (2, 114_000, 31)


@pytest.mark.django_db
def test_nobody_is_thanked_for_the_past(world, bring):
    bring("Bu Ratna Wulandari,2026-10-05,76.000,")
    heard = set(Reaction.objects.values_list("event__verb", flat=True))
    assert not {verb for verb in heard if verb.startswith(("order.", "payment.", "message."))}
    assert not Event.objects.filter(verb__startswith="order.").exists() and not Message.objects.exists()


@pytest.mark.django_db
def test_whose_purchases_they_are(world, bring):
    """By number, by exactly that name, else somebody new; one new person however they are written."""
    summary = bring(
        "0812 3000 4001,,2026-10-05,10000",
        "Nama Lain,+62 812-3000-4001,2026-10-06,10000",
        "PAK KASAN,,2026-10-06,10000",
        "Tamu Baru,,2026-10-06,10000",
        "Tamu Baru,081299991111,2026-10-07,10000",
        "0812 7777 8888,,2026-10-07,10000",
        heading="nama,no hp,tanggal,total",
    )
    assert summary.created == 6
    counted = dict(PurchaseSummary.objects.values_list("customer__display_name", "orders"))
    assert counted == {"Bu Ratna Wulandari": 2, "Pak Kasan": 1, "Tamu Baru": 2, "0812-7777-8888": 1}
    assert customers.by_identity("phone", "081299991111").display_name == "Tamu Baru"
    assert customers.find("tamu")[0].display_name == "Tamu Baru"


@pytest.mark.django_db
def test_a_name_of_several_people_is_asked_about(world, bring):
    people.add_customer(display_name="Pak Kasan", district="Tugu")
    summary = bring("Pak Kasan,2026-10-05,10000,", "Bu Ratna Wulandari,2026-10-05,10000,")
    assert (summary.created, summary.rejected) == (1, 1)
    assert "Several customers are called Pak Kasan" in summary.problems[0][1]
    assert PurchaseSummary.objects.filter(customer=world.customers["kasan"]).count() == 0


@pytest.mark.django_db
def test_the_same_purchase_twice(world, bring):
    """Twice in a file is two purchases; the file twice is the same two, and one more in it is one more."""
    row = "Bu Ratna Wulandari,2026-10-05,20.000,"
    assert bring(row, row).created == 2
    again = bring(row, row, row)
    assert (again.created, again.matched) == (1, 2)
    assert bring("bu ratna  wulandari,05/10/2026,20000,", "x,25/10/2026,1,").matched == 1
    assert PurchaseSummary.objects.get(customer=world.customers["ratna"]).orders == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Bu Siti,2026-11-24,10000,", "in the future"),
        ("Bu Siti,2026-10-05,-1,", "minus"),
        ("Bu Siti,2026-10-05,,", "amount is missing"),
        ("Bu Siti,2026-10-05,gratis,", "“gratis” cannot be taken in"),
        ("Bu Siti,2026-10-05,99.999.999.999,", "too large"),
        ("Bu Siti,,10000,", "date is missing"),
        ("Bu Siti,kemarin,10000,", "is not a date"),
        (",2026-10-05,10000,", "customer is missing"),
        ("8.12346E+10,2026-10-05,10000,", "spreadsheet has shortened"),
        (f"{'x' * 121},2026-10-05,10000,", "at most 120"),
    ],
)
def test_rows_that_cannot_be_taken_in_say_why(world, bring, row, words):
    import re

    summary = bring(row, "Bu Ratna Wulandari,2026-10-05,10000,")
    assert (summary.created, summary.rejected) == (1, 1)
    assert summary.problems[0][0] == 2 and re.search(words, summary.problems[0][1])


@pytest.mark.django_db
def test_taking_out_gives_the_sums_back(world, bring):
    ratna = world.customers["ratna"]
    bring("Bu Ratna Wulandari,2026-09-05,10000,")
    kept = PurchaseSummary.objects.values().get(customer=ratna)
    people_before = Customer.objects.count()
    summary = bring("Bu Ratna Wulandari,2026-10-05,20000,", "Tamu Baru,2026-10-05,30000,")
    assert Customer.objects.count() == people_before + 1
    run = undo(summary)
    assert (run.state, run.removed, run.kept) == ("undone", 3, 0)
    after = PurchaseSummary.objects.values().get(customer=ratna)
    assert after | {"id": 0} == kept | {"id": 0}
    assert Customer.objects.count() == people_before and Order.objects.count() == 1
    assert Payment.objects.count() == Line.objects.count() == 1


@pytest.mark.django_db
def test_taking_out_keeps_what_was_touched(world, bring):
    summary = bring(
        "Bu Ratna Wulandari,2026-10-05,20000,", "Tamu Baru,2026-10-05,30000,", "Tamu Lain,2026-10-05,30000,"
    )
    guest = Customer.objects.get(display_name="Tamu Baru")
    touched = Order.objects.get(customer=guest)
    actions.record_payment(order=touched, amount=5_000, method="cash")
    run = undo(summary)
    assert run.kept == 2, "the order, and with it its customer"
    assert list(Order.objects.all()) == [touched]
    assert (
        Customer.objects.filter(pk=guest.pk).exists() and not Customer.objects.filter(display_name="Tamu Lain").exists()
    )


@pytest.mark.django_db
def test_other_orders_go_on_counting(world, bring):
    """Numbers and sums of imports and of the day's sales follow one another."""
    ratna, variant = world.customers["ratna"], next(iter(world.variants.values()))
    sold = actions.sell(lines=[actions.LineInput(variant.pk, 1)], customer=ratna)
    bring("Bu Ratna Wulandari,2026-10-05,20000,")
    later = actions.sell(lines=[actions.LineInput(variant.pk, 1)], customer=ratna)
    assert later.number == sold.number + 2
    bought = PurchaseSummary.objects.get(customer=ratna)
    assert (bought.orders, bought.spent) == (3, 20_000 + sold.total + later.total)
    assert (bought.first_on, bought.last_on) == (date(2026, 10, 5), TODAY)


LOG = st.lists(
    st.tuples(st.integers(0, 60).map(lambda n: TODAY - timedelta(n)), st.integers(0, 90_000)), min_size=1, max_size=12
)


@given(first=LOG, second=LOG)
def test_adding_to_a_summary_is_counting_anew(first, second):
    added = purchases.add_purchases(purchases.add_purchases(None, first), second)
    assert added == purchases.add_purchases(None, first + second)
    days = sorted({day for day, _amount in first + second})
    assert added == (
        len(first + second),
        sum(amount for _day, amount in first + second),
        days[0],
        days[-1],
        (days[1] - days[0]).days if len(days) > 1 else None,
    )


@given(st.lists(st.binary(min_size=8, max_size=8), max_size=60))
def test_occurrences_count_alike_rows(rows):
    counted = purchases.Occurrences(len(rows))
    expected = [rows[:index].count(row) for index, row in enumerate(rows)]
    assert [counted.next(row) for row in rows] == expected or {bytes(8), b"\0" * 7 + b"\1"} <= set(rows)


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("3 Bakpia Keju", ("Bakpia Keju", 3)), ("2x Bakpia Keju", ("Bakpia Keju", 2)),
        ("Bakpia Keju x 2", ("Bakpia Keju", 2)),
        ("Bakpia isi 10", ("Bakpia isi 10", 1)), ("2 Keju, 1 Cokelat", ("2 Keju, 1 Cokelat", 1)), ("", ("", 1)),
        ("0 Bakpia", ("0 Bakpia", 1)), ("7000 Bakpia", ("7000 Bakpia", 1)),
    ],
)  # fmt: skip
def test_what_was_bought(text, item):
    assert purchases.item_of(text) == item


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=20), st.text(max_size=20))
def test_no_row_breaks_the_reader(customer, day, amount, items):
    from setia.customers.importing import How

    cells = {"customer": [customer], "date": [day], "amount": [amount], "items": [items]}
    with translation.override("en"):
        try:
            row = purchases.read_purchase(cells, How(today=TODAY, day_first=True))
        except RowProblem as problem:
            assert str(problem)
        else:
            assert row.day <= TODAY and row.amount >= 0 and len(row.likeness) == 8
