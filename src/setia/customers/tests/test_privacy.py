"""What people may ask about their data, and what becomes of it."""

from datetime import timedelta

import pytest
from django.test import Client

from setia.conversations import actions as conversations
from setia.conversations.models import Message
from setia.core.errors import DomainError
from setia.core.models import Event, SearchText
from setia.core.tasks import drain
from setia.customers import actions, merging, privacy, queries
from setia.customers.models import Breach, Customer, Identity, Note, PrivacyRequest, Profile
from setia.customers.privacy import sheet
from setia.customers.privacy.retention import months_ago
from setia.orders import actions as orders
from setia.orders.actions import LineInput
from setia.orders.models import Order
from setia.today.models import Prompt

pytestmark = pytest.mark.django_db


@pytest.fixture
def ratna(world):
    person = world.customers["ratna"]
    actions.add_note(customer=person, text="suka keju", by=world.members["owner"])
    actions.answer_consent(customer=person, purpose="promotion", state="given", how="counter", evidence="ya bu")
    Profile.objects.create(customer=person, age_band="40-59", expects_words="selalu hangat")
    chat = conversations.chat_with(channel=conversations.app_channel(), customer=person)
    Message.objects.create(
        conversation=chat, customer=person, direction="in", wamid="w1", at=world.shop.now(), text="rumah saya dekat SD",
        payload={"text": {"body": "rumah saya dekat SD"}},
    )  # fmt: skip
    return person


def placed(world, customer):
    return orders.place(
        customer=customer,
        lines=[LineInput(variant_id=world.variants["kacang-hijau-10"].pk, quantity=2)],
        due_on=world.shop.today(),
        channel="chat",
        fulfilment="delivery",
        address="depan SD Pogalan 1",
        note="untuk Bu Ratna",
        deposit=40_000,
    )


def test_the_sheet_tells_everything(world, ratna):
    placed(world, ratna)
    text = str(sheet.sections(ratna))
    for words in ("Bu Ratna Wulandari", "suka keju", "ya bu", "0812", "selalu hangat", "#1", "Pogalan"):
        assert words in text
    client = world.client("owner")
    page = client.get(world.url(f"customers/{ratna.pk}/data/")).content.decode()
    assert "suka keju" in page
    client.post(world.url(f"customers/{ratna.pk}/data/"), {"kind": "show", "how": "phone"})
    assert PrivacyRequest.objects.get().done_at is None
    client.post(world.url(f"customers/{ratna.pk}/data/given/"))
    assert PrivacyRequest.objects.get().done_at
    assert world.client("cashier").get(world.url(f"customers/{ratna.pk}/data/")).status_code == 403
    assert world.client("stranger").get(world.url(f"customers/{ratna.pk}/data/")).status_code == 404


def test_three_days_run_on_today(world, ratna, clock):
    wish = privacy.ask(customer=ratna, kind="correct", words="alamat pindah", by=world.members["owner"])
    assert wish.due_at - wish.received_at == timedelta(hours=72)
    assert privacy.ask(customer=ratna, kind="correct", words="ke Tugu").pk == wish.pk
    drain("reactions")
    assert Prompt.objects.filter(kind="privacy", customer=ratna, state="open").count() == 1
    page = world.client("owner").get(world.url()).content.decode()
    assert "72" in page or "71" in page
    clock.forward(hours=80)
    page = world.client("owner").get(world.url("customers/privacy/")).content.decode()
    assert "alamat pindah" in page and "tag--retain" in page
    with pytest.raises(DomainError):
        privacy.answer(wish=wish, refused=True)
    privacy.answer(wish=wish, outcome="sudah", by=world.members["owner"])
    drain("reactions")
    assert not Prompt.objects.filter(kind="privacy", state="open").exists()


def test_erased_for_good(world, ratna):
    order = placed(world, ratna)
    with pytest.raises(DomainError) as refused:
        privacy.erase(customer=ratna)
    assert refused.value.code == "held"
    for step in (orders.confirm, orders.mark_ready, orders.complete):
        step(order=order)
    twin = actions.add_customer(display_name="Ratna W.", phone="081299990001")
    actions.add_note(customer=twin, text="kembar", by=None)
    merging.merge(kept=ratna, gone=twin)
    privacy.ask(customer=ratna, kind="erase", words="hapus ya bu")
    link = privacy.link_to(ratna)
    owner = world.client("owner")
    assert owner.post(world.url(f"customers/{ratna.pk}/erasure/"), {}).status_code == 422
    assert owner.post(world.url(f"customers/{ratna.pk}/erasure/"), {"sure": "yes"}).status_code == 302
    ratna.refresh_from_db()
    order.refresh_from_db()
    assert ratna.erased_at and "Ratna" not in ratna.display_name and ratna.district == ""
    assert (order.total, order.paid, order.address, order.note) == (40_000, 40_000, "", "")
    people = [ratna.pk, twin.pk]
    assert not Note.objects.filter(customer__in=people).exists()
    assert not Identity.objects.filter(customer__in=people).exists()
    assert not SearchText.objects.filter(kind="customer", object_id__in=people).exists()
    assert (Message.objects.get(wamid="w1").text, Message.objects.get(wamid="w1").payload) == ("", {})
    assert "Ratna" not in Customer.objects.get(pk=twin.pk).display_name
    assert PrivacyRequest.objects.get().done_at and PrivacyRequest.objects.get().words == ""
    assert queries.find("ratna") == [] and Client().get(link).status_code == 404
    assert not [event for event in Event.objects.filter(customer_id=ratna.pk) if "Ratna" in str(event.data)]
    assert owner.get(world.url("customers/privacy/")).status_code == 200
    assert Order.objects.filter(customer=ratna).count() == 1
    assert world.client("manager").post(world.url(f"customers/{ratna.pk}/erasure/")).status_code == 403
    assert privacy.erase(customer=ratna) is False


