"""Campaigns: whom they reach, who is held out, sent once, stopped at once, measured after the window."""

from datetime import time, timedelta

import pytest

from setia.catalog import actions as catalog
from setia.conversations import actions as conversations
from setia.conversations.models import Message, MessageTemplate
from setia.conversations.tests import webhooks
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.core.tasks import drain
from setia.customers import actions as customers
from setia.orders import actions as orders
from setia.orders.actions import LineInput
from setia.promotions import wording_campaigns as wording
from setia.promotions.actions import campaigns as actions
from setia.promotions.actions import campaigns_sending as sending
from setia.promotions.models import Campaign, HoldOutPerson, Recipient
from setia.promotions.queries import campaigns as queries
from setia.promotions.queries import campaigns_results as results
from setia.segments import actions as segments

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd(world):
    """Twenty-four people with numbers who agreed to offers, one who did not, one without a number."""
    world.crowd = []
    for n in range(26):
        person = customers.add_customer(
            display_name=f"Bu Tamu {n:02}", phone="" if n == 25 else f"0812555{n:05}", by=world.members["owner"]
        )
        if n != 24:
            customers.answer_consent(customer=person, purpose="promotion", state="given", how="counter", evidence="-")
        world.crowd.append(person)
    segments.renew_profiles()
    return world


def write(crowd, **fields):
    ids = ",".join(str(person.pk) for person in crowd.crowd)
    base = {
        "campaign": None,
        "name": "Bakpia hangat",
        "kind": "news",
        "text": "Halo {name}, bakpia hangat!",
        "audience": f"people={ids}",
        "send_from": time(8),
        "send_until": time(20),
        "by": crowd.members["owner"],
    }
    return actions.save_campaign(**base | fields)


def buy(crowd, person):
    line = LineInput(variant_id=crowd.variants["kacang-hijau-10"].pk, quantity=1)
    return orders.place(customer=person, lines=[line], due_on=crowd.shop.today(), channel="chat")


def test_before_sending_one_sees_price_losses_and_what_can_be_shown(crowd):
    row = write(crowd)
    outlook = queries.outlook(row)
    assert (outlook.asked, outlook.losses) == (26, {"consent": 1, "number": 1})
    assert outlook.treated + outlook.held == 24 and outlook.held == 12, "half of so few"
    assert outlook.price == 0 and outlook.by_hand and outlook.detectable > 0.3
    html = crowd.client("owner").get(crowd.url(f"promotions/campaigns/{row.pk}/")).content.decode()
    assert "Bu Tamu" in html or "Bu" in html
    assert Recipient.objects.count() == 0 == Message.objects.count(), "looking writes nothing"


def test_arms_are_drawn_once_and_shared_by_campaigns_of_the_window(crowd):
    first = actions.start_campaign(campaign=write(crowd))
    held = set(Recipient.objects.filter(campaign=first, held=True).values_list("customer_id", flat=True))
    assert len(held) == 12 and Event.objects.filter(verb="campaign.changed", subject_id=first.pk).exists()
    second = actions.start_campaign(campaign=write(crowd, name="Kedua", window_days=20))
    again = set(Recipient.objects.filter(campaign=second, held=True).values_list("customer_id", flat=True))
    assert again == held and second.hold_out_id == first.hold_out_id
    assert HoldOutPerson.objects.count() == 24
    # one that holds nobody out leaves the held ones in peace
    third = actions.start_campaign(campaign=write(crowd, name="Semua", holds_out=False))
    written = set(Recipient.objects.filter(campaign=third).values_list("customer_id", flat=True))
    assert not written & held and third.losses["compared"] == 12


def test_it_is_handed_over_once_however_often_the_worker_looks(crowd, clock):
    row = actions.start_campaign(campaign=write(crowd))
    for _look in range(3):
        clock.forward(minutes=2)
        drain("campaigns")
    row.refresh_from_db()
    messages = Message.objects.filter(purpose="promotion")
    assert row.state == "sent" and messages.count() == 12
    assert len({message.customer_id for message in messages}) == 12
    held = Recipient.objects.filter(campaign=row, held=True).values("customer_id")
    assert not messages.filter(customer_id__in=held).exists()
    assert messages.first().text.startswith("Halo Bu Tamu")
    assert queries.by_hand_waiting() == {row.pk: 12}


