"""When somebody is worth a word, and when not: each kind of prompt in plain words."""

from datetime import UTC, datetime, time, timedelta

import pytest

from setia.care import actions as care
from setia.care import queries as care_reads
from setia.conversations import actions as conversations
from setia.conversations.models import Conversation
from setia.customers import actions as customers
from setia.orders import actions as orders
from setia.today import actions, queries
from setia.today.sources import SOURCES

pytestmark = pytest.mark.django_db


# --- Somebody wrote ---------------------------------------------------------------------------------------------------


def answer(shop, name):
    chat = Conversation.objects.get(customer=shop.who(name))
    return conversations.reply(conversation=chat, text="Ada, Bu.", sent_by=shop.owner, key=f"k{chat.revision}")


def test_who_waits_for_an_answer_is_shown_with_their_words(connected):
    connected.writes("ratna", "Bu, keju ada?")
    [card] = connected.shown("chat")
    assert card.title == "Bu Ratna Wulandari"
    assert card.reason == "Wrote “Bu, keju ada?” and waits for an answer."


def test_an_answered_chat_leaves_at_once_and_for_good(connected):
    connected.writes("ratna")
    answer(connected, "ratna")
    assert not connected.shown("chat"), "before the worker looked"
    connected.works()
    assert not connected.prompts("chat")
    connected.tomorrow()
    assert not connected.prompts("chat")


def test_a_machines_greeting_is_no_answer_and_not_their_words(connected):
    conversations.change_auto_reply(trigger="greeting", enabled=True, text="", text_english="")
    connected.writes("ratna", "Assalamualaikum")
    connected.works()
    [card] = connected.shown("chat")
    assert "“Assalamualaikum”" in card.reason


def test_the_longer_one_waits_the_heavier(connected):
    connected.writes("ratna")
    connected.clock.forward(hours=5)
    connected.writes("siti")
    actions.renew_prompts()
    assert [card.title for card in connected.shown("chat")] == ["Bu Ratna Wulandari", "Bu Siti Pogalan"]


@pytest.mark.parametrize("settle", [actions.skip, actions.done, actions.later])
def test_who_writes_again_is_brought_up_again(connected, settle):
    connected.writes("ratna", "makasih bu")
    settle(prompt=connected.one("chat"), by=connected.owner)
    connected.night()
    assert not connected.shown("chat")
    connected.clock.forward(minutes=5)
    connected.writes("ratna", "Bu, pesan 2 kotak nggih")
    [card] = connected.shown("chat")
    assert "pesan 2 kotak" in card.reason


def test_a_skipped_chat_stays_skipped(connected):
    connected.writes("ratna", "makasih bu")
    actions.skip(prompt=connected.one("chat"), by=connected.owner)
    connected.tomorrow()
    assert not connected.prompts("chat")


# --- Promised ---------------------------------------------------------------------------------------------------------


def test_an_order_for_today_is_a_promise(shop):
    shop.orders("siti", due_time=time(15, 0), deposit=10_000)
    shop.works()
    prompt = shop.one("promise")
    assert shop.reason(prompt) == "Order #1 (2 boxes) is promised for today at 15:00. Still to be paid: Rp 30,000."
    assert prompt.draft.startswith("Bu Siti, we are preparing your order #1 today.")


def test_an_order_for_tomorrow_is_none_yet(shop):
    shop.orders("siti", days=1)
    shop.works()
    assert not shop.prompts("promise")
    shop.tomorrow()
    assert shop.one("promise", "siti")


@pytest.mark.parametrize("end", [orders.complete, orders.cancel])
def test_what_is_handed_over_or_called_off_is_promised_no_more(shop, end):
    order = shop.orders("siti")
    shop.works()
    end(order=order)
    shop.works()
    assert not shop.prompts("promise")


def test_late_comes_first_and_the_words_say_so(shop):
    shop.orders("siti", due_time=time(8, 0))
    shop.tomorrow()
    shop.orders("ratna", due_time=time(7, 0))
    shop.works()
    first, second = shop.shown("promise")
    assert "was promised for yesterday" in first.reason and "is late" in first.prompt.draft
    assert second.title == "Bu Ratna Wulandari"
    shop.tomorrow(days=2)
    assert "was promised 3 days ago" in shop.reason(shop.one("promise", "siti"))


@pytest.mark.parametrize(
    ("fulfilment", "words"),
    [("pickup", "pick it up"), ("delivery", "Is somebody at home?"), ("courier", "with the courier")],
)
def test_the_words_fit_the_way_it_goes_out(shop, fulfilment, words):
    shop.orders("siti", fulfilment=fulfilment)
    shop.works()
    assert words in shop.one("promise").draft


