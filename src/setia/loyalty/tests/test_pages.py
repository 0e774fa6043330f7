"""Through the front door: the owner sets it up, helpers use it, customers see their own card."""

import re

import pytest
from django.test import Client

from setia.loyalty import actions, queries
from setia.loyalty.models import Programme, Redemption, Reward, Tier

pytestmark = pytest.mark.django_db

RULES = {
    "stamps_on": "on",
    "visit": "day",
    "points_on": "on",
    "rupiah_per_point": "10rb",
    "expiry_months": "6",
    "warn_days": "14",
    "games": "on",
}


def test_before_it_is_on_the_page_teaches(world):
    page = world.client().get(world.url("loyalty/"))
    assert "one box free" in page.content.decode() or "satu kotak gratis" in page.content.decode()
    assert world.url("loyalty/rules/") in page.content.decode()
    helper = world.client("cashier").get(world.url("loyalty/")).content.decode()
    assert world.url("loyalty/rules/") not in helper


def test_the_owner_sets_the_rules(world):
    owner = world.client()
    wrong = owner.post(world.url("loyalty/rules/"), RULES | {"rupiah_per_point": "0", "stamp_least": "20rb"})
    assert wrong.status_code == 422 and 'value="20' in wrong.content.decode()
    assert owner.post(world.url("loyalty/rules/"), RULES).status_code == 302
    row = Programme.objects.get()
    assert (row.stamps_on, row.points_on, row.rupiah_per_point, row.expiry_months) == (True, True, 10_000, 6)
    assert world.client("manager").get(world.url("loyalty/rules/")).status_code == 403
    assert world.client("stranger").get(world.url("loyalty/rules/")).status_code == 404


def test_rewards_are_added_changed_put_away_and_taken_up(loyal):
    world, manager = loyal.world, loyal.world.client("manager")
    data = {"kind": "box", "name": "Free box", "cost": "10", "unit": "stamps"}
    assert manager.post(world.url("loyalty/rewards/new/"), data).status_code == 422, "which box?"
    data["variant"] = world.variants["keju-10"].pk
    assert manager.post(world.url("loyalty/rewards/new/"), data).status_code == 302
    reward = Reward.objects.get(name="Free box")
    manager.post(world.url(f"loyalty/rewards/{reward.pk}/"), data | {"cost": "12"})
    manager.post(world.url(f"loyalty/rewards/{reward.pk}/retirement/"))
    reward.refresh_from_db()
    assert reward.cost == 12 and reward.retired_at
    assert "Free box" in manager.get(world.url("loyalty/")).content.decode()
    manager.post(world.url(f"loyalty/rewards/{reward.pk}/comeback/"))
    reward.refresh_from_db()
    assert reward.retired_at is None
    assert world.client("viewer").post(world.url("loyalty/rewards/new/"), data).status_code == 403


def test_a_bonus(loyal):
    world, owner = loyal.world, loyal.world.client()
    variant = world.variants["keju-10"]
    owner.post(world.url("loyalty/bonuses/"), {"variant": variant.pk, "points": "3"})
    assert [(one.variant_id, one.points) for one in queries.bonuses()] == [(variant.pk, 3)]
    owner.post(world.url("loyalty/bonuses/"), {"variant": variant.pk, "points": "0"})
    assert not queries.bonuses()
    assert owner.post(world.url("loyalty/bonuses/"), {"variant": variant.pk, "points": "x"}).status_code == 422


def test_tiers(loyal):
    world, owner = loyal.world, loyal.world.client()
    assert owner.get(world.url("loyalty/tiers/")).status_code == 200
    data = {"name": "Setia", "least_orders": "3", "in_rhythm": "on", "position": "1", "percent": "150"}
    assert owner.post(world.url("loyalty/tiers/new/"), data).status_code == 302
    tier = Tier.objects.get()
    owner.post(world.url(f"loyalty/tiers/{tier.pk}/"), data | {"least_orders": "5", "benefit": "Sample"})
    tier.refresh_from_db()
    assert (tier.least_orders, tier.benefit) == (5, "Sample")
    owner.post(world.url(f"loyalty/tiers/{tier.pk}/retirement/"))
    assert not queries.tiers()
    owner.post(world.url(f"loyalty/tiers/{tier.pk}/comeback/"))
    assert "Setia" in owner.get(world.url("loyalty/tiers/")).content.decode()
    assert world.client("cashier").get(world.url("loyalty/tiers/new/")).status_code == 403


def test_a_card_with_everything_on_it(loyal):
    world, cashier = loyal.world, loyal.world.client("cashier")
    loyal.buys()
    url = world.url(f"loyalty/customers/{loyal.who().pk}/")
    page = cashier.get(url).content.decode()
    assert "Free Kacang hijau isi 10" in page and "/p/card/" in page
    assert world.client("stranger").get(url).status_code == 404
    assert world.client("viewer").get(url).status_code == 200
    assert "Rp 10,000 off" in world.client().get(world.url(f"customers/{loyal.who().pk}/")).content.decode()