def test_pause_takes_back_what_did_not_leave_and_going_on_sends_it_once(crowd, clock):
    row = actions.start_campaign(campaign=write(crowd))
    sending.feed(campaign=row, limit=5)
    gone = Message.objects.filter(purpose="promotion").first()
    conversations.mark_opened(message=gone, by=crowd.members["owner"])
    conversations.mark_sent(message=gone, by=crowd.members["owner"])
    actions.pause_campaign(campaign=row)
    progress = queries.progress(row)
    assert (progress.gone, progress.queued, progress.waiting) == (1, 0, 11)
    assert sending.feed(campaign=row, limit=5) == 0, "nothing leaves while it rests"
    actions.resume_campaign(campaign=row)
    clock.forward(minutes=2)
    drain("campaigns")
    living = Message.objects.filter(purpose="promotion").exclude(status="skipped")
    assert living.count() == 12 == len({one.customer_id for one in living})


def test_stopped_is_stopped(crowd, clock):
    row = actions.start_campaign(campaign=write(crowd))
    sending.feed(campaign=row, limit=3)
    actions.stop_campaign(campaign=row)
    clock.forward(minutes=5)
    drain("campaigns")
    progress = queries.progress(row)
    assert progress.stopped == 12 and progress.waiting == progress.queued == progress.gone == 0
    assert not Message.objects.filter(purpose="promotion", status="queued").exists()


def test_it_waits_for_its_hours_and_its_schedule(crowd, clock):
    row = write(crowd, send_from=time(13), send_until=time(15))
    begins = crowd.shop.now() + timedelta(hours=1)
    actions.start_campaign(campaign=row, starts_at=begins)
    drain("campaigns")
    row.refresh_from_db()
    assert row.state == "scheduled"
    clock.forward(hours=1, minutes=1)
    drain("campaigns")
    clock.forward(minutes=1)
    drain("campaigns")
    row.refresh_from_db()
    assert row.state == "sending" and not Message.objects.filter(purpose="promotion").exists()
    assert row.due_at.astimezone(crowd.shop.zone).time() == time(13)
    clock.forward(hours=4)
    drain("campaigns")
    assert Message.objects.filter(purpose="promotion").count() == 12


def test_nobody_peeks_and_the_result_says_no_more_than_its_interval(crowd, clock):
    row = actions.start_campaign(campaign=write(crowd))
    treated = [one.customer for one in Recipient.objects.filter(campaign=row, held=False).select_related("customer")]
    clock.forward(hours=1)
    for person in treated[:9]:
        buy(crowd, person)
    held = Recipient.objects.filter(campaign=row, held=True).select_related("customer").first().customer
    buy(crowd, held)
    page = crowd.url(f"promotions/campaigns/{row.pk}/")
    assert sending.settle_results() == 0
    with pytest.raises(DomainError):
        sending.measure(campaign=row)
    assert wording.result(row).waits
    clock.forward(days=15)
    assert sending.settle_results() == 1 and sending.settle_results() == 0
    row.refresh_from_db()
    assert (row.result["treated_bought"], row.result["held_bought"]) == (9, 1)
    told = wording.result(row)
    assert told.verdict == "more" and row.result["rate"]["low"] > 0 and told.picture[0].low > told.picture[0].zero
    html = crowd.client("viewer").get(page + "?lang=en").content.decode()
    assert "interval" in html
    assert [one.pk for one in queries.results_unseen()] == [row.pk]
    crowd.client("owner").post(page + "reading/")
    assert queries.results_unseen() == []
    again = Campaign.objects.get(pk=row.pk).result
    buy(crowd, held)
    assert sending.measure(campaign=row) == again, "measured once"


def test_campaigns_of_a_kind_are_judged_together(crowd, clock):
    for turn in range(2):
        row = actions.start_campaign(campaign=write(crowd, name=f"Ke-{turn}"))
        clock.forward(hours=1)
        for one in Recipient.objects.filter(campaign=row, held=False).select_related("customer")[:6]:
            buy(crowd, one.customer)
        clock.forward(days=16)
        sending.settle_results()
    kind = results.of_kind("news")
    assert kind.count == 2 and kind.low < kind.effect < kind.high
    row.refresh_from_db()
    assert len(wording.result(row).picture) == 2


