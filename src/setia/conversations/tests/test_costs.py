"""Pace, reach, quiet hours, caps, and the month's account."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.conversations import actions, costs, rules
from setia.conversations.models import Conversation, Message, MonthlyUse, Notice
from setia.conversations.rules import Refusal
from setia.conversations.tests import webhooks
from setia.conversations.tests.play import playing
from setia.core import clock as house_clock
from setia.core.errors import DomainError
from setia.customers import actions as people_actions
from setia.customers.models import Customer
from setia.emulator.limits import Pair
from setia.shops import actions as shops

MORNING = datetime(2026, 11, 23, 2, tzinfo=UTC)


# --- Pure -------------------------------------------------------------------------------------------------------------


@given(gaps=st.lists(st.floats(0, 20, allow_nan=False), min_size=1, max_size=80), per_second=st.integers(1, 10))
def test_the_numbers_pace_is_never_exceeded(gaps, per_second):
    """In any stretch of time there are at most a second's worth of messages plus so many for each second of it."""
    now, owed, left = MORNING, None, []
    for gap in gaps:
        now += timedelta(seconds=gap / 5)
        leaves, owed_after = rules.number_pace(owed, now, per_second)
        if leaves <= now:
            owed = owed_after
            left.append(now)
    for first in range(len(left)):
        for last in range(first, len(left)):
            seconds = (left[last] - left[first]).total_seconds()
            assert last - first + 1 <= per_second * (1 + seconds) + 1e-3


@given(gaps=st.lists(st.floats(0, 30, allow_nan=False), min_size=1, max_size=150))
def test_the_platform_never_refuses_our_pace_towards_one_person(gaps):
    """The emulated platform judges; and nobody waits longer than until everything is paid back."""
    pair, started, owed, now = None, None, None, MORNING
    for gap in gaps:
        now += timedelta(seconds=gap)
        leaves, next_start, next_owed = rules.pair_pace(started, owed, now)
        if leaves > now:
            assert leaves - now <= rules.PAIR_EVERY * rules.PAIR_BURST
            continue
        started, owed = next_start, next_owed
        if pair is None:
            pair = Pair(now.timestamp())
        else:
            assert pair.take(now.timestamp() + 1e-3, 6.0, 45)


@pytest.mark.parametrize(
    ("local", "begins", "ends", "end"),
    [
        ("21:30", "20:00", "08:00", "08:00 next"),
        ("03:00", "20:00", "08:00", "08:00"),
        ("08:00", "20:00", "08:00", None),
        ("20:00", "20:00", "08:00", "08:00 next"),
        ("12:00", "20:00", "08:00", None),
        ("13:00", "12:00", "14:00", "14:00"),
        ("13:00", "12:00", "12:00", None),
    ],
)
def test_quiet_hours(local, begins, ends, end):
    moment = datetime.combine(date(2026, 11, 23), time.fromisoformat(local))
    found = rules.end_of_quiet(moment, time.fromisoformat(begins), time.fromisoformat(ends))
    if end is None:
        assert found is None
    else:
        day = date(2026, 11, 24 if "next" in end else 23)
        assert found == datetime.combine(day, time.fromisoformat(end[:5]))


# --- In the shop ------------------------------------------------------------------------------------------------------


@pytest.fixture
def play(world):
    with playing() as play:
        shops.change_shop(language="en")
        for trigger in ("greeting", "price_list"):
            actions.change_auto_reply(trigger=trigger, enabled=False, text="", text_english="")
        play.user()
        yield play
        assert play.violations() == []


@pytest.fixture
def owner(world):
    return world.members["owner"]


def offer(play, reference):
    customer = play.chat().customer
    people_actions.answer_consent(customer=customer, purpose="promotion", state="given", how="asked")
    return actions.queue_message(customer=customer, text=f"Promo {reference}", purpose="promotion", reference=reference)


@pytest.mark.django_db
def test_sixty_messages_to_one_customer_never_hit_the_pair_limit(play, owner):
    play.writes("halo")
    for n in range(60):
        play.reply(f"{n}", owner)
    play.work()
    assert len(play.words()) == 45
    for _ in range(40):
        play.wait(seconds=10)
    assert play.words() == [f"{n}" for n in range(60)]
    assert not Message.objects.filter(error_code=131056).exists()


@pytest.mark.django_db
def test_the_number_has_a_pace_of_its_own(play, owner, monkeypatch):
    monkeypatch.setattr(rules, "NUMBER_PER_SECOND", 3)
    for n in range(5):
        phone = f"628123000910{n}"
        play.user(phone=phone, name=f"Bu {n}")
        play.writes("halo", user=phone)
    for n in range(5):
        play.reply("siap", owner, user=f"628123000910{n}")
    play.work()
    sent = Message.objects.filter(direction="out", status="accepted").count()
    assert sent == 3
    play.wait(seconds=2)
    assert Message.objects.filter(direction="out", status="queued").count() == 0


