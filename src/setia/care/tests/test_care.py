"""Complaints, settlements, answers and wishes: what the actions do, and who may."""

from datetime import timedelta

import pytest
from django.test import Client

from setia.care import actions, pictures, queries
from setia.care.actions.asking import LINK
from setia.care.models import Answer, Ask, Boredom, Complaint, ComplaintPhoto, Settlement, Suggestion
from setia.care.views.surveys import SAY
from setia.conversations.models import Message
from setia.conversations.tests import webhooks
from setia.core import clock
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.core.tasks import drain
from setia.orders import actions as orders
from setia.orders.actions import LineInput, PastOrder
from setia.orders.models import Adjustment, Order
from setia.shops import public
from setia.supply import actions as supply
from setia.supply.models import TracedComplaint
from setia.today import actions as today
from setia.today.models import Prompt

pytestmark = pytest.mark.django_db


@pytest.fixture
def ratna(world):
    return world.customers["ratna"]


def _complaint(**more):
    return actions.open_complaint(**{"kind": "crushed", "source": "counter"} | more)


def _sale(world, customer, days=1, boxes=2):
    day = world.shop.today() - timedelta(days=days)
    variant = world.variants["kacang-hijau-10"]
    orders.record_past(
        orders=[PastOrder(customer_id=customer.pk, day=day, lines=[LineInput(variant.pk, boxes)], channel="counter")]
    )
    return Order.objects.latest("pk")


def test_severity_sets_the_clock_and_only_one_offer_stands(world, ratna):
    row = _complaint(kind="illness", customer=ratna)
    assert row.severity == "severe" and row.due_at - row.opened_at == timedelta(hours=2)
    row = actions.change_complaint(complaint=row, kind="crushed")
    assert row.severity == "minor" and row.due_at - row.opened_at == timedelta(hours=48)
    owner = world.members["owner"]
    first = actions.offer(complaint=row, option="replace", cost=1, value=2, by=owner)
    with pytest.raises(DomainError):
        actions.offer(complaint=row, option="refund", cost=1, value=2, by=owner)
    assert actions.refuse(settlement=first) and not actions.accept(settlement=first)
    again = actions.offer(complaint=row, option="refund", cost=2, value=2, by=owner)
    assert (
        actions.accept(settlement=again) and actions.settle(settlement=again) and not actions.settle(settlement=again)
    )
    assert actions.say_content(complaint=row, content=True)
    row.refresh_from_db()
    assert row.state == "closed" and row.content
    with pytest.raises(DomainError):
        actions.offer(complaint=row, option="refund", cost=2, value=2, by=owner)


def test_not_content_opens_it_again(world, ratna):
    row = _complaint(customer=ratna)
    made = actions.offer(complaint=row, option="apology", cost=0, value=0, by=world.members["owner"])
    actions.settle(settlement=made)
    actions.say_content(complaint=row, content=False)
    row.refresh_from_db()
    assert row.state == "open" and row.settled_at is None and row.due_at <= clock.now()
    assert Settlement.objects.get().state == "refused"


def test_a_batch_is_traced_and_let_go(world):
    batch = supply.bake(variant=world.variants["kacang-hijau-10"], boxes=10, lots=[])
    row = _complaint(kind="stale", batch=batch)
    drain("reactions")
    assert TracedComplaint.objects.get().batch == batch
    actions.drop_complaint(complaint=row)
    drain("reactions")
    assert not TracedComplaint.objects.exists()
    actions.reopen(complaint=row)
    drain("reactions")
    assert TracedComplaint.objects.count() == 1


def test_money_off_next_time_is_ticked_at_the_counter_and_comes_back_with_the_sale(world, ratna):
    row = _complaint(customer=ratna)
    made = actions.offer(complaint=row, option="discount", cost=10_000, value=10_000, by=world.members["owner"])
    actions.accept(settlement=made)
    variant = world.variants["kacang-hijau-10"]
    sale = {"customer": ratna.pk, f"boxes-{variant.pk}": "2", "method": "cash", "device_key": "k1"}
    sale["deductions"] = f"care:{made.pk}"
    assert world.client("cashier").post(world.url("orders/counter/"), sale).status_code == 302
    order = Order.objects.get(device_key="k1")
    assert (
        Adjustment.objects.get(order=order).amount == -10_000
        and Adjustment.objects.get(order=order).kind == "settlement"
    )
    made.refresh_from_db()
    assert made.state == "done" and made.order == order
    orders.undo_sale(order=order)
    made.refresh_from_db()
    assert made.state == "accepted" and made.order is None


