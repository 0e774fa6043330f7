"""Deposits: asked for by the owner's rules, kept or given back by them; money never appears or vanishes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.core.errors import DomainError
from setia.core.models import Event
from setia.orders import actions, queries
from setia.orders.actions import LineInput
from setia.orders.models import Order, Payment
from setia.orders.rules import deposits
from setia.orders.rules.deposits import Terms

DAY = date(2026, 11, 23)
rules = st.builds(
    Terms,
    kind=st.sampled_from(["none", "percent", "amount"]),
    percent=st.integers(0, 100),
    amount=st.integers(0, 3_000_000),
    above=st.integers(0, 2_000_000),
    pay_within_days=st.integers(0, 30),
    free_until_days=st.integers(0, 30),
    kept_before=st.integers(0, 100),
    kept_after=st.integers(0, 100),
)
totals = st.integers(0, 5_000_000)


@given(rules, totals, st.integers(0, 60))
def test_what_is_asked_is_never_more_than_the_total(terms, total, ahead):
    asked = deposits.asked(terms, total, placed_on=DAY, due_on=DAY + timedelta(days=ahead))
    assert 0 <= asked.due <= total
    assert (asked.until is None) == (asked.due == 0)
    if asked.until:
        assert DAY <= asked.until <= DAY + timedelta(days=max(ahead, 0))
    if total < terms.above or terms.kind == "none":
        assert asked.due == 0
    elif terms.kind == "percent":
        assert asked.due >= total * terms.percent // 100
        assert asked.due % deposits.STEP == 0 or asked.due == total


@given(rules, totals, totals, st.integers(-10, 60))
def test_what_is_kept_and_what_goes_back_are_what_was_paid(terms, paid, due, ahead):
    split = deposits.on_calling_off(terms, paid=paid, deposit_due=due, on=DAY, due_on=DAY + timedelta(days=ahead))
    assert split.kept + split.back == paid
    assert 0 <= split.kept <= min(paid, due)
    if terms.kept_before == terms.kept_after == 0:
        assert split.kept == 0


@given(rules)
def test_rules_survive_being_kept(terms):
    assert Terms.of(terms.as_kept()) == terms


@pytest.fixture
def half(world):
    return actions.change_terms(deposit_kind="percent", deposit_percent=50, deposit_above=500_000, free_until_days=3)


def order(world, boxes=50, ahead=10, **more):
    lines = [LineInput(world.variants["keju-10"].pk, boxes)]
    return actions.place(lines=lines, due_on=world.shop.today() + timedelta(days=ahead), **more)


@pytest.mark.django_db
def test_an_order_keeps_the_rules_it_was_made_under(world, half):
    assert order(world, boxes=20).deposit_due == 0
    made = order(world)
    assert (made.deposit_due, made.deposit_until) == (600_000, world.shop.today() + timedelta(days=2))
    actions.change_terms(deposit_percent=10, kept_after=0)
    actions.change(order=made, lines=[LineInput(world.variants["keju-10"].pk, 60)])
    made.refresh_from_db()
    assert made.deposit_due == 720_000 and made.terms["kept_after"] == 100
    assert order(world).deposit_due == 120_000


@pytest.mark.django_db
def test_rules_that_cannot_be_are_refused(world):
    for wrong in ({"deposit_kind": "x"}, {"kept_before": 101}, {"deposit_kind": "amount", "deposit_amount": 0}):
        with pytest.raises(DomainError):
            actions.change_terms(**wrong)
    with pytest.raises(TypeError):
        actions.change_terms(colour="red")


@pytest.mark.django_db
def test_called_off_before_and_after_the_last_day(world, half, clock):
    owner, early, late = world.client("owner"), order(world, deposit=700_000), order(world, deposit=700_000)
    page = owner.get(world.url(f"orders/{early.pk}/"))
    assert page.context["split"] == deposits.Split(0, 700_000)
    owner.post(world.url(f"orders/{early.pk}/cancellation/"), {"refund": "700000", "refund_method": "cash"})
    early.refresh_from_db()
    assert (early.state, early.paid) == ("cancelled", 0)
    clock.forward(days=8)
    page = owner.get(world.url(f"orders/{late.pk}/"))
    assert page.context["split"] == deposits.Split(600_000, 100_000)
    assert "600,000 stays with the shop" in page.content.decode()
    owner.post(world.url(f"orders/{late.pk}/cancellation/"), {"refund": "100000", "refund_method": "transfer"})
    late.refresh_from_db()
    assert (late.paid, late.surplus) == (600_000, 600_000)
    told = Event.objects.filter(verb="order.cancelled").latest("pk").data
    assert (told["refunded"], told["kept"]) == (100_000, 600_000)
    assert sum(Payment.objects.values_list("amount", flat=True)) == 600_000


@pytest.mark.django_db
def test_the_rules_page(world):
    owner = world.client("owner")
    page = world.url("orders/terms/")
    values = {
        "deposit_kind": "percent",
        "deposit_percent": "40",
        "deposit_above": "500rb",
        "pay_within_days": "1",
        "free_until_days": "2",
        "kept_before": "0",
        "kept_after": "50",
        "delivery_fee": "10.000",
        "note_foot": "Terima kasih",
    }
    assert owner.get(page).status_code == 200
    assert owner.post(page, values | {"kept_after": "150"}).status_code == 422
    assert owner.post(page, values).status_code == 302
    terms = queries.terms()
    assert (terms.deposit_percent, terms.deposit_above, terms.kept_after) == (40, 500_000, 50)
    assert world.client("cashier").get(page).status_code == 403
    made = order(world)
    text = queries.note_text(made).replace("\xa0", " ")
    assert "Deposit: Rp 480,000 until" in text and "50% of the deposit stays" in text and text.endswith("Terima kasih")
    for paper in ("58", "80", "a4", "x"):
        shown = owner.get(world.url(f"orders/{made.pk}/note/?paper={paper}"))
        assert shown.status_code == 200 and "480,000" in shown.content.decode()
    assert Order.objects.get().deposit_due == 480_000
