"""The pages of customers through the front door."""

import re

import pytest

from setia.customers import actions, queries
from setia.customers.models import Consent, Customer, Identity, Note, Occasion
from setia.shops.actions import change_shop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(world):
    """The words below are the source's."""
    change_shop(language="en")


HTMX = {"HTTP_HX_REQUEST": "true"}


def page(answer):
    return answer.content.decode()


def test_adding_in_ten_seconds(world):
    client, url = world.client("cashier"), world.url("customers/new/")
    assert "New customer" in page(client.get(url))
    answer = client.post(url, {"display_name": "Bu Mira", "phone": "0812 9999 1111", "source": "bazaar"})
    mira = Customer.objects.get(display_name="Bu Mira")
    assert answer.status_code == 302 and answer["Location"] == world.url(f"customers/{mira.pk}/")
    assert mira.source == "bazaar" and queries.phone_of(mira) == "+6281299991111"


def test_who_may(world):
    url = world.url("customers/new/")
    assert world.client("stranger").get(url).status_code == 404
    assert world.client("viewer").get(url).status_code == 403
    assert world.client("viewer").post(url, {"display_name": "X"}).status_code == 403


def test_a_known_number_shows_who_it_is_and_loses_nothing(world):
    ratna = world.customers["ratna"]
    typed = {"display_name": "Bu Mira", "phone": "0812-3000-4001", "source": "leaflet", "landmark": "dekat pasar"}
    answer = world.client().post(world.url("customers/new/"), typed)
    html = page(answer)
    assert answer.status_code == 422 and f'href="{world.url(f"customers/{ratna.pk}/")}"' in html
    for value in ("Bu Mira", "0812-3000-4001", "dekat pasar"):
        assert f'value="{value}"' in html
    assert re.search(r'value="leaflet"[^>]*checked', html)
    assert not Customer.objects.filter(display_name="Bu Mira").exists()


def test_a_number_with_letters_says_what_to_do(world):
    answer = world.client().post(world.url("customers/new/"), {"display_name": "Bu Mira", "phone": "0812 3456 789O"})
    assert answer.status_code == 422 and "There are letters in this number" in page(answer)
    assert 'value="0812 3456 789O"' in page(answer)


def test_a_namesake_is_asked_about_once(world):
    client, url = world.client(), world.url("customers/new/")
    answer = client.post(url, {"display_name": "bu siti pogalan"})
    assert answer.status_code == 422 and "This is another person, save" in page(answer)
    assert client.post(url, {"display_name": "bu siti pogalan", "sure": "1"}).status_code == 302
    assert client.post(url, {"display_name": "bu siti pogalan", "phone": "081266667777"}).status_code == 302
    assert Customer.objects.filter(name_key="bu siti pogalan").count() == 3


def test_who_told_them_is_found_by_typing(world):
    yanti = world.customers["yanti"]
    html = page(world.client().get(world.url("customers/people/"), {"who": "yan"}, **HTMX))
    assert f'name="referred_by" value="{yanti.pk}"' in html and "<html" not in html
    client, url = world.client(), world.url("customers/new/")
    client.post(url, {"display_name": "Bu Mira", "who": "yan", "referred_by": yanti.pk})
    assert Customer.objects.get(display_name="Bu Mira").referred_by == yanti


def test_who_told_them_without_javascript(world):
    """Looking up saves nothing and keeps what was typed; a name alone must be exact."""
    client, url, yanti = world.client(), world.url("customers/new/"), world.customers["yanti"]
    html = page(client.post(url, {"display_name": "Bu Mira", "who": "yan", "look": "1"}))
    assert f'name="referred_by" value="{yanti.pk}"' in html and 'value="Bu Mira"' in html
    assert not Customer.objects.filter(display_name="Bu Mira").exists()
    answer = client.post(url, {"display_name": "Bu Mira", "who": "yan"})
    assert answer.status_code == 422 and "Choose the person from the list" in page(answer)
    assert client.post(url, {"display_name": "Bu Mira", "who": "mbak yanti reseller ta"}).status_code == 302
    assert Customer.objects.get(display_name="Bu Mira").referred_by == yanti


def test_the_one_who_told_them_is_of_this_shop(world):
    from setia.core.scope import open_shop

    with open_shop(world.stranger_shop):
        theirs = actions.add_customer(display_name="Orang Sebelah")
    world.client().post(world.url("customers/new/"), {"display_name": "Bu Mira", "referred_by": theirs.pk})
    assert Customer.objects.get(display_name="Bu Mira").referred_by is None


