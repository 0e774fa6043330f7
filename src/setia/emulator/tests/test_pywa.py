"""An independent client understands us: pywa sends, uploads, lists and reads our webhooks."""

from __future__ import annotations

import pytest
from pywa import WhatsApp, errors, types
from pywa.types.templates import TemplateLanguage

from setia.emulator.tests.world import PHONE, TEMPLATE, Shop

TO = f"+{PHONE}"


@pytest.fixture
def client(chatting: Shop) -> WhatsApp:
    """A pywa client whose calls end in the emulator; its own base address stays as it is."""
    made = WhatsApp(
        phone_id=chatting.number.id, token="access-token", app_secret="s3cret-app", verify_token="verify-me"
    )
    made.api._session._transport = chatting.emulator.httpx_transport()
    made.api._session._mounts = {}
    return made


def test_it_sends_and_uploads(client: WhatsApp, chatting: Shop) -> None:
    client.send_message(to=TO, text="Halo")
    client.send_message(to=TO, text="Benar?", buttons=[types.Button(title="Ya", callback_data="ya")])
    client.send_location(to=TO, latitude=-7.8, longitude=110.4, name="Toko")
    client.send_image(to=TO, image=client.upload_media(media=b"\x89PNG", mime_type="image/png", filename="a.png"))
    assert [m["type"] for m in chatting.get("messages", direction="out")] == [
        "text",
        "interactive",
        "location",
        "image",
    ]


def test_it_recognises_our_errors(client: WhatsApp, chatting: Shop) -> None:
    with pytest.raises(errors.InvalidParameter):
        client.send_message(to=TO, text="x" * 5_000)
    with pytest.raises(errors.TemplateNotExists):
        client.send_template(to=TO, name="unknown", language=TemplateLanguage.INDONESIAN, params=[])
    chatting.control("behaviour", {"pair_burst": 0})
    client.send_message(to="+6281300000000", text="x")
    with pytest.raises(errors.TooManyMessages):
        client.send_message(to="+6281300000000", text="x")


def test_it_reads_our_objects(client: WhatsApp, chatting: Shop) -> None:
    chatting.control("templates", TEMPLATE)
    assert client.get_business_profile().industry == types.Industry.RETAIL
    assert client.get_business_phone_number().quality_rating == "GREEN"
    listed = list(client.get_templates(waba_id=chatting.number.waba_id))
    assert [template.name for template in listed] == ["pesanan_siap"]
    medium = chatting.control("inbound", {"user": PHONE, "type": "image"})["content"]["id"]
    assert client.get_media_url(medium).mime_type == "image/png"


def test_it_reads_our_webhooks(client: WhatsApp, chatting: Shop) -> None:
    seen: list[str] = []
    for kind in ("message", "message_status", "callback_button"):
        getattr(client, f"on_{kind}")()(lambda _, update: seen.append(type(update).__name__))
    wamid = client.send_message(to=TO, text="Benar?", buttons=[types.Button(title="Ya", callback_data="ya")]).id
    chatting.advance()
    chatting.control("tap", {"user": PHONE, "message": wamid, "choice": "ya"})
    chatting.inbound("terima kasih")
    for _, headers, raw in chatting.hook.requests:
        assert client.webhook_update_validator(raw, headers["X-Hub-Signature-256"]) is None
        assert client.webhook_update_handler(raw)[1] == 200
    assert seen == ["MessageStatus"] * 3 + ["CallbackButton", "Message"]