def test_restricted_is_only_kept(world, ratna):
    world.client("owner").post(world.url(f"customers/{ratna.pk}/restriction/"))
    assert queries.may_write(ratna.pk, "promotion") is False
    assert queries.may_be_written_to([ratna.pk], "promotion") == set()
    assert queries.find("ratna") == []
    person, _made = actions.identify(identities=[("whatsapp", "6281230004001")], display_name="x")
    assert person == ratna and Customer.objects.get(pk=ratna.pk).archived_at, "writing does not end it"
    world.client("owner").post(world.url(f"customers/{ratna.pk}/restriction/"), {"lift": "1"})
    assert queries.may_write(ratna.pk, "promotion") and queries.find("ratna") == [ratna]


def test_their_own_page(world, ratna):
    owner = world.client("owner")
    owner.post(world.url(f"customers/{ratna.pk}/data/link/"))
    link, anybody = privacy.link_to(ratna), Client()
    page = anybody.get(link, headers={"accept-language": "en"}).content.decode()
    assert "suka keju" in page and "Pogalan" in page
    anybody.post(f"{link}consents/", {"purpose": "promotion", "state": "withdrawn"})
    assert not queries.may_write(ratna.pk, "promotion")
    assert queries.consent_history(ratna.pk)[0].how == "form"
    anybody.post(f"{link}wishes/", {"kind": "erase", "words": "tolong"})
    anybody.post(f"{link}wishes/", {"kind": "correct", "words": ""})
    anybody.post(f"{link}wishes/", {"kind": "nonsense"})
    assert PrivacyRequest.objects.get().kind == "erase"
    assert Event.objects.filter(verb="privacy.asked").latest("pk").actor == "public"
    owner.post(world.url(f"customers/{ratna.pk}/data/link/"), {"close": "1"})
    assert anybody.get(link).status_code == 404


def test_a_loss_of_data(world):
    owner = world.client("owner")
    owner.post(
        world.url("customers/privacy/breaches/new/"), {"what": "HP hilang", "which_data": "nama", "who": "semua"}
    )
    breach = Breach.objects.get()
    drain("reactions")
    assert Prompt.objects.filter(kind="privacy", customer=None, state="open").count() == 1
    assert owner.get(world.url()).status_code == 200
    path = world.url(f"customers/privacy/breaches/{breach.pk}/")
    assert "HP hilang" in owner.get(path).content.decode()
    owner.post(path, {"told": "agency"})
    owner.post(path, {"told": "people"})
    drain("reactions")
    assert not Prompt.objects.filter(kind="privacy", state="open").exists()
    owner.post(path, {"told": "people", "undo": "1"})
    assert owner.post(path, {"what": ""}).status_code == 422
    owner.post(path, {"what": "HP ketemu", "which_data": "nama", "who": "semua"})
    breach.refresh_from_db()
    assert breach.what == "HP ketemu" and breach.people_told_at is None


def test_nobody_is_kept_for_ever(world, clock):
    owner = world.client("owner")
    assert privacy.forget_old() == 0, "nothing by itself"
    placed_one = placed(world, world.customers["siti"])
    for step in (orders.confirm, orders.mark_ready, orders.complete):
        step(order=placed_one)
    answer = owner.post(
        world.url("customers/privacy/rules/"),
        {"regencies": ["Trenggalek"], "keep_contacts": "12", "keep_buyers": "60", "contact": "Bu Harti"},
    )
    assert answer.status_code == 302
    clock.forward(days=400)
    actions.add_note(customer=world.customers["endah"], text="mampir", by=None)
    assert {person.pk for person in privacy.would_forget()} == {
        person.pk for key, person in world.customers.items() if key not in ("siti", "endah")
    }
    assert privacy.forget_old() == 5 and privacy.forget_old() == 0
    clock.forward(days=365 * 5)
    assert world.customers["siti"] in privacy.would_forget()


def test_months_back():
    from datetime import date

    assert months_ago(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_ago(date(2026, 1, 15), 13) == date(2024, 12, 15)


def test_the_audit_trail(world, ratna, django_assert_max_num_queries):
    owner = world.client("owner")
    page = owner.get(world.url("audit/?area=customer")).content.decode()
    assert "Bu Ratna Wulandari" in page
    for query in ("?who=system", "?day=2026-11-23", "?day=x", "?customer=abc", "?page=2", "?area=zzz"):
        assert owner.get(world.url(f"audit/{query}")).status_code == 200
    assert world.client("manager").get(world.url("audit/")).status_code == 403