def test_editing(world):
    endah, url = world.customers["endah"], world.url(f"customers/{world.customers['endah'].pk}/edit/")
    client = world.client("cashier")
    html = page(client.get(url))
    assert 'value="Bu Endah Kauman"' in html and 'value="Kauman"' in html
    assert re.search(rf'name="referred_by" value="{world.customers["yanti"].pk}" checked', html)
    fields = {
        "display_name": "Bu Endah",
        "kind": "reseller",
        "source": "bazaar",
        "district": "Kauman",
        "language": "en",
    }
    assert client.post(url, fields).status_code == 302
    endah.refresh_from_db()
    assert (endah.display_name, endah.kind, endah.source, endah.language) == ("Bu Endah", "reseller", "bazaar", "en")
    assert endah.referred_by is None, "the choice was taken away"
    answer = client.post(url, {"display_name": "", "address": "Jl. Melati 3"})
    assert answer.status_code == 422 and 'value="Jl. Melati 3"' in page(answer)
    assert world.client("stranger").get(url).status_code == 404 and world.client("viewer").get(url).status_code == 403


def test_a_circle_of_referrals_is_refused_in_the_form(world):
    yanti, endah = world.customers["yanti"], world.customers["endah"]
    url = world.url(f"customers/{yanti.pk}/edit/")
    answer = world.client().post(url, {"display_name": "Mbak Yanti", "referred_by": endah.pk})
    assert answer.status_code == 422 and "cannot be the other way round" in page(answer)


def test_putting_away_can_be_undone_from_the_message(world):
    siti, client = world.customers["siti"], world.client("cashier")
    answer = client.post(world.url(f"customers/{siti.pk}/archive/"), follow=True)
    back = world.url(f"customers/{siti.pk}/restoration/")
    assert f'action="{back}"' in page(answer) and "Undo" in page(answer)
    assert client.get(back).status_code == 405
    client.post(back)
    siti.refresh_from_db()
    assert siti.archived_at is None


BLOCKS = [
    ("notes", {"text": "Suka yang tidak terlalu manis"}, {"text": ""}, Note),
    ("consents", {"purpose": "promotion", "state": "given", "how": "counter"}, {"purpose": "promotion"}, Consent),
    ("identities", {"kind": "email", "value": "ratna@example.com"}, {"kind": "phone", "value": "0812 abc"}, Identity),
    (
        "occasions",
        {"kind": "birthday", "calendar": "hijri", "day": "12", "month": "3"},
        {"kind": "birthday", "calendar": "gregorian", "day": "31", "month": "2", "label": "lahir malam"},
        Occasion,
    ),
]


@pytest.mark.parametrize(("block", "good", "bad", "model"), BLOCKS, ids=[row[0] for row in BLOCKS])
def test_blocks_of_the_page(world, block, good, bad, model):
    ratna = world.customers["ratna"]
    url = world.url(f"customers/{ratna.pk}/{block}/")
    before = model.objects.count()
    client = world.client("cashier")
    refused = client.post(url, bad)
    assert refused.status_code == 422 and model.objects.count() == before
    for value in bad.values():
        assert value in page(refused)
    refused = client.post(url, bad, **HTMX)
    assert refused.status_code == 200 and "<html" not in page(refused) and "field__error" in page(refused)
    answer = client.post(url, good)
    assert answer.status_code == 302 and answer["Location"] == world.url(f"customers/{ratna.pk}/") + f"#{block}"
    assert model.objects.count() == before + 1
    assert f'id="{block}"' in page(client.post(url, good, **HTMX))
    assert world.client("stranger").post(url, good).status_code == 404
    assert world.client("viewer").post(url, good).status_code == 403
    assert client.post(world.url(f"customers/999999/{block}/"), good).status_code == 404


def test_a_very_long_note_comes_back_with_its_length(world):
    ratna = world.customers["ratna"]
    text = "bakpia " * 700_000
    answer = world.client().post(world.url(f"customers/{ratna.pk}/notes/"), {"text": text})
    assert answer.status_code == 422 and "at most 1000 fit" in page(answer) and text.strip() in page(answer)


def test_consent_shows_how_we_know(world):
    ratna, owner = world.customers["ratna"], world.members["owner"]
    actions.answer_consent(
        customer=ratna, purpose="promotion", state="given", how="counter", evidence="boleh dikabari", by=owner
    )
    html = page(world.client("cashier").get(world.url(f"customers/{ratna.pk}/consents/")))
    assert "Asked in person" in html and "boleh dikabari" in html and "Bu Harti" in html


def test_sharing_and_ending_a_number(world):
    ratna, siti, client = world.customers["ratna"], world.customers["siti"], world.client("cashier")
    number = Identity.objects.get(customer=ratna)
    url = world.url(f"customers/identities/{number.pk}/sharing/")
    client.post(url, {"shared": "1"})
    number.refresh_from_db()
    assert number.shared
    actions.add_identity(customer=siti, kind="whatsapp", value=number.value)
    assert "already written down for Bu Siti Pogalan" in page(client.post(url, {"shared": "0"}, follow=True))
    assert client.post(world.url(f"customers/identities/{number.pk}/end/")).status_code == 302
    number.refresh_from_db()
    assert number.superseded_at
    assert client.post(world.url(f"customers/identities/{number.pk}/end/")).status_code == 404
    day = actions.add_occasion(customer=ratna, kind="birthday", calendar="gregorian", month=1, day=5)
    assert client.post(world.url(f"customers/occasions/{day.pk}/removal/")).status_code == 302
    assert not Occasion.objects.exists()