def test_the_paper_card_moves_in_once(loyal):
    world, cashier = loyal.world, loyal.world.client("cashier")
    page = cashier.get(world.url("loyalty/paper/?who=ratna"))
    key = re.search(r'name="key" value="([^"]+)"', page.content.decode())[1]
    post = {"stamps": "7", "points": "", "key": key, "paper": "1"}
    for _turn in range(2):
        answer = cashier.post(world.url(f"loyalty/customers/{loyal.who().pk}/opening/"), post)
        assert answer.status_code == 302 and answer["Location"].endswith("/loyalty/paper/")
    assert loyal.balance() == (0, 7)
    wrong = cashier.post(world.url(f"loyalty/customers/{loyal.who().pk}/opening/"), {"key": "x"})
    assert wrong.status_code == 422
    assert world.client("viewer").get(world.url("loyalty/paper/")).status_code == 403


def test_a_reward_without_a_sale_and_back(loyal):
    world, cashier = loyal.world, loyal.world.client("cashier")
    hamper = actions.save_reward(kind="text", name="A calendar", unit="stamps", cost=5, amount=15_000)
    actions.open_balance(customer=loyal.who(), stamps=6)
    url = world.url(f"loyalty/customers/{loyal.who().pk}/redemptions/")
    for _tap in range(2):
        cashier.post(url, {"reward": hamper.pk, "key": "tap"})
    assert loyal.balance() == (0, 1)
    row = Redemption.objects.get()
    cashier.post(world.url(f"loyalty/redemptions/{row.pk}/undo/"))
    assert loyal.balance() == (0, 6)
    assert cashier.post(url, {"reward": "999999"}).status_code == 404
    assert world.client("viewer").post(url, {"reward": hamper.pk}).status_code == 403


def test_correcting_is_for_managers_and_says_why(loyal):
    world = loyal.world
    actions.open_balance(customer=loyal.who(), stamps=6)
    url = world.url(f"loyalty/customers/{loyal.who().pk}/corrections/")
    data = {"unit": "stamps", "amount": "-2", "reason": "Stamped twice", "key": "k"}
    assert world.client("cashier").post(url, data).status_code == 403
    assert world.client("manager").post(url, data | {"amount": "-9"}).status_code == 422
    assert world.client("manager").post(url, data).status_code == 302
    assert loyal.balance() == (0, 4)


def test_a_household_on_one_card(loyal):
    world, cashier = loyal.world, loyal.world.client("cashier")
    actions.open_balance(customer=loyal.who("ratna"), stamps=4)
    actions.open_balance(customer=loyal.who("siti"), stamps=3)
    card = world.url(f"loyalty/customers/{loyal.who('siti').pk}/")
    assert "Bu Ratna Wulandari" in cashier.get(f"{card}?who=ratna").content.decode()
    cashier.post(f"{card}sharing/", {"with": loyal.who("ratna").pk})
    assert loyal.balance("siti") == loyal.balance("ratna") == (0, 7)
    cashier.post(world.url(f"loyalty/customers/{loyal.who('ratna').pk}/own-card/"))
    assert loyal.balance("ratna") == (0, 0)


def test_the_report(loyal):
    world = loyal.world
    loyal.buys()
    page = world.client("manager").get(world.url("loyalty/report/?days=30"))
    assert page.status_code == 200
    assert page.context["owed"][0].most == 40 * 200
    assert world.client("cashier").get(world.url("loyalty/report/")).status_code == 403


def test_her_own_page_needs_no_login_and_names_nothing_bought(loyal):
    loyal.buys()
    token = queries.card_token(loyal.who().pk)
    page = Client().get(f"/p/card/{token}/?lang=en")
    text = page.content.decode()
    assert page.status_code == 200 and "40 points and 1 stamp" in text and "Show this at the counter" in text
    assert "40.000" not in text and "Wulandari" not in text
    assert "poin" in Client().get(f"/p/card/{token}/?lang=id").content.decode()
    assert Client().get("/p/card/unknown/").status_code == 404
    actions.change_programme(points_on=False, stamps_on=False)
    assert Client().get(f"/p/card/{token}/").status_code == 404


def test_the_code_leads_to_the_counter(loyal):
    loyal.buys()
    token = queries.card_token(loyal.who().pk)
    world = loyal.world
    answer = world.client("cashier").get(world.url(f"loyalty/cards/{token}/"))
    assert answer.status_code == 302 and answer["Location"].endswith(f"counter/?customer={loyal.who().pk}")
    assert "loyalty/customers" in world.client("viewer").get(world.url(f"loyalty/cards/{token}/"))["Location"]


def test_the_counter_offers_what_the_card_is_enough_for(loyal):
    world = loyal.world
    actions.open_balance(customer=loyal.who(), stamps=10)
    variant = world.variants["kacang-hijau-10"]
    data = {"customer": loyal.who().pk, f"boxes-{variant.pk}": "2", "device_key": "d1", "method": "cash"}
    data["deductions"] = f"loyalty:reward:{loyal.box.pk}"
    answer = world.client("cashier").post(world.url("orders/counter/"), data)
    assert answer.status_code == 302, answer.content.decode()
    loyal.works()
    assert loyal.balance() == (20, 1)


def test_pages_ask_no_more_for_more(loyal, django_assert_max_num_queries):
    for name in ("ratna", "siti", "guru", "endah", "slamet"):
        loyal.buys(name)
    owner = loyal.world.client()
    owner.get(loyal.world.url("loyalty/"))
    with django_assert_max_num_queries(24):
        owner.get(loyal.world.url("loyalty/"))
    with django_assert_max_num_queries(34):
        owner.get(loyal.world.url(f"loyalty/customers/{loyal.who().pk}/"))
