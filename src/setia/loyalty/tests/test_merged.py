"""Two customers made one: points and debts are the sum of both, and taking it back is exact."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from setia.core.errors import DomainError
from setia.customers import merging
from setia.customers.models import MergeRecord
from setia.loyalty import actions, queries
from setia.loyalty.actions import ledger
from setia.loyalty.models import EntryKind
from setia.orders.credit import actions as credit
from setia.orders.credit import book
from setia.orders.models import CreditTerms

pytestmark = pytest.mark.django_db

ACTS = st.lists(
    st.tuples(
        st.sampled_from(["points", "stamps", "spend", "debt", "owe", "pay"]),
        st.sampled_from(["ratna", "siti"]),
        st.integers(1, 40),
    ),
    max_size=8,
)


def has(loyal, name: str) -> tuple[int, int, int]:
    account = queries.account_of(loyal.who(name).pk)
    if account is not None:
        for unit in ("points", "stamps"):
            assert getattr(account, unit) == sum(lot.left for lot in ledger.lots(account, unit))
    return (*loyal.balance(name), book.balance(loyal.who(name).pk))


def act(loyal, what: str, name: str, amount: int, key: str) -> None:
    person = loyal.who(name)
    if what in ("points", "stamps"):
        actions.open_balance(customer=person, key=key, **{what: amount})
    elif what == "owe":
        credit.open_balance(customer=person, amount=amount * 1_000)
    elif what == "pay":
        credit.repay(customer=person, amount=amount * 1_000)
    else:
        account = ledger.locked(ledger.account_of(person))
        if what == "debt":  # what an order brought and was spent before it was called off
            ledger.debit(account, "points", amount, kind=EntryKind.TAKE_BACK, key=key, below_zero=True)
        else:
            actions.correct(account=account, unit="points", amount=-amount, reason="x", key=key)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(plan=ACTS, taken_back_at_once=st.booleans())
def test_after_a_merge_the_sum_and_after_undo_what_was(loyal, plan, taken_back_at_once):
    with transaction.atomic():
        for number, (what, name, amount) in enumerate(plan):
            try:
                with transaction.atomic():
                    act(loyal, what, name, amount, f"k{number}")
            except DomainError:
                continue
        loyal.works()
        before = has(loyal, "ratna"), has(loyal, "siti")
        record = merging.merge(kept=loyal.who("ratna"), gone=loyal.who("siti"))
        if not taken_back_at_once:
            loyal.works()
            assert has(loyal, "ratna") == tuple(map(sum, zip(*before, strict=True)))
        merging.undo(record=MergeRecord.objects.get(pk=record.pk))
        loyal.works()
        assert (has(loyal, "ratna"), has(loyal, "siti")) == before
        transaction.set_rollback(True)


def test_agreed_terms_stay_over_the_usual_ones(loyal):
    ratna, siti = loyal.who("ratna"), loyal.who("siti")
    credit.open_balance(customer=ratna, amount=5_000)
    credit.set_terms(customer=siti, tempo_days=30, limit=200_000)
    record = merging.merge(kept=ratna, gone=siti)
    terms = CreditTerms.objects.get(customer=ratna)
    assert (terms.tempo_days, terms.limit) == (30, 200_000)
    merging.undo(record=record)
    terms.refresh_from_db()
    assert (terms.tempo_days, terms.limit) == (7, None)
    assert CreditTerms.objects.get(customer=siti).limit == 200_000
