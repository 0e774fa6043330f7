"""The evening check from its pages: which chats, in which order, judged by whom, seen by whom."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from setia.conversations import actions, evening
from setia.conversations.models import ServiceReview
from setia.conversations.tests import webhooks
from setia.conversations.tests.test_pages import get, post
from setia.conversations.tests.test_sorting import write
from setia.core.models import Event
from setia.core.scope import current_shop
from setia.shops import actions as shops

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day(world, clock):
    """A Monday morning at nine, read in English."""
    shops.change_shop(language="en")
    webhooks.connect()
    actions.change_auto_reply(trigger="greeting", enabled=False, text="", text_english="")
    clock.set(current_shop().now().replace(hour=9, minute=0, second=0, microsecond=0))
    return current_shop().today()


def answer(world, chat, who="chat"):
    return actions.reply(conversation=chat, text="Ada", sent_by=world.members[who], key=f"k{chat.pk}{chat.revision}")


def test_three_reasons_to_look_the_worst_first(world, clock, day):
    quick = write("keju ada?", "6281230009001", "Bu Cepat")
    slow = write("cokelat ada?", "6281230009002", "Bu Lama")
    write("bakpianya kok hancur, kecewa saya", "6281230009003", "Bu Kecewa")
    clock.forward(minutes=5)
    answer(world, quick)
    clock.forward(minutes=60)
    answer(world, slow)
    names = [case.conversation.customer.display_name for case in evening.cases(day)]
    assert names == ["Bu Kecewa", "Bu Lama"]
    page = get(world, "evening/").content.decode()
    assert "sounded unhappy" in page and "kecewa saya" in page and "waited" in page and "Bu Cepat" not in page
    assert "not answered for" in page


def test_a_night_is_no_wait(world, clock, day):
    clock.forward(hours=10)  # seven in the evening: closed
    chat = write("besok buka?")
    clock.forward(hours=12, minutes=10)
    answer(world, chat)
    assert evening.cases(current_shop().today()) == [] and evening.cases(day) == []


def test_one_by_one_to_the_end(world, clock, day):
    chats = [write("lama sekali ya", f"628123000900{number}", f"Bu {number}") for number in range(3)]
    answer(world, chats[0])
    first = evening.cases(day)[0].conversation.pk
    client, seen = world.client("owner"), []
    url = world.url(f"chats/evening/{first}/?day={day}")
    while True:
        page = client.get(url).content.decode()
        assert "lama sekali ya" in page
        seen.append(url)
        data = {"stars": "2", "verdict": "coach", "note": "Lebih cepat", "member": world.members["chat"].pk}
        url = client.post(url, data)["Location"]
        if url.endswith(f"/chats/evening/?day={day}"):
            break
    assert len(seen) == 3 == ServiceReview.objects.count()
    assert Event.objects.filter(verb="service.reviewed").count() == 3
    assert evening.left_to_check(day) == 0
    page = client.get(url).content.decode()
    assert "Undo" in page and "Lebih cepat" in page
    post(world, f"evening/{first}/withdrawal/?day={day}")
    assert ServiceReview.objects.count() == 2 and evening.left_to_check(day) == 1


def test_next_and_previous(world, day):
    for number in range(3):
        write("lama sekali ya", f"628123000900{number}", f"Bu {number}")
    order = [case.conversation.pk for case in evening.cases(day)]
    page = get(world, f"evening/{order[1]}/").content.decode()
    assert re.search(rf'data-key="k"[^>]*evening/{order[0]}/', page)
    assert re.search(rf'data-key="j"[^>]*evening/{order[2]}/', page)


def test_without_stars_nothing_is_judged_and_nothing_lost(world, day):
    chat = write("lama sekali ya")
    answer = post(world, f"evening/{chat.pk}/", {"note": "penting", "verdict": "praise"})
    assert answer.status_code == 422 and "penting" in answer.content.decode()
    assert not ServiceReview.objects.exists()


def test_judging_anew_replaces(world, day):
    chat = write("lama sekali ya")
    for stars in (2, 4):
        post(world, f"evening/{chat.pk}/", {"stars": stars, "verdict": ""})
    assert ServiceReview.objects.get().stars == 4
    assert re.search(r'value="4"[^>]*checked', get(world, f"evening/{chat.pk}/").content.decode())


def test_times_by_member_and_only_ones_own_for_a_member(world, clock, day):
    one, two = write("a?", "6281230009001", "Bu Satu"), write("b?", "6281230009002", "Bu Dua")
    clock.forward(minutes=4)
    answer(world, one, "chat")
    clock.forward(minutes=16)
    answer(world, two, "manager")
    found = {row.member.name: row.first for row in evening.times(7).rows}
    assert {name: (row.count, row.minutes) for name, row in found.items()} == {"Rini": (1, 4), "Mas Yoga": (1, 20)}
    owner, rini = get(world, "evening/").content.decode(), get(world, "evening/", "chat").content.decode()
    assert "Mas Yoga" in owner and "Rini" in owner and "<svg" in owner
    assert "Mas Yoga" not in rini and "4 min" in rini and "deserve" not in rini
    for member, note in (("chat", "Bagus Rini"), ("manager", "Bagus Yoga")):
        actions.review_service(
            conversation=one if member == "chat" else two,
            day=day,
            stars=5,
            note=note,
            member=world.members[member],
            by=world.members["owner"],
        )
    rini = get(world, "evening/", "chat").content.decode()
    assert "Bagus Rini" in rini and "Bagus Yoga" not in rini


def test_a_matter_is_settled_after_the_silence_or_when_done(world, clock, day):
    chat = write("a?")
    clock.forward(minutes=4)
    answer(world, chat)
    clock.forward(minutes=5)
    assert evening.times(7).all_settled is None and evening.times(7).unsettled == 1
    actions.finish_chat(conversation=chat, by=world.members["owner"])
    assert evening.times(7).all_settled.minutes == 4


def test_today_says_so_after_hours_to_whoever_manages(world, clock, day):
    write("lama sekali ya")
    where = world.url("")
    assert "deserves a second look" not in world.client("owner").get(where).content.decode()
    clock.set(current_shop().now().replace(hour=19))
    assert "1 chat of today deserves a second look" in world.client("owner").get(where).content.decode()
    assert "deserves a second look" not in world.client("chat").get(where).content.decode()


def test_other_days_and_no_days(world, day, clock):
    chat = write("lama sekali ya")
    clock.forward(days=1)
    assert "Bu Tetangga" in get(world, f"evening/?day={day}").content.decode()
    assert get(world, f"evening/{chat.pk}/?day={day}").status_code == 200
    for bad in ("2020-01-01", "2099-01-01", "2026-13-99", "x"):
        assert get(world, f"evening/?day={bad}").status_code == 404


def test_the_same_queries_for_ten_chats_and_for_twenty(world, day):
    def count():
        client = world.client("owner")
        client.get(world.url("chats/evening/"))
        with CaptureQueriesContext(connection) as seen:
            assert client.get(world.url("chats/evening/")).status_code == 200
        return len(seen)

    for number in range(10):
        write("lama sekali ya", f"62812300{20_000 + number}", f"Bu {number}")
    ten = count()
    for number in range(10):
        write("lama sekali ya", f"62812300{20_100 + number}", f"Bu {number}")
    assert count() == ten <= 24


def test_next_door_and_without_the_right(world, day):
    chat = write("lama sekali ya")
    assert get(world, "evening/", "chat").status_code == 200
    for path in (f"evening/{chat.pk}/",):
        assert get(world, path).status_code == 200
        assert get(world, path, "chat").status_code == get(world, path, "viewer").status_code == 403
        assert get(world, path, "stranger").status_code == 404
    assert post(world, f"evening/{chat.pk}/withdrawal/", who="chat").status_code == 403
    assert post(world, f"evening/{chat.pk}/withdrawal/", who="stranger").status_code == 404
    assert get(world, "evening/", "viewer").status_code == 403
