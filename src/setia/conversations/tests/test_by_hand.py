"""«Kirim satu-satu»: a calm pace, several beginnings, wrong numbers; nothing is lost on the way."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.conversations import actions, queries, rules
from setia.conversations.models import Message
from setia.core import tasks
from setia.core.errors import DomainError
from setia.customers import queries as people
from setia.shops import actions as shops
from setia.today import actions as today
from setia.today.models import Prompt

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 28, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_english(world):
    shops.change_shop(language="en")


def prepare(world, key="ratna", purpose="prompt", text="", reference="1"):
    customer = world.customers[key]
    return actions.queue_message(
        customer=customer,
        text=text or f"{people_name(customer)}, terima kasih sudah belanja.",
        purpose=purpose,
        reference=reference,
    )


def people_name(customer):
    from setia.customers.words import called

    return called(customer)


def page(world, path="", **headers):
    return world.client("owner").get(world.url(f"chats/by-hand/{path}"), headers=headers).content.decode()


def post(world, path, data=None):
    return world.client("owner").post(world.url(f"chats/by-hand/{path}"), data or {})


# --- Pure -------------------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 600), max_size=60), st.integers(1, 50), st.integers(1, 20), st.integers(1, 60))
def test_the_pace_never_exceeds_the_day_and_rests_after_a_row(gaps, most, in_a_row, minutes):
    sent, at = [], NOW
    rest = timedelta(minutes=minutes)
    for gap in gaps:
        at += timedelta(seconds=gap)
        pace = rules.hand_pace(sent, at, most=most, in_a_row=in_a_row, rest=rest)
        if not pace.paused:
            sent.append(at)
    assert len(sent) <= most
    for first in range(len(sent) - in_a_row):
        stretch = sent[first : first + in_a_row + 1]
        assert max(b - a for a, b in zip(stretch, stretch[1:], strict=False)) >= rest


@given(st.text(min_size=1, max_size=40), st.integers(1, 10**9), st.integers(1, 6))
def test_the_beginning_is_the_same_for_the_same_person(text, person, count):
    ways = [f"{number} {{name}}" for number in range(count)]
    assert rules.chosen(ways, person, text) == rules.chosen(ways, person, text) in ways


@pytest.mark.parametrize(
    ("text", "way", "wanted"),
    [
        ("Bu Ratna, terima kasih.", "Assalamualaikum {name},", "Assalamualaikum Bu Ratna, terima kasih."),
        ("Halo Bu Ratna! Ada rasa baru.", "Hai {name}!", "Hai Bu Ratna! Ada rasa baru."),
        ("Ada rasa baru.", "Halo {name},", "Halo Bu Ratna,\nAda rasa baru."),
        ("Bu Ratna, Ada", "{name}", "Bu Ratna, ada"),
    ],
)
def test_greetings(text, way, wanted):
    assert rules.greet(text, "Bu Ratna", way) == wanted


# --- The queue --------------------------------------------------------------------------------------------------------


def test_texts_to_many_begin_differently_and_are_kept_as_sent(world):
    for key in world.customers:
        customer = world.customers[key]
        if people.phone_of(customer):
            prepare(world, key, text=f"{people_name(customer)}, besok ada rasa baru.")
    rows = queries.queue_by_hand()
    names = {row.message.pk: people_name(row.message.customer) for row in rows}
    assert len({row.text.replace(names[row.message.pk], "") for row in rows}) > 1
    row = rows[0]
    actions.mark_opened(message=row.message, by=world.members["owner"])
    actions.mark_sent(message=row.message, by=world.members["owner"])
    assert Message.objects.get(pk=row.message.pk).text == row.text


def test_answers_keep_their_words(world):
    prepare(world, purpose="reply", text="Bu Ratna, ada.")
    assert queries.queue_by_hand()[0].text == "Bu Ratna, ada."


def test_own_beginnings(world):
    answer = post(world, "pace/", {"by_hand_a_day": 5, "by_hand_in_a_row": 2, "by_hand_rest": 10, "greetings": "Hai!"})
    assert answer.status_code == 422
    data = {"by_hand_a_day": 5, "by_hand_in_a_row": 2, "by_hand_rest": 10, "greetings": "Sugeng enjang {name},"}
    post(world, "pace/", data)
    prepare(world)
    assert queries.queue_by_hand()[0].text.startswith("Sugeng enjang Bu Ratna, terima kasih")


def test_a_rest_after_some_and_the_rest_tomorrow(world, clock):
    actions.change_hand_pace(by_hand_a_day=3, by_hand_in_a_row=2, by_hand_rest=10, greetings="")
    made = [prepare(world, reference=str(number)) for number in range(5)]
    owner = world.members["owner"]
    actions.mark_sent(message=made[0], by=owner)
    actions.mark_sent(message=made[1], by=owner)
    assert "Rest until" in page(world) and "2 of 3 today" in page(world)
    clock.forward(minutes=11)
    assert "Rest until" not in page(world)
    assert page(world).count('class="card prompt"') == 1  # one is left today, two wait
    actions.mark_sent(message=made[2], by=owner)
    text = page(world)
    assert "That is enough for today. 2 more wait" in text
    assert page(world, "?all=1").count('class="card prompt"') == 2
    clock.forward(days=1)
    assert page(world).count('class="card prompt"') == 2


def test_answers_are_not_paced(world):
    actions.change_hand_pace(by_hand_a_day=1, by_hand_in_a_row=1, by_hand_rest=10, greetings="")
    actions.mark_sent(message=prepare(world), by=world.members["owner"])
    prepare(world, purpose="reply", text="Ada, Bu.")
    assert "Ada, Bu." in page(world)


def test_tomorrow_and_back(world, clock):
    message = prepare(world)
    post(world, f"{message.pk}/postponement/")
    assert queries.queue_by_hand() == [] and "1 message comes again" in page(world)
    post(world, f"{message.pk}/return/")
    assert len(queries.queue_by_hand()) == 1
    post(world, f"{message.pk}/postponement/")
    clock.forward(days=1)
    assert len(queries.queue_by_hand()) == 1


def test_a_wrong_number_ends_and_comes_back_with_undo(world):
    ratna = world.customers["ratna"]
    number, message = people.phone_of(ratna), prepare(world)
    post(world, f"{message.pk}/wrong-number/")
    assert people.phone_of(ratna) == ""
    post(world, f"{message.pk}/return/")
    assert people.phone_of(ratna) == number and len(queries.queue_by_hand()) == 1


def test_the_right_number_takes_its_place(world):
    ratna, message = world.customers["ratna"], prepare(world)
    answer = world.client("owner").post(
        world.url(f"chats/by-hand/{message.pk}/wrong-number/"), headers={"HX-Request": "true"}
    )
    assert "right number" in answer.content.decode()
    post(world, f"{message.pk}/number/", {"number": "12"})
    assert people.phone_of(ratna) == ""
    post(world, f"{message.pk}/number/", {"number": "0812 7777 1234"})
    [row] = queries.queue_by_hand()
    assert row.number == people.phone_of(ratna) == "+6281277771234"


def test_today_asks_for_the_right_number_until_it_is_there(world):
    message = prepare(world)
    actions.mark_wrong_number(message=message, by=world.members["owner"])
    tasks.drain("reactions")
    today.renew_prompts()
    assert Prompt.objects.filter(kind="number", customer=world.customers["ratna"], state="open").exists()
    actions.correct_number(message=message, number="081277771234", by=world.members["owner"])
    tasks.drain("reactions")
    assert not Prompt.objects.filter(kind="number", state="open").exists()


def test_a_number_that_is_somebody_elses_is_not_taken_back(world):
    message = prepare(world)
    number = people.phone_of(world.customers["ratna"])
    actions.mark_wrong_number(message=message, by=world.members["owner"])
    from setia.customers import actions as people_actions

    people_actions.add_identity(customer=world.customers["siti"], kind="phone", value=number)
    with pytest.raises(DomainError):
        actions.put_back(message=message, by=world.members["owner"])


def test_doors(world):
    message = prepare(world)
    assert world.client("viewer").get(world.url("chats/by-hand/")).status_code == 403
    assert world.client("chat").post(world.url("chats/by-hand/pace/")).status_code == 403
    stranger = world.client("stranger")
    for step in ("postponement", "number"):
        address = f"/{world.stranger_shop.slug}/chats/by-hand/{message.pk}/{step}/"
        assert stranger.post(address).status_code == 404
