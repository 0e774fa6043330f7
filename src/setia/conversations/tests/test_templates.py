"""Templates: refused here before WhatsApp would, submitted, judged, sent by the names of their variables."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from setia.conversations import actions, templating
from setia.conversations.models import Conversation, Message, MessageTemplate, Notice, TemplateLook
from setia.conversations.notices import notice_words
from setia.conversations.tests.play import playing
from setia.conversations.tests.test_attaching import picture
from setia.core.errors import DomainError
from setia.shops import actions as shops

pytestmark = pytest.mark.django_db

READY = {
    "title": "Pesanan siap",
    "language": "id",
    "category": "utility",
    "body": "Halo {name}, pesanan {order} sudah siap diambil.",
    "footer": "Terima kasih",
    "button1": "Siap",
    **{f"button{number}_kind": "reply" for number in (1, 2, 3)},
}


@pytest.fixture(autouse=True)
def in_english(world):
    shops.change_shop(language="en")


@pytest.fixture
def play(world):
    with playing() as play:
        play.user()
        yield play
        assert play.violations() == []


def submit(world, **changes):
    answer = world.client("owner").post(world.url("chats/templates/new/"), READY | {"submit": "1"} | changes)
    assert answer.status_code == 302, answer.content.decode()
    return MessageTemplate.objects.get()


# --- Pure -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"body": "{name}, halo"}, "edge"),
        ({"body": "halo {name}"}, "edge"),
        ({"body": "halo {name} {order} ya"}, "adjacent"),
        ({"body": "halo {Nama} ya"}, "name"),
        ({"body": ""}, "empty"),
        ({"body": "x" * 1025}, "long"),
        ({"header": "x" * 61}, "long"),
        ({"header": "{a} dan {b} ya"}, "several"),
        ({"footer": "halo {name} ya"}, "variable"),
        ({"header": "Halo", "pictured": True}, "both"),
        ({"buttons": [{"type": "reply", "text": "x" * 26, "value": ""}]}, "long"),
        ({"buttons": [{"type": "reply", "text": "{name}", "value": ""}]}, "variable"),
        ({"buttons": [{"type": "reply", "text": text, "value": ""} for text in "abcd"]}, "many"),
        ({"buttons": [{"type": "phone", "text": text, "value": "+6281100000001"} for text in "ab"]}, "many_phone"),
        ({"buttons": [{"type": "url", "text": text, "value": "https://a.id/"} for text in "abc"]}, "many_url"),
        ({"buttons": [{"type": "reply", "text": text, "value": ""} for text in ("Ya", "ya")]}, "twice"),
        ({"buttons": [{"type": "url", "text": "a", "value": "toko"}]}, "address"),
        ({"buttons": [{"type": "url", "text": "a", "value": "https://toko.id/{order}"}]}, "address"),
        ({"buttons": [{"type": "url", "text": "a", "value": "https://wa.me/62811"}]}, "whatsapp"),
        ({"buttons": [{"type": "phone", "text": "a", "value": "0811"}]}, "phone"),
        (
            {
                "buttons": [
                    {"type": "reply", "text": "a", "value": ""},
                    {"type": "phone", "text": "b", "value": "+6281100000001"},
                    {"type": "reply", "text": "c", "value": ""},
                ]
            },
            "mixed",
        ),
    ],
)
def test_what_whatsapp_would_refuse_is_refused_here(parts, code):
    whole = {"header": "", "body": "halo", "footer": "", "buttons": []} | parts
    assert code in {wrong.code for wrong in templating.check(**whole)}


names = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)


@given(st.lists(names, min_size=1, max_size=4, unique=True), st.text("abc .,", min_size=1, max_size=20))
def test_there_and_back(variables, words):
    body = "a " + f" {words}x ".join(f"{{{name}}}" for name in variables) + " z"
    made = templating.components(header="", body=body, footer="", buttons=[], examples={})
    assert templating.read({"components": made, "parameter_format": "NAMED"})["body"] == body
    values = dict.fromkeys(variables, "nilai")
    sent = templating.sending(name="n", language="id", header="", body=body, positional=False, values=values)
    assert [row["parameter_name"] for row in sent["components"][0]["parameters"]] == templating.variables(body)


# --- With the emulator ------------------------------------------------------------------------------------------------


def test_a_template_is_submitted_approved_and_sent_after_24_hours(play, world):
    row = submit(world)
    assert (row.name, row.status) == ("pesanan_siap", "pending")
    play.wait(hours=30)
    row.refresh_from_db()
    assert row.status == "approved"
    play.writes("halo")
    play.wait(hours=30)
    chat = play.chat()
    client, place = world.client("owner"), world.url(f"chats/{chat.pk}/template/")
    assert "Pesanan siap" in client.get(place).content.decode()
    page = client.get(f"{place}?template={row.pk}").content.decode()
    assert "Bu Tetangga" in page and 'name="order"' in page
    data = {"template": str(row.pk), "key": "k1", "order": "#12"}
    client.post(place, data)
    client.post(place, data)
    play.work()
    message = Message.objects.get(kind="template")
    assert message.status in ("accepted", "sent", "delivered", "read")
    assert "pesanan #12 sudah siap" in message.text
    shown = [one for one in play.control("GET messages") if one["direction"] == "out" and one.get("template")]
    assert len(shown) == 1


BUTTONS = {
    "button1": "Siap",
    "button1_kind": "reply",
    "button2": "Lihat daftar harga",
    "button2_kind": "url",
    "button2_value": "https://toko.example/p/c/sekar/",
    "button3": "Telepon toko",
    "button3_kind": "phone",
    "button3_value": "0812-3000-4000",
}


def test_buttons_that_answer_open_a_page_and_call(play, world):
    row = submit(world, **BUTTONS)
    assert [(one["type"], one["value"]) for one in row.buttons] == [
        ("reply", ""),
        ("url", "https://toko.example/p/c/sekar/"),
        ("phone", "+6281230004000"),
    ]
    (kept,) = play.control("GET templates")
    buttons = kept["components"][-1]["buttons"]
    assert [one["type"] for one in buttons] == ["QUICK_REPLY", "URL", "PHONE_NUMBER"]
    page = world.client("owner").get(world.url(f"chats/templates/{row.pk}/")).content.decode()
    assert 'value="https://toko.example/p/c/sekar/"' in page and 'value="Telepon toko"' in page
    world.client("owner").post(world.url("chats/templates/synchronisation/"))
    row.refresh_from_db()
    assert not row.foreign and len(row.buttons) == 3


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"button2_value": "toko"}, "beginning with https://"),
        ({"button3_value": "kantor"}, "Write a phone number"),
        ({"button3_kind": "reply"}, "next to each other"),
        ({"button1": "x" * 26}, "at most 25 characters"),
    ],
)
def test_what_is_wrong_with_a_button_is_said_and_nothing_is_lost(world, changes, words):
    answer = world.client("owner").post(world.url("chats/templates/new/"), READY | BUTTONS | changes)
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page and "Lihat daftar harga" in page
    assert not MessageTemplate.objects.exists()


def test_a_picture_above_the_text_is_handed_over_once(play, world, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    row = submit(world, picture=picture())
    assert row.picture and play.control("GET templates")[0]["components"][0]["format"] == "IMAGE"
    client = world.client("owner")
    assert client.get(world.url(f"chats/templates/{row.pk}/picture/"))["Content-Type"] == "image/webp"
    play.wait(hours=1)
    play.writes("halo")
    customer = play.chat().customer
    for number in (1, 2):
        values = {"order": f"#{number}"}
        actions.send_template(
            customer=customer, template=row_now(row), values=values, purpose="news", reference=f"{number}"
        )
        play.wait(seconds=10)
    ids = [one["content"]["components"][0]["parameters"][0]["image"]["id"] for one in sent_templates(play)]
    assert len(ids) == 2 and len(set(ids)) == 1 and row_now(row).picture_id.endswith(ids[0])
    client.post(world.url("chats/templates/synchronisation/"))
    assert row_now(row).sendable


def test_a_message_may_bring_another_picture_than_the_templates_own(play, world, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    row = submit(world, picture=picture())
    play.wait(hours=1)
    play.writes("halo")
    link = "https://shop.test/p/keju.jpg"
    for reference, own in (("1", link), ("2", "")):
        actions.send_template(
            customer=play.chat().customer,
            template=row_now(row),
            values={"order": "#1"},
            purpose="news",
            reference=reference,
            picture=own,
        )
        play.wait(seconds=10)
    first, second = (one["content"]["components"][0]["parameters"][0]["image"] for one in sent_templates(play))
    assert first == {"link": link} and set(second) == {"id"}


def row_now(row):
    row.refresh_from_db()
    return row


def sent_templates(play):
    return [one for one in play.control("GET messages") if one["direction"] == "out" and one["type"] == "template"]


def test_a_picture_is_changed_taken_away_and_never_beside_a_heading(world, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    client, new = world.client("owner"), world.url("chats/templates/new/")
    answer = client.post(new, READY | {"header": "Halo", "picture": picture()})
    assert answer.status_code == 422 and "Either a heading" in answer.content.decode()
    assert client.post(new, READY | {"picture": SimpleUploadedFile("a.pdf", b"x")}).status_code == 422
    assert not [place for place in tmp_path.rglob("*") if place.is_file()], "nothing is left behind"
    client.post(new, READY | {"picture": picture()})
    row = MessageTemplate.objects.get()
    before = row.picture
    address = world.url(f"chats/templates/{row.pk}/")
    client.post(address, READY | {"picture": picture()})
    assert row_now(row).picture != before and not (tmp_path / before).exists()
    client.post(address, READY | {"no_picture": "on"})
    assert row_now(row).picture == "" and not [place for place in tmp_path.rglob("*") if place.is_file()]
    assert client.get(world.url(f"chats/templates/{row.pk}/picture/")).status_code == 404


def test_a_picture_from_elsewhere_cannot_be_filled(play, world):
    header = {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::x"]}}
    play.control("POST templates", LISTED | {"components": [header, *LISTED["components"]]})
    world.client("owner").post(world.url("chats/templates/synchronisation/"))
    assert MessageTemplate.objects.get().foreign


def test_names_that_bring_news_are_shown(world):
    page = world.client("owner").get(world.url("chats/templates/new/")).content.decode()
    assert '<option value="Pesanan siap">' in page


def test_a_refusal_is_told_in_plain_words(play, world):
    row = submit(world)
    play.control(f"POST templates/{row.name}", {"status": "REJECTED", "reason": "PROMOTIONAL", "language": "id"})
    play.work()
    row.refresh_from_db()
    assert row.status == "rejected"
    page = world.client("owner").get(world.url(f"chats/templates/{row.pk}/")).content.decode()
    assert "reads like an offer" in page
    with pytest.raises(DomainError):
        actions.send_template(
            customer=world.customers["ratna"], template=row, values={"order": "1"}, purpose="reply", reference="x"
        )


def test_quality_category_and_pause_are_kept(play, world):
    row = submit(world)
    play.control(f"POST templates/{row.name}", {"status": "APPROVED", "language": "id"})
    play.control(f"POST templates/{row.name}", {"quality": "YELLOW", "language": "id"})
    play.control(f"POST templates/{row.name}", {"category": "MARKETING", "language": "id"})
    play.control(f"POST templates/{row.name}", {"status": "PAUSED", "language": "id"})
    play.work()
    row.refresh_from_db()
    assert (row.status, row.quality, row.category) == ("paused", "YELLOW", "marketing")


def test_the_list_is_brought_in_and_a_deleted_one_goes(play, world):
    play.control(
        "POST templates",
        {
            "name": "lama",
            "language": "id",
            "category": "UTILITY",
            "components": [{"type": "BODY", "text": "Halo {{1}}, ini kabar."}],
        },
    )
    client = world.client("owner")
    client.post(world.url("chats/templates/synchronisation/"))
    row = MessageTemplate.objects.get()
    assert (row.name, row.status, row.positional, row.body) == ("lama", "approved", True, "Halo {v1}, ini kabar.")
    client.post(world.url(f"chats/templates/{row.pk}/rest/"))
    row.refresh_from_db()
    assert not row.sendable
    client.post(world.url(f"chats/templates/{row.pk}/deletion/"))
    row.refresh_from_db()
    assert row.status == "deleted" and play.control("GET templates") == []


def test_changed_words_are_looked_at_again(play, world):
    row = submit(world)
    play.wait(hours=30)
    client = world.client("owner")
    client.post(world.url(f"chats/templates/{row.pk}/"), READY | {"body": "Halo {name}, sudah siap ya.", "submit": "1"})
    row.refresh_from_db()
    assert row.status == "pending" and row.body == "Halo {name}, sudah siap ya."


LISTED = {
    "name": "siap",
    "language": "id",
    "category": "UTILITY",
    "parameter_format": "NAMED",
    "components": [{"type": "BODY", "text": "Halo {{name}}, pesanan {{order}} siap ya."}],
}


def send(world, row, reference):
    values = {"order": "#12"}
    customer = Conversation.objects.get(channel__kind="whatsapp_cloud").customer
    return actions.send_template(customer=customer, template=row, values=values, purpose="news", reference=reference)


@pytest.mark.parametrize("code", [132000, 132001, 132012])
def test_a_template_that_is_out_of_date_has_the_list_read_anew(play, world, code):
    """WhatsApp refuses it, the owner is told, the list is brought in without a press, the next message goes out."""
    play.control("POST templates", LISTED)
    play.writes("halo")
    row = actions.save_template(
        template=None, title="Siap", language="id", category="utility", body="Kata lama {name} dan {order} ya."
    )
    MessageTemplate.objects.update(status="approved", waba_id=play.channel.waba_id)
    row.refresh_from_db()
    fault = {"route": "messages.send", "when": {"next": 1}, "do": {"error": {"code": code, "http": 400}}}
    play.control("POST faults", fault)
    message = send(world, row, "1")
    play.work()
    message.refresh_from_db()
    assert (message.status, message.error_code) == ("failed", code)
    notice = Notice.objects.get(kind=f"error:{code}")
    assert notice.subject == "siap" and "template" in notice_words(notice)
    assert TemplateLook.objects.get().work_state == "done"
    row.refresh_from_db()
    assert (row.body, row.status) == ("Halo {name}, pesanan {order} siap ya.", "approved")
    again = send(world, row, "2")
    play.work()
    again.refresh_from_db()
    assert "pesanan #12 siap" in again.text and again.status != "failed"


def test_the_list_is_asked_for_until_it_comes(play, world):
    play.control("POST templates", LISTED)
    play.control("POST faults", {"route": "templates", "when": {"next": 1}, "do": {"status": 503}})
    actions.ask_for_templates(channel=play.channel)
    actions.ask_for_templates(channel=play.channel)
    play.work()
    assert TemplateLook.objects.get().work_state == "waiting" and not MessageTemplate.objects.exists()
    play.wait(hours=1)
    assert TemplateLook.objects.get().work_state == "done" and MessageTemplate.objects.get().name == "siap"


# --- Without a number -------------------------------------------------------------------------------------------------


def test_on_the_free_app_the_same_words_are_prepared(world):
    row = actions.save_template(
        template=None, title="Siap", language="id", category="utility", body="Halo {name}, {order} siap."
    )
    message = actions.send_template(
        customer=world.customers["ratna"], template=row, values={"order": "#9"}, purpose="order", reference="1"
    )
    assert (message.kind, message.text) == ("text", "Halo Bu Ratna, #9 siap.")
    with pytest.raises(DomainError):
        actions.send_template(customer=world.customers["siti"], template=row, purpose="order", reference="1")


def test_the_preview_is_of_real_customers_and_bad_words_stay(world):
    client, address = world.client("owner"), world.url("chats/templates/new/")
    look = client.post(address, READY | {"look": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert "#128" in look and "characters" in look
    answer = client.post(address, READY | {"body": "{name}, halo"})
    assert answer.status_code == 422 and "{name}, halo" in answer.content.decode()
    assert not MessageTemplate.objects.exists()


def test_doors(world):
    row = actions.save_template(template=None, title="Siap", language="id", category="utility", body="Halo ya.")
    for path in ("templates/", "templates/new/", f"templates/{row.pk}/"):
        assert world.client("chat").get(world.url(f"chats/{path}")).status_code == 403
    assert world.client("stranger").get(f"/{world.stranger_shop.slug}/chats/templates/{row.pk}/").status_code == 404
