"""Files of customers: fetched at once, checked, kept for the shop alone; and what is refused."""

import base64
import io
from pathlib import Path

import pytest
from PIL import Image

from setia.conversations import actions
from setia.conversations.channels.whatsapp_cloud.media import host_is_known
from setia.conversations.models import MediaFile
from setia.conversations.tests.play import playing
from setia.shops import actions as shops

pytestmark = pytest.mark.django_db


@pytest.fixture
def play(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.WHATSAPP_MEDIA_HOSTS = ["graph.test:8080"]
    with playing(graph="http://graph.test:8080") as play:
        shops.change_shop(language="en")
        actions.change_auto_reply(trigger="greeting", enabled=False, text="", text_english="")
        play.user()
        yield play
        assert play.violations() == []


def jpeg(size=(1200, 800), orientation=1) -> bytes:
    file = io.BytesIO()
    picture = Image.new("RGB", size, "olive")
    exif = picture.getexif()
    exif[0x0112] = orientation
    picture.save(file, "JPEG", exif=exif)
    return file.getvalue()


def sends(play, kind, data, mime_type, **more):
    content = {"base64": base64.b64encode(data).decode(), "mime_type": mime_type, **more}
    play.control("POST inbound", {"user": "6281230009001", "type": kind, kind: content})
    play.work()
    return MediaFile.objects.order_by("-pk").first()


def fault(play, route="media.download", **do):
    play.control("POST faults", {"route": route, "when": {"next": 1}, "do": do})


def page(world, play):
    return world.client("owner").get(world.url(f"chats/{play.chat().pk}/")).content.decode()


def test_a_picture_is_fetched_and_shown_small(play, world, tmp_path):
    data = jpeg(orientation=6)
    row = sends(play, "image", data, "image/jpeg", caption="bukti transfer")
    assert row.work_state == "done" and (tmp_path / row.path).read_bytes() == data
    assert (row.width, row.height, row.size) == (800, 1200, len(data)), "the way it is held"
    shown = page(world, play)
    assert f"chats/files/{row.pk}/small/" in shown and "bukti transfer" in shown
    client = world.client("owner")
    small = client.get(world.url(f"chats/files/{row.pk}/small/"))
    assert small["Content-Type"] == "image/webp"
    with Image.open(io.BytesIO(b"".join(small.streaming_content))) as picture:
        assert max(picture.size) <= 480
    whole = client.get(world.url(f"chats/files/{row.pk}/"))
    assert whole["Content-Type"] == "image/jpeg" and b"".join(whole.streaming_content) == data
    assert "private" in whole["Cache-Control"]
    assert not list(tmp_path.rglob("coming-*"))


def test_a_voice_note_plays_from_any_point(play, world):
    row = sends(play, "audio", b"OggS" + bytes(range(200)), "audio/ogg; codecs=opus", voice=True)
    assert row.mime_type == "audio/ogg" and "<audio" in page(world, play)
    client = world.client("owner")
    for asked, status, length in (
        ("bytes=10-19", 206, 10),
        ("bytes=200-", 206, 4),
        ("bytes=-5", 206, 5),
        ("bytes=900-", 416, 0),
    ):
        answer = client.get(world.url(f"chats/files/{row.pk}/"), headers={"Range": asked})
        assert (answer.status_code, len(answer.content)) == (status, length), asked


def test_papers_are_saved_never_shown(play, world):
    row = sends(play, "document", b"<script>alert(1)</script>", "application/pdf", filename="../../etc/nota 8.pdf")
    assert row.filename == "nota 8.pdf"
    MediaFile.objects.filter(pk=row.pk).update(mime_type="text/html")
    answer = world.client("owner").get(world.url(f"chats/files/{row.pk}/"))
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "do", [{"status": 503}, {"reset": True}, {"truncate": True}, {"wrong_sha": True}, {"status": 404}]
)
def test_what_goes_wrong_is_tried_again(play, do):
    fault(play, **do)
    data = jpeg()
    row = sends(play, "image", data, "image/jpeg")
    assert row.work_state == "waiting" and not row.path
    play.wait(minutes=2)
    row.refresh_from_db()
    assert row.work_state == "done" and row.size == len(data)


