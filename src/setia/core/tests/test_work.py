"""Leases, reactions and wake-ups: what must happen happens once, whoever dies."""

from datetime import timedelta

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from setia.core import events, scope, tasks, work
from setia.core.models import Event, Reaction
from setia.core.work import WorkState
from setia.shops import events as shop_verbs

heard: list[int] = []


def listen(*, event):
    """A listener for these tests: leaves an event of its own, so that a rollback can be seen."""
    heard.append(event.pk)
    events.record(shop_verbs.CHANGED, data={"heard": event.pk})


def stumble(*, event):
    """A listener that always fails."""
    events.record(shop_verbs.CHANGED, data={"stumbled": event.pk})
    raise RuntimeError("stumbled")


@pytest.fixture
def reacting():
    """These tests' own list of reactions, the house's afterwards."""
    from setia import reactions

    heard.clear()
    events.install({shop_verbs.OPENED: [listen], shop_verbs.MEMBER_JOINED: [stumble]})
    yield
    events.install(reactions.REACTIONS)


def waiting():
    return Reaction.objects.filter(work_state=WorkState.WAITING)


def test_an_event_wakes_its_listener_once(world, reacting):
    event = events.record(shop_verbs.OPENED, subject=world.shop)
    assert waiting().count() == 1
    assert DBTaskResult.objects.ready().count() == 1
    assert events.settle_reactions() == 1
    assert events.settle_reactions() == 0
    assert heard == [event.pk]
    assert Event.objects.filter(data={"heard": event.pk}).count() == 1


def test_events_and_reactions_are_one_with_the_change(world, reacting):
    with pytest.raises(RuntimeError), transaction.atomic():
        events.record(shop_verbs.OPENED, subject=world.shop)
        raise RuntimeError
    assert not waiting().exists()


def test_a_listener_that_fails_leaves_nothing_and_is_tried_again_later(world, reacting, clock):
    event = events.record(shop_verbs.MEMBER_JOINED, subject=world.members["owner"])
    for attempt in range(1, events.GIVE_UP_AFTER + 1):
        assert events.settle_reactions() == 1
        assert not Event.objects.filter(data={"stumbled": event.pk}).exists()
        row = Reaction.objects.get(event=event)
        assert row.attempts == attempt
        assert events.settle_reactions() == 0, "not before its time"
        clock.forward(hours=2)
    row.refresh_from_db()
    assert row.work_state == WorkState.FAILED and "stumbled" in row.error


def test_a_dead_workers_row_is_taken_up_when_its_lease_is_over(world, reacting, clock):
    events.record(shop_verbs.OPENED, subject=world.shop)
    (dead,) = work.claim(Reaction.objects.all(), limit=5)
    assert events.settle_reactions() == 0
    clock.forward(seconds=work.LEASE.total_seconds() + 1)
    assert events.settle_reactions() == 1
    assert not work.finish(dead), "the dead worker's word no longer counts"


def test_two_workers_never_hold_the_same_row(world, reacting):
    for _ in range(6):
        events.record(shop_verbs.OPENED, subject=world.shop)
    first = work.claim(Reaction.objects.all(), limit=4)
    second = work.claim(Reaction.objects.all(), limit=4)
    assert len(first) == 4 and len(second) == 2
    assert not {row.pk for row in first} & {row.pk for row in second}


def test_ends_of_a_claim(world, reacting, clock):
    for _ in range(3):
        events.record(shop_verbs.OPENED, subject=world.shop)
    done, again, never = work.claim(Reaction.objects.all(), limit=3)
    assert work.finish(done) and work.retry(again, "busy", after=timedelta(minutes=1)) and work.give_up(never, "no")
    assert not work.finish(done)
    assert work.claim(Reaction.objects.all(), limit=3) == []
    clock.forward(minutes=2)
    assert [row.pk for row in work.claim(Reaction.objects.all(), limit=3)] == [again.pk]


def test_wake_ups_do_not_pile_up(world, reacting):
    for _ in range(5):
        tasks.wake("reactions")
    assert DBTaskResult.objects.ready().count() == 1
    with pytest.raises(LookupError):
        tasks.wake("no such queue")


def test_an_undeclared_verb_is_refused(world):
    with pytest.raises(LookupError):
        events.record("shop.exploded")


def test_rows_of_another_shop_are_out_of_reach(world, reacting):
    events.record(shop_verbs.OPENED, subject=world.shop)
    with scope.open_shop(world.stranger_shop):
        assert not Event.objects.filter(verb=shop_verbs.CHANGED).exists()
        assert not waiting().exists()


@pytest.mark.parametrize("attempts", range(1, 14))
def test_backoff_grows_and_ends(attempts):
    assert timedelta(seconds=1) <= work.backoff(attempts) <= timedelta(hours=1)
