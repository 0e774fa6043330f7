"""The door: handshake, signature, storing; and whose number it is."""

import json

import pytest
from django.test import Client

from setia.conversations.models import Channel, Conversation, InboxItem, Message, WebhookDelivery
from setia.conversations.tests import webhooks
from setia.core.errors import DomainError
from setia.core.scope import open_shop
from setia.core.work import WorkState

pytestmark = pytest.mark.django_db

# Computed once with another implementation of HMAC-SHA256.
VECTORS = (
    (
        b'{"object":"whatsapp_business_account","entry":[]}',
        "f5f6994b210170b3a35a47ff059b926359b9d4608c1906c1034ceddab168c53b",
    ),
    (b'{"a":"caf\\u00e9 https:\\/\\/wa.me"}', "3fad30584aceab7813404c996918dad477e63189e33dff4251dda79dde710075"),
)


def shake(**query):
    return Client().get("/webhooks/whatsapp/", {f"hub.{name}": value for name, value in query.items()})


def test_handshake(settings):
    answer = shake(mode="subscribe", challenge="1158201444", verify_token="verify-me")
    assert (answer.status_code, answer.content) == (200, b"1158201444")
    assert answer["Content-Type"].startswith("text/plain")
    assert shake(mode="subscribe", challenge="1", verify_token="guess").status_code == 403
    assert shake(mode="other", challenge="1", verify_token="verify-me").status_code == 403
    settings.WHATSAPP_VERIFY_TOKEN = ""
    assert shake(mode="subscribe", challenge="1", verify_token="").status_code == 403


@pytest.mark.parametrize(("raw", "signature"), VECTORS)
def test_the_signature_is_over_the_bytes_as_they_came(raw, signature):
    assert webhooks.post(raw, f"sha256={signature}").status_code == 200
    assert bytes(WebhookDelivery.objects.get().body) == raw


@pytest.mark.parametrize(
    "signature", ["", "sha256=", "sha1=abc", "sha256=" + "0" * 64, "sha256=ü", webhooks.sign(b"{}", "other")]
)
def test_a_wrong_signature_stores_nothing(signature):
    assert webhooks.post(b"{}", signature).status_code == 403
    assert not WebhookDelivery.objects.exists()


def test_secrets_can_be_rotated(settings):
    settings.WHATSAPP_APP_SECRETS = ["new", webhooks.SECRET]
    assert webhooks.post(b'{"entry":[]}').status_code == 200
    assert webhooks.post(b'{"entry": []}', webhooks.sign(b'{"entry": []}', "new")).status_code == 200
    settings.WHATSAPP_APP_SECRETS = []
    assert webhooks.post(b"{ }").status_code == 403


def test_the_same_body_is_stored_once():
    raw = webhooks.body(webhooks.messages(webhooks.text("halo", at=1795000000)))
    assert [webhooks.post(raw).status_code for _ in range(3)] == [200, 200, 200]
    assert WebhookDelivery.objects.count() == 1


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"nonsense",
        b"[]",
        b"{}",
        b"null",
        b'{"entry":[]}',
        b'{"entry":[{"id":"1","changes":[{}]}]}',
        b'{"entry":{}}',
    ]
    + [b"\xff\xfe", b'{"entry":[{"id":"1","changes":[{"field":"messages","value":{"messages":"x"}}]}]}'],
)
def test_whatever_is_signed_is_taken_and_never_breaks_the_worker(world, raw):
    webhooks.connect()
    assert webhooks.post(raw).status_code == 200
    webhooks.settle()
    assert WebhookDelivery.objects.exclude(work_state=WorkState.WAITING).count() == 1
    assert not Message.objects.exists()


def test_a_body_of_three_megabytes_is_taken(world):
    webhooks.connect()
    change = webhooks.messages(*(webhooks.text("x" * 60_000, wamid=f"wamid.BIG{n}") for n in range(54)))
    raw = webhooks.body(change)
    assert len(raw) > 3 * 1024 * 1024
    assert webhooks.post(raw).status_code == 200
    webhooks.settle()
    assert Message.objects.filter(direction="in").count() == 54


def test_a_number_that_is_nobodys_is_refused(world, caplog):
    webhooks.deliver(webhooks.messages(webhooks.text("halo")))
    assert not InboxItem.across_shops.exists() and not Message.across_shops.exists()
    assert "Refused" in caplog.text
    assert "1 of 1 items refused" in WebhookDelivery.objects.get().error


def test_number_and_account_must_belong_together(world, caplog):
    """Another shop's account cannot speak for our number, nor ours for theirs."""
    webhooks.connect()
    with open_shop(world.stranger_shop):
        webhooks.connect(phone_number_id="106500000000777", waba_id="206500000000777", display_number="+6281230007777")
    webhooks.deliver(webhooks.messages(webhooks.text("halo")), account="206500000000777")
    webhooks.deliver(webhooks.messages(webhooks.text("halo"), number="106500000000777"))
    assert not InboxItem.across_shops.exists() and not Message.across_shops.exists()
    assert caplog.text.count("Refused") == 2
    webhooks.deliver(webhooks.messages(webhooks.text("halo"), number="106500000000777"), account="206500000000777")
    assert not Message.objects.exists()
    with open_shop(world.stranger_shop):
        assert Message.objects.get(direction="in").text == "halo"


def test_one_number_belongs_to_one_shop(world):
    channel = webhooks.connect()
    assert webhooks.connect(access_token="fresh").pk == channel.pk
    with open_shop(world.stranger_shop), pytest.raises(DomainError, match="another shop"):
        webhooks.connect()
    with open_shop(world.stranger_shop):
        assert not Channel.objects.exists()


def test_a_number_may_move_to_another_account_of_the_same_shop(world):
    webhooks.connect()
    webhooks.connect(waba_id="206500000000002")
    webhooks.deliver(webhooks.messages(webhooks.text("lewat akun lama")))
    assert not Message.objects.exists()
    webhooks.deliver(webhooks.messages(webhooks.text("lewat akun baru")), account="206500000000002")
    assert Message.objects.get(direction="in").text == "lewat akun baru"


def test_the_bodies_of_two_shops_in_one_delivery_go_their_ways(world):
    webhooks.connect()
    with open_shop(world.stranger_shop):
        webhooks.connect(phone_number_id="106500000000777", waba_id="206500000000777", display_number="+6281230007777")
    ours = json.loads(webhooks.body(webhooks.messages(webhooks.text("untuk kita"))))
    theirs = json.loads(
        webhooks.body(
            webhooks.messages(webhooks.text("untuk sebelah"), number="106500000000777"), account="206500000000777"
        )
    )
    both = {"object": "whatsapp_business_account", "entry": ours["entry"] + theirs["entry"]}
    assert webhooks.post(json.dumps(both).encode()).status_code == 200
    webhooks.settle()
    assert [message.text for message in Message.objects.filter(direction="in")] == ["untuk kita"]
    assert Conversation.across_shops.count() == 2
