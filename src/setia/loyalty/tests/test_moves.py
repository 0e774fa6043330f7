"""Tiers by night, what customers are told, and what Today makes of it."""

import pytest
from django.utils import translation

from setia import recurring
from setia.conversations import actions as chats
from setia.conversations.models import Message, OrderDraft
from setia.conversations.tests import webhooks
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.customers import actions as customers
from setia.loyalty import actions, chat, queries
from setia.orders import actions as orders
from setia.promotions.actions import launches
from setia.promotions.queries import launches as launch_queries
from setia.segments import actions as segments
from setia.today import actions as today
from setia.today.models import Prompt
from setia.today.sources import SOURCES

pytestmark = pytest.mark.django_db


# --- Tiers ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def tiers(loyal):
    return (
        actions.save_tier(name="Langganan", least_orders=3, percent=100, benefit="A free sample"),
        actions.save_tier(name="Emas", least_orders=5, percent=150),
    )


def weekly(loyal, times):
    for _week in range(times):
        loyal.later(days=7)
        loyal.buys()


def test_who_moves_up_and_down_by_night(loyal, tiers):
    langganan, emas = tiers
    loyal.buys("siti")
    weekly(loyal, 3)
    recurring.renew_tiers()
    assert queries.tier_of(loyal.who().pk) == langganan
    assert not Event.objects.filter(verb="loyalty.tier_changed").exists(), "the first night nobody moved"
    weekly(loyal, 2)
    recurring.renew_tiers()
    recurring.renew_tiers()
    assert queries.tier_of(loyal.who().pk) == emas
    [event] = Event.objects.filter(verb="loyalty.tier_changed")
    assert event.data == {"tier": emas.pk, "before": langganan.pk, "up": True}
    loyal.later(days=61)
    recurring.renew_tiers()
    assert queries.tier_of(loyal.who().pk) is None
    assert [row.moved for row in queries.moved(loyal.world.shop.today())] == ["down"]


def test_the_nights_scores_decide_over_the_sixty_days(loyal, tiers):
    weekly(loyal, 8)
    loyal.later(days=40)
    segments.renew_scores()
    recurring.renew_tiers()
    assert queries.tier_of(loyal.who().pk) is None, "a weekly regular is missed after forty days"


def test_what_the_owner_changes_moves_nobody(loyal, tiers):
    weekly(loyal, 3)
    recurring.renew_tiers()
    actions.save_tier(tier=tiers[0], least_orders=9)
    actions.renew_tiers(quietly=True)
    assert not queries.moved(loyal.world.shop.today())


# --- What customers are told ------------------------------------------------------------------------------------------


def test_the_thank_you_tells_the_balance(loyal):
    webhooks.connect()
    loyal.buys()
    text = Message.objects.get(purpose="thanks").text
    assert "{points}" not in text
    loyal.buys()
    text = Message.objects.filter(purpose="thanks").latest("pk").text
    assert "80 poin dan 1 cap" in text and "Sudah bisa ditukar: Rp 10,000 off." in text


def test_without_a_programme_the_thank_you_says_nothing_of_it(loyal):
    actions.change_programme(points_on=False, stamps_on=False)
    loyal.buys()
    loyal.buys()
    text = Message.objects.filter(purpose="thanks").latest("pk").text
    assert text.rstrip() == text and text.endswith(f"Salam dari {loyal.world.shop.name}.")


@pytest.mark.parametrize("words", ["poin saya", "Poin saya berapa ya bu?", "STEMPEL", "cek poin", "my points please"])
def test_asking_for_the_balance(words):
    assert chat.asks_for_balance(words)


@pytest.mark.parametrize("words", ["poin saya kok hilang", "pesan 2 kotak", "", "stempel 2 kotak besok", "kartu"])
def test_everything_else_is_for_a_person(words):
    assert not chat.asks_for_balance(words)


def test_the_balance_is_told_when_asked(loyal):
    webhooks.connect()
    loyal.buys()
    number = next(row.value for row in loyal.who().identities.all()).lstrip("+")
    webhooks.deliver(webhooks.messages(webhooks.text("poin saya", sender=number)))
    loyal.works()
    loyal.works()
    [answer] = Message.objects.filter(purpose="balance")
    assert "40 poin dan 1 cap" in answer.text and "/p/card/" in answer.text
    actions.change_programme(answers=False)
    webhooks.deliver(webhooks.messages(webhooks.text("poin saya", sender=number)))
    loyal.works()
    assert Message.objects.filter(purpose="balance").count() == 1


# --- Today ------------------------------------------------------------------------------------------------------------


def shown(kind):
    today.renew_prompts()
    return list(Prompt.objects.filter(kind=kind, state="open"))


def said(prompt):
    with translation.override("en"):
        return SOURCES[prompt.kind].reason(prompt.facts, prompt.customer)


def test_a_full_card_is_a_reason_to_write_once(loyal):
    actions.open_balance(customer=loyal.who(), stamps=10)
    customers.answer_consent(customer=loyal.who(), purpose="promotion", state="given", how="counter")
    [prompt] = shown("card_ready")
    assert said(prompt) == "The card is enough for: Free Kacang hijau isi 10 (10 stamps)."
    assert "Free Kacang hijau isi 10" in prompt.draft
    today.skip(prompt=prompt, by=loyal.owner)
    assert not shown("card_ready")
    actions.redeem(customer=loyal.who(), reward=loyal.box, key="r")
    actions.open_balance(customer=loyal.who(), stamps=10, key="again")
    assert len(shown("card_ready")) == 1


