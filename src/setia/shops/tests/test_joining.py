"""Coming in by an invitation, opening a shop, and the front page."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from setia.core.errors import DomainError
from setia.core.scope import open_shop
from setia.shops import actions
from setia.shops.models import Invitation, Member, Shop
from setia.shops.tests.conftest import PASSWORD

NEW_PERSON = {"username": "tutik", "password": PASSWORD}


def invitation_for(world, role: str = "cashier") -> str:
    _invitation, token = actions.invite(name="Mbak Tutik", role=role, by=world.members["owner"])
    return f"/join/{token}/"


def role_of(username: str) -> str:
    user = get_user_model().objects.get(username=username)
    return Member.objects.filter(user_id=user.pk, removed_at=None).values_list("role", flat=True).first() or ""


# --- Invitations


def test_a_helper_joins_with_a_name_and_a_password(shop):
    link, client = invitation_for(shop), Client()
    page = client.get(link).content.decode()
    assert shop.shop.name in page and "Cashier" in page and "Bu Harti" in page
    assert client.post(link, NEW_PERSON)["Location"] == shop.url()
    assert client.get(shop.url("settings/profile/")).status_code == 200
    assert role_of("tutik") == "cashier"


def test_an_invitation_works_once(shop):
    link = invitation_for(shop)
    Client().post(link, NEW_PERSON)
    second = Client()
    assert second.get(link).status_code == 410
    assert second.post(link, {"username": "tutik2", "password": PASSWORD}).status_code == 410
    assert not get_user_model().objects.filter(username="tutik2").exists()


def test_looking_uses_nothing_up(shop):
    link = invitation_for(shop)
    for _ in range(3):
        assert Client().get(link).status_code == 200
    assert Client().post(link, NEW_PERSON).status_code == 302


def test_an_invitation_runs_out(shop, clock):
    link = invitation_for(shop)
    clock.forward(days=7, seconds=1)
    assert Client().get(link).status_code == 410
    assert Client().post(link, NEW_PERSON).status_code == 410


def test_a_withdrawn_invitation_opens_nothing(shop):
    link = invitation_for(shop)
    actions.withdraw_invitation(invitation=Invitation.objects.get(used_at=None))
    assert Client().post(link, NEW_PERSON).status_code == 410


def test_two_at_the_same_moment_one_gets_in(shop):
    """The second has read the invitation before the first used it."""
    invitation, _token = actions.invite(name="Mbak Tutik", role="cashier", by=shop.members["owner"])
    actions.join(invitation=invitation, username="satu", password=PASSWORD)
    with pytest.raises(DomainError, match="already used"):
        actions.join(invitation=invitation, username="dua", password=PASSWORD)
    assert not get_user_model().objects.filter(username="dua").exists(), "nobody is left without a shop"


def test_somebody_with_an_account_joins_with_it(shop):
    link, client = invitation_for(shop), shop.client("stranger")
    assert b"lastri" in client.get(link).content
    assert client.post(link)["Location"] == shop.url()
    assert role_of("lastri") == "cashier"
    choose = client.get("/").content.decode()
    assert shop.shop.name in choose and shop.stranger_shop.name in choose, "two shops now: she picks"


def test_who_works_here_keeps_the_role(shop):
    """An owner who opens a helper's link by mistake stays the owner, and the link stays good."""
    link, client = invitation_for(shop, "viewer"), shop.client("owner")
    answer = client.post(link)
    assert answer["Location"] == shop.url()
    assert role_of("harti") == "owner"
    assert Client().post(link, NEW_PERSON).status_code == 302