def test_ready_is_said(shop):
    order = shop.orders("siti")
    orders.mark_ready(order=orders.confirm(order=order))
    shop.works()
    assert shop.one("promise").draft == "Bu Siti, your order #1 is ready to be picked up. Thank you!"


def test_a_promise_without_a_name_is_a_promise(shop):
    order = shop.orders(None)
    shop.works()
    [card] = shop.shown("promise")
    assert (card.customer, card.title, card.prompt.draft) == (None, "Order #1, without a name", "")
    shop.orders("siti")
    shop.works()
    assert len(shop.shown("promise")) == 2
    orders.complete(order=order)
    shop.works()
    assert [card.title for card in shop.shown("promise")] == ["Bu Siti Pogalan"]


def test_an_order_that_turns_out_to_be_another_customers_takes_its_prompt_along(shop):
    order = shop.orders("siti")
    shop.works()
    orders.change(order=order, customer=shop.who("ratna"))
    shop.works()
    assert [prompt.customer for prompt in shop.prompts("promise")] == [shop.who("ratna")]
    assert "Bu Ratna" in shop.one("promise").draft


# --- To be paid -------------------------------------------------------------------------------------------------------


def test_a_balance_is_named_the_day_before(shop):
    shop.orders("siti", days=1, deposit=15_000)
    shop.orders("ratna", days=1, deposit=40_000)
    shop.orders("slamet", days=2)
    shop.works()
    prompt = shop.one("balance")
    assert prompt.customer == shop.who("siti")
    assert "25,000" in shop.reason(prompt) and "handed over tomorrow" in shop.reason(prompt)
    assert "25,000" in prompt.draft


def test_paid_is_paid(shop):
    order = shop.orders("siti", days=1)
    shop.works()
    orders.record_payment(order=order, amount=40_000, method="cash")
    shop.works()
    assert not shop.prompts("balance")


def test_handed_over_but_unpaid_is_an_occasion_of_its_own(shop):
    order = shop.orders("siti", days=1)
    shop.works()
    actions.send(prompt=shop.one("balance"), text="Besok nggih", by=shop.owner)
    shop.tomorrow()
    assert not shop.prompts("balance"), "today the promise names the balance"
    orders.complete(order=order)
    shop.works()
    prompt = shop.one("balance")
    assert "was handed over" in shop.reason(prompt) and "still open" in prompt.draft


def test_nobody_can_be_reminded_of_an_order_without_a_name(shop):
    shop.orders(None, days=1)
    actions.renew_prompts()
    assert not shop.prompts("balance")


# --- The first purchase -----------------------------------------------------------------------------------------------


def test_who_bought_for_the_first_time_is_asked_the_day_after(shop):
    shop.bought("guru", 0)
    shop.night()
    assert not shop.shown("first_purchase"), "the box has not been tasted yet"
    shop.tomorrow()
    [card] = shop.shown("first_purchase")
    assert card.reason == "Bought for the first time on Monday. A personal word now makes a second visit likelier."
    assert card.prompt.draft.startswith("Bu Wening, thank you for buying at Bakpia Sekar Pandan.")


def test_who_came_again_or_long_ago_is_not_new(shop):
    shop.bought("guru", 9, 2)
    shop.bought("siti", 5)
    shop.night()
    assert not shop.prompts("first_purchase")


def test_a_second_purchase_ends_it(shop):
    shop.bought("guru", 2)
    shop.night()
    order = shop.orders("guru")
    orders.complete(order=order)
    shop.works()
    assert not shop.prompts("first_purchase")
    orders.reopen(order=order)
    shop.works()
    assert shop.one("first_purchase")


# --- A day to remember ------------------------------------------------------------------------------------------------


def test_wishes_on_the_day_for_who_agreed(shop):
    for name in ("ratna", "siti"):
        shop.birthday(name, days=0)
    shop.agrees("ratna", "occasion")
    shop.works()
    prompt = shop.one("occasion")
    assert prompt.customer == shop.who("ratna")
    assert shop.reason(prompt) == "Birthday is today."
    assert prompt.draft == "Happy birthday, Bu Ratna! We wish you health and joy."


def test_a_birthday_ahead_is_an_offer_and_needs_that_consent(shop):
    shop.birthday("ratna", days=5)
    shop.agrees("ratna", "occasion")
    shop.works()
    assert not shop.prompts("occasion")
    shop.agrees("ratna", "promotion")
    shop.works()
    prompt = shop.one("occasion")
    assert shop.reason(prompt) == "Birthday is in 5 days, on 28 November."
    assert "Happy birthday" not in prompt.draft and "Shall we make something" in prompt.draft