@pytest.mark.django_db
def test_offers_wait_for_the_morning_and_answers_do_not(play, owner, clock):
    clock.set(datetime(2026, 11, 23, 13, 30, tzinfo=UTC))  # 20.30 in the shop
    play.wait(seconds=1)
    actions.change_auto_reply(trigger="away", enabled=False, text="", text_english="")
    play.writes("halo")
    offer(play, "malam")
    play.reply("masih buka", owner)
    play.work()
    assert play.words() == ["masih buka"]
    play.wait(hours=11, minutes=29)
    assert play.words() == ["masih buka"]
    play.wait(minutes=2)
    assert play.words() == ["masih buka", "Promo malam"]


@pytest.mark.django_db
def test_one_offer_a_week_is_enough(play):
    play.writes("halo")
    offer(play, "1")
    play.work()
    second = offer(play, "2")
    play.work()
    second.refresh_from_db()
    assert (second.status, second.error_code) == ("skipped", Refusal.TOO_OFTEN)
    play.wait(days=8)
    play.writes("halo")
    offer(play, "3")
    play.work()
    assert play.words() == ["Promo 1", "Promo 3"]


@pytest.mark.django_db
def test_the_first_thousand_answers_are_free_and_the_owner_hears_of_it(play, owner, monkeypatch):
    monkeypatch.setattr(rules, "TELL_AT", (2, 3))
    monkeypatch.setattr(rules, "FREE_ANSWERS", 3)
    play.control("POST behaviour", {"free_service_messages": 3})
    play.writes("halo")
    for n in range(5):
        play.reply(f"{n}", owner)
        play.wait(seconds=10)
    month = costs.month(date(2026, 11, 23))
    assert month.counts == {"service": (3, 2)}
    assert (month.cost, month.free_answers_left) == (800, 0)
    assert set(Notice.objects.values_list("kind", flat=True)) == {"free:2", "free:3"}
    assert costs.price_of("service", channel=play.channel) == 400
    page = play_page(play, owner)
    assert "Each message costs about" in page
    play.wait(days=10)
    assert costs.month(date(2026, 12, 3)).cost == 0 and costs.price_of("service", channel=play.channel) == 0