def test_who_was_not_asked_is_told_in_person_and_who_said_no_not_at_all(loyal):
    actions.open_balance(customer=loyal.who(), stamps=10)
    [prompt] = shown("card_ready")
    assert not prompt.draft and "Not asked yet" in said(prompt)
    customers.answer_consent(customer=loyal.who(), purpose="promotion", state="withdrawn", how="counter")
    assert not shown("card_ready")


def test_what_lapses_soon_is_said_in_time(loyal):
    actions.open_balance(customer=loyal.who(), stamps=4)
    loyal.later(days=340)
    assert not shown("card_lapsing")
    loyal.later(days=15)
    [prompt] = shown("card_lapsing")
    assert said(prompt) == "4 stamps on the card lapse after Tuesday, 23 November."
    assert "4 cap" in prompt.draft


def test_who_moved_up_is_thanked(loyal, tiers):
    loyal.buys("siti")
    weekly(loyal, 2)
    for _week in range(2):
        loyal.buys("siti")
    recurring.renew_tiers()
    weekly(loyal, 1)
    recurring.renew_tiers()
    [mine] = shown("tier_up")
    assert "A free sample" in mine.draft and said(mine).startswith("Is Langganan now.")


# --- What a tier brings -----------------------------------------------------------------------------------------------


@pytest.fixture
def dear(loyal):
    """Bu Ratna stands on a tier with 5 % off."""
    tier = actions.save_tier(name="Langganan", least_orders=3, price_percent=5, early_news=True, free_sample=True)
    weekly(loyal, 3)
    actions.renew_tiers()
    assert queries.tier_of(loyal.who().pk) == tier
    return tier


def test_a_tiers_price_is_ticked_by_itself_and_earns_nothing(loyal, dear):
    page = loyal.world.client("cashier").get(
        loyal.world.url(f"orders/deductions/?customer={loyal.who().pk}&boxes-{loyal.box.variant_id}=2")
    )
    assert f'value="tier:{dear.pk}"' in page.content.decode() and "checked" in page.content.decode()
    before = loyal.balance()[0]
    order = loyal.buys(boxes=2, deductions=[("tier", str(dear.pk))])
    assert order.total == 38_000 and loyal.balance()[0] == before + 38
    assert loyal.buys("siti", boxes=2).total == 40_000
    with pytest.raises(DomainError):
        loyal.buys("siti", boxes=2, deductions=[("tier", str(dear.pk))])


def test_an_order_from_a_chat_gets_what_was_agreed(loyal, dear):
    lines = [orders.LineInput(loyal.box.variant_id, 2)]
    order = orders.place(customer=loyal.who(), lines=lines, due_on=loyal.world.shop.today(), agreed=True)
    assert order.total == 38_000
    orders.cancel(order=order)
    actions.save_tier(tier=dear, price_percent=10)
    orders.reopen(order=order, step="cancelled")
    order.refresh_from_db()
    assert order.total == 38_000, "what was agreed stays"


def test_a_chat_tells_the_total_that_the_order_will_have(loyal, dear):
    actions.save_tier(tier=dear, free_delivery=True)
    ratna, day = loyal.who(), loyal.world.shop.today()
    draft = OrderDraft.objects.create(
        customer=ratna,
        text="2 kotak kacang hijau, diambil hari ini",
        intent="order",
        reading={"items": [{"qty": 2}], "date": day.isoformat(), "fulfilment": "pickup"},
        lines=[{"variant": loyal.box.variant_id, "quantity": 2}],
        asks=[],
    )
    page = loyal.world.client("cashier").get(loyal.world.url(f"chats/orders/{draft.pk}/"))
    card = page.context["card"]
    assert card.total == 38_000 and "Langganan, 5% off" in page.content.decode()
    assert chats.book_draft(draft=draft, by=loyal.world.members["cashier"]).total == card.total


def test_delivery_costs_a_tier_nothing_and_earns_as_before(loyal, dear):
    actions.save_tier(tier=dear, price_percent=0, free_delivery=True)
    lines = [orders.LineInput(loyal.box.variant_id, 2)]
    basket = {"customer": loyal.who(), "lines": lines, "due_on": loyal.world.shop.today()}
    brought = basket | {"fulfilment": "delivery", "address": "Pogalan", "delivery_fee": 12_000}
    before = loyal.balance()[0]
    order = orders.place(**brought, agreed=True)
    assert order.total == 40_000
    orders.complete(order=order, method="cash")
    loyal.works()
    assert loyal.balance()[0] == before + 40, "what is off the fee takes no points"
    assert orders.place(**brought | {"customer": loyal.who("siti")}, agreed=True).total == 52_000
    for path in ("loyalty/tiers/", f"loyalty/customers/{loyal.who().pk}/"):
        assert "free delivery" in loyal.world.client().get(loyal.world.url(path)).content.decode()


def test_who_hears_news_first_and_gets_a_taste(loyal, dear):
    ratna = loyal.who()
    assert queries.on_tiers("early_news") == [ratna] == queries.on_tiers("free_sample")
    launch = launches.save_launch(launch=None, name="Bakpia durian")
    assert ratna.pk in launch_queries.audience(launch)
    page = loyal.world.client("owner").get(loyal.world.url(f"promotions/launches/{launch.pk}/"))
    assert ratna.display_name in page.content.decode()


def test_a_tier_takes_off_no_more_than_a_shop_can_live_on(loyal):
    with pytest.raises(DomainError):
        actions.save_tier(name="Langganan", price_percent=31)