def test_offer_ahead_and_wishes_on_the_day_are_two_occasions(shop):
    shop.birthday("ratna", days=2)
    shop.agrees("ratna", "occasion", "promotion")
    shop.works()
    actions.send(prompt=shop.one("occasion"), text="Mau kue, Bu?", by=shop.owner)
    shop.tomorrow()
    assert not shop.prompts("occasion")
    shop.tomorrow()
    assert shop.one("occasion").draft.startswith("Happy birthday")


def test_a_day_taken_off_or_a_consent_taken_back_ends_it(shop):
    occasion = shop.birthday("ratna", days=0)
    shop.agrees("ratna", "occasion")
    shop.works()
    customers.remove_occasion(occasion=occasion)
    shop.works()
    assert not shop.prompts("occasion")
    shop.birthday("ratna", days=0)
    shop.works()
    assert shop.one("occasion")
    shop.agrees("ratna", "occasion", state="withdrawn")
    shop.works()
    assert not shop.prompts("occasion")


# --- A celebration ----------------------------------------------------------------------------------------------------

FIRST_OF_DECEMBER = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)  # the year's end begins on the 25th
LAST_YEARS_END = 339  # days before: 27 December 2025


def test_who_bought_for_the_celebration_last_time_is_asked(shop):
    shop.clock.set(FIRST_OF_DECEMBER)
    shop.bought("yanti", LAST_YEARS_END, boxes=12)
    shop.bought("siti", 300)
    shop.agrees("yanti")
    shop.agrees("siti")
    shop.night()
    prompt = shop.one("season")
    assert prompt.customer == shop.who("yanti")
    assert shop.reason(prompt).endswith("begins in 24 days. Took 12 boxes for it last time.")
    assert "as last time?" in prompt.draft


def test_not_too_early_and_not_whoever_said_no_or_ordered_already(shop):
    shop.clock.set(FIRST_OF_DECEMBER - timedelta(days=6))
    for name in ("yanti", "siti", "guru"):
        shop.bought(name, LAST_YEARS_END - 6)
    shop.night()
    assert not shop.prompts("season")
    shop.agrees("siti", state="withdrawn")
    order = shop.orders("guru", days=30)
    shop.tomorrow(days=6)
    assert {prompt.customer for prompt in shop.prompts("season")} == {shop.who("yanti")}
    orders.cancel(order=order)
    shop.works()
    assert shop.one("season", "guru")


def test_who_was_not_asked_for_consent_is_greeted_in_person(shop):
    shop.clock.set(FIRST_OF_DECEMBER)
    shop.bought("yanti", LAST_YEARS_END)
    shop.night()
    prompt = shop.one("season")
    assert prompt.draft == "" and "Not asked yet" in shop.reason(prompt)


# --- Usually orders by now --------------------------------------------------------------------------------------------


def test_who_usually_orders_by_now_is_greeted(shop):
    prompt = shop.late()
    assert shop.reason(prompt).startswith("Usually orders about every")
    assert "now 2 weeks ago." in shop.reason(prompt)
    assert "Keju is fresh today" in prompt.draft and prompt.draft.startswith("Pak Slamet")
    assert not shop.prompts("rhythm", "guru"), "within their rhythm"


def test_few_purchases_are_no_rhythm(shop):
    shop.late()
    shop.bought("ratna", 60, 50, 40)
    shop.agrees("ratna")
    shop.night()
    assert not shop.prompts("rhythm", "ratna")


def test_an_open_order_or_a_purchase_since_the_night_ends_it(shop):
    shop.late()
    order = shop.orders("slamet")
    shop.works()
    assert not shop.prompts("rhythm")
    orders.cancel(order=order)
    shop.works()
    assert shop.one("rhythm"), "away again"
    sale = orders.sell(lines=[orders.LineInput(shop.world.variants["keju-10"].pk, 1)], customer=shop.who("slamet"))
    shop.works()
    assert not shop.prompts("rhythm"), "the score is of last night, the purchase of today"
    orders.undo_sale(order=sale)
    shop.works()
    assert shop.one("rhythm")


def test_who_said_no_is_left_alone_at_once(shop):
    shop.late()
    shop.agrees("slamet", state="withdrawn")
    shop.works()
    assert not shop.prompts("rhythm")


def test_who_was_not_asked_gets_no_message_but_a_greeting(shop):
    shop.bought("siti", *(14 + 7 * n for n in range(20)))
    shop.night()
    prompt = shop.one("rhythm")
    assert prompt.draft == "" and "Not asked yet" in shop.reason(prompt)
    assert prompt.rank < 0.6


