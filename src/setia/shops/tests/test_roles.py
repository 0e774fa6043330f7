"""Every settings page, tried by everybody."""

import pytest
from django.test import Client

from setia.core.scope import open_shop
from setia.shops import actions, shop_urls
from setia.shops.models import Invitation, Member

OWN = ("owner",)
MANAGE = ("owner", "manager")
ALL = ("owner", "manager", "cashier", "chat", "viewer")

# name -> (who may, is it only a button)
PAGES = {
    "settings": (MANAGE, False),
    "hours": (MANAGE, False),
    "closures": (MANAGE, False),
    "reopen": (MANAGE, True),
    "members": (OWN, False),
    "link": (OWN, False),
    "member": (OWN, False),
    "member_link": (OWN, True),
    "removal": (OWN, False),
    "bring_back": (OWN, True),
    "withdraw": (OWN, True),
    "profile": (ALL, False),
}
ROUTES = {pattern.name: "settings/" + str(pattern.pattern) for pattern in shop_urls.urlpatterns}


def address(world, name: str) -> str:
    return world.url(ROUTES[name].replace("<int:pk>", str(world.members["cashier"].pk)))


def test_every_page_is_in_the_list():
    assert ROUTES.keys() == PAGES.keys()


@pytest.mark.parametrize("role", ALL)
def test_roles_end_at_their_doors(shop, role):
    client = shop.client(role)
    for name, (allowed, button) in PAGES.items():
        if role in allowed and not button:
            assert client.get(address(shop, name)).status_code in (200, 302), name
        elif role not in allowed:
            assert (client.post if button else client.get)(address(shop, name)).status_code == 403, name
            assert client.post(address(shop, name)).status_code in (403, 405), name


def test_the_stranger_finds_nothing_and_the_signed_out_sign_in(shop):
    stranger, nobody = shop.client("stranger"), Client()
    for name in PAGES:
        for method in ("get", "post"):
            assert getattr(stranger, method)(address(shop, name)).status_code == 404, name
            assert getattr(nobody, method)(address(shop, name))["Location"].startswith("/accounts/login/"), name


def test_people_and_invitations_next_door_do_not_exist(shop):
    with open_shop(shop.stranger_shop):
        theirs = Member.objects.get()
        invitation, _token = actions.invite(name="X", role="viewer", by=theirs)
    client = shop.client("owner")
    for rest in ("", "link/", "removal/", "return/"):
        assert client.post(shop.url(f"settings/members/{theirs.pk}/{rest}")).status_code == 404
    assert client.post(shop.url(f"settings/invitations/{invitation.pk}/removal/")).status_code == 404
    assert Invitation.across_shops.filter(pk=invitation.pk).exists()


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/",
        "/accounts/sessions/",
        "/accounts/passkeys/",
        "/accounts/passkeys/new/",
        "/accounts/password/change/",
    ],
)
def test_an_account_belongs_to_who_is_signed_in(shop, path):
    answer = Client().get(path)
    assert answer.status_code == 302 and "/accounts/login/" in answer["Location"]


@pytest.mark.parametrize(
    "path",
    ["signup/", "email/", "password/reset/", "2fa/recovery-codes/", "login/code/confirm/", "confirm-email/"],
)
def test_what_nobody_needs_is_not_there(shop, path):
    assert shop.client("owner").get(f"/accounts/{path}").status_code == 404


def test_what_went_wrong_is_said_in_our_words(shop):
    """Refusals outside the pages themselves: a role's end, an unknown address, a stale form, too many tries."""
    refused = shop.client("viewer").get(shop.url("settings/"))
    assert refused.status_code == 403 and "Ask the owner of the shop" in refused.content.decode()
    unknown = shop.client("viewer").get(shop.url("nowhere/"))
    assert unknown.status_code == 404 and "does not exist" in unknown.content.decode()
    stale = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "harti", "password": "x"})
    assert stale.status_code == 403 and "open for too long" in stale.content.decode()
    nobody = Client()
    tries = [nobody.post("/sign-in/x/").status_code for _ in range(31)]
    assert tries[:30] == [410] * 30 and tries[30] == 429
    assert "Wait five minutes" in nobody.post("/sign-in/x/").content.decode()
