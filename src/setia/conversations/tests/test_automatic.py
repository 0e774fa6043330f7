"""Messages nobody writes: once, in the customer's language, never over a person's shoulder, never to each other."""

from datetime import timedelta

import pytest

from setia.conversations import actions, queries, texts
from setia.conversations.models import AutoReply, ChannelKind, Message, MessageTemplate, Trigger
from setia.conversations.tests import webhooks
from setia.conversations.tests.play import playing
from setia.core import tasks
from setia.customers import actions as people_actions
from setia.orders import actions as orders
from setia.shops import actions as shops

pytestmark = pytest.mark.django_db


@pytest.fixture
def play(world):
    with playing() as play:
        play.user()
        yield play
        assert play.violations() == []


def purposes():
    return list(Message.objects.filter(direction="out").order_by("pk").values_list("purpose", flat=True))


def sell(world, customer, **options):
    variant = next(iter(world.variants.values()))
    return orders.sell(lines=[orders.LineInput(variant.pk, 1)], customer=customer, **options)


def test_the_first_message_is_greeted_once(play):
    play.writes("Bu, keju ada?")
    play.writes("Halo?")
    play.wait(days=2)
    play.writes("Bu?")
    assert purposes() == ["greeting"]
    [words] = play.words()
    assert "Bu Tetangga" in words and "{" not in words


def test_a_greeting_leaves_the_customer_waiting_for_a_person(play):
    play.writes("Bu, keju ada?")
    assert play.chat().waiting_since is not None and play.chat().last_text == "Bu, keju ada?"


@pytest.mark.parametrize(
    "words", ["harga", "MENU", "minta daftar harga dong bu", "pricelist", "Halo, minta menunya ya"]
)
def test_the_price_list_on_request_replaces_the_greeting(play, words):
    play.writes(words)
    assert purposes() == ["price_list"]
    assert "Kacang hijau" in play.words()[0]
    assert play.chat().waiting_since is None


@pytest.mark.parametrize("words", ["harga keju isi 20 berapa?", "menu rapat besok apa", "katalognya salah", "berapa?"])
def test_one_word_too_many_and_a_person_answers(play, words):
    play.writes(words)
    assert purposes() == ["greeting"]


def test_two_machines_do_not_keep_each_other_awake(play):
    """The customer's own away message may contain the magic word: it is answered once an hour at most."""
    for _ in range(20):
        play.writes("menu")
        play.wait(seconds=20)
    assert purposes() == ["price_list"]
    play.wait(hours=2)
    play.writes("menu")
    assert purposes() == ["price_list", "price_list"]


def test_automations_keep_quiet_while_a_person_handles_the_chat(play, world):
    play.writes("Bu?")
    play.reply("Nggih?", world.members["owner"])
    play.writes("menu")
    assert purposes() == ["greeting", "reply"]
    play.wait(hours=4)
    play.writes("menu")
    assert purposes() == ["greeting", "reply", "price_list"]


def test_automations_keep_quiet_after_the_owner_typed_on_the_phone(play):
    play.control(f"PATCH numbers/{webhooks.NUMBER_ID}", {"coexistence": True})
    play.control("POST echo", {"user": "6281230009001", "type": "text", "text": {"body": "Assalamualaikum Bu"}})
    play.writes("menu")
    assert purposes() == [""], "the echo and nothing else"


def test_old_news_are_not_answered_by_a_machine(play):
    """The server was down for the night: in the morning a person answers."""
    play.down = 500
    play.writes("menu")
    play.wait(hours=5)
    play.down = 0
    for _ in range(8):
        play.wait(hours=3)
    assert play.chat().unread == 1
    assert purposes() == []


def test_what_is_off_is_off(play, world):
    for trigger in Trigger.values:
        actions.change_auto_reply(trigger=trigger, enabled=False, text="", text_english="")
    play.writes("menu")
    sell(world, play.chat().customer)
    play.work()
    assert purposes() == []


