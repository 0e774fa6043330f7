"""What is kept of suggestions, what it changes, and whether they helped."""

from datetime import timedelta

import pytest

from setia.core.models import Event
from setia.core.scope import open_shop
from setia.orders import actions as orders
from setia.team import actions as team
from setia.team.models import Behaviour
from setia.today import actions, queries, rules
from setia.today.actions.learning import PastPrompt
from setia.today.models import Arm, Choosing, Prompt

pytestmark = pytest.mark.django_db


def past(shop, name: str, state: str, *, days: int, arm: str = "shown", kind: str = "rhythm") -> PastPrompt:
    at = shop.world.shop.now() - timedelta(days=days)
    return PastPrompt(kind=kind, customer_id=shop.who(name).pk, at=at, state=state, arm=arm, chance=0.2)


def learned() -> dict:
    actions.learn()
    return Choosing.objects.get().learned


def test_outcomes_are_settled_when_their_days_are_over(shop):
    shop.bought("slamet", 36)
    rows = [
        past(shop, "slamet", "sent", days=40),
        past(shop, "siti", "sent", days=40),
        past(shop, "guru", "sent", days=5),
    ]
    assert actions.record_past(prompts=rows, by=shop.owner) == 3
    learned()
    found = dict(Prompt.objects.values_list("customer__display_name", "ordered"))
    assert found == {str(shop.who("slamet")): True, str(shop.who("siti")): False, str(shop.who("guru")): None}


def test_an_order_that_was_called_off_is_no_outcome(shop):
    prompt = shop.late()
    actions.send(prompt=prompt, text="Halo", by=shop.owner)
    orders.cancel(order=shop.orders("slamet"))
    shop.clock.forward(days=15)
    learned()
    assert Prompt.objects.get(pk=prompt.pk).ordered is False


def test_skipping_lowers_the_rank_of_the_kind(shop):
    before = shop.late().rank
    names = ("siti", "guru", "ratna", "endah")
    rows = [past(shop, name, "skipped", days=20 + n) for n in range(5) for name in names]
    actions.record_past(prompts=rows, by=shop.owner)
    shop.night()
    assert learned()["kinds"]["rhythm"][1] < 0.3
    assert shop.one("rhythm", "slamet").rank < before


def test_who_was_written_to_often_comes_later(shop):
    before = shop.late()
    rows = [past(shop, "slamet", "sent", days=days, kind="occasion") for days in (3, 5, 9)]
    actions.record_past(prompts=rows, by=shop.owner)
    shop.night()
    after = shop.one("rhythm", "slamet")
    assert after.rank < before.rank and after.numbers["written"] == 3
    assert "You wrote 3 times" in " ".join(queries.card(after).numbers)


def test_the_number_a_day_follows_her_own_days(shop):
    assert queries.a_day() == 10
    rows = [past(shop, "siti", "skipped", days=days) for days in range(1, 25)]
    actions.record_past(prompts=rows, by=shop.owner)
    assert learned()["a_day"] == queries.a_day() == 5


def test_the_lot_holds_back_chances_but_no_duty_and_can_be_switched_off(shop, monkeypatch):
    monkeypatch.setattr(rules, "ENOUGH_PEOPLE", 0)
    actions.begin(seed=1)
    Choosing.objects.update(held_percent=50)
    monkeypatch.setattr("setia.insight.choice.held_back", lambda *given: True)
    shop.orders("siti")
    prompt = shop.late()
    assert prompt.arm == Arm.HELD and shop.one("promise").arm == Arm.NONE
    assert not shop.shown("rhythm") and shop.shown("promise")
    assert not queries.open_of(shop.who("slamet").pk), "neither on their page"
    actions.change_choosing(held_percent=0, by=shop.owner)
    assert shop.shown("rhythm") and Event.objects.filter(verb="today.choosing_changed").count() == 1


def test_the_day_s_choice_is_marked_once(shop):
    prompt = shop.late()
    first = Prompt.objects.get(pk=prompt.pk)
    assert first.arm == Arm.SHOWN and first.offered_at is not None
    shop.tomorrow()
    assert Prompt.objects.get(pk=prompt.pk).offered_at == first.offered_at


def test_the_effect_counts_everybody_once_a_period(shop):
    assert queries.effect().lift is None
    shop.bought("slamet", 36)
    rows = [
        past(shop, "slamet", "sent", days=40),
        past(shop, "slamet", "sent", days=40, kind="occasion"),
        past(shop, "siti", "expired", days=40),
        past(shop, "guru", "expired", days=40, arm="held"),
    ]
    actions.record_past(prompts=rows, by=shop.owner)
    learned()
    effect = queries.effect()
    assert (effect.shown, effect.held) == ((2, 1), (1, 0))
    assert effect.lift and effect.lift.low < effect.lift.effect < effect.lift.high
    with open_shop(shop.world.stranger_shop):
        assert queries.effect().lift is None


def test_the_numbers_are_one_tap_away(shop):
    shop.late()
    page = shop.world.client().get(shop.world.url()).content.decode()
    assert "Why here?" in page and "order within 14 days by themselves" in page


def test_praise_and_materials_are_for_who_manages(shop):
    team.prepare()
    team.observe(
        member=shop.world.members["cashier"], behaviour=Behaviour.objects.filter(good=True).first(), by=shop.owner
    )
    shop.works()
    prompt = shop.one("staff")
    assert [card.prompt for card in queries.open_prompts(private=True)] == [prompt]
    assert not queries.open_prompts()
    client = shop.world.client("chat")
    assert client.post(shop.world.url(f"prompts/{prompt.pk}/done/")).status_code == 404
    page = shop.world.client().get(shop.world.url()).content.decode()
    assert shop.world.url(f"team/members/{shop.world.members['cashier'].pk}/") in page


def test_an_unusually_big_order_is_thanked_for_the_day_after(shop):
    shop.bought("guru", 30, 20, 10, 9, 8, 7)
    shop.bought("siti", 2, boxes=30)
    actions.renew_prompts()
    prompt = shop.one("thanks")
    assert prompt.customer == shop.who("siti") and "thank you" in prompt.draft
    assert "unusually big" in shop.reason(prompt)


def test_the_settings_page(shop):
    url = shop.world.url("prompts/choosing/")
    shop.night()
    assert shop.world.client("stranger").get(url).status_code == 404
    assert shop.world.client("chat").get(url).status_code == 403
    assert shop.world.client().get(url).status_code == 200
    answer = shop.world.client().post(url, {"measure": ""})
    assert answer.status_code == 302 and Choosing.objects.get().held_percent == 0
    shop.world.client().post(url, {"measure": "on"})
    assert Choosing.objects.get().held_percent == 10