@pytest.mark.parametrize(
    ("text", "code"), [("", "empty"), ("Halo {nama}", "placeholder"), ("{product}", "product"), ("{code}", "offer")]
)
def test_words_that_cannot_be_sent_are_refused(crowd, text, code):
    with pytest.raises(DomainError) as caught:
        write(crowd, text=text)
    assert caught.value.code == code


def test_the_pages_and_their_doors(crowd, clock):
    owner, viewer, stranger = (crowd.client(who) for who in ("owner", "viewer", "stranger"))
    form = {
        "name": "Ramadan",
        "kind": "season",
        "audience": f"people={','.join(str(person.pk) for person in crowd.crowd)}",
        "text": "Halo {name}",
        "holds_out": "on",
        "window_days": "14",
        "send_from": "08:00",
        "send_until": "20:00",
    }
    new = crowd.url("promotions/campaigns/new/")
    assert viewer.get(new).status_code == 403 and owner.get(new).status_code == 200
    assert owner.post(new, form | {"audience": ""}).status_code == 422
    answer = owner.post(new, form)
    row = Campaign.objects.get()
    page = crowd.url(f"promotions/campaigns/{row.pk}/")
    assert answer["Location"] == page and owner.get(page).status_code == 200
    assert stranger.get(page).status_code == 404 and viewer.get(page).status_code == 200
    assert owner.get(page + "change/").status_code == 200
    for path in ("start/", "step/", "copy/", "removal/"):
        assert viewer.post(page + path).status_code == 403 and stranger.post(page + path).status_code == 404
    owner.post(page + "removal/")
    owner.post(page + "removal/", {"undo": "1"})
    owner.post(page + "start/", {"now": "1"})
    row.refresh_from_db()
    assert row.state == "sending"
    assert "12" in owner.get(page + "progress/").content.decode()
    owner.post(page + "step/", {"step": "pause"})
    owner.post(page + "step/", {"step": "resume"})
    owner.post(page + "step/", {"step": "stop"})
    row.refresh_from_db()
    assert row.state == "stopped" and owner.get(page).status_code == 200
    owner.post(page + "copy/")
    assert Campaign.objects.count() == 2
    listing = owner.get(crowd.url("promotions/campaigns/")).content.decode()
    assert "Ramadan" in listing


def test_a_list_of_people_leads_to_a_campaign(crowd):
    html = crowd.client("owner").get(crowd.url("groups/people/")).content.decode()
    assert "promotions/campaigns/new/?" in html


def test_the_picture_goes_along_where_the_api_may_send_it(crowd):
    webhooks.connect()
    catalog.open_page()
    variant, person = crowd.variants["keju-10"], crowd.crowd[0]
    type(variant).objects.filter(pk=variant.pk).update(photo="abc")
    variant.refresh_from_db()
    row = write(crowd, variant=variant, text="Halo {name}, {product} hangat!", holds_out=False)
    row = queries.any_campaign(row.pk)
    recipient = Recipient(campaign=row, customer=person)
    with pytest.raises(DomainError):
        sending.Words(row).queue(recipient)  # the chat is closed, and there is no template
    pictured = MessageTemplate.objects.create(
        name="news", body="Halo {name}, ada kabar.", category="marketing", status="approved", picture="templates/a.webp"
    )
    row.template, recipient.turn = pictured, 3
    row.save(update_fields=["template"])
    message = sending.Words(row).queue(recipient)
    (header, _body) = message.payload["template"]["components"]
    assert header["parameters"][0]["image"]["link"].endswith(f"/cards/{variant.pk}.jpg"), "the product, not the example"
    html = crowd.client("owner").get(crowd.url(f"promotions/campaigns/{row.pk}/")).content.decode()
    assert "above the words of the template" in html
    recipient.turn = 1
    webhooks.deliver(webhooks.messages(webhooks.text("Bu?", sender="6281255500000")))
    message = sending.Words(row).queue(recipient)
    assert message.kind == "image" and message.payload["image"]["caption"] == message.text
    assert message.payload["image"]["link"].endswith(f"/cards/{variant.pk}.jpg")
    html = crowd.client("owner").get(crowd.url(f"promotions/campaigns/{row.pk}/")).content.decode()
    assert "abc" in html
    catalog.close_page()
    recipient.turn = 2
    assert sending.Words(row).queue(recipient).kind == "text", "WhatsApp could not fetch it"