@pytest.mark.parametrize("do", [{"redirect": True}, {"oversize": 8 * 1024 * 1024}])
def test_redirects_and_giants_are_refused_and_said(play, world, do, caplog):
    fault(play, **do)
    row = sends(play, "image", jpeg(), "image/jpeg")
    assert row.work_state == "failed" and not row.path
    assert "cannot be fetched" in caplog.text
    assert "Ask the customer to send it again" in page(world, play)


def test_the_token_goes_to_no_foreign_host(play, settings, world):
    settings.WHATSAPP_MEDIA_HOSTS = ["lookaside.fbsbx.com"]
    row = sends(play, "image", jpeg(), "image/jpeg")
    assert row.work_state == "failed" and "foreign host" in row.error


def test_what_whatsapp_has_no_more_is_given_up(play):
    fault(play, "media.resolve", error={"code": 100, "subcode": 33})
    assert sends(play, "image", jpeg(), "image/jpeg").work_state == "failed"
    play.control("POST faults", {"route": "media.resolve", "when": {"always": True}, "do": {"status": 503}})
    row = sends(play, "image", jpeg(), "image/jpeg")
    for _ in range(8):
        play.wait(days=1)
    row.refresh_from_db()
    assert row.work_state == "failed" and row.attempts < 12


def test_a_picture_that_is_none_is_kept_as_a_file(play, tmp_path):
    row = sends(play, "image", b"no picture at all", "image/jpeg")
    assert row.work_state == "done" and row.thumbnail == "" and (tmp_path / row.path).exists()


def test_a_bomb_of_a_picture_is_not_opened(play, monkeypatch):
    from setia.conversations.inbox import media

    monkeypatch.setattr(media, "MOST_PIXELS", 1000)
    row = sends(play, "image", jpeg(), "image/jpeg")
    assert row.work_state == "done" and row.thumbnail == ""


def test_a_stopped_number_fetches_later(play):
    actions.stop_channel(channel=play.channel, reason="error:190")
    row = sends(play, "image", jpeg(), "image/jpeg")
    assert row.work_state == "waiting" and row.attempts == 0
    actions.start_channel(channel=play.channel)
    play.work()
    row.refresh_from_db()
    assert row.work_state == "done"


def test_files_are_the_shops_alone(play, world):
    row = sends(play, "image", jpeg(), "image/jpeg")
    for path in (f"chats/files/{row.pk}/", f"chats/files/{row.pk}/small/"):
        assert world.client("stranger").get(world.url(path)).status_code == 404
        assert world.client("viewer").get(world.url(path)).status_code == 403
        assert world.client("chat").get(world.url(path)).status_code == 200
        theirs = f"/{world.stranger_shop.slug}/{path}"
        assert world.client("stranger").get(theirs).status_code == 404
    Path(MediaFile.objects.get().path)
    MediaFile.objects.update(path="chats/nowhere")
    assert world.client("owner").get(world.url(f"chats/files/{row.pk}/")).status_code == 404


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("https://lookaside.fbsbx.com/x", True),
        ("https://lookaside.fbsbx.com:443/x", True),
        ("http://lookaside.fbsbx.com/x", False),
        ("https://lookaside.fbsbx.com.evil.example/x", False),
        ("https://evil.example/lookaside.fbsbx.com", False),
        ("https://me:you@lookaside.fbsbx.com/x", False),
        ("https://lookaside.fbsbx.com:8443/x", False),
        ("http://127.0.0.1:9000/x", True),
        ("http://127.0.0.1:9001/x", False),
        ("file:///etc/passwd", False),
        ("https://[::1/x", False),
        ("", False),
    ],
)
def test_hosts(url, known):
    assert host_is_known(url, ["lookaside.fbsbx.com", "127.0.0.1:9000"]) is known