def test_like_cases_are_shown_and_came_back_is_counted(world, ratna):
    owner = world.members["owner"]
    for value in (20_000, 20_000, 30_000):
        row = _complaint(customer=ratna)
        made = actions.offer(complaint=row, option="replace", cost=value // 2, value=value, by=owner)
        actions.accept(settlement=made)
        actions.settle(settlement=made)
    usual, how = queries.similar(_complaint(customer=ratna))
    assert (usual.middle, usual.least, usual.most, usual.n) == (20_000, 20_000, 30_000, 3) and how == [("replace", 3)]
    assert queries.came_back(queries.complaints())[row.pk].waiting
    with clock.frozen(clock.now() + timedelta(days=5)):
        _sale(world, ratna, days=1)
        assert queries.came_back(queries.complaints())[row.pk].on is not None


def test_pictures_and_contacts_go_on_schedule(world):
    row = _complaint(contact="Bu Sum 0812")
    actions.add_photo(complaint=row, photo="token")
    actions.drop_complaint(complaint=row)
    assert pictures.forget_closed() == 0 and ComplaintPhoto.objects.count() == 1
    with clock.frozen(clock.now() + timedelta(days=91)):
        assert pictures.forget_closed() == 1
    assert not ComplaintPhoto.objects.exists() and not Complaint.objects.get().contact


def test_asked_at_most_once_in_sixty_days_and_low_opens_a_complaint(world, ratna):
    first = actions.ask(customer=ratna, form="csat")
    with pytest.raises(DomainError) as error:
        actions.ask(customer=ratna, form="nps")
    assert error.value.code == "rest"
    link = public.link("public_care:ask", LINK, first.pk)
    client = Client()
    assert client.post(link, {}).status_code == 422
    assert client.post(link, {"score": "2", "text": "Keras"}).status_code == 200
    client.post(link, {"score": "5"})
    row = Answer.objects.get()
    assert row.score == 2 and row.complaint.customer == ratna and Complaint.objects.count() == 1
    assert Message.objects.filter(purpose="survey").count() == 1
    with clock.frozen(clock.now() + timedelta(days=61)):
        anonymous = actions.ask(customer=ratna, form="csat")
        client.post(public.link("public_care:ask", LINK, anonymous.pk), {"score": "4", "anonymous": "1"})
    nameless = Answer.objects.latest("pk")
    assert nameless.customer is None and nameless.ask is None and Ask.objects.count() == 2


def test_faces_at_the_counter_count_and_the_last_tap_holds(world, ratna):
    order = _sale(world, ratna)
    orders.rate(order=order, score=1)
    drain("reactions")
    assert Complaint.objects.get().kind == "taste"
    orders.rate(order=order, score=5)
    drain("reactions")
    assert Answer.objects.get().score == 5 and Complaint.objects.get().state == "dropped"


def test_no_score_under_thirty_answers(world):
    for _n in range(29):
        actions.answer(form="csat", source="page", score=5)
    page = world.client("owner").get(world.url("care/satisfaction/")).content.decode()
    assert "100%" not in page and "29" in page
    actions.answer(form="csat", source="page", score=5)
    assert "100%" in world.client("owner").get(world.url("care/satisfaction/")).content.decode()


def test_the_public_page_takes_faces_wishes_and_complaints(world):
    link, client = public.link("public_care:say", SAY), Client()
    assert client.post(f"{link}csat/", {"score": "4"}).status_code == 200
    assert client.post(f"{link}wish/", {"w-text": "Rasa durian"}).status_code == 200
    assert client.post(f"{link}wish/", {"w-text": ""}).status_code == 422
    told = {"c-kind": "foreign", "c-text": "Ada staples", "c-contact": "Bu Sum"}
    assert client.post(f"{link}complaint/", told).status_code == 200
    full = {"p1": "4", "e1": "5", "w-tangibles": "60", "w-empathy": "40"}
    assert client.post(f"{link}full/", full).status_code == 200
    assert Answer.objects.get(form="full").items == {"1": [5, 4]} and Complaint.objects.get().severity == "severe"
    today.renew_prompts()
    assert Prompt.objects.get(kind="alarm").rank >= 5
    assert client.get(f"{link}nothing/").status_code == 404


def test_wishes_join_part_and_are_answered(world, ratna):
    owner = world.members["owner"]
    one = actions.suggest(text="Rasa durian", source="counter", customer=ratna, by=owner, key="k").suggestion
    assert actions.suggest(text="Rasa durian", source="counter", key="k").suggestion == one
    other = actions.suggest(text="durian dong bu", source="chat", customer=world.customers["yanti"]).suggestion
    other_topic = Suggestion.objects.filter(merged_into=None)
    if other.pk != one.pk:
        assert queries.proposals(queries.waiting_topics())
        actions.join(suggestion=other, into=one)
        assert queries.suggestions().get().votes == 2 and other_topic.count() == 1
        actions.part(suggestion=other)
        assert queries.suggestions().count() == 2
        actions.join(suggestion=other, into=one)
    assert actions.decide(suggestion=one, state="launched", answer="sudah ada!", by=owner) == 2
    with pytest.raises(DomainError):
        actions.decide(suggestion=one, state="declined", by=owner)
    assert Message.objects.filter(purpose="suggestion").count() == 2
    assert Event.objects.filter(verb="suggestion.decided").exists()


def test_never_two_messages_about_something_new_in_a_week(world, ratna):
    """A sent prompt keeps the next one, about another purchase, away for seven days."""
    owner = world.members["owner"]
    from setia.customers import actions as customers

    customers.answer_consent(customer=ratna, purpose="promotion", state="given", how="counter", evidence="toko")
    day = world.shop.today()

    def signal(last_on):
        Boredom.objects.all().delete()
        Boredom.objects.create(
            customer=ratna, day=day, variety_before=3, variety_now=1, gap_before=10, gap_now=20, last_on=last_on
        )
        today.renew_prompts()

    signal(day - timedelta(days=20))
    first = Prompt.objects.get(kind="bored")
    today.send(prompt=first, text="Ada rasa baru", by=owner)
    signal(day - timedelta(days=1))
    assert Prompt.objects.filter(kind="bored").count() == 1
    with clock.frozen(clock.now() + timedelta(days=8)):
        today.renew_prompts()
        assert Prompt.objects.filter(kind="bored").count() == 2


def test_doors(world, ratna):
    """Helpers open and listen; money is the managers'; a viewer and a stranger find nothing."""
    row = _complaint(customer=ratna)
    cashier, viewer = world.client("cashier"), world.client("viewer")
    page = world.url(f"care/complaints/{row.pk}/")
    assert cashier.get(page).status_code == 200 and viewer.get(page).status_code == 403
    assert world.client("stranger").get(page).status_code == 404
    offer = {"option": "refund", "cost": "1000", "value": "1000"}
    assert cashier.post(f"{page}offer/", offer).status_code == 403
    assert cashier.post(f"{page}notes/", {"text": "Sedih"}).status_code == 302
    assert world.client("owner").post(f"{page}offer/", offer).status_code == 302
    made = Settlement.objects.get()
    assert cashier.post(world.url(f"care/offers/{made.pk}/step/"), {"step": "take_back"}).status_code == 403
    assert cashier.get(world.url("care/satisfaction/")).status_code == 403
    new = {"kind": "hard", "source": "counter", "boxes": "1", "customer": ratna.pk}
    assert cashier.post(world.url("care/complaints/new/"), new).status_code == 302
    assert cashier.post(world.url("care/suggestions/new/"), {"text": "Durian", "source": "counter"}).status_code == 302


def test_the_board_asks_the_same_however_long(world, ratna):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = world.client("cashier")
    client.get(world.url("care/"))
    counts = []
    for _n in range(2):
        for _m in range(4):
            _complaint(customer=ratna, order=_sale(world, ratna))
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.get(world.url("care/"))
        counts.append(len(caught))
    assert counts[0] == counts[1]


# --- In the chat ------------------------------------------------------------------------------------------------------


def _asked_in_chat(world):
    """Bu Ratna wrote just now, and is asked: the buttons she sees, and how she taps one."""
    webhooks.connect()
    phone = "+6281230004001".lstrip("+")
    webhooks.deliver(webhooks.messages(webhooks.text("Terima kasih ya Bu", sender=phone)))
    ask = actions.ask(customer=world.customers["ratna"], form="csat", order=_sale(world, world.customers["ratna"]))
    shown = ask.message.payload["interactive"]["action"]["buttons"]

    def tap(number):
        reply = shown[number]["reply"]
        chosen = {"type": "button_reply", "button_reply": {"id": reply["id"], "title": reply["title"]}}
        webhooks.deliver(webhooks.messages(webhooks.text("", sender=phone, type="interactive", interactive=chosen)))

    return ask, shown, tap


def test_one_tap_on_a_button_answers_and_the_second_changes_nothing(world, ratna):
    ask, shown, tap = _asked_in_chat(world)
    assert len(shown) == 3 and all(len(one["reply"]["title"]) <= 20 for one in shown)
    tap(0)
    tap(2)
    row = Answer.objects.get()
    assert (row.score, row.source, row.ask, row.customer) == (4, "chat", ask, ratna)
    assert Order.objects.get(pk=ask.order_id).rating == 4, "it counts for whoever took the order"
    assert not Complaint.objects.exists()
    assert Message.objects.filter(purpose="survey", direction="out").count() == 2, "the question and one thank-you"
    with pytest.raises(DomainError):
        actions.ask(customer=ratna, form="nps")


def test_the_sad_button_opens_one_complaint(world, ratna):
    _ask, _shown, tap = _asked_in_chat(world)
    tap(2)
    drain("reactions")
    assert Complaint.objects.get().customer == ratna and Answer.objects.count() == 1


def test_who_answered_by_themselves_is_not_asked_for_sixty_days(world, ratna):
    orders.rate(order=_sale(world, ratna), score=5)
    drain("reactions")
    with pytest.raises(DomainError) as error:
        actions.ask(customer=ratna, form="csat")
    assert error.value.code == "rest"


def test_an_open_chat_shows_what_sounds_like_a_complaint(world, ratna):
    webhooks.connect()
    phone = "+6281230004001".lstrip("+")
    webhooks.deliver(webhooks.messages(webhooks.text("Kecewa banget saya Bu", sender=phone)))
    said = Message.objects.filter(direction="in").latest("pk")
    here = world.url(f"care/complaints/heard-in/{said.conversation_id}/")
    chat = world.client("chat")
    assert "Kecewa banget" in chat.get(here).content.decode()
    assert f'hx-get="{here}"' in chat.get(world.url(f"chats/{said.conversation_id}/")).content.decode()
    assert world.client("cashier").get(here).status_code == 403
    chat.post(world.url(f"care/complaints/from-message/{said.pk}/"), {"none": "1", "back": "chat"})
    assert "Kecewa banget" not in chat.get(here).content.decode()
    assert Complaint.objects.get().state == "dropped"


def test_low_faces_without_a_name_are_put_away_together(world, ratna):
    for _n in range(3):
        actions.answer(form="csat", source="page", score=1)
    _complaint(customer=ratna)
    page = world.client("owner").get(world.url("care/")).content.decode()
    assert "3 low faces without a name" in page
    world.client("owner").post(world.url("care/complaints/nameless/"))
    assert Complaint.objects.filter(closed_at=None).count() == 1 and queries.counts().n == 4
    closed = Complaint.objects.filter(state="closed").first()
    world.client("owner").post(world.url(f"care/complaints/{closed.pk}/reopening/"))
    assert Complaint.objects.filter(closed_at=None).count() == 2


def test_the_short_questions_do_not_move_the_long_ones(world):
    for _n in range(30):
        actions.answer(form="full", source="page", items={"5": [5, 4], "18": [4, 4]}, weights={"reliability": 100})
        actions.answer(form="short", source="page", items={"5": [None, 1], "18": [None, 2]})
    told = queries.servqual()
    assert told.n == 30 and told.weighted == -1.0
    assert {name: gap.perception for name, gap, _weight in told.rows} == {"reliability": 4.0, "empathy": 4.0}
    assert queries.found("short") == [(5, 1.0, 30), (18, 2.0, 30)]
    actions.answer(form="full", source="page", items={"14": [1, 5]})
    assert "assurance" not in {name for name, _gap, _weight in queries.servqual().rows}, "one answer says nothing"
