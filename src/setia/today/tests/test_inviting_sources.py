"""Prompts about finding new customers: who told a friend, who would, whom we met, who tasted."""

from datetime import timedelta

import pytest
from django.utils import translation

from setia.care import actions as care
from setia.conversations.tests import webhooks
from setia.core import tasks
from setia.customers import actions as customers
from setia.customers.models import Customer
from setia.orders import actions as orders
from setia.promotions.actions import bazaars, referrals, samples, stall
from setia.promotions.models import Invitation
from setia.today import actions
from setia.today.models import Prompt
from setia.today.sources import SOURCES

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(world):
    with translation.override("en"):
        yield world


def buys(shop, customer):
    return orders.sell(lines=[orders.LineInput(shop.variants["keju-10"].pk, 1)], customer=customer)


def agrees(customer, state="given"):
    customers.answer_consent(customer=customer, purpose="promotion", state=state, how="counter")


def work():
    with webhooks.no_shop():
        tasks.drain("reactions")


def prompts(kind):
    return list(Prompt.objects.filter(kind=kind, state="open").order_by("pk"))


def test_who_told_a_friend_is_thanked_by_the_owner_too(shop):
    ratna = shop.customers["ratna"]
    agrees(ratna)
    friend = customers.add_customer(display_name="Bu Teman", referred_by=ratna)
    order = buys(shop, friend)
    work()
    prompt = prompts("told_friend")[0]
    assert prompt.customer_id == ratna.pk and "Teman" not in prompt.draft
    assert "Bu Teman" in SOURCES["told_friend"].reason(prompt.facts, ratna)
    orders.undo_sale(order=order)
    work()
    assert not prompts("told_friend")


def test_asked_at_the_right_moment_and_not_again(shop):
    ratna, siti = shop.customers["ratna"], shop.customers["siti"]
    agrees(ratna)
    agrees(siti, "withdrawn")
    for customer in (ratna, siti):
        orders.rate(order=buys(shop, customer), score=5)
    work()
    assert [one.customer_id for one in prompts("invite")] == [ratna.pk]
    prompt = prompts("invite")[0]
    assert "/p/friend/" in prompt.draft
    actions.done(prompt=prompt, by=shop.members["owner"])
    work()
    assert Invitation.objects.get().customer_id == ratna.pk
    actions.renew_prompts()
    assert not prompts("invite")


def test_met_at_a_bazaar_and_agreed(shop, clock):
    row = bazaars.plan(name="Pasar Minggu", starts_on=shop.shop.today())
    sent = [
        {"key": f"person-{n}", "kind": "person", "at": "", "data": {"name": f"Bu {n}", "agrees": answer}}
        for n, answer in (("Ya", True), ("Tidak", False), ("Entah", None), ("Kembali", True))
    ]
    stall.receive(bazaar=row, items=sent)
    actions.renew_prompts()
    assert not prompts("bazaar")
    clock.forward(days=2)
    buys(shop, Customer.objects.get(display_name="Bu Kembali"))
    actions.renew_prompts()
    assert [one.customer.display_name for one in prompts("bazaar")] == ["Bu Ya"]
    assert "Pasar Minggu" in prompts("bazaar")[0].draft


def test_tasted_and_did_not_buy(shop, clock):
    ratna, siti = shop.customers["ratna"], shop.customers["siti"]
    agrees(ratna)
    for customer in (ratna, siti):
        samples.give_sample(variant=shop.variants["keju-10"], where="delivery", customer=customer)
    clock.forward(days=4)
    actions.renew_prompts()
    assert {one.customer_id for one in prompts("tasted")} == {ratna.pk, siti.pk}
    assert not next(one for one in prompts("tasted") if one.customer_id == siti.pk).draft
    buys(shop, ratna)
    work()
    assert [one.customer_id for one in prompts("tasted")] == [siti.pk]


