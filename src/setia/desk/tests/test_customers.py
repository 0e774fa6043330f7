"""The customer book and a customer's page."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from setia.conversations import events as conversation_events
from setia.core import events
from setia.core.events import VERBS
from setia.core.models import Event
from setia.customers import actions as customers
from setia.desk import customers_list, timeline
from setia.desk.tests.looking import queries, text
from setia.orders import actions as orders
from setia.shops import actions as shops
from setia.today import actions as today

pytestmark = pytest.mark.django_db


def book(shop, query="", who="owner", **headers):
    return shop.world.client(who).get(shop.world.url(f"customers/{query}"), headers=headers)


def names(answer) -> list[str]:
    return [row.customer.display_name for row in answer.context["page"].rows]


def people(shop, count: int) -> None:
    for number in range(count):
        key = f"n{len(shop.world.customers)}-{number}"
        shop.world.customers[key] = customers.add_customer(
            display_name=f"Bu Nomor {number}", phone=f"0857000{len(shop.world.customers):05d}"
        )
        shop.bought(key, 30 + number)


# --- The book ---------------------------------------------------------------------------------------------------------


def test_who_may_look(shop):
    ratna = shop.world.url(f"customers/{shop.who('ratna').pk}/")
    for who, status in (("viewer", 200), ("cashier", 200), ("stranger", 404)):
        assert book(shop, who=who).status_code == status
        assert shop.world.client(who).get(ratna).status_code == status
    assert shop.world.client().get(shop.world.url("customers/999999/")).status_code == 404


def test_who_bought_last_comes_first(shop):
    shop.bought("siti", 40, 9)
    shop.bought("ratna", 3)
    page = book(shop)
    assert names(page) == ["Bu Ratna Wulandari", "Bu Siti Pogalan"]
    assert "2 purchases" in text(page) and "0812-3000-4001" in text(page)


def test_while_nobody_has_bought_those_written_down_are_shown(shop):
    page = book(shop)
    assert len(names(page)) == 7 and page.context["page"].show == "new"
    assert "no purchase yet" in text(page)
    assert "Nobody has bought yet" in text(book(shop, "?show=recent"))


def test_the_four_views(shop):
    shop.bought("siti", 3)
    customers.archive(customer=shop.who("guru"))
    assert names(book(shop, "?show=new"))[0] == "Pak Kasan" and "Bu Guru Wening" not in names(book(shop, "?show=new"))
    assert names(book(shop, "?show=reseller")) == ["Mbak Yanti reseller TA"]
    assert names(book(shop, "?show=archived")) == ["Bu Guru Wening"]
    customers.restore(customer=shop.who("guru"))
    assert "Nobody is put away" in text(book(shop, "?show=archived"))
    assert names(book(shop, "?show=nonsense")) == ["Bu Siti Pogalan"]


def test_pages_turn(shop):
    people(shop, customers_list.PER_PAGE + 5)
    first, second = book(shop), book(shop, "?page=2")
    assert len(names(first)) == customers_list.PER_PAGE and len(names(second)) == 5
    assert not set(names(first)) & set(names(second))
    assert "?page=2" in first.content.decode() and "?page=1" in second.content.decode()
    assert "?page=3" not in second.content.decode()
    assert "The list ended" in text(book(shop, "?show=new&page=9"))


@pytest.mark.parametrize("number", ["0", "-1", "x", "²", "99999999999", "1.5", ""])
def test_a_page_that_is_no_number_is_the_first(shop, number):
    shop.bought("siti", 3)
    assert names(book(shop, f"?page={number}")) == ["Bu Siti Pogalan"]


def test_found_by_name_number_and_place(shop):
    assert names(book(shop, "?q=ratn")) == ["Bu Ratna Wulandari"]
    assert names(book(shop, "?q=4002")) == ["Pak Slamet Durenan"]
    assert set(names(book(shop, "?q=pogalan"))) == {"Bu Ratna Wulandari", "Bu Siti Pogalan"}
    assert "No customer matches “zzz”" in text(book(shop, "?q=zzz"))
    assert "&lt;b&gt;" in book(shop, "?q=<b>").content.decode()


def test_the_best_match_comes_first_whoever_bought_last(shop):
    customers.change_customer(customer=shop.who("guru"), display_name="Bu Harslamet")
    shop.bought("guru", 1)
    shop.bought("slamet", 200)
    assert names(book(shop, "?q=slamet")) == ["Pak Slamet Durenan", "Bu Harslamet"]


def test_what_is_found_turns_pages_too(shop):
    people(shop, customers_list.PER_PAGE + 2)
    assert len(names(book(shop, "?q=nomor"))) == customers_list.PER_PAGE
    second = book(shop, "?q=nomor&page=2")
    assert len(names(second)) == 2 and "q=nomor" in second.content.decode()


def test_as_one_types_only_the_list_is_fetched(shop):
    part = book(shop, "?q=ratna", **{"HX-Request": "true"})
    assert "<html" not in part.content.decode() and 'id="found"' in part.content.decode()
    assert "HX-Request" in part["Vary"] and "HX-Request" in book(shop, "?q=ratna")["Vary"]
    back = book(shop, "?q=ratna", **{"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in back.content.decode()


def test_the_book_asks_as_often_for_ten_as_for_twenty(shop):
    people(shop, 10)
    client, url = shop.world.client(), shop.world.url("customers/")
    ten = [queries(client, url + query) for query in ("", "?show=new", "?q=nomor")]
    people(shop, 10)
    assert [queries(client, url + query) for query in ("", "?show=new", "?q=nomor")] == ten
    assert max(ten) <= 10


# --- One of them ------------------------------------------------------------------------------------------------------


def page_of(shop, name, who="owner"):
    return shop.world.client(who).get(shop.world.url(f"customers/{shop.who(name).pk}/"))


def test_everything_about_a_regular(shop):
    shop.late("ratna")
    shop.orders("endah")
    shop.works()
    words = text(page_of(shop, "ratna"))
    for expected in ("Bu Ratna Wulandari", "Buyer", "Pogalan", "Walked past", "Usually orders about every 8 days"):
        assert expected in words, expected
    assert "Last purchase 2 weeks ago" in words and "20 purchases since" in words
    assert "Favourites: Bakpia Keju (40)" in words
    assert "Keju is fresh today" in words, "the prompt about her"
    assert "depan SD Pogalan 1" in words
    words = text(page_of(shop, "endah"))
    assert "Came through Mbak Yanti" in words and "#41 · today New · Rp 40,000 open" in words
    assert "Brought: Bu Endah Kauman" in text(page_of(shop, "yanti"))


def test_who_bought_today_is_not_said_to_be_away(shop):
    shop.late()
    assert "Last purchase 2 weeks ago" in text(page_of(shop, "slamet"))
    orders.sell(lines=[orders.LineInput(shop.world.variants["keju-10"].pk, 1)], customer=shop.who("slamet"))
    words = text(page_of(shop, "slamet"))
    assert "Usually orders" in words and "Last purchase" not in words


def test_a_newcomer_and_somebody_put_away(shop):
    words = text(page_of(shop, "kasan"))
    assert "New, no rhythm yet." in words and "Write on WhatsApp" not in words, "he has no phone"
    customers.archive(customer=shop.who("kasan"))
    assert "Put away" in text(page_of(shop, "kasan"))


def test_a_prompt_put_off_is_not_on_the_page_either(shop):
    today.later(prompt=shop.late(), by=shop.owner)
    assert "Time to say hello" not in text(page_of(shop, "slamet"))


def test_who_may_do_what(connected):
    connected.writes("ratna")
    owner, viewer = page_of(connected, "ratna"), page_of(connected, "ratna", "viewer")
    assert "New order" in text(owner) and "/chats/" in owner.content.decode().partition("<main")[2]
    assert "New order" not in text(viewer) and "/chats/" not in viewer.content.decode().partition("<main")[2]
    cashier = page_of(connected, "ratna", "cashier")
    assert "New order" in text(cashier) and "/prompts/" not in cashier.content.decode()


def test_the_page_asks_as_often_for_a_long_story(connected):
    shop = connected
    shop.late("ratna")
    url = shop.world.url(f"customers/{shop.who('ratna').pk}/")
    short = queries(shop.world.client(), url)
    for number in range(12):
        shop.clock.forward(hours=1)
        shop.writes("ratna", f"Bu {number}")
        orders.complete(order=shop.orders("ratna"), method="cash", by=shop.owner)
        shop.orders("ratna", days=1)
        customers.add_note(customer=shop.who("ratna"), text=f"catatan {number}", by=shop.owner)
    shop.works()
    assert queries(shop.world.client(), url) <= short <= 30


# --- What happened ----------------------------------------------------------------------------------------------------

ABOUT_CUSTOMERS = ("customer.", "consent.", "order.", "payment.", "message.", "prompt.", "loyalty.")
TOLD = [*timeline.SENTENCES, *timeline.CHAT]


def test_every_verb_about_a_customer_has_a_sentence_or_is_left_out_on_purpose():
    about = {verb for verb in VERBS if verb.startswith(ABOUT_CUSTOMERS)}
    told = set(TOLD) | timeline.UNTOLD
    assert about <= told <= set(VERBS)


DATA = {"number": 12, "total": 40_000, "amount": 15_000, "purpose": "promotion", "state": "given", "did": "done"}


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("verb", TOLD)
def test_each_is_said_in_both_languages(shop, verb, language):
    ratna = shop.who("ratna")
    Event.objects.filter(customer_id=ratna.pk).delete()
    events.record(verb, customer_id=ratna.pk, data=DATA)
    with translation.override(language):
        [entry] = timeline.of_customer(ratna.pk)
    assert entry.text.endswith(".") and "%" not in entry.text
    shops.change_member(member=shop.owner, language=language)
    page = page_of(shop, "ratna")
    assert page.status_code == 200 and entry.text in page.content.decode()


@pytest.mark.parametrize(
    ("verb", "data", "said"),
    [
        ("order.placed", {}, "Ordered: #12, Rp 40,000."),
        ("payment.recorded", {"amount": -5_000}, "Got back Rp 5,000."),
        ("consent.answered", {"state": "withdrawn"}, "Said no to: Offers and news."),
        ("customer.identified", {"change": "ended"}, "A number or id was taken off."),
        ("customer.identified", {"change": "shared"}, "A number was marked as shared with others."),
        ("customer.identified", {"change": "own"}, "A number was marked as theirs alone."),
        ("prompt.acted", {"did": "sent"}, "Was written to, as Today suggested."),
    ],
)
def test_sentences_say_what_the_data_say(shop, verb, data, said):
    ratna = shop.who("ratna")
    Event.objects.filter(customer_id=ratna.pk).delete()
    events.record(verb, subject=ratna, customer_id=ratna.pk, data=DATA | data)
    assert [entry.text for entry in timeline.of_customer(ratna.pk)] == [said]


@pytest.mark.parametrize("did", ["later", "skipped", "undo"])
def test_what_was_put_off_is_no_news(shop, did):
    ratna = shop.who("ratna")
    Event.objects.filter(customer_id=ratna.pk).delete()
    events.record("prompt.acted", subject=ratna, customer_id=ratna.pk, data={"did": did})
    assert timeline.of_customer(ratna.pk) == []


def test_done_and_undone_did_not_happen(shop):
    prompt = shop.late()
    today.done(prompt=prompt, by=shop.owner)
    today.undo(prompt=prompt, by=shop.owner)
    assert "Today suggested" not in text(page_of(shop, "slamet"))
    today.done(prompt=prompt, by=shop.owner)
    assert text(page_of(shop, "slamet")).count("Today suggested") == 1


def test_a_day_of_messages_is_one_line_and_the_day_is_the_shops(shop):
    """Half past eleven in the evening and half past midnight are two days here, though one in Greenwich."""
    ratna = shop.who("ratna")
    Event.objects.filter(customer_id=ratna.pk).delete()
    for moment in ((23, 16, 10), (23, 16, 30), (23, 17, 30), (23, 18, 0)):
        shop.clock.set(datetime(2026, 11, *moment, tzinfo=UTC))
        events.record(conversation_events.RECEIVED, customer_id=ratna.pk)
    events.record(conversation_events.SENT, customer_id=ratna.pk)
    said = [entry.text for entry in timeline.of_customer(ratna.pk)]
    assert sorted(said) == ["The shop wrote.", "Wrote to the shop.", "Wrote to the shop."]


def test_chatting_does_not_push_orders_off_the_page(shop):
    ratna = shop.who("ratna")
    orders.cancel(order=shop.orders("ratna"))
    for _ in range(150):
        shop.clock.forward(minutes=1)
        events.record(conversation_events.RECEIVED, customer_id=ratna.pk)
    assert "Order #1 was called off." in [entry.text for entry in timeline.of_customer(ratna.pk)]


def test_it_says_who_did_it_even_when_they_left(shop):
    client = shop.world.client("cashier")
    client.post(shop.world.url(f"customers/{shop.who('ratna').pk}/notes/"), {"text": "Suka hangat"})
    shops.remove_member(member=shop.world.members["cashier"])
    assert "A note was written. 09:00 · Dewi" in text(page_of(shop, "ratna"))
