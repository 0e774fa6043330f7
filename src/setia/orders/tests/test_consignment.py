"""Titip jual: goods and money never appear or vanish."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from setia.catalog import actions as catalog
from setia.core.errors import DomainError
from setia.core.events import Event
from setia.orders.consignment import actions, queries, rules
from setia.orders.consignment.rules import Move
from setia.orders.credit import book
from setia.orders.models import Line, Order, Settlement, Visit, VisitLine


@pytest.fixture
def yanti(world):
    return world.customers["yanti"]


@pytest.mark.django_db
def test_a_week_at_a_resellers(world, clock, yanti):
    """Brought on Monday, sold and taken back on Thursday, settled on Sunday on credit."""
    keju = world.variants["keju-10"]
    actions.visit(customer=yanti, moves=[Move(keju.pk, delivered=10)])
    clock.forward(days=3)
    for _twice in range(2):
        actions.visit(customer=yanti, moves=[Move(keju.pk, sold=6, returned=1, delivered=5)], device_key="tap")
    assert queries.out_there(yanti.pk) == {keju.pk: 8}
    assert queries.to_settle(yanti.pk) == 6 * 20_500
    clock.forward(days=3)
    for _twice in range(2):
        made = actions.settle(customer=yanti, method="credit", device_key="s")
    assert Settlement.objects.count() == Order.objects.count() == 1
    assert (made.order.total, made.order.balance, made.order.state, made.order.channel) == (
        123_000,
        0,
        "completed",
        "reseller",
    )
    assert book.balance(yanti.pk) == 123_000 and queries.to_settle(yanti.pk) == 0
    assert Event.objects.filter(verb="consignment.settled").count() == 1
    assert queries.out_there(yanti.pk) == {keju.pk: 8}
    with pytest.raises(DomainError):
        actions.settle(customer=yanti, method="cash")


@pytest.mark.django_db
def test_what_was_brought_now_cannot_be_sold_yet(world, yanti):
    keju = world.variants["keju-10"]
    with pytest.raises(DomainError) as refused:
        actions.visit(customer=yanti, moves=[Move(keju.pk, sold=1, delivered=5)])
    assert refused.value.field == f"v{keju.pk}"
    with pytest.raises(DomainError):
        actions.visit(customer=yanti, moves=[Move(keju.pk)])


@pytest.mark.django_db
def test_what_is_no_longer_sold_can_still_be_settled_but_not_brought(world, yanti):
    keju = world.variants["keju-10"]
    actions.visit(customer=yanti, moves=[Move(keju.pk, delivered=4)])
    catalog.retire(variant=keju)
    actions.visit(customer=yanti, moves=[Move(keju.pk, sold=3, returned=1)])
    assert queries.to_settle(yanti.pk) == 61_500 and not queries.out_there(yanti.pk)
    with pytest.raises(DomainError):
        actions.visit(customer=yanti, moves=[Move(keju.pk, delivered=1)])


@pytest.mark.django_db
def test_the_last_visit_can_be_undone_until_it_is_settled(world, yanti):
    keju = world.variants["keju-10"]
    first = actions.visit(customer=yanti, moves=[Move(keju.pk, delivered=4)])
    second = actions.visit(customer=yanti, moves=[Move(keju.pk, sold=2)])
    with pytest.raises(DomainError):
        actions.undo_visit(visit=first)
    assert actions.undo_visit(visit=second) and not actions.undo_visit(visit=second)
    assert queries.out_there(yanti.pk) == {keju.pk: 4} and not queries.to_settle(yanti.pk)
    third = actions.visit(customer=yanti, moves=[Move(keju.pk, sold=2)])
    actions.settle(customer=yanti, method="cash")
    with pytest.raises(DomainError):
        actions.undo_visit(visit=third)


moves = st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(0, 9))
acts = st.one_of(
    st.tuples(st.just("visit"), st.lists(moves, min_size=1, max_size=2)),
    st.tuples(st.just("settle"), st.sampled_from([None, "cash", "credit"])),
    st.tuples(st.just("undo")),
    st.tuples(st.just("dearer"), st.integers(18_000, 24_000)),
    st.tuples(st.just("tomorrow")),
)


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(acts, max_size=12))
def test_goods_and_money_never_appear_or_vanish(world, clock, yanti, plan):
    variants = [world.variants["keju-10"], world.variants["kumbu-hitam-10"]]
    with transaction.atomic():
        for name, *values in plan:
            try:
                with transaction.atomic():
                    if name == "visit":
                        wanted = [Move(one.pk, *numbers) for one, numbers in zip(variants, values[0], strict=False)]
                        actions.visit(customer=yanti, moves=wanted)
                    elif name == "settle":
                        actions.settle(customer=yanti, method=values[0])
                    elif name == "undo" and (last := Visit.objects.filter(undone_at=None).order_by("-pk").first()):
                        actions.undo_visit(visit=last)
                    elif name == "dearer":
                        catalog.set_price(variant=variants[0], amount=values[0], customer_kind="reseller")
                    elif name == "tomorrow":
                        clock.forward(days=1)
            except DomainError as refused:
                assert str(refused)
            rows = list(VisitLine.objects.filter(visit__undone_at=None))
            there = queries.out_there(yanti.pk)
            for one in variants:
                mine = [row for row in rows if row.variant_id == one.pk]
                brought, sold, back = (
                    sum(getattr(row, part) for row in mine) for part in ("delivered", "sold", "returned")
                )
                assert brought == sold + back + there.get(one.pk, 0)
                assert there.get(one.pk, 0) >= 0
                settled = sum(row.sold for row in mine if row.settlement_id)
                assert settled == sum(Line.objects.filter(variant=one).values_list("quantity", flat=True))
            worth = sum(row.sold * row.price for row in rows)
            invoiced = sum(Order.objects.values_list("total", flat=True))
            assert worth == invoiced + queries.to_settle(yanti.pk)
            assert invoiced == sum(Settlement.objects.values_list("amount", flat=True))
            owing = sum(order.balance for order in Order.objects.all())
            paid = sum(Order.objects.values_list("paid", flat=True))
            assert invoiced == owing + paid
        transaction.set_rollback(True)


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 50_000), st.integers(0, 9))))
def test_lines_of_a_settlement_are_what_was_sold(sold):
    lines = rules.to_settle(sold)
    assert rules.amount(lines) == sum(price * boxes for _variant, price, boxes in sold)
    assert all(boxes > 0 for boxes in lines.values())


@pytest.mark.django_db
def test_the_pages_of_a_visit(world, clock, yanti):
    keju, kumbu, cashier = world.variants["keju-10"], world.variants["kumbu-hitam-10"], world.client("cashier")
    url = world.url(f"money/consignment/{yanti.pk}/")
    assert "Yanti" in cashier.get(world.url("money/consignment/?who=yanti")).content.decode()
    values = {f"delivered-{keju.pk}": "8", "device_key": "a"}
    for _twice in range(2):
        assert cashier.post(f"{url}visits/", values, follow=True).status_code == 200
    assert Visit.objects.count() == 1
    answer = cashier.post(f"{url}visits/", {f"sold-{keju.pk}": "9", "note": "warung tutup", "device_key": "b"})
    assert answer.status_code == 422 and "warung tutup" in answer.content.decode()
    assert "More was sold" in answer.content.decode()
    clock.forward(days=1)
    cashier.post(f"{url}visits/", {f"sold-{keju.pk}": "5", f"delivered-{kumbu.pk}": "2", "device_key": "b"})
    assert "Rp 102,500" in cashier.get(url).content.decode()
    assert cashier.post(f"{url}settlements/", {"device_key": "s"}).status_code == 422
    answer = cashier.post(f"{url}settlements/", {"method": "transfer", "device_key": "s"}, follow=True)
    assert answer.redirect_chain[-1][0] == world.url(f"orders/{Order.objects.get().pk}/")
    assert Order.objects.get().paid == 102_500
    assert world.client("viewer").get(url).status_code == 403
    assert world.client("stranger").get(url).status_code == 404
    last = queries.visits(yanti.pk)[0]
    assert (
        "settlement build on this"
        in cashier.post(world.url(f"money/consignment/visits/{last.pk}/undoing/"), follow=True).content.decode()
    )
    (holder,) = queries.holders()
    assert (holder.boxes, holder.to_settle, holder.last_visit) == (5, 0, world.shop.today())
    assert holder.last_visit > world.shop.today() - timedelta(days=1)