def test_a_person_who_was_met_stays_who_asks_once(shop):
    """The same invitation is remembered whichever way it was made."""
    ratna = shop.customers["ratna"]
    referrals.invite(customer=ratna, moment="counter")
    orders.rate(order=buys(shop, ratna), score=5)
    work()
    assert not prompts("invite")
    assert Invitation.objects.filter(at__gt=shop.shop.now() - timedelta(days=1)).count() == 1


def test_who_is_content_with_a_settlement_is_asked_at_once_and_not_while_it_is_open(shop, clock):
    ratna, owner = shop.customers["ratna"], shop.members["owner"]
    agrees(ratna)
    row = care.open_complaint(customer=ratna, kind="crushed", text="Hancur", source="counter", by=owner)
    made = care.offer(complaint=row, option="replace", cost=13_500, value=20_000, by=owner)
    care.accept(settlement=made)
    care.settle(settlement=made)
    work()
    actions.renew_prompts()
    assert not prompts("invite"), "nobody said yet whether she is content"
    care.say_content(complaint=row, content=True)
    work()
    (prompt,) = prompts("invite")
    assert (prompt.customer, prompt.facts["why"]) == (ratna, "settled")
    assert "kesempatan memperbaikinya" in prompt.draft and "/p/friend/" in prompt.draft
    assert "Was content with how a complaint was settled" in SOURCES["invite"].reason(prompt.facts, ratna)
    # a week later the moment is over
    clock.forward(days=7)
    actions.renew_prompts()
    assert not prompts("invite")


def test_who_is_not_content_is_not_asked(shop):
    ratna, owner = shop.customers["ratna"], shop.members["owner"]
    agrees(ratna)
    row = care.open_complaint(customer=ratna, kind="crushed", text="Hancur", source="counter", by=owner)
    made = care.offer(complaint=row, option="apology", cost=0, value=0, by=owner)
    care.settle(settlement=made)
    care.say_content(complaint=row, content=False)
    work()
    actions.renew_prompts()
    assert not prompts("invite")


def test_who_is_content_after_a_complaint_is_asked_and_nobody_who_still_waits(world):
    from setia.care.models import Answer
    from setia.today.sources import invite

    ratna, siti = world.customers["ratna"], world.customers["siti"]
    owner, day = world.members["owner"], world.shop.today()
    for person in (ratna, siti):
        customers.answer_consent(customer=person, purpose="promotion", state="given", how="counter", evidence="-")
        Answer.objects.create(form="csat", source="counter", score=5, customer=person)
    care.open_complaint(customer=siti, kind="hard", text="Gosong", source="counter", by=owner)
    (found,) = invite.find(day)
    assert found.customer_id == ratna.pk and found.facts["why"] == "rated", "Siti waits for an answer first"


def test_many_of_a_kind_lead_to_a_campaign(world):
    from setia.today import together

    people = [customers.add_customer(display_name=f"Bu Ramai {n}") for n in range(6)]
    Prompt.objects.bulk_create(
        Prompt(
            key=f"season:x:{one.pk}",
            kind="season",
            phase="enhance",
            customer=one,
            facts={"id": "Maulid", "en": "Maulid", "in": 9, "boxes": 2, "estimate": False, "welcome": True},
        )
        for one in people
    )
    (many,) = together.together()
    assert (many.kind, many.people) == ("season", 6)
    owner, viewer, stranger = (world.client(who) for who in ("owner", "viewer", "stranger"))
    url = world.url("prompts/kinds/season/campaign/")
    assert viewer.get(url).status_code == 403 and stranger.get(url).status_code == 404
    where = owner.get(url).headers["Location"]
    assert "campaigns/new/" in where and "kind=season" in where and str(people[0].pk) in where
    assert owner.get(where).status_code == 200
    assert owner.get(world.url("prompts/kinds/chat/campaign/")).status_code == 404
    assert url in owner.get(world.url("")).content.decode()
