"""Links and QR codes: whoever comes by one is known to have come by it, and nothing that was known is overwritten."""

import re

import pytest
from django.test import Client

from setia.conversations import actions, entries, rules
from setia.conversations.models import Entry, EntryLink
from setia.conversations.tests import webhooks
from setia.core import tasks
from setia.core.models import Event
from setia.customers.models import Customer
from setia.shops import actions as shops

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(world):
    shops.change_shop(language="en")


@pytest.fixture
def link(world):
    return actions.make_entry_link(label="Leaflet of the market", source="leaflet", text="Halo, mau tanya")


def write(words, **options):
    webhooks.connect()
    name = webhooks.contact("Bu Tetangga", options.get("sender", "6281230009001"))
    webhooks.deliver(webhooks.messages(webhooks.text(words, **options), contacts=[name]))
    tasks.drain("reactions")


def test_somebody_new_who_writes_with_the_code_came_by_the_leaflet(world, link):
    write(rules.with_code("Halo", link.code))
    entry = Entry.objects.get()
    assert entry.newcomer and entry.customer.source == "leaflet"
    write(rules.with_code("Halo lagi", link.code))
    assert Entry.objects.count() == 1
    assert Event.objects.filter(verb="entry_link.used").count() == 1


def test_a_source_that_is_known_stays(world, link):
    siti = world.customers["siti"]
    before = siti.source
    assert before and before != "leaflet"
    actions.enter(link=link, customer=siti)
    siti.refresh_from_db()
    assert siti.source == before and Entry.objects.get().customer == siti


def test_other_codes_and_marks_are_nothing(world, link):
    write("pesan #2 kotak ya [#ZZZZ] #promo")
    assert not Entry.objects.exists()
    assert Customer.objects.get(display_name="Bu Tetangga").source == "chat"


def test_the_short_link_counts_taps_and_not_looks(world, link):
    anybody = Client()
    address = entries.short(link)
    page = anybody.get(address)
    assert page.status_code == 200 and link.code in page.content.decode()
    link.refresh_from_db()
    assert link.opened == 0
    answer = anybody.post(address)
    assert answer.status_code == 302 and answer["Location"].startswith("https://wa.me/62")
    link.refresh_from_db()
    assert link.opened == 1


def test_a_link_is_made_shown_printed_and_downloaded(world):
    client = world.client("owner")
    data = {"label": "Sticker", "source": "leaflet", "text": "Halo"}
    place = client.post(world.url("chats/links/"), data)["Location"]
    page = client.get(place).content.decode()
    link = EntryLink.objects.get()
    assert "<svg" in page and link.code in page and "/p/to/" in page
    assert client.get(f"{place}poster/").status_code == 200
    assert client.get(f"{place}code.png").content.startswith(b"\x89PNG")
    assert b"<svg" in client.get(f"{place}code.svg").content
    assert client.get(f"{place}code.gif").status_code == 404
    client.post(place, data | {"label": "Sticker on the box"})
    client.post(f"{place}retirement/")
    link.refresh_from_db()
    assert link.label == "Sticker on the box" and link.retired_at
    client.post(f"{place}return/")
    assert "Sticker on the box" in client.get(world.url("chats/links/")).content.decode()


@pytest.mark.parametrize("wrong", [{"label": ""}, {"text": ""}, {"text": "x" * 101}, {"source": "moon"}])
def test_what_cannot_be_a_link_is_refused_and_kept(world, wrong):
    data = {"label": "Sticker", "source": "leaflet", "text": "Halo"} | wrong
    answer = world.client("owner").post(world.url("chats/links/"), data)
    assert answer.status_code == 422 and not EntryLink.objects.exists()


def test_a_code_can_be_typed_in(world, link):
    client, ratna = world.client("owner"), world.customers["ratna"]
    address = world.url("chats/links/codes/")
    assert client.post(address, {"code": link.code.lower(), "customer": str(ratna.pk)}).status_code == 302
    assert Entry.objects.get().customer == ratna
    wrong = client.post(address, {"code": "XXXX", "customer": str(ratna.pk)})
    assert wrong.status_code == 422 and re.search(r'value="XXXX"', wrong.content.decode())


def test_who_bought_after_that_is_counted(world, link):
    from setia.orders import actions as orders

    ratna = world.customers["ratna"]
    actions.enter(link=link, customer=ratna)
    assert entries.rows()[0].bought == 0
    orders.sell(lines=[orders.LineInput(next(iter(world.variants.values())).pk, 1)], customer=ratna)
    assert entries.rows()[0].bought == 1


def test_doors(world, link):
    for path in ("links/", f"links/{link.pk}/", f"links/{link.pk}/poster/"):
        assert world.client("viewer").get(world.url(f"chats/{path}")).status_code == 403
    assert world.client("stranger").get(f"/{world.stranger_shop.slug}/chats/links/{link.pk}/").status_code == 404