def test_somebody_without_a_phone_can_be_greeted_too(shop):
    prompt = shop.late("kasan")
    assert not queries.card(prompt).reachable


# --- Of all of them ---------------------------------------------------------------------------------------------------


def test_whoever_is_put_away_keeps_only_duties(shop):
    shop.late()
    order = shop.orders("slamet", days=3)
    orders.change(order=order, due_on=shop.world.shop.today())
    orders.cancel(order=order)
    shop.works()
    shop.birthday("slamet", days=0)
    shop.agrees("slamet", "occasion")
    shop.works()
    assert {prompt.kind for prompt in shop.prompts("rhythm") + shop.prompts("occasion")} == {"rhythm", "occasion"}
    promised = shop.orders("slamet")
    customers.archive(customer=shop.who("slamet"))
    shop.works()
    assert [kind for kind in SOURCES if shop.prompts(kind, "slamet")] == ["promise"]
    shop.tomorrow()
    assert [kind for kind in SOURCES if shop.prompts(kind, "slamet")] == ["promise"]
    orders.cancel(order=promised)
    customers.restore(customer=shop.who("slamet"))
    shop.works()
    assert shop.one("rhythm", "slamet")


def test_words_follow_name_and_language(shop):
    shop.orders("slamet")
    shop.works()
    customers.change_customer(customer=shop.who("slamet"), display_name="Mas Joko")
    shop.works()
    assert shop.one("promise").draft.startswith("Mas Joko, we are preparing")
    customers.change_customer(customer=shop.who("slamet"), language="id")
    shop.works()
    assert shop.one("promise").draft.startswith("Mas Joko, pesanan")


def test_reasons_are_in_the_readers_language(shop):
    from django.utils import translation

    prompt = shop.late()
    with translation.override("id"):
        assert shop.reason(prompt).startswith("Biasanya")
    assert prompt.draft.startswith("Pak Slamet, how are you?"), "the words are in the customer's"


def test_the_shops_day_decides(shop):
    """At 23.30 in Trenggalek it is 16.30 in Greenwich; an hour later it is tomorrow."""
    shop.clock.set(datetime(2026, 11, 23, 16, 30, tzinfo=UTC))
    shop.orders("siti", days=1)
    shop.works()
    assert not shop.prompts("promise")
    shop.clock.forward(hours=1)
    actions.renew_prompts()
    assert shop.one("promise")


@pytest.mark.parametrize(("days", "said"), [(1, "is tomorrow, on 24"), (2, "is in 2 days, on 25")])
def test_how_near_a_day_is(shop, days, said):
    shop.birthday("ratna", days=days)
    shop.agrees("ratna", "occasion", "promotion")
    shop.works()
    assert said in shop.reason(shop.one("occasion"))


# --- Was not content --------------------------------------------------------------------------------------------------


def says(shop, name, score, form="csat", **more):
    """Somebody who was asked answers."""
    asked = care.ask(customer=shop.who(name), form=form)
    return care.answer(form=form, source="page", ask=asked, score=score, **more)


def test_who_found_it_so_so_is_heard_and_who_was_content_left_in_peace(shop):
    says(shop, "ratna", 3, text="Agak kering.")
    says(shop, "siti", 5)
    says(shop, "endah", 6, form="nps")
    says(shop, "guru", 9, form="nps")
    says(shop, "slamet", 2)
    says(shop, "yanti", 3, anonymous=True)
    shop.works()
    assert {prompt.customer_id for prompt in shop.prompts("survey")} == {shop.who("ratna").pk, shop.who("endah").pk}
    assert care_reads.of_customer(shop.who("slamet").pk), "what is low is a complaint at once"
    ratna = shop.one("survey", "ratna")
    assert "Gave 3 of 5" in shop.reason(ratna) and "under Satisfaction" in shop.reason(ratna)
    assert "What should we do better" in ratna.draft and "Gave 6 of 10" in shop.reason(shop.one("survey", "endah"))
    customers.archive(customer=shop.who("endah"))
    shop.works()
    assert not shop.prompts("survey", "endah")
    shop.tomorrow(days=9)
    assert not shop.prompts("survey")


def test_what_was_heard_as_a_complaint_is_not_asked_again(shop):
    row = says(shop, "ratna", 3)
    shop.works()
    assert shop.prompts("survey", "ratna")
    row.complaint = care.open_complaint(kind="hard", source="survey", customer=shop.who("ratna"), by=shop.owner)
    row.save(update_fields=["complaint"])
    shop.works()
    assert not shop.prompts("survey", "ratna")
