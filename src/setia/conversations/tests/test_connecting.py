"""Connecting a number: the key is tried first, and one sees whether WhatsApp tells us anything."""

import pytest

from setia.conversations import actions
from setia.conversations.models import Channel, Conversation
from setia.conversations.tests import webhooks
from setia.conversations.tests.play import playing
from setia.core.models import Route
from setia.core.scope import open_shop
from setia.shops import actions as shops

pytestmark = pytest.mark.django_db

GOOD = {"phone_number_id": webhooks.NUMBER_ID, "waba_id": webhooks.WABA, "access_token": "access-token"}


@pytest.fixture
def play(world):
    with playing() as play:
        shops.change_shop(language="en", whatsapp_level=0)
        Route.objects.all().delete()
        Channel.objects.all().delete()
        yield play
        assert play.violations() == []


def connect(world, who="owner", **changes):
    return world.client(who).post(world.url("chats/numbers/"), GOOD | changes)


def page(world):
    return world.client("owner").get(world.url("chats/numbers/")).content.decode()


def test_connecting_and_seeing_it_work(play, world):
    assert "Three things to copy" in page(world) and "/webhooks/whatsapp/" in page(world)
    assert connect(world).status_code == 302
    channel = Channel.objects.get()
    assert (channel.display_number, channel.state) == (webhooks.SHOP_NUMBER, "active")
    assert channel.access_token == "access-token" and "access-token" not in page(world)
    world.shop.refresh_from_db()
    assert world.shop.whatsapp_level == 1
    assert "This line turns green" in page(world)
    play.channel = channel
    play.user()
    play.writes("halo")
    client = world.client("owner")
    assert "WhatsApp tells us" in client.get(world.url(f"chats/numbers/{channel.pk}/heard/")).content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"access_token": "wrong"}, "does not know this key"),
        ({"phone_number_id": "999999999"}, "does not know this id"),
        ({"waba_id": "999999999"}, "does not know this id"),
        ({"phone_number_id": "+62 812"}, "only digits"),
        ({"access_token": ""}, "This field is required"),
    ],
)
def test_what_does_not_work_is_said_and_nothing_is_kept(play, world, change, words):
    answer = connect(world, **change)
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not Channel.objects.exists() and not Route.objects.exists()
    kept = (GOOD | change)["waba_id"]
    assert kept in answer.content.decode()


def test_a_number_of_another_account_is_refused(play, world):
    play.control("POST numbers", {"id": "555000111", "waba_id": "666000222", "display": "6281230005555"})
    answer = connect(world, phone_number_id="555000111")
    assert answer.status_code == 422 and "not of this WhatsApp account" in answer.content.decode()


def test_without_a_connection_it_says_so(play, world):
    play.control("POST faults", {"route": "number", "when": {"next": 1}, "do": {"reset": True}})
    answer = connect(world)
    assert answer.status_code == 422 and "could not be reached" in answer.content.decode()


def test_another_shops_number_cannot_be_taken(play, world):
    with open_shop(world.stranger_shop):
        webhooks.connect()
    answer = connect(world)
    assert answer.status_code == 422 and "another shop" in answer.content.decode()


def test_disconnecting_keeps_the_chats_and_closes_the_door(play, world):
    connect(world)
    channel = play.channel = Channel.objects.get()
    play.user()
    play.writes("halo")
    assert world.client("owner").post(world.url(f"chats/numbers/{channel.pk}/disconnection/")).status_code == 302
    channel.refresh_from_db()
    assert (channel.state, channel.access_token) == ("disconnected", "")
    world.shop.refresh_from_db()
    assert world.shop.whatsapp_level == 0
    play.writes("masih di sana?")
    assert Conversation.objects.get().last_text == "halo"
    assert actions.channel_for(Conversation.objects.get().customer).kind == "whatsapp_app"
    assert connect(world).status_code == 302
    play.writes("halo lagi")
    assert Conversation.objects.get().last_text == "halo lagi"


def test_only_the_owner_connects(play, world):
    for who in ("manager", "chat", "viewer"):
        assert connect(world, who).status_code == 403
    assert connect(world, "stranger").status_code == 404


def test_an_installation_without_secrets_says_so(play, world, settings):
    settings.WHATSAPP_APP_SECRETS = []
    assert "SETIA_WHATSAPP_APP_SECRETS" in page(world)
