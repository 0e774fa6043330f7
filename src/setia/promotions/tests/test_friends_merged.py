"""Two who turn out to be one, in word of mouth: a friend is thanked for once, a forest stays one, undo is exact."""

import pytest
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from setia.conversations.tests import webhooks
from setia.core import tasks
from setia.core.errors import DomainError
from setia.customers import actions as customers
from setia.customers import merging
from setia.customers.models import Customer, MergeRecord
from setia.loyalty import actions as loyalty
from setia.loyalty import queries as cards
from setia.loyalty.models import Account
from setia.orders import actions as orders
from setia.orders.actions import LineInput
from setia.orders.models import Order
from setia.promotions.actions import spending
from setia.promotions.models import Referral

pytestmark = pytest.mark.django_db

WHO = ("ratna", "siti", "endah", "slamet", "yanti")


@pytest.fixture
def shop(world):
    """Points come from friends alone: no purchase is big enough to bring any."""
    loyalty.change_programme(points_on=True, referral=20, rupiah_per_point=10_000_000, resellers=True)
    spending.change_rules(reward="points")
    ids.update({name: world.customers[name].pk for name in WHO})
    # nobody of the cast is told about at first
    Customer.objects.update(referred_by=None)
    with translation.override("en"):
        yield world


def work():
    with webhooks.no_shop():
        tasks.drain("reactions")


def points() -> dict[str, int]:
    return {name: card.points for name in WHO if (card := cards.account_of(ids[name])) and card.points}


ids: dict[str, int] = {}


def act(world, what, one, other):
    person, second = (Customer.objects.get(pk=ids[name]) for name in (one, other))
    if what == "told":
        customers.change_customer(customer=person, referred_by=second)
    elif what == "buys":
        line = LineInput(world.variants["kacang-hijau-10"].pk, 1)
        orders.sell(lines=[line], customer=person)
    elif what == "undoes":
        last = Order.objects.filter(customer=person, completed_on__isnull=False).order_by("-pk").first()
        if last is not None:
            orders.undo_sale(order=last)
    elif what == "merge":
        merging.merge(kept=person, gone=second)
    else:
        record = MergeRecord.objects.filter(undone_at=None).order_by("-pk").first()
        if record is not None:
            merging.undo(record=record)


def try_to(world, *step):
    try:
        with transaction.atomic():
            act(world, *step)
    except DomainError:
        pass


def a_forest() -> None:
    above = dict(Customer.objects.values_list("pk", "referred_by_id"))
    for pk in above:
        seen, here = set(), pk
        while here is not None:
            assert here not in seen, "nobody stands above themselves"
            seen.add(here)
            here = above[here]


def one_thanks_each() -> None:
    """Every thanks that stands is on a card, and nothing else is; of nobody who is somebody else now."""
    standing = Referral.objects.filter(state="settled")
    assert len({row.friend_id for row in standing}) == len(standing)
    assert all(row.friend_id != row.teller_id for row in standing)
    assert not Referral.objects.filter(friend__merged_into__isnull=False).exists()
    assert not Referral.objects.filter(teller__merged_into__isnull=False).exists()
    assert sum(Account.objects.values_list("points", flat=True)) == sum(row.points for row in standing)


def seen() -> tuple:
    rows = Referral.objects.order_by("pk")
    thanks = list(rows.values_list("pk", "friend_id", "teller_id", "state", "reward", "points", "used_in_id"))
    return thanks, dict(Customer.objects.values_list("pk", "referred_by_id")), points()


STEPS = st.lists(
    st.tuples(st.sampled_from(["told", "told", "buys", "buys", "undoes"]), st.sampled_from(WHO), st.sampled_from(WHO)),
    max_size=9,
)
PAIR = st.tuples(st.sampled_from(WHO), st.sampled_from(WHO))


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(past=STEPS, pair=PAIR, at_once=st.booleans())
def test_taking_a_merge_back_is_exact(shop, past, pair, at_once):
    with transaction.atomic():
        for step in past:
            try_to(shop, *step)
        work()
        a_forest()
        one_thanks_each()
        before = seen()
        try_to(shop, "merge", *pair)
        if not at_once:
            work()
            a_forest()
            one_thanks_each()
        try_to(shop, "undo", *pair)
        work()
        assert seen() == before
        transaction.set_rollback(True)


ANY = st.lists(
    st.tuples(
        st.sampled_from(["told", "told", "buys", "buys", "undoes", "merge", "undo"]),
        st.sampled_from(WHO),
        st.sampled_from(WHO),
    ),
    max_size=12,
)


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(steps=ANY)
def test_in_any_sequence_a_forest_and_one_thanks_each(shop, steps):
    with transaction.atomic():
        for step in steps:
            try_to(shop, *step)
            work()
            a_forest()
            one_thanks_each()
        transaction.set_rollback(True)


def test_two_friends_who_are_one_are_thanked_for_once(shop):
    for step in (
        ("told", "siti", "ratna"),
        ("told", "endah", "slamet"),
        ("buys", "siti", "siti"),
        ("buys", "endah", "endah"),
    ):
        try_to(shop, *step)
    work()
    assert points() == {"ratna": 20, "slamet": 20}
    try_to(shop, "merge", "siti", "endah")
    work()
    assert points() == {"ratna": 20} and Referral.objects.count() == 1
    try_to(shop, "undo", "siti", "endah")
    work()
    assert points() == {"ratna": 20, "slamet": 20} and Referral.objects.count() == 2


def test_nobody_brought_themselves(shop):
    for step in (("told", "siti", "ratna"), ("buys", "siti", "siti"), ("merge", "ratna", "siti")):
        try_to(shop, *step)
        work()
    assert points() == {} and Referral.objects.get().state == "taken_back"
    try_to(shop, "undo", "ratna", "siti")
    work()
    assert points() == {"ratna": 20}


def test_what_came_since_does_not_close_a_circle(shop):
    """Siti brought Endah and Yanti told Siti; Siti is Ratna for a while, in which Endah brings Yanti."""
    for step in (("told", "endah", "siti"), ("told", "siti", "yanti"), ("told", "ratna", "slamet")):
        try_to(shop, *step)
    try_to(shop, "merge", "ratna", "siti")
    try_to(shop, "told", "yanti", "endah")
    assert Customer.objects.get(pk=ids["yanti"]).referred_by_id == ids["endah"]
    try_to(shop, "undo", "ratna", "siti")
    a_forest()
    assert Customer.objects.get(pk=ids["yanti"]).referred_by_id == ids["endah"], "what came since stays"
