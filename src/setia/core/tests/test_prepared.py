"""Reads whose SQL is kept answer what the query set would, in every shop, and refuse what cannot be kept."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from setia.core import clock, scope
from setia.core.models import Event
from setia.core.prepared import SIZES, NotPlain, prepared
from setia.core.scope import current_shop, open_shop
from setia.shops.models import Member

some_ids = st.lists(st.integers(min_value=0, max_value=40), max_size=8)


def plain(ids: list[int]) -> QuerySet[Member]:
    return Member.objects.filter(pk__in=ids).select_related("shop").order_by("pk")


kept = prepared(plain)


def neighbour(world):
    with open_shop(world.stranger_shop):
        return Member.objects.get()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(ids=some_ids)
def test_the_same_rows_as_the_query_set(world, ids):
    ids = [*ids, world.members["owner"].pk] if len(ids) % 2 else ids
    with open_shop(world.shop):
        expected = list(plain(ids))
        found = kept(ids)
    assert found == expected
    assert [member.shop.name for member in found] == [member.shop.name for member in expected]


def test_more_ids_than_any_kept_size(world):
    with open_shop(world.shop):
        assert kept([world.members["owner"].pk, *range(10_000, 10_000 + SIZES[-1])]) == [world.members["owner"]]


def test_each_shop_sees_its_own(world):
    with open_shop(world.shop):
        assert kept([world.members["owner"].pk, neighbour(world).pk]) == [world.members["owner"]]
    with open_shop(world.stranger_shop):
        assert kept([world.members["owner"].pk, neighbour(world).pk]) == [neighbour(world)]


def test_without_an_open_shop_there_are_no_rows(world):
    owner = world.members["owner"].pk
    with open_shop(world.shop):
        assert kept([owner]), "the statement is kept now"
    token = scope._scope.set(None)
    try:
        assert kept([owner]) == list(plain([owner])) == []
    finally:
        scope._scope.reset(token)


def test_one_query_like_any_other(world):
    @prepared
    def by_name(name: str, *, limit: int) -> QuerySet[Member, tuple[int, str]]:
        return Member.objects.filter(name=name).order_by("pk").values_list("pk", "name")[:limit]

    owner = world.members["owner"]
    with open_shop(world.shop):
        for _ in range(2):
            with CaptureQueriesContext(connection) as asked:
                assert by_name(owner.name, limit=1) == [(owner.pk, owner.name)]
            assert len(asked) == 1
        assert by_name(owner.name, limit=0) == []


def test_what_hangs_on_more_than_values_is_refused(world):
    @prepared
    def by_a_branch(number: int) -> QuerySet[Event]:
        return Event.objects.filter(customer_id=7) if number > 5 else Event.objects.filter(customer_id=number)

    @prepared
    def by_reckoning(number: int) -> QuerySet[Event]:
        return Event.objects.filter(customer_id=number * 2)

    @prepared
    def by_the_hour(number: int) -> QuerySet[Event]:
        return Event.objects.filter(customer_id=number, at__gte=clock.now() + number * (clock.now() - clock.now()))

    @prepared
    def by_the_shop(number: int) -> QuerySet[Event]:
        return Event.objects.filter(customer_id=number, actor=current_shop().name)

    with open_shop(world.shop):
        for refused in (by_a_branch, by_reckoning):
            with pytest.raises(NotPlain):
                refused(1)
        with pytest.raises(AttributeError):
            by_the_shop(1)


def test_stand_ins_fit_into_the_smallest_column_of_ids(world):
    """PostgreSQL keeps users by four bytes: what does not fit would be prepared as a question that finds nobody."""

    @prepared
    def user(pk: int) -> QuerySet:
        return get_user_model().objects.filter(pk=pk)

    owner = world.users["owner"]
    assert user(owner.pk) == [owner]
