"""Kasbon: what people owe is the sum of their ledger, and helpers do not see it."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from setia.core.errors import DomainError
from setia.core.events import Event
from setia.orders import actions as orders
from setia.orders.actions import LineInput
from setia.orders.credit import actions, book, queries, rules, words
from setia.orders.models import CreditEntry, Order, Payment
from setia.orders.qris import actions as qris

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
ENTRIES = st.lists(
    st.tuples(st.integers(-90_000, 90_000).filter(bool), st.none() | DAYS, st.none() | st.integers(1, 4)), max_size=25
)


@given(ENTRIES, DAYS)
def test_open_debts_are_the_balance(rows, today):
    entries = [
        rules.Entry(n, amount, due if amount > 0 else None, order) for n, (amount, due, order) in enumerate(rows)
    ]
    debts, surplus = rules.open_debts(entries)
    assert sum(debt.open for debt in debts) - surplus == rules.balance(entries)
    originals = {entry.id: entry.amount for entry in entries}
    assert all(0 < debt.open <= originals[debt.entry_id] for debt in debts)
    assert surplus >= 0 and not (surplus and debts)
    assert 0 <= rules.overdue(debts, today) <= sum(debt.open for debt in debts)


def test_the_earliest_due_is_paid_first_and_goods_back_lessen_their_own_order():
    day = date(2026, 11, 1)
    entries = [
        rules.Entry(1, 50_000, day + timedelta(days=9), 7),
        rules.Entry(2, 30_000, day, 8),
        rules.Entry(3, -20_000, None, 7),
        rules.Entry(4, -40_000),
    ]
    debts, surplus = rules.open_debts(entries)
    assert [(debt.entry_id, debt.open) for debt in debts] == [(1, 20_000)] and not surplus


@pytest.fixture
def on_credit(world):
    """Bu Ratna took two boxes of cheese on credit: 48.000."""
    return orders.sell(
        lines=[LineInput(world.variants["keju-10"].pk, 2)], customer=world.customers["ratna"], method="credit"
    )


@pytest.mark.django_db
def test_a_sale_on_credit_is_a_debt_with_a_day(world, on_credit):
    ratna, today = world.customers["ratna"], world.shop.today()
    debtor = queries.debtor(ratna, today)
    assert (on_credit.balance, debtor.balance, debtor.overdue) == (0, 48_000, 0)
    assert debtor.first_due == today + timedelta(days=7)
    event = Event.objects.get(verb="credit.owed")
    assert event.data["amount"] == 48_000 and event.customer_id == ratna.pk
    orders.undo_sale(order=on_credit)
    assert queries.debtor(ratna, today).balance == 0 and CreditEntry.objects.count() == 2


@pytest.mark.django_db
def test_parts_are_paid_once_each_and_never_more_than_is_owed(world, on_credit):
    ratna = world.customers["ratna"]
    for _twice in range(2):
        actions.repay(customer=ratna, amount=20_000, device_key="tap")
    assert book.balance(ratna.pk) == 28_000
    with pytest.raises(DomainError) as refused:
        actions.repay(customer=ratna, amount=28_001)
    assert refused.value.field == "amount"
    slip = actions.repay(customer=ratna, amount=28_000, method="transfer")
    for _twice in range(2):
        actions.take_back(entry=slip)
    assert book.balance(ratna.pk) == 28_000 == queries.total_owed()
    actions.let_go(customer=ratna, amount=28_000, note="tetangga")
    assert not queries.debtors(world.shop.today())
    with pytest.raises(DomainError):
        actions.take_back(entry=CreditEntry.objects.order_by("pk").first())


@pytest.mark.django_db
def test_limits_names_and_deposits(world):
    keju, siti = world.variants["keju-10"], world.customers["siti"]
    actions.set_terms(customer=siti, tempo_days=14, limit=50_000)
    lines = [LineInput(keju.pk, 2)]
    orders.sell(lines=lines, customer=siti, method="credit")
    for refused in (
        lambda: orders.sell(lines=lines, customer=siti, method="credit"),
        lambda: orders.sell(lines=lines, method="credit"),
        lambda: orders.place(
            lines=lines, due_on=world.shop.today(), customer=siti, deposit=1_000, deposit_method="credit"
        ),
    ):
        before = Order.objects.count()
        with pytest.raises(DomainError), transaction.atomic():
            refused()
        assert Order.objects.count() == before
    assert queries.debtor(siti, world.shop.today()).first_due == world.shop.today() + timedelta(days=14)


@pytest.mark.django_db
def test_money_goes_back_only_where_it_came_from(world, on_credit):
    with pytest.raises(DomainError):
        orders.record_payment(order=on_credit, amount=10_000, kind="refund", method="cash")
    cash = orders.sell(lines=[LineInput(world.variants["keju-10"].pk, 1)], customer=world.customers["siti"])
    with pytest.raises(DomainError):
        orders.record_payment(order=cash, amount=1_000, kind="refund", method="credit")


acts = st.one_of(
    st.tuples(st.just("sell"), st.integers(1, 3), st.sampled_from(["credit", "cash"])),
    st.tuples(st.just("pay"), st.integers(1, 90_000)),
    st.tuples(st.just("owe"), st.integers(1, 90_000)),
    st.tuples(st.just("let_go"), st.integers(1, 50_000)),
    st.tuples(st.just("take_back"), st.integers(0, 9)),
    st.tuples(st.just("refund"), st.integers(1, 60_000), st.sampled_from(["credit", "cash"])),
    st.tuples(st.just("undo"), st.integers(0, 9)),
    st.tuples(st.just("tomorrow")),
)


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(acts, st.integers(0, 1)), max_size=12))
def test_every_balance_equals_its_ledger(world, clock, plan):
    """Whatever is done: balance = ledger = open debts; what orders put on credit is what the ledger says of them."""
    people = [world.customers["ratna"], world.customers["yanti"]]
    keju = world.variants["keju-10"]
    with transaction.atomic():
        for (name, *values), which in plan:
            one, sold = people[which], list(Order.objects.order_by("pk"))
            entries = list(CreditEntry.objects.order_by("pk"))
            try:
                with transaction.atomic():
                    if name == "sell":
                        orders.sell(lines=[LineInput(keju.pk, values[0])], customer=one, method=values[1])
                    elif name == "pay":
                        actions.repay(customer=one, amount=values[0])
                    elif name == "owe":
                        actions.open_balance(customer=one, amount=values[0])
                    elif name == "let_go":
                        actions.let_go(customer=one, amount=values[0])
                    elif name == "tomorrow":
                        clock.forward(days=1)
                    elif name == "take_back" and entries:
                        actions.take_back(entry=entries[values[0] % len(entries)])
                    elif name == "refund" and sold:
                        orders.record_payment(order=sold[-1], amount=values[0], method=values[1], kind="refund")
                    elif name == "undo" and sold:
                        orders.undo_sale(order=sold[values[0] % len(sold)])
            except DomainError as refused:
                assert str(refused)
            for person in people:
                debtor = queries.debtor(person, world.shop.today())
                ledger = sum(CreditEntry.objects.filter(customer=person).values_list("amount", flat=True))
                assert debtor.balance == ledger == book.balance(person.pk)
                assert sum(debt.open for debt in debtor.debts) == max(0, ledger)
            booked = sum(Payment.objects.filter(method="credit").values_list("amount", flat=True))
            of_orders = CreditEntry.objects.filter(payment__isnull=False)
            assert booked == sum(of_orders.values_list("amount", flat=True)) >= 0
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_the_pages_from_debt_to_paid(world, on_credit):
    ratna, owner = world.customers["ratna"], world.client("owner")
    url = world.url(f"money/credit/{ratna.pk}/")
    assert "Rp 48,000" in owner.get(world.url("money/credit/")).content.decode()
    page = owner.get(url).content.decode()
    assert "https://wa.me/6281230004001?text=" in page
    values = {"amount": "18rb", "method": "cash", "device_key": "tap"}
    for _twice in range(2):
        assert owner.post(f"{url}payments/", values, follow=True).status_code == 200
    assert book.balance(ratna.pk) == 30_000
    answer = owner.post(f"{url}payments/", values | {"amount": "99rb", "note": "titip", "device_key": "b"})
    assert (
        answer.status_code == 422
        and "titip" in answer.content.decode()
        and "more than is owed" in answer.content.decode()
    )
    owner.post(f"{url}opening/", {"amount": "25rb", "due_on": "2026-11-01", "device_key": "c"})
    owner.post(f"{url}terms/", {"tempo_days": "30", "limit": "500rb"})
    owner.post(f"{url}letting-go/", {"amount": "1000", "device_key": "d"})
    assert (book.balance(ratna.pk), queries.terms_of(ratna.pk).limit) == (54_000, 500_000)
    assert queries.debtor(ratna, world.shop.today()).overdue == 6_000
    assert owner.get(world.url("money/")).status_code == 200
    entry = CreditEntry.objects.get(kind="opening")
    owner.post(world.url(f"money/credit/entries/{entry.pk}/taking-back/"))
    assert book.balance(ratna.pk) == 29_000


@pytest.mark.django_db
def test_helpers_see_nothing_of_it(world, on_credit):
    ratna = world.customers["ratna"]
    for role in ("cashier", "chat", "viewer"):
        client = world.client(role)
        for path in ("money/", "money/credit/", f"money/credit/{ratna.pk}/", "money/till/"):
            assert client.get(world.url(path)).status_code == 403
        menu = client.get(world.url("menu/")).content.decode()
        assert world.url("money/credit/") not in menu
        assert "48,000 owed" not in client.get(world.url(f"customers/{ratna.pk}/")).content.decode()


@pytest.mark.django_db
def test_the_reminder_is_polite_and_says_how_to_pay(world, clock, on_credit):
    qris.add_account(kind="bank", name="BRI", number="0012-01-000123-50-1", holder="Harti")
    ratna = world.customers["ratna"]
    text = words.reminder(queries.debtor(ratna, world.shop.today()))
    assert text.startswith("Halo Bu Ratna") and "Rp48.000" in text and "BRI 0012-01-000123-50-1 (Harti)" in text
    clock.forward(days=9)
    late = words.reminder(queries.debtor(ratna, world.shop.today()))
    assert late != text and "30 November" in late


@pytest.mark.django_db
def test_who_owes_what_asks_as_much_of_ten_as_of_two(world, django_assert_num_queries):
    for n, person in enumerate(world.customers.values()):
        actions.open_balance(customer=person, amount=1_000 * (n + 1))
    with django_assert_num_queries(4):
        assert len(queries.debtors(world.shop.today())) == len(world.customers)