@pytest.mark.parametrize(
    ("kind", "content"), [("unsupported", {"type": "poll_creation"}), ("reaction", {"message_id": "x"})]
)
def test_strange_things_are_not_greeted(play, kind, content):
    webhooks.deliver(webhooks.messages(webhooks.text("", type=kind, **{kind: content})))
    assert purposes() == []


def test_stop_is_not_greeted(play):
    play.writes("STOP")
    assert purposes() == ["opt_out"]


# --- Thank you --------------------------------------------------------------------------------------------------------


def test_a_finished_order_is_thanked_warmly_the_first_time(play, world):
    play.writes("Bu, keju ada?")
    customer = play.chat().customer
    first, second = sell(world, customer), sell(world, customer)
    play.work()
    play.work()
    rows = list(Message.objects.filter(purpose="thanks").order_by("pk"))
    assert [row.reference for row in rows] == [f"order:{first.pk}", f"order:{second.pk}"]
    wordings = [texts.built_in(trigger, "id") for trigger in (Trigger.THANKS_FIRST, Trigger.THANKS)]
    for row, order, wording in zip(rows, (first, second), wordings, strict=True):
        assert (
            row.text
            == wording.replace("{name}", "Bu Tetangga")
            .replace("{shop}", world.shop.name)
            .replace("{order}", f"#{order.number}")
            .replace("{points}", "")
            .replace("{welcome}", "")
            .strip()
        )
    assert play.words()[-2:] == [row.text for row in rows]


def test_a_thank_you_in_the_customers_language_and_the_owners_words(play, world):
    actions.change_auto_reply(
        trigger="thanks_first", enabled=True, text="Suwun {name}!", text_english="Thanks a lot, {name}!"
    )
    play.writes("hello")
    customer = play.chat().customer
    people_actions.change_customer(customer=customer, language="en")
    sell(world, customer)
    play.work()
    assert play.words()[-1].startswith("Thanks a lot, Bu")


def test_without_the_api_the_thank_you_waits_to_be_sent_by_hand(world):
    sell(world, world.customers["ratna"])
    sell(world, world.customers["kasan"])
    sell(world, None)
    with webhooks.no_shop():
        tasks.drain("reactions")
    message = Message.objects.get()
    assert (message.purpose, message.status, message.customer) == ("thanks", "queued", world.customers["ratna"])


def test_thanking_twice_is_thanking_once(play, world):
    from setia.core.models import Event

    play.writes("halo")
    sell(world, play.chat().customer)
    event = Event.objects.get(verb="order.completed")
    for _ in range(3):
        actions.thank_for_order(event=event)
    play.work()
    assert purposes().count("thanks") == 1


def test_changed_words_that_are_the_built_in_ones_are_not_kept(world):
    row = actions.change_auto_reply(
        trigger="thanks", enabled=True, text=texts.built_in("thanks", "id"), text_english="My own"
    )
    assert (row.text, row.text_english) == ("", "My own")


@pytest.mark.parametrize("trigger", Trigger.values)
@pytest.mark.parametrize("language", ["id", "en"])
def test_built_in_words_use_only_braces_that_are_filled(trigger, language):
    from setia.conversations.rules import placeholders

    assert placeholders(texts.built_in(trigger, language)) <= set(texts.known(trigger))


# --- Away, help, a person ---------------------------------------------------------------------------------------------


@pytest.fixture
def shut(world):
    """The shop is closed all week but for an hour long past."""
    shops.change_shop(opening_hours={"mon": ["00:00", "00:01"]})


def test_while_the_shop_is_closed_one_word_a_day(play, shut):
    play.writes("Bu, keju ada?")
    play.writes("Bu?")
    assert purposes() == ["away"]
    assert play.chat().waiting_since is not None
    assert "Senin" in play.words()[0] and "{" not in play.words()[0]


def test_the_price_list_comes_at_night_too(play, shut):
    play.writes("menu")
    assert purposes() == ["price_list"]