def play_page(play, owner):
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    client.force_login(get_user_model().objects.get(pk=owner.user_id))
    return client.get(f"/{owner.shop.slug}/chats/{play.chat().pk}/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("pricing_on", ["sent", "delivered", "both"])
def test_a_message_is_counted_once_wherever_the_price_comes(play, owner, pricing_on):
    play.control("POST behaviour", {"pricing_on": pricing_on})
    play.writes("halo")
    play.control("POST webhooks/policy", {"duplicate": 3, "shuffle": True, "seed": 3})
    play.reply("satu", owner)
    for _ in range(4):
        play.wait(seconds=15)
    assert MonthlyUse.objects.get().count == 1


@pytest.mark.django_db
def test_the_cap_stops_offers_first_and_answers_never(play, owner):
    actions.change_sending_rules(quiet_from=time(20), quiet_until=time(8), days_between_offers=1, monthly_cap=500)
    play.writes("halo")
    channel = play.channel
    MonthlyUse.objects.create(
        channel=channel, month=date(2026, 11, 1), category="service", type="free_customer_service", count=1000
    )
    MonthlyUse.objects.create(channel=channel, month=date(2026, 11, 1), category="utility", type="regular", count=1)
    dear = offer(play, "1")
    play.reply("tetap", owner)
    play.work()
    dear.refresh_from_db()
    assert (dear.status, dear.error_code) == ("skipped", Refusal.TOO_DEAR)
    assert play.words() == ["tetap"] and Notice.objects.filter(kind="cap").exists()


def template(play, name, customer):
    return actions.queue_message(
        customer=customer,
        text="Pesanan siap",
        purpose="order",
        reference=name,
        kind="template",
        payload={"template": {"name": "siap", "language": {"code": "id"}}},
    )


@pytest.mark.django_db
def test_the_shop_writes_first_only_to_as_many_people_as_whatsapp_allows(play):
    play.control(
        "POST templates",
        {"name": "siap", "language": "id", "category": "UTILITY", "components": [{"type": "BODY", "text": "Siap"}]},
    )
    webhooks.deliver(
        {
            "field": "phone_number_quality_update",
            "value": {
                "display_phone_number": webhooks.SHOP_NUMBER[1:],
                "event": "ONBOARDING",
                "max_daily_conversations_per_business": "TIER_50",
            },
        }
    )
    play.channel.refresh_from_db()
    assert play.channel.daily_reach == 50
    type(play.channel).objects.update(daily_reach=2)
    for n in range(3):
        phone = f"628123000910{n}"
        play.user(phone=phone, name=f"Bu {n}")
        customer = people_actions.add_customer(display_name=f"Bu {n}", phone=f"+{phone}")
        template(play, "a", customer)
        template(play, "b", customer)
    play.work()
    arrived = [len(play.phone(f"628123000910{n}")) for n in range(3)]
    assert sorted(arrived) == [0, 2, 2]
    for _ in range(5):
        play.wait(hours=6)
    assert [len(play.phone(f"628123000910{n}")) for n in range(3)] == [2, 2, 2]


@pytest.mark.parametrize(
    ("limit", "reach"),
    [("TIER_2K", 2000), ("TIER_250", 250), ("TIER_UNLIMITED", None), (-1, None), (1000, 1000), ("TIER_NOT_SET", 250)],
)
@pytest.mark.django_db
def test_limits_in_every_writing(world, limit, reach):
    channel = webhooks.connect()
    webhooks.deliver({"field": "business_capability_update", "value": {"max_daily_conversations_per_business": limit}})
    channel.refresh_from_db()
    assert channel.daily_reach == reach


@pytest.mark.django_db
def test_without_consent_nothing_is_sent_by_hand_either(world):
    ratna = world.customers["ratna"]
    message = actions.queue_message(customer=ratna, text="Promo", purpose="promotion", reference="1")
    for act in (actions.mark_opened, actions.mark_sent):
        with pytest.raises(DomainError, match="does not want offers"):
            act(message=message, by=world.members["owner"])
    assert actions.mark_not_sent(message=message, by=world.members["owner"])


# --- Prices and rules -------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_prices_have_a_day_on_which_they_begin(world):
    assert costs.rates(date(2026, 9, 30))["service"] == 0
    assert costs.rates(date(2026, 10, 1))["service"] == 400
    actions.enter_rate(category="marketing", amount=712, valid_from=date(2027, 1, 1))
    assert costs.rates(date(2026, 12, 31))["marketing"] == 660
    assert costs.rates(date(2027, 1, 1))["marketing"] == 712
    with pytest.raises(DomainError, match="no such kind"):
        actions.enter_rate(category="telepathy", amount=1, valid_from=date(2027, 1, 1))


@pytest.mark.django_db
def test_the_page_of_costs_and_rules(world):
    shops.change_shop(language="en")
    webhooks.connect()
    client = world.client("manager")
    page = client.get(world.url("chats/costs/")).content.decode()
    assert "1000 of 1000 free answers" in page.replace("\n", "") or "of 1000 free answers left" in page
    good = {"quiet_from": "21:00", "quiet_until": "07:00", "days_between_offers": "14", "monthly_cap": "150rb"}
    assert client.post(world.url("chats/costs/"), good).status_code == 302
    row = costs.sending_rules()
    assert (row.quiet_from, row.monthly_cap) == (time(21), 150_000)
    for bad, words in (
        ({"quiet_until": "23:00"}, "eight quiet hours"),
        ({"days_between_offers": "0"}, "greater than or equal to 1"),
        ({"monthly_cap": "-5"}, "without a minus sign"),
    ):
        answer = client.post(world.url("chats/costs/"), good | bad)
        assert answer.status_code == 422 and words in answer.content.decode()
    assert costs.sending_rules().monthly_cap == 150_000
    rate = {"category": "marketing", "amount": "700", "valid_from": "2026-11-01"}
    assert client.post(world.url("chats/costs/rates/"), rate).status_code == 302
    assert costs.rates(date(2026, 11, 23))["marketing"] == 700
    assert client.post(world.url("chats/costs/rates/"), rate | {"amount": "x"}).status_code == 422
    assert world.client("chat").get(world.url("chats/costs/")).status_code == 403
    assert world.client("stranger").get(world.url("chats/costs/")).status_code == 404


@pytest.mark.django_db
def test_rules_are_of_one_shop(world):
    from setia.core.scope import open_shop

    actions.change_sending_rules(quiet_from=time(19), quiet_until=time(9), days_between_offers=3, monthly_cap=1)
    with open_shop(world.stranger_shop):
        assert costs.sending_rules().monthly_cap is None
    assert Customer.objects.exists() and not Conversation.objects.exists() and house_clock.now()
