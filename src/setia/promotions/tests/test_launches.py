"""Something new: from a suggestion over its first tasters to the announcement, and what became of it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.care import actions as care
from setia.catalog import actions as catalog
from setia.conversations.tests import webhooks
from setia.core import tasks
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.customers import actions as customers
from setia.orders import actions as orders
from setia.orders.actions import LineInput, PastOrder
from setia.promotions.actions import campaigns
from setia.promotions.actions import launches as actions
from setia.promotions.models import Campaign, Launch, LaunchTaster, Sample
from setia.promotions.queries import launches as queries
from setia.promotions.rules import launches as rules
from setia.today.sources import launch as source


@given(st.booleans(), st.integers(0, 9), st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)), st.dates())
def test_it_is_at_one_step(has_variant, tasted, announced_on, today):
    step = rules.step(has_variant=has_variant, tasted=tasted, announced_on=announced_on, today=today)
    assert step in rules.STEPS
    assert (step in ("counting", "over")) == (announced_on is not None)
    assert step != "over" or (announced_on and today > rules.until(announced_on))


@pytest.fixture
def shop(world):
    """Ratna asked for durian; Slamet bought cheese four times; cheese is what durian is like."""
    ratna, slamet = world.customers["ratna"], world.customers["slamet"]
    world.topic = care.suggest(text="Rasa durian", source="counter", customer=ratna).suggestion
    line = LineInput(variant_id=world.variants["keju-10"].pk, quantity=2)
    day = world.shop.today()
    orders.record_past(
        orders=[
            PastOrder(customer_id=slamet.pk, day=day - timedelta(days=ago), lines=[line], channel="counter")
            for ago in (10, 30, 50, 70)
        ]
    )
    world.durian = catalog.add_variant(
        product=world.variants["keju-10"].product,
        flavour="Durian",
        pack_size=10,
        price=26_000,
        valid_from=day - timedelta(days=90),
    )
    for person in (ratna, slamet):
        customers.answer_consent(customer=person, purpose="promotion", state="given", how="counter", evidence="-")
    return world


def plan(shop, **more):
    given = {"name": "Durian", "suggestion": shop.topic, "alike": [shop.variants["keju-10"]]}
    return actions.save_launch(launch=None, by=shop.members["owner"], **given | more)


@pytest.mark.django_db
def test_from_the_wish_to_the_first_buyers(shop):
    ratna, slamet = shop.customers["ratna"], shop.customers["slamet"]
    row, day = plan(shop), shop.shop.today()
    assert [one.pk for one in queries.askers(row)] == [ratna.pk]
    assert [(one.customer.pk, one.times, one.boxes) for one in queries.likers(row)] == [(slamet.pk, 4, 8)]
    assert queries.where(row, day) == "idea" and list(source.find(day)) == []
    for act in (actions.prepare_campaign, actions.announce):
        with pytest.raises(DomainError):
            act(launch=row)

    assert actions.choose_tasters(launch=row, customers=[ratna, slamet]) == 2
    assert actions.choose_tasters(launch=row, customers=[ratna]) == 0
    row = actions.save_launch(
        launch=row, name="Durian", suggestion=shop.topic, variant=shop.durian, alike=[shop.variants["keju-10"]]
    )
    found = {one.customer_id: one for one in source.find(day)}
    assert set(found) == {ratna.pk, slamet.pk} and "Durian" in found[ratna.pk].draft
    assert "Durian" in source.reason(found[ratna.pk].facts, ratna)
    actions.give_taste(launch=row, customer=ratna)
    actions.give_taste(launch=row, customer=ratna)
    assert Sample.objects.filter(variant=shop.durian).count() == 1, "a taste is one taste"
    assert [one.customer_id for one in source.find(day)] == [slamet.pk]
    assert queries.where(row, day) == "announce"

    made = actions.prepare_campaign(launch=row, by=shop.members["owner"])
    assert made.kind == "launch" and made.holds_out and made.variant == shop.durian
    assert made.audience == "people=" + ",".join(map(str, sorted([ratna.pk, slamet.pk])))
    row.refresh_from_db()
    assert actions.prepare_campaign(launch=row).pk == made.pk, "one announcement"
    Campaign.objects.filter(pk=made.pk).update(holds_out=False)
    made.refresh_from_db()
    campaigns.start_campaign(campaign=made)
    with webhooks.no_shop():
        tasks.drain("reactions")
    row.refresh_from_db()
    assert row.announced_on == day, "who begins to tell has announced it"
    assert not actions.take_back_announcement(launch=queries.launch(row.pk)), "people know of it"


@pytest.mark.django_db
def test_thirty_days_are_counted_and_no_more(shop):
    ratna, slamet = shop.customers["ratna"], shop.customers["slamet"]
    row, day = plan(shop, variant=shop.durian), shop.shop.today()
    actions.announce(launch=row, on=day - timedelta(days=40))
    line = LineInput(variant_id=shop.durian.pk, quantity=1)
    orders.record_past(
        orders=[
            PastOrder(customer_id=who.pk, day=day - timedelta(days=ago), lines=[line], channel="counter")
            for who, ago in ((ratna, 39), (ratna, 20), (slamet, 10), (slamet, 9), (shop.customers["siti"], 9))
        ]
    )
    row.refresh_from_db()
    found = queries.uptake(row, day)
    assert found is not None and found.over
    assert (found.buyers, found.again, found.boxes) == (2, 1, 3), "Slamet's second and Siti's came too late"
    assert {part.kind: (part.bought, part.of) for part in found.parts} == {"asked": (1, 1), "liked": (1, 1)}
    assert all(part.percent is None for part in found.parts), "of one person there is no share"
    (candidate,) = source.find(day)
    assert candidate.customer_id is None and source.link(candidate.facts) == ("promotions:launch", row.pk)
    assert source.title(candidate.facts) == "Durian" and source.reason(candidate.facts, None)
    actions.see_result(launch=row)
    assert list(source.find(day)) == []
    with pytest.raises(DomainError):
        actions.save_launch(launch=row, name="Durian", variant=shop.variants["keju-10"])
    assert Event.objects.filter(verb="launch.changed").count() == 3


@pytest.mark.django_db
def test_the_pages_and_their_doors(shop):
    owner, viewer, stranger = (shop.client(who) for who in ("owner", "viewer", "stranger"))
    ratna = shop.customers["ratna"]
    new = shop.url(f"promotions/launches/new/?suggestion={shop.topic.pk}")
    assert viewer.get(new).status_code == 403 and "Rasa durian" in owner.get(new).content.decode()
    assert owner.post(shop.url("promotions/launches/new/"), {"name": " "}).status_code == 422
    keju = shop.variants["keju-10"].pk
    given = {"name": "Durian", "suggestion": shop.topic.pk, "alike": [keju]}
    assert owner.post(shop.url("promotions/launches/new/"), given).status_code == 302
    row = Launch.objects.get()
    assert owner.get(new).headers["Location"].endswith(f"launches/{row.pk}/"), "a wish is planned once"
    page = shop.url(f"promotions/launches/{row.pk}/")
    for client, status in ((owner, 200), (viewer, 200), (stranger, 404)):
        assert client.get(page).status_code == status
        assert client.get(shop.url("promotions/launches/")).status_code == status
    assert ratna.display_name in owner.get(page).content.decode()
    assert owner.post(f"{page}tasters/", {"people": [ratna.pk]}).status_code == 302
    assert LaunchTaster.objects.get().customer_id == ratna.pk
    assert stranger.post(f"{page}tasters/", {"people": [ratna.pk]}).status_code == 404
    assert viewer.post(f"{page}tasters/", {"people": [ratna.pk]}).status_code == 403
    owner.post(f"{page}tastes/", {"customer": ratna.pk})
    assert Sample.objects.count() == 0, "there is no product yet"
    owner.post(f"{page}change/", given | {"variant": shop.durian.pk})
    owner.post(f"{page}tastes/", {"customer": ratna.pk})
    assert Sample.objects.get().customer_id == ratna.pk
    assert "campaigns/" in owner.post(f"{page}announcement/", {"what": "campaign"}).headers["Location"]
    owner.post(f"{page}announcement/", {"what": "today"})
    assert Launch.objects.get().announced_on == shop.shop.today()
    assert owner.get(page).status_code == 200
    owner.post(f"{page}announcement/", {"what": "undo"})
    assert Launch.objects.get().announced_on is None
    owner.post(f"{page}removal/")
    assert Launch.objects.get().removed_at is not None and owner.get(page).status_code == 200
    owner.post(f"{page}removal/", {"undo": "1"})
    assert Launch.objects.get().removed_at is None