@pytest.mark.parametrize(
    "words",
    [
        "ADMIN",
        "mau bicara dengan orang",
        "bisa chat sama admin?",
        "talk to a human please",
        "cs",
        "hubungi cs dong kak",
    ],
)
def test_a_person_is_always_to_be_had(play, words):
    play.writes("menu")
    play.writes(words)
    assert purposes() == ["price_list", "person"]
    chat = play.chat()
    assert chat.waiting_since is not None and chat.automation_paused_until is not None
    play.writes("menu")
    assert purposes() == ["price_list", "person"], "a person's turn"


def test_asking_for_a_person_works_with_the_message_off(play, world):
    actions.change_auto_reply(trigger="person", enabled=False, text="", text_english="")
    play.writes("admin")
    assert purposes() == [] and play.chat().automation_paused_until is not None


@pytest.mark.parametrize("words", ["halo admin", "admin, keju ada?", "orangnya ramah"])
def test_who_only_greets_the_admin_asks_for_nobody(play, words):
    play.writes(words)
    assert "person" not in purposes()


def test_unclear_words_get_an_offer_of_help_now_and_then(play):
    play.writes("Bu, keju ada?")
    play.writes("hmm gimana ya soal yang itu lho")
    play.writes("yang itu pokoknya")
    assert purposes() == ["greeting", "unclear"]


@pytest.mark.parametrize("words", ["ok", "terima kasih bu", "nggih siap", "👍", "Bu kejunya ada?"])
def test_clear_words_get_none(play, words):
    play.writes("halo")
    play.writes(words)
    assert purposes() == ["greeting"]


def test_a_complaint_is_a_persons(play):
    play.writes("halo")
    play.writes("Bu kok bakpianya kemarin basi dan berjamur, saya kecewa sekali")
    play.writes("menu")
    play.writes("gimana dong itu lho")
    assert purposes() == ["greeting"]


def test_other_machines_are_not_answered(play):
    play.writes("Terima kasih telah menghubungi Toko Maju. Kami akan segera membalas pesan Anda.")
    play.writes("Balas dengan angka 1 untuk menu, 2 untuk harga")
    assert purposes() == []


def test_the_same_long_words_again_and_again_are_a_machines(play):
    for _ in range(6):
        play.writes("Selamat datang di layanan kami, apa yang dapat dibantu hari ini gerangan itu")
        play.wait(minutes=2)
    assert len(purposes()) <= 2


# --- News about orders ------------------------------------------------------------------------------------------------


def place(world, **options):
    variant = next(iter(world.variants.values()))
    customer = options.pop("customer", world.customers["ratna"])
    return orders.place(
        lines=[orders.LineInput(variant.pk, 2)],
        customer=customer,
        due_on=options.pop("due_on", world.shop.today()),
        **options,
    )


def settle():
    tasks.drain("reactions")


def test_confirmed_ready_and_on_its_way_are_told_once(world):
    order = place(world, fulfilment="delivery", address="Jl. Melati")
    orders.confirm(order=order)
    orders.mark_ready(order=order)
    orders.send_out(order=order)
    settle()
    assert purposes() == ["confirmed", "ready", "on_its_way"]
    text = Message.objects.get(purpose="confirmed").text
    assert f"#{order.number}" in text and "2 Kacang hijau isi 10" in text and "{" not in text


def neighbour(play):
    """Somebody who wrote two days ago: only a template, or a person, may tell her anything."""
    play.writes("halo")
    play.wait(hours=48)
    return play.chat().customer


def ready(world, customer):
    order = place(world, customer=customer)
    orders.confirm(order=order)
    orders.mark_ready(order=order)
    settle()
    return order