def test_who_left_comes_back_with_a_new_invitation(shop):
    member = shop.members["cashier"]
    actions.remove_member(member=member)
    client = shop.client("cashier")
    assert client.get(shop.url("settings/profile/")).status_code == 404
    client.post(invitation_for(shop, "chat"))
    assert role_of("dewi") == "chat"
    assert Member.objects.filter(user_id=member.user_id).count() == 1


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ({"username": "HARTI", "password": PASSWORD}, "Somebody already signs in with this name"),
        ({"username": "mbak tutik", "password": PASSWORD}, "without spaces"),
        ({"username": "tutik", "password": "pendek"}, "at least 8 characters"),
        ({"username": "tutik", "password": "password"}, "too common"),
        ({"username": "", "password": PASSWORD}, "This field is required"),
    ],
)
def test_bad_input_keeps_what_was_typed_and_the_invitation(shop, typed, answer):
    link = invitation_for(shop)
    page = Client().post(link, typed).content.decode()
    assert answer in page
    assert f'value="{typed["username"]}"' in page or not typed["username"]
    assert typed["password"] not in re.findall(r'value="([^"]*)"', page)
    assert Client().get(link).status_code == 200


def test_a_name_taken_in_between_is_said_at_its_field(shop, monkeypatch):
    link = invitation_for(shop)
    monkeypatch.setattr("setia.shops.accounts.Adapter.clean_username", lambda self, name, shallow=False: name)
    page = Client().post(link, {"username": "harti", "password": PASSWORD}).content.decode()
    assert "Somebody already signs in with this name" in page


# --- A new shop


@pytest.fixture
def open_sign_up(settings):
    settings.OPEN_SIGN_UP = True


def test_anybody_opens_a_shop_where_that_is_wanted(shop, open_sign_up):
    client = Client()
    assert b"/new/" in client.get("/").content
    answer = client.post("/new/", NEW_PERSON | {"shop_name": "Roti Rahayu", "owner_name": "Mbak Tutik"})
    assert answer["Location"] == "/roti-rahayu/"
    made = Shop.objects.get(slug="roti-rahayu")
    assert made.setup_done_at is None and made.language == "en"
    with open_shop(made):
        assert role_of("tutik") == "owner"
    assert client.get("/roti-rahayu/")["Location"] == "/roti-rahayu/welcome/"


def test_two_shops_of_one_name_have_two_addresses(shop, open_sign_up):
    client = shop.client("owner")
    typed = {"shop_name": "Roti Rahayu", "owner_name": "Bu Harti"}
    assert client.post("/new/", typed)["Location"] == "/roti-rahayu/"
    assert client.post("/new/", typed)["Location"] == "/roti-rahayu-2/"


def test_without_open_sign_up_only_owners_open_another(shop):
    typed = {"shop_name": "Roti Rahayu", "owner_name": "X", **NEW_PERSON}
    assert Client().post("/new/", typed)["Location"].startswith("/accounts/login/")
    assert shop.client("manager").post("/new/", typed).status_code == 403
    assert not Shop.objects.filter(name="Roti Rahayu").exists()
    assert not get_user_model().objects.filter(username="tutik").exists()
    assert shop.client("owner").post("/new/", typed)["Location"] == "/roti-rahayu/"


def test_a_failed_opening_leaves_nothing_behind(shop, open_sign_up):
    typed = {"shop_name": "Roti Rahayu", "owner_name": "X", "username": "harti", "password": PASSWORD}
    page = Client().post("/new/", typed).content.decode()
    assert "Somebody already signs in" in page and 'value="Roti Rahayu"' in page
    assert not Shop.objects.filter(name="Roti Rahayu").exists()


def test_an_address_cannot_be_one_of_the_sites(shop):
    with pytest.raises(DomainError) as refused:
        actions.open_new_shop(name="X", slug="static", user_id=shop.users["owner"].pk, owner_name="X")
    assert refused.value.code == "slug_taken"


# --- The front page


def test_the_front_page_leads_home(shop):
    assert b"Sign in" in Client().get("/").content
    assert shop.client("cashier").get("/")["Location"] == shop.url()


def test_who_works_nowhere_is_told_so(shop):
    actions.remove_member(member=shop.members["viewer"])
    page = shop.client("viewer").get("/")
    assert page.status_code == 200 and "You do not work in a shop yet" in page.content.decode()
    assert "/new/" not in page.content.decode()