def test_news_after_the_24_hours_go_by_the_template_for_them(play, world):
    body = "Halo {{name}}, pesanan {{order}} sudah siap diambil."
    play.control(
        "POST templates",
        {
            "name": "pesanan_siap",
            "language": "id",
            "category": "UTILITY",
            "parameter_format": "NAMED",
            "components": [{"type": "BODY", "text": body}],
        },
    )
    actions.ask_for_templates(channel=play.channel)
    customer = neighbour(play)
    order = ready(world, customer)
    play.work()
    message = Message.objects.get(purpose="ready")
    assert message.kind == "template" and message.status in ("accepted", "sent", "delivered", "read")
    assert f"pesanan #{order.number} sudah siap" in message.text
    told = [one for one in play.phone() if one["type"] == "template"]
    assert len(told) == 1 and f"#{order.number}" in told[0]["shown"]["body"]
    # For the confirmation there is no template.
    assert Message.objects.get(purpose="confirmed").conversation.channel.kind == ChannelKind.APP


def test_news_after_the_24_hours_wait_for_a_person_without_a_template(play, world):
    customer = neighbour(play)
    order = ready(world, customer)
    play.work()
    waiting = [row for row in queries.queue_by_hand() if row.message.customer_id == customer.pk]
    assert {row.message.purpose for row in waiting} == {"confirmed", "ready"}
    assert all(f"#{order.number}" in row.text and "6281230009001" in row.link for row in waiting)
    assert not [one for one in play.phone() if one["type"] == "template"]
    assert "6281230009001" in world.client("owner").get(world.url("chats/by-hand/")).content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"category": "marketing"},
        {"status": "paused"},
        {"resting": True},
        {"language": "en"},
        {"body": "Halo {unknown}, ini."},
        {"name": "kabar_lain"},
        {"waba_id": "another"},
    ],
)
def test_a_template_that_does_not_fit_is_not_used(play, world, changes):
    fits = {"name": "pesanan_siap", "body": "Pesanan {order} siap ya.", "status": "approved"}
    MessageTemplate.objects.create(**fits | changes)
    ready(world, neighbour(play))
    assert Message.objects.get(purpose="ready").kind == "text"


def test_news_within_the_24_hours_are_plain_words(play, world):
    MessageTemplate.objects.create(name="pesanan_siap", body="Pesanan {order} siap ya.", status="approved")
    play.writes("halo")
    ready(world, play.chat().customer)
    play.work()
    message = Message.objects.get(purpose="ready")
    assert message.kind == "text" and message.conversation == play.chat()


def test_a_step_taken_back_at_once_is_not_told(world):
    order = place(world)
    orders.confirm(order=order)
    orders.cancel(order=order)
    settle()
    assert purposes() == []


def test_a_reminder_the_day_before_only_when_the_owner_wants_it(world):
    place(world, due_on=world.shop.today() + timedelta(days=1))
    actions.remind_of_payments()
    assert purposes() == []
    actions.change_auto_reply(trigger="payment", enabled=True, text="", text_english="")
    actions.remind_of_payments()
    actions.remind_of_payments()
    assert purposes() == ["payment"] and "40" in Message.objects.get().text


def test_news_wait_for_their_hours(world):
    now = world.shop.now()
    begins, ends = (now + timedelta(hours=2)).time(), (now + timedelta(hours=3)).time()
    actions.change_auto_reply(
        trigger="confirmed", enabled=True, text="", text_english="", hours_from=begins, hours_until=ends
    )
    orders.confirm(order=place(world))
    settle()
    assert Message.objects.get().due_at > now + timedelta(hours=1)


def test_hours_and_the_way_back(world):
    shops.change_shop(language="en")
    client, address = world.client("owner"), world.url("chats/automatic/ready/")
    data = {"enabled": "on", "text": "Siap {order}!", "text_english": "", "hours_from": "08:00"}
    assert client.post(address, data).status_code == 422
    assert client.post(address, data | {"hours_until": "20:00"}).status_code == 302
    assert "08.00–20.00" in client.get(world.url("chats/automatic/")).content.decode()
    assert "Back to Setia" in client.get(address).content.decode()
    client.post(f"{address}original/")
    assert not AutoReply.objects.exists()


def test_the_preview_is_of_a_real_customer(world):
    place(world)
    page = world.client("owner").get(world.url("chats/automatic/confirmed/")).content.decode()
    assert "Bu Ratna" in page and "2 Kacang hijau isi 10" in page
